"""A schema without repetition: what stands in it more than once stands among its `$defs`, and nothing unused does."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.schema.fields import Schema

_DEFS = "#/$defs/"
_LEAST = 120
"""A schema that is shorter as JSON stays where it is."""
_PREFIX = "handoff-same"
_MAPS = ("properties", "patternProperties", "$defs")
_ONES = ("items", "additionalProperties", "contains", "not", "if", "then", "else")
_LISTS = ("allOf", "anyOf", "oneOf")


def folded(schema: Schema) -> Schema:
    """Return a schema that means the same, each of its pieces once; the same bytes for the same schema.

    Args:
        schema: All that it refers to stands among its `$defs`.
    """
    return _used(_Folding(_used(schema)).schema())


class _Folding:
    def __init__(self, schema: Schema) -> None:
        self._whole = schema
        self._pieces: dict[str, Any] = {}
        self._names: dict[str, str] = {}
        # In a schema that itself stands there twice all within it does: that is not counted again.
        around: defaultdict[str, set[str]] = defaultdict(set)
        for place, inner, within in _inside(schema, ""):
            around[_key(inner)].add(f"{place} of {within}")
        self._repeated = {key for key, places in around.items() if len(places) > 1 and len(key) >= _LEAST}

    def schema(self) -> Schema:
        """Return the schema with each piece once."""
        made = self._within({key: value for key, value in self._whole.items() if key != "$defs"})
        own = {name: self._within(piece) for name, piece in self._whole["$defs"].items()}
        return {**made, "$defs": {**own, **self._pieces}}

    def _node(self, node: Any, name: str) -> Any:
        if not isinstance(node, dict):
            return node
        key = _key(node)
        if key not in self._repeated:
            return self._within(node)
        if key not in self._names:
            named = f"{_PREFIX}-{name}"
            number = sum(one == named or one.startswith(f"{named}-") for one in self._pieces)
            named += f"-{number + 1}" if number else ""
            while named in self._pieces or named in self._whole["$defs"]:
                named += "-"
            self._names[key] = named
            self._pieces[named] = {}  # its place: what is within it comes later
            self._pieces[named] = self._within(node)
        return {"$ref": _DEFS + self._names[key]}

    def _within(self, node: Any) -> Any:
        if not isinstance(node, dict):
            return node
        made = dict(node)
        for word in _MAPS:
            if isinstance(made.get(word), dict):
                made[word] = {name: self._node(inner, name) for name, inner in made[word].items()}
        for word in _ONES:
            if word in made:
                made[word] = self._node(made[word], word)
        for word in _LISTS:
            if isinstance(made.get(word), list):
                made[word] = [self._node(inner, word) for inner in made[word]]
        return made


def _inside(node: Any, own: str) -> Iterator[tuple[str, Any, str]]:
    """Yield each schema within a schema: where it stands, itself, and the JSON of what it stands in."""
    if not isinstance(node, dict):
        return
    within = own or _key(node)
    places = [(f"{word}/{name}", inner) for word in _MAPS for name, inner in _mapped(node, word)]
    places += [(word, node[word]) for word in _ONES if word in node]
    listed = ((word, node[word]) for word in _LISTS if isinstance(node.get(word), list))
    places += [(f"{word}/{number}", inner) for word, inners in listed for number, inner in enumerate(inners)]
    for place, inner in places:
        if isinstance(inner, dict):
            yield place, inner, within
            yield from _inside(inner, _key(inner))


def _mapped(node: Schema, word: str) -> list[tuple[str, Any]]:
    held = node.get(word)
    return list(held.items()) if isinstance(held, dict) else []


def _key(node: Any) -> str:
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def _used(schema: Schema) -> Schema:
    """Return a schema without the `$defs` that nothing in it refers to."""
    pieces = schema.get("$defs", {})
    used: set[str] = set()
    left = list(_referred({key: value for key, value in schema.items() if key != "$defs"}))
    while left:
        name = left.pop()
        if name in pieces and name not in used:
            used.add(name)
            left.extend(_referred(pieces[name]))
    return {**schema, "$defs": {name: piece for name, piece in pieces.items() if name in used}}


def _referred(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        ref = node.get("$ref")
        if isinstance(ref, str) and ref.startswith(_DEFS):
            yield ref.removeprefix(_DEFS)
        for inner in node.values():
            yield from _referred(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _referred(inner)
