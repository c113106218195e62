"""What a schema demands: which fields must be there, and which others do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.schema.validate import BASE, READY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.schema.fields import Schema
    from mkdocs_handoff.schema.kinds import Kind

Names = tuple[str, ...]
"""The way to a field by the names of fields; the items of a list have the list's own."""


def demanded(kind: Kind, level: str) -> Mapping[Names, Names]:
    """Return the fields that a level demands, in the schema's order, each with those that do instead of it.

    Args:
        kind: Whose records.
        level: `base`; or `handoff-ready`, which demands all that `base` does and more.
    """
    found = dict(_demands(kind.schema, (), kind.schema, ()))
    if level == READY:
        for path, instead in _demands(kind.ready, (), kind.ready, ()):
            found.setdefault(path, instead)
    return found


def level_of(kind: Kind) -> Mapping[Names, tuple[str, Names]]:
    """Return the level that demands a field, with the fields that do instead of it."""
    base = demanded(kind, BASE)
    return {path: (BASE if path in base else READY, instead) for path, instead in demanded(kind, READY).items()}


def _demands(node: Any, path: Names, root: Schema, seen: tuple[str, ...]) -> Iterator[tuple[Names, Names]]:
    if not isinstance(node, dict):
        return
    ref = node.get("$ref")
    if isinstance(ref, str) and ref.startswith("#/$defs/") and ref not in seen:
        yield from _demands(root.get("$defs", {}).get(ref.removeprefix("#/$defs/")), path, root, (*seen, ref))
    for name in node.get("required", ()):
        yield (*path, name), ()
    for name in _required(node.get("else")):
        yield (*path, name), _required(node.get("if"))
    either = [_required(branch) for branch in node.get("anyOf", ())]
    if either and all(either):
        yield (*path, either[0][0]), tuple(name for names in either[1:] for name in names)
    for branch in node.get("allOf", ()):
        yield from _demands(branch, path, root, seen)
    for name, inner in node.get("properties", {}).items():
        yield from _demands(inner, (*path, name), root, seen)
    yield from _demands(node.get("items"), path, root, seen)


def _required(node: Any) -> Names:
    """Return the fields that a condition names: `required`, be it in an `anyOf`."""
    if not isinstance(node, dict):
        return ()
    return (*node.get("required", ()), *(name for one in node.get("anyOf", ()) for name in _required(one)))
