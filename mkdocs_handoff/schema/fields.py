"""A field: what a schema says of one value, in the form that reading, references and page layout need."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.text.yaml import Path, Value

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """`x-reference`: the value names another record.

    Attributes:
        suspect: Whether a change of the target makes the record suspect.
        heeded: The fields of the target that do; empty: all that are material.
    """

    kinds: tuple[str, ...]
    relation: str
    inverse: str
    suspect: bool = False
    heeded: tuple[str, ...] = ()
    lineage: str = ""
    external: str = ""
    text: bool = False

    @property
    def any_kind(self) -> bool:
        """Whether the field may hold a record of every kind."""
        return "*" in self.kinds


@dataclass(frozen=True, slots=True)
class Field:
    """What a schema says of one value.

    Attributes:
        types: JSON Schema's type names that some branch of the schema allows; empty: anything.
        fields: The named fields of a mapping.
        items: The field of a list's items, if the value may be a list.
        rest: The field of a mapping's other values (`additionalProperties`), if the schema describes them.
        shown_as: How the items of a list are shown: `steps`, `cards`, or as they fit (`x-items`).
        adopted: The value is another format's: what is wrong in it is told, and fails nothing (`x-adopted`).
        choices: The values of an `enum`, as text.
        suggestions: The values of an `enum` that stands beside a free string: known, and not the only ones.
    """

    name: str = ""
    title: str = ""
    description: str = ""
    types: frozenset[str] = frozenset()
    format: str = ""
    unit: str = ""
    question: str = ""
    material: bool = False
    hidden: bool = False
    adopted: bool = False
    shown_as: str = ""
    reference: Reference | None = None
    choices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    examples: tuple[Any, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))
    items: Field | None = None
    rest: Field | None = None

    @property
    def takes_list(self) -> bool:
        """Whether the value may be written as a list."""
        return "array" in self.types

    @property
    def markdown(self) -> bool:
        """Whether the text is Markdown (`x-format`)."""
        return self.format == "markdown"

    @property
    def code(self) -> bool:
        """Whether the text is code, to be copied as it stands (`x-format`)."""
        return self.format == "code"

    def child(self, step: str | int) -> Field:
        """Return the field one step down: a key's, or a list item's."""
        if isinstance(step, int):
            return self.items or ANYTHING
        return self.fields.get(step) or self.rest or ANYTHING

    def along(self, path: Path) -> Iterator[Field]:
        """Yield the fields on the way to a path, itself included."""
        here = self
        for step in path:
            here = here.child(step)
            yield here

    def at(self, path: Path) -> Field:
        """Return the field at a path from here."""
        here = self
        for step in path:
            here = here.child(step)
        return here


ANYTHING = Field()


def compile_field(schema: Schema) -> Field:
    """Read a bundled schema (every `$ref` local) as a field.

    Raises:
        KeyError: A `$ref` names nothing.
    """
    return _Compiler(schema).field("", schema, ())


class _Compiler:
    def __init__(self, root: Schema) -> None:
        self.root = root

    def field(self, name: str, schema: Any, refs: tuple[str, ...]) -> Field:
        """Merge what all branches of a schema say; a circle among the references being followed ends as anything."""
        if not isinstance(schema, dict):
            return ANYTHING
        branches = list(self._branches(schema, refs))
        first: dict[str, Any] = {}
        for branch, _ in branches:
            for key, value in branch.items():
                first.setdefault(key, value)
        types = frozenset(kind for branch, _ in branches for kind in _types(branch))
        fields: dict[str, Field] = {}
        items = rest = None
        for branch, seen in branches:
            for key, child in branch.get("properties", {}).items():
                fields[key] = _merged(fields.get(key), self.field(key, child, seen))
            if isinstance(branch.get("items"), dict):
                items = _merged(items, self.field(name, branch["items"], seen))
            if isinstance(branch.get("additionalProperties"), dict):
                rest = _merged(rest, self.field("", branch["additionalProperties"], seen))
        closed, suggested = _choices([branch for branch, _ in branches])
        reference = _reference(first["x-reference"]) if "x-reference" in first else None
        if reference is not None and items is not None and items.reference is None:
            items = replace(items, reference=reference)
        return Field(
            name=name,
            title=str(first.get("title", name.replace("_", " ").replace("-", " ").capitalize())),
            description=str(first.get("description", "")),
            types=types,
            format=str(first.get("x-format") or first.get("format") or ""),
            unit=str(first.get("x-unit", "")),
            question=str(first.get("x-question", "")),
            material=bool(first.get("x-material", False)),
            hidden=bool(first.get("x-hidden", False)),
            adopted=bool(first.get("x-adopted", False)),
            shown_as=str(first.get("x-items", "")),
            reference=reference,
            choices=closed,
            suggestions=suggested,
            examples=tuple(first.get("examples", ())),
            fields=MappingProxyType(fields),
            items=items,
            rest=rest,
        )

    def _branches(self, schema: Schema, refs: tuple[str, ...]) -> Iterator[tuple[Schema, tuple[str, ...]]]:
        """Yield the schema itself, then all that it refers to and combines, outermost first."""
        yield schema, refs
        ref = schema.get("$ref")
        if isinstance(ref, str) and ref not in refs:
            yield from self._branches(self._resolve(ref), (*refs, ref))
        for word in ("allOf", "anyOf", "oneOf"):
            for branch in schema.get(word, ()):
                if isinstance(branch, dict):
                    yield from self._branches(branch, refs)
        for word in ("then", "else"):
            if isinstance(schema.get(word), dict):
                yield from self._branches(schema[word], refs)

    def _resolve(self, ref: str) -> Schema:
        if not ref.startswith("#/"):
            raise KeyError(f"$ref {ref!r} is not local (write `#/$defs/name` or `common.schema.json#/$defs/name`)")
        node: Any = self.root
        for step in ref[2:].split("/"):
            if not isinstance(node, dict) or step not in node:
                raise KeyError(f"$ref {ref!r} names nothing")
            node = node[step]
        if not isinstance(node, dict):
            raise KeyError(f"$ref {ref!r} names no schema")
        return node


def _merged(old: Field | None, new: Field) -> Field:
    """Join what two branches say of the same value."""
    if old is None:
        return new
    return replace(
        old,
        types=old.types | new.types,
        reference=old.reference or new.reference,
        format=old.format or new.format,
        choices=old.choices or new.choices,
        fields=MappingProxyType({**new.fields, **old.fields}),
        items=old.items or new.items,
        rest=old.rest or new.rest,
    )


_NAMES = {bool: "boolean", int: "integer", float: "number", list: "array", dict: "object", type(None): "null"}


def _types(branch: Schema) -> tuple[str, ...]:
    declared = branch.get("type")
    if isinstance(declared, str):
        return (declared,)
    if isinstance(declared, list):
        return tuple(declared)
    if "enum" in branch or "const" in branch:
        values = branch["enum"] if "enum" in branch else [branch["const"]]
        return tuple(dict.fromkeys(_NAMES.get(type(value), "string") for value in values))
    if "properties" in branch:
        return ("object",)
    return ()


def _choices(branches: list[Schema]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell closed enums from those that stand beside a free string."""
    listed = tuple(str(value) for branch in branches for value in branch.get("enum", ()) if value is not None)
    free = any("string" in _types(branch) and "enum" not in branch and "const" not in branch for branch in branches)
    return ((), listed) if free else (listed, ())


def _reference(raw: Mapping[str, Any]) -> Reference:
    kinds = raw.get("to", ["*"])
    suspect = raw.get("suspect", False)
    relation = str(raw.get("relation", "refers to"))
    return Reference(
        kinds=(kinds,) if isinstance(kinds, str) else tuple(kinds),
        relation=relation,
        inverse=str(raw.get("inverse", "is referred to by")),
        suspect=bool(suspect),
        heeded=tuple(suspect) if isinstance(suspect, list) else (),
        lineage=str(raw.get("lineage", "")),
        external=str(raw.get("external", "")),
        text=bool(raw.get("text", False)),
    )


def typed(value: Value, shape: Field) -> Value:
    """Return a read value as the schema sees it: numbers and booleans where it asks for them, and else text.

    Args:
        value: As the reader gives it, with `Plain` scalars.
        shape: The field that the value stands in.

    Returns:
        `dict`, `list`, `str`, `int`, `float`, `bool` and `None` only.
    """
    if isinstance(value, Plain):
        return _scalar(value, shape.types)
    if isinstance(value, dict):
        return {key: typed(item, shape.child(key)) for key, item in value.items()}
    if isinstance(value, list):
        inner = shape.items or ANYTHING
        return [typed(item, inner) for item in value]
    return value


def _scalar(value: Plain, types: frozenset[str]) -> str | int | float | bool:
    if "string" not in types:
        if "boolean" in types and (answer := value.boolean()) is not None:
            return answer
        if "integer" in types and (whole := value.integer()) is not None:
            return whole
        if "number" in types and (number := value.number()) is not None:
            return number
    return str(value)


def normal(value: Value, shape: Field) -> Value:
    """Return a valid value in its one form: a list wherever the schema allows a list beside a scalar or a mapping."""
    if isinstance(value, dict):
        value = {key: normal(item, shape.child(key)) for key, item in value.items()}
        wrapped = shape.takes_list and shape.items is not None and "object" in shape.items.types
        return [value] if wrapped else value
    if isinstance(value, list):
        inner = shape.items or ANYTHING
        return [normal(item, inner) for item in value]
    if value is None or not shape.takes_list:
        return value
    return [value]
