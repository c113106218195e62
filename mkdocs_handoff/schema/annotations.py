"""Whether a user's own schema is annotated as `docs/kinds.md` has it: a slip there does nothing, or breaks far away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.schema.flaw import Flaw
from mkdocs_handoff.schema.validate import BASE, Validators, unknown_fields
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mkdocs_handoff.schema.fields import Schema
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path

_MAPS = ("properties", "patternProperties", "$defs")
_ONES = ("items", "additionalProperties", "then", "else", "x-handoff-ready")
_LISTS = ("allOf", "anyOf", "oneOf")


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
        flaws = validators.check(shape, held, BASE, ()) if held else []
        flaws += [
            Flaw(at, "field/unknown", f"there is no {written!r}", f"Did you mean {near!r}?", key=True)
            for at, written, near in unknown_fields(held, shape.root)
        ]
        found.extend(replace(flaw, path=(*path, *flaw.path)) for flaw in flaws)
    return found


def misnamed(schema: Schema, kinds: Collection[str]) -> Iterator[Flaw]:
    """Yield the kinds that references may name and that are probably slips of kinds that there are.

    A name that resembles none is a kind that this project has no need of yet, as `dataset` is to one without data.
    """
    for path, node in _nodes(schema, ()):
        reference = node.get("x-reference")
        named = reference.get("to") if isinstance(reference, dict) else None
        for number, kind in enumerate(named if isinstance(named, list) else [named]):
            if isinstance(kind, str) and kind not in kinds and (near := nearest(kind, kinds)):
                at = (*path, "x-reference", "to", *([number] if isinstance(named, list) else []))
                yield Flaw(at, "field/choice", f"there is no kind {kind!r}", f"Did you mean {near!r}?")


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
