"""Whether a user's own schema is annotated as `docs/kinds.md` has it: a slip there does nothing, or breaks far away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.schema.flaw import Flaw
from mkdocs_handoff.schema.validate import BASE, Validators, unknown_fields
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mkdocs_handoff.schema.fields import Field, Schema
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path

_MAPS = ("properties", "patternProperties", "$defs")
_ONES = ("items", "additionalProperties", "if", "then", "else", "x-handoff-ready")
_LISTS = ("allOf", "anyOf", "oneOf")
_HERE = frozenset(("if", "then", "else", "x-handoff-ready"))
"""What stands under these is about the same value."""
_NAMING = ("x-summary", "x-facts")
_WORDS = frozenset(
    (
        *("$schema", "$id", "$ref", "$defs", "$comment", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary"),
        *(
            "type",
            "enum",
            "const",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
        ),
        *("properties", "patternProperties", "additionalProperties", "unevaluatedProperties", "propertyNames"),
        *("required", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies"),
        *("items", "prefixItems", "unevaluatedItems", "contains", "minContains", "maxContains", "minItems", "maxItems"),
        *("uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum"),
        *("exclusiveMaximum", "multipleOf", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "definitions"),
        *(
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "writeOnly",
            "enumDescriptions",
            "markdownDescription",
        ),
    )
)
"""JSON Schema's keywords, and two of language servers."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What `schemas/annotations.schema.json` asks of a schema's root, and of the schemas in it."""

    root: Kind
    piece: Kind


def misfits(schema: Schema, shapes: Shapes) -> list[Flaw]:
    """Return what is wrong with a schema's annotations: the schema cannot be used."""
    validators = Validators()
    found: list[Flaw] = []
    for path, node in _nodes(schema, ()):
        shape = shapes.piece if path else shapes.root
        # The rest of the node is JSON Schema's, and so is a piece's title; other `x-` keywords are other tools'.
        held = {key: value for key, value in node.items() if key.startswith("x-") or (key == "title" and not path)}
        flaws = validators.check(shape, held, BASE, None) if held else []
        flaws += [
            Flaw(at, "field/unknown", f"there is no {written!r}", f"Did you mean {near!r}?", key=True)
            for at, written, near in unknown_fields(held, shape.root)
            if at not in [flaw.path for flaw in flaws]
        ]
        found.extend(replace(flaw, path=(*path, *flaw.path)) for flaw in flaws)
    return found


def misnamed(schema: Schema, kinds: Collection[str]) -> Iterator[Flaw]:
    """Yield what is probably a slip and spoils no more than itself: keywords, and kinds that references may name.

    A kind that resembles none is one that this project has no need of yet, as `dataset` is to one without data; and a
    keyword that resembles none is another tool's.
    """
    for path, node in _nodes(schema, ()):
        for word in node:
            if word not in _WORDS and not word.startswith("x-") and (near := nearest(word, _WORDS)):
                hint = f"Did you mean {near!r}?"
                yield Flaw((*path, word), "field/unknown", f"there is no keyword {word!r}", hint, key=True)
        reference = node.get("x-reference")
        named = reference.get("to") if isinstance(reference, dict) else None
        for number, kind in enumerate(named if isinstance(named, list) else [named]):
            if isinstance(kind, str) and kind not in kinds and (near := nearest(kind, kinds)):
                at = (*path, "x-reference", "to", *([number] if isinstance(named, list) else []))
                yield Flaw(at, "field/choice", f"there is no kind {kind!r}", f"Did you mean {near!r}?")


def unnamed(schema: Schema, root: Field) -> Iterator[Flaw]:
    """Yield the fields that a usable schema names and does not have: nothing shows them, or nobody can write them.

    Args:
        schema: As it is written.
        root: What was compiled of it.
    """
    for path, names in _named(schema):
        within = _within(path)
        if within is None:
            continue
        known = root.at(within).fields
        for step, name in names:
            if known and root.at(within).rest is None and isinstance(name, str) and not _has(root.at(within), name):
                near = nearest(name.rpartition(".")[2], known)
                hint = f"Did you mean {near!r}?" if near else "Describe it under `properties`, or leave the name out."
                key = bool(step) and step[-1] == name
                yield Flaw((*path, *step), "field/unknown", f"there is no property {name!r}", hint, key=key)


def _named(schema: Schema) -> Iterator[tuple[Path, list[tuple[Path, Any]]]]:
    """Yield each schema that names fields: its path, and the names with the way to them from there."""
    names: list[tuple[Path, Any]] = [
        ((word, number), name) for word in _NAMING for number, name in enumerate(schema.get(word, ()))
    ]
    for place, group in enumerate(schema.get("x-groups", ())):
        names += [(("x-groups", place, "fields", number), name) for number, name in enumerate(group["fields"])]
    for place, section in enumerate(schema.get("x-sections", ())):
        names += [(("x-sections", place, "field"), section["field"])] if section.get("field") else []
    yield (), names
    for path, node in _nodes(schema, ()):
        required = node.get("required")
        yield path, [(("required", at), name) for at, name in enumerate(required if isinstance(required, list) else ())]
        if not _HERE.isdisjoint(path) and isinstance(node.get("properties"), dict):
            yield path, [(("properties", name), name) for name in node["properties"]]


def _has(shape: Field, dotted: str) -> bool:
    for name in dotted.split("."):
        if shape.fields and name not in shape.fields:
            return False
        shape = shape.child(name)
    return True


def _within(path: Path) -> Path | None:
    """Return the field that a place in a schema is about, or None where that is a piece, or one of any name."""
    steps = iter(path)
    found: list[str | int] = []
    for word in steps:
        if word == "properties":
            found.append(next(steps))
        elif word == "items":
            found.append(0)
        elif word in _LISTS:
            next(steps)
        elif word not in _HERE:
            return None
    return tuple(found)


def pointer(path: Path) -> str:
    """Return a path as a JSON Pointer, as `$ref` has it."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _nodes(node: Any, path: Path) -> Iterator[tuple[Path, Schema]]:
    """Yield a schema and all schemas in it: a property may be called `x-unit`, and is no annotation."""
    if not isinstance(node, dict):
        return
    yield path, node
    for word in _ONES:
        yield from _nodes(node.get(word), (*path, word))
    for word in _MAPS:
        inner = node.get(word)
        for name, child in inner.items() if isinstance(inner, dict) else ():
            yield from _nodes(child, (*path, word, name))
    for word in _LISTS:
        inner = node.get(word)
        for number, child in enumerate(inner) if isinstance(inner, list) else ():
            yield from _nodes(child, (*path, word, number))
