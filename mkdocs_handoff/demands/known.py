"""What a rule of the project's own names that there is none of: it would do nothing, and nobody would see it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.relations import MENTIONED, MENTIONS
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.text.yaml import Path

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_BRACES = re.compile(r"\{([a-z]+)\}")
_FILLED = ("title", "name", "kind", "record", "field", "value", "count", "neighbour", "other")
_ALWAYS = frozenset(("lifecycle", "title", "description"))


def unknown(
    rules: Mapping[str, Any], kinds: Mapping[str, Kind], place: Places, weighed: Iterable[str] = ()
) -> Iterator[Finding]:
    """Yield names in rules that mean nothing here.

    Args:
        rules: As the settings hold them.
        kinds: All there are, with the project's own.
        place: Where settings stand.
        weighed: The rules that the settings give a severity.
    """
    for name in dict.fromkeys(weighed):
        own = name.removeprefix("own/")
        if own not in (name, "*") and own not in rules:
            where = place(("severity", name), key=True)
            found = _none(where, f"there is no rule {name!r}", own, list(rules))
            yield replace(found, rule="settings/unknown")
    for name, rule in rules.items():
        at: Path = ("rules", name)
        if not _NAME.fullmatch(name):
            hint = "Findings carry it as `own/NAME`: small letters and numbers, joined by dashes."
            yield Finding(place(at, key=True), "settings/format", f"{name!r} is no name for a rule", hint)
        for key in ("message", "hint"):
            for word in _BRACES.findall(rule.get(key, "")):
                if word not in _FILLED:
                    known = ", ".join(f"{{{one}}}" for one in _FILLED)
                    message = f"nothing is known that {{{word}}} could stand for"
                    yield Finding(place((*at, key)), "settings/choice", message, f"It is one of: {known}.")
        selected = _kinds(rule["select"], kinds)
        yield from _selection(rule["select"], (*at, "select"), selected, kinds, place)
        for number, demand in _numbered(rule["must"]):
            yield from _demand(demand, (*at, "must", number), selected, kinds, place)


def _demand(
    demand: Mapping[str, Any], at: Path, selected: list[Kind], kinds: Mapping[str, Kind], place: Places
) -> Iterator[Finding]:
    for number, field in _numbered(demand.get("field")):
        yield from _field(field, (*at, "field", number), selected, place)
    if "related" in demand:
        yield from _neighbour(demand["related"], (*at, "related"), selected, kinds, place)
    least, most = demand.get("at_least", 0), demand.get("at_most")
    if most is not None and least > most:
        message = f"at least {least} and at most {most} cannot both be"
        yield Finding(place((*at, "at_least")), "settings/range", message, "Turn the two round, or take one away.")
    for key, needs in (("value", "field"), ("at_least", "related"), ("at_most", "related")):
        if key in demand and needs not in demand:
            message = f"{key!r} asks nothing without {needs!r}"
            yield Finding(place((*at, key), key=True), "settings/required", message, f"Write `{needs}:` beside it.")


def _selection(
    one: Mapping[str, Any], at: Path, meant: list[Kind], kinds: Mapping[str, Kind], place: Places
) -> Iterator[Finding]:
    for number, kind in _numbered(one.get("kind")):
        if kind not in kinds:
            yield _none(place((*at, "kind", number)), f"there is no kind {kind!r}", kind, kinds)
    for field in one.get("where", {}):
        yield from _field(field, (*at, "where", field), meant, place, key=True)
    for number, neighbour in _numbered(one.get("related")):
        yield from _neighbour(neighbour, (*at, "related", number), meant, kinds, place)


def _neighbour(
    one: Mapping[str, Any], at: Path, meant: list[Kind], kinds: Mapping[str, Kind], place: Places
) -> Iterator[Finding]:
    relations = _relations(kinds)
    for number, relation in _numbered(one.get("relation")):
        if relation not in relations:
            message = f"no field makes a relation {relation!r}"
            yield _none(place((*at, "relation", number)), message, relation, sorted(relations))
    selected = _kinds(one, kinds)
    for number, field in _numbered(one.get("field")):
        yield from _field(field, (*at, "field", number), [*meant, *selected], place)
    yield from _selection(one, at, selected, kinds, place)


def _field(field: str, at: Path, kinds: list[Kind], place: Places, *, key: bool = False) -> Iterator[Finding]:
    first = field.split(".", maxsplit=1)[0]
    if first in _ALWAYS or any(_has(kind.root, field.split(".")) for kind in kinds):
        return
    names = sorted({name for kind in kinds for name in kind.root.fields})
    titles = " or ".join(dict.fromkeys(kind.name for kind in kinds[:3])) if len(kinds) <= 3 else "record"
    yield _none(place(at, key=key), f"no {titles} has a field {field!r}", first, names)


def _has(shape: Field, steps: list[str]) -> bool:
    """Tell whether there is such a field; below what a schema leaves open, and in other names, anything may be."""
    for step in steps:
        while shape.items is not None and step not in shape.fields:
            shape = shape.items
        if step not in shape.fields:
            return shape.rest is not None or (not shape.fields and shape.reference is None and bool(shape.types))
        shape = shape.fields[step]
    return True


def _kinds(one: Mapping[str, Any], kinds: Mapping[str, Kind]) -> list[Kind]:
    named = [kinds[name] for _, name in _numbered(one.get("kind")) if name in kinds]
    return named or list(kinds.values())


def _relations(kinds: Mapping[str, Kind]) -> frozenset[str]:
    found = {MENTIONS, MENTIONED}
    seen: set[int] = set()

    def walk(shape: Field) -> None:
        if id(shape) in seen:
            return
        seen.add(id(shape))
        if shape.reference is not None:
            found.update((shape.reference.relation, shape.reference.inverse))
        for child in (*shape.fields.values(), shape.items, shape.rest):
            if child is not None:
                walk(child)

    for kind in kinds.values():
        walk(kind.root)
    return frozenset(found)


def _none(where: Any, message: str, word: str, known: Iterable[str]) -> Finding:
    near = nearest(word, known)
    listed = ", ".join(list(known)[:12])
    hint = f"Did you mean {near!r}?" if near else f"It is one of: {listed}{', …' if len(list(known)) > 12 else ''}."
    return Finding(where, "settings/choice", message, hint)


def _numbered(value: Any) -> list[tuple[int, Any]]:
    if value is None:
        return []
    return list(enumerate(value if isinstance(value, list) else [value]))
