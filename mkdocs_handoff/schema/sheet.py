"""The schemas of several kinds together: in one that tells them apart, or as files that stand in one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.schema.effective import DRAFT, NAMES
from mkdocs_handoff.schema.files import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mkdocs_handoff.schema.fields import Schema

ANY = "record"
"""The name of the schema for files that name their kind themselves."""

OFFERED = "handoff-names"
"""The name of the file with the names of all records: with a new record it alone changes."""

_DEFS = "#/$defs/"


def by_kind(schemas: Mapping[str, Schema]) -> Schema:
    """Return one schema for files of all kinds, told apart by their `kind:`.

    Args:
        schemas: What `effective` returned, by kind.
    """
    held: dict[str, Any] = {}
    for name, schema in schemas.items():
        own = {key: value for key, value in schema.items() if key not in ("$schema", "$defs")}
        pieces = {key: value for key, value in schema["$defs"].items() if not _of_names(key)}
        held[name] = _turned({**own, "$defs": pieces}, lambda ref, name=name: _into(ref, name))  # type: ignore[misc]
    return _told_apart(schemas, {name: f"{_DEFS}{name}" for name in schemas}, {**_names(schemas), **held})


def files(schemas: Mapping[str, Schema]) -> Mapping[str, Schema]:
    """Return the schemas as files of one folder, by name: a kind's, `record`, and the names that they refer to.

    Args:
        schemas: What `effective` returned, by kind.
    """
    found: dict[str, Schema] = {}
    for name, schema in schemas.items():
        pieces = {key: value for key, value in schema["$defs"].items() if not _of_names(key)}
        found[name] = _turned({**schema, "$defs": pieces}, _beside)
    found[ANY] = _told_apart(schemas, {name: f"{name}{SUFFIX}" for name in schemas}, {})
    about = "The names of this project's records, as fields offer them."
    found[OFFERED] = {"$schema": DRAFT, "title": "Names", "description": about, "$defs": _names(schemas)}
    return found


def _told_apart(schemas: Mapping[str, Schema], refs: Mapping[str, str], pieces: Mapping[str, Schema]) -> Schema:
    said: Schema = {
        "title": "Kind",
        "description": "What this file describes.",
        "type": "string",
        "enum": list(schemas),
        "enumDescriptions": [str(schema.get("description", "")) for schema in schemas.values()],
    }
    made: Schema = {
        "$schema": DRAFT,
        "title": "Record",
        "description": "A record of any kind; its `kind:` says of which.",
        "type": "object",
        "properties": {"kind": {"anyOf": [said, {"type": "string"}]}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": name}}, "required": ["kind"]}, "then": {"$ref": ref}}
            for name, ref in refs.items()
        ],
    }
    return {**made, "$defs": dict(pieces)} if pieces else made


def _of_names(key: str) -> bool:
    return key.startswith(NAMES)


def _names(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return the lists of names of all kinds: what is called the same is the same."""
    every = {key: piece for schema in schemas.values() for key, piece in schema["$defs"].items() if _of_names(key)}
    return dict(sorted(every.items()))


def _into(ref: str, name: str) -> str:
    return ref if _of_names(ref.removeprefix(_DEFS)) else f"{_DEFS}{name}/{ref.removeprefix('#/')}"


def _beside(ref: str) -> str:
    return f"{OFFERED}{SUFFIX}{ref}" if _of_names(ref.removeprefix(_DEFS)) else ref


def _turned(node: Any, turn: Callable[[str], str]) -> Any:
    """Return a schema with what it refers to elsewhere."""
    if isinstance(node, list):
        return [_turned(item, turn) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _turned(value, turn) for key, value in node.items()}
    ref = node.get("$ref")
    if isinstance(ref, str) and ref.startswith(_DEFS):
        made["$ref"] = turn(ref)
    return made
