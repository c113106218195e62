"""What a rule of the project's own names that there is none of: it would do nothing, and nobody would see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.relations import MENTIONED, MENTIONS
from mkdocs_handoff.demands import idle, unfit
from mkdocs_handoff.demands.idle import numbered
from mkdocs_handoff.demands.paths import missing
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.text.yaml import Path

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# Not what stands in braces as YAML: a hint may say `{unknown: "who was asked"}`.
_BRACES = re.compile(r"\{\s*([\w.!]*)\s*\}")
_FILLED = ("title", "name", "kind", "record", "field", "value", "count", "neighbour", "other")
_WORD = "|".join(_FILLED)
# `{title:>3}`, `{title[0]}`: words of Python's, which are not filled in. YAML has a space behind the colon.
_FORMED = re.compile(rf"\{{\s*(?P<word>{_WORD})\s*(?::(?!\s)|\[)[^{{}}]*\}}")
_CLOSED = re.compile(r"\{[^{}]*\}")
_HALF = re.compile(rf"\{{\s*(?P<open>{_WORD})\b|\b(?P<shut>{_WORD})\s*\}}")


@dataclass(frozen=True, slots=True)
class Known:
    """Rules as far as they mean something.

    Attributes:
        rules: Those with which nothing is wrong, as the settings hold them.
        findings: What is wrong with the others, which are not asked.
    """

    rules: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


def known(
    rules: Mapping[str, Any], kinds: Mapping[str, Kind], place: Places | None, weighed: Iterable[str] = ()
) -> Known:
    """Return which rules mean something here, and what is wrong with the others.

    Args:
        rules: As the settings hold them.
        kinds: All there are, with the project's own.
        place: Where settings stand; None where there are none.
        weighed: The rules that the settings give a severity.
    """
    if place is None:
        return Known(rules)
    wrong = {name: tuple(_rule(name, rule, kinds, place)) for name, rule in rules.items()}
    sound = {name: rule for name, rule in rules.items() if not wrong[name]}
    return Known(sound, (*_weighed(weighed, rules, place), *(one for found in wrong.values() for one in found)))


def matching_nothing(
    rules: Mapping[str, Any], paths: Collection[str], extended: Collection[str], place: Places | None
) -> Iterator[Finding]:
    """Yield globs in rules that match no record's file.

    Args:
        rules: As the settings hold them.
        paths: The files of all records. Where there are none, nothing is told: rules may be written before them.
        extended: The files of settings that the project extends.
        place: Where settings stand.
    """
    if place is None or not paths:
        return
    for name, rule in rules.items():
        at: Path = ("rules", name)
        yield from idle.files(rule["select"], (*at, "select"), paths, extended, place)
        for number, demand in numbered(rule["must"]):
            if "related" in demand:
                yield from idle.files(demand["related"], (*at, "must", number, "related"), paths, extended, place)


def _weighed(names: Iterable[str], rules: Mapping[str, Any], place: Places) -> Iterator[Finding]:
    for name in dict.fromkeys(names):
        own = name.removeprefix("own/")
        if own not in (name, "*") and own not in rules:
            where = place(("severity", name), key=True)
            found = _none(where, f"there is no rule {name!r}", own, list(rules))
            yield replace(found, rule="settings/unknown")


def _rule(name: str, rule: Mapping[str, Any], kinds: Mapping[str, Kind], place: Places) -> Iterator[Finding]:
    at: Path = ("rules", name)
    if not _NAME.fullmatch(name):
        hint = "Findings carry it as `own/NAME`: small letters and numbers, joined by dashes."
        yield Finding(place(at, key=True), "settings/format", f"{name!r} is no name for a rule", hint)
    for key in ("message", "hint"):
        yield from _filled(rule.get(key, ""), place((*at, key)))
    selected = _kinds(rule["select"], kinds)
    yield from _selection(rule["select"], (*at, "select"), selected, kinds, place)
    for number, demand in numbered(rule["must"]):
        yield from _demand(demand, (*at, "must", number), selected, kinds, place)


def _filled(text: str, where: Place) -> Iterator[Finding]:
    """Yield what stands in braces, or in half of them, and would not be filled in."""
    for word in _BRACES.findall(text):
        if word not in _FILLED:
            message = f"nothing is known that {{{word}}} could stand for"
            near = nearest(word, _FILLED)
            hint = f"Did you mean {{{near}}}? " if near else ""
            hint += f"It is one of: {', '.join(f'{{{one}}}' for one in _FILLED)}."
            yield Finding(where, "settings/choice", message, hint)
    for match in _FORMED.finditer(text):
        message = f"{match[0]} is not filled in: the word stands alone in its braces"
        yield Finding(where, "settings/format", message, f"Write {{{match['word']}}}.")
    left, known = text, ""
    while left != known:  # innermost first
        left, known = _CLOSED.sub("", left), left
    for match in _HALF.finditer(left):
        message = f"{match[0]} is not filled in: a brace is missing"
        yield Finding(where, "settings/format", message, f"Write {{{match['open'] or match['shut']}}}.")


def _demand(
    demand: Mapping[str, Any], at: Path, selected: list[Kind], kinds: Mapping[str, Kind], place: Places
) -> Iterator[Finding]:
    yield from idle.demand(demand, at, place)
    for number, field in numbered(demand.get("field")):
        yield from _field(field, (*at, "field", number), selected, place)
    if "value" in demand:
        fields = [field for _, field in numbered(demand.get("field"))]
        yield from unfit.value(fields, demand["value"], (*at, "value"), selected, place)
    if "related" in demand:
        yield from _neighbour(demand["related"], (*at, "related"), selected, kinds, place)


def _selection(
    one: Mapping[str, Any], at: Path, meant: list[Kind], kinds: Mapping[str, Kind], place: Places
) -> Iterator[Finding]:
    for number, kind in numbered(one.get("kind")):
        if kind not in kinds:
            yield _none(place((*at, "kind", number)), f"there is no kind {kind!r}", kind, kinds)
    yield from idle.stages(one, at, meant, place)
    for field, given in one.get("where", {}).items():
        yield from _field(field, (*at, "where", field), meant, place, key=True)
        yield from unfit.value([field], given, (*at, "where", field), meant, place)
    yield from unfit.lifecycle(one, at, meant, place)
    for number, neighbour in numbered(one.get("related")):
        yield from _neighbour(neighbour, (*at, "related", number), meant, kinds, place)


def _neighbour(
    one: Mapping[str, Any], at: Path, meant: list[Kind], kinds: Mapping[str, Kind], place: Places
) -> Iterator[Finding]:
    selected = _kinds(one, kinds)
    wrong = list(_named(one, at, [*meant, *selected], kinds, place))
    # Only of what there is can it be said that it leads nowhere.
    yield from wrong or idle.way(one, at, meant, selected, place)
    yield from _selection(one, at, selected, kinds, place)


def _named(
    one: Mapping[str, Any], at: Path, either: list[Kind], kinds: Mapping[str, Kind], place: Places
) -> Iterator[Finding]:
    relations = _relations(kinds)
    for number, relation in numbered(one.get("relation")):
        if relation not in relations:
            message = f"no field makes a relation {relation!r}"
            yield _none(place((*at, "relation", number)), message, relation, sorted(relations))
    for number, field in numbered(one.get("field")):
        yield from _field(field, (*at, "field", number), either, place)
    yield from idle.neighbour(one, at, place)


def _field(field: str, at: Path, kinds: list[Kind], place: Places, *, key: bool = False) -> Iterator[Finding]:
    gone = missing(kinds, field)
    if gone is None:
        return
    above, word, names = gone
    titles = " or ".join(dict.fromkeys(kind.name for kind in kinds[:3])) if len(kinds) <= 3 else "record"
    message = f"no {titles} has a field {field!r}"
    yield _none(place(at, key=key), message, word, names, above)


def _kinds(one: Mapping[str, Any], kinds: Mapping[str, Kind]) -> list[Kind]:
    named = [kinds[name] for _, name in numbered(one.get("kind")) if name in kinds]
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


def _none(where: Place, message: str, word: str, known: Iterable[str], above: str = "") -> Finding:
    """Return that there is none of a name, with what there is; `above` is the way to it."""
    near = nearest(word, known)
    listed = ", ".join(list(known)[:12])
    more = ", …" if len(list(known)) > 12 else ""
    subject = f"`{above[:-1]}` has" if above else "It is one of"
    hint = f"Did you mean '{above}{near}'?" if near else f"{subject}: {listed}{more}."
    return Finding(where, "settings/choice", message, hint if listed else f"There is nothing in `{above[:-1]}`.")
