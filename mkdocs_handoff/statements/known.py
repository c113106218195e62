"""What settings say of prose that means nothing here: it would compare nothing, and nobody would see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.values import value_at
from mkdocs_handoff.demands.paths import missing
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.statements.forms import PatternError, compile_pattern
from mkdocs_handoff.statements.words import NAMED, known_lists, load_words
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.statements.words import Words
    from mkdocs_handoff.text.yaml import Path

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAMES = ("id", "name", "type", "version", "metric", "path")
_LONGEST_PERIOD = 10_000


def unknown(prose: Mapping[str, Any], catalog: Catalog, kinds: Mapping[str, Kind], place: Places) -> Iterator[Finding]:
    """Yield what is wrong with what settings say of prose.

    Args:
        prose: As the settings hold it.
        catalog: All records.
        kinds: All there are.
        place: Where settings stand.
    """
    added = prose.get("words", {})
    yield from _words(added, catalog, kinds, place)
    words = load_words(added)
    for name, one in prose.get("facts", {}).items():
        at: Path = ("prose", "facts", name)
        if not _NAME.fullmatch(name):
            hint = "Messages name it: small letters and numbers, joined by dashes."
            yield Finding(place(at, key=True), "settings/format", f"{name!r} is no name for a statement", hint)
        try:
            compile_pattern(one["pattern"], words)
        except PatternError as error:
            hint = "Write words with one {number} or {word}: `answers|responds within [about] {number} ms`."
            message = f"{one['pattern']!r} is no form of words: {error}"
            yield Finding(place((*at, "pattern")), "settings/format", message, hint)
        listed = one.get("kind", ())
        named = [listed] if isinstance(listed, str) else list(listed)
        for kind in named:
            if kind not in kinds:
                yield _none(place((*at, "kind")), f"there is no kind {kind!r}", kind, kinds)
        meant = [kinds[kind] for kind in named if kind in kinds] or list(kinds.values())
        yield from _field(one["field"], (*at, "field"), meant, catalog, place)


def _words(added: Mapping[str, Any], catalog: Catalog, kinds: Mapping[str, Kind], place: Places) -> Iterator[Finding]:
    for name, given in added.items():
        at: Path = ("prose", "words", name)
        if name not in known_lists():
            yield _none(place(at, key=True), f"there is no list of words {name!r}", name, sorted(known_lists()))
        elif isinstance(given, dict) != (name in NAMED):
            hint = "Write words by name: `accuracy: [Genauigkeit]`." if name in NAMED else "Write a list of words."
            message = f"{name!r} {'holds words by name' if name in NAMED else 'is a list of words'}"
            yield Finding(place(at), "settings/type", message, hint)
        elif name == "periods":
            for days in given:
                if not (str(days).isdecimal() and 0 < int(days) < _LONGEST_PERIOD):
                    hint = "Write how many days it has: `7: [wöchentlich]`."
                    where = place((*at, days), key=True)
                    yield Finding(where, "settings/format", f"{days!r} is no number of days", hint)
        elif name == "metrics":
            yield from _metrics(given, at, catalog, place)
        elif name == "subjects":
            every = ["any", "called", *kinds]
            for kind in given:
                if kind not in every:
                    yield _none(place((*at, kind), key=True), f"there is no kind {kind!r}", kind, every)


def _metrics(given: Mapping[str, Any], at: Path, catalog: Catalog, place: Places) -> Iterator[Finding]:
    """Tell of a metric that is almost one of ours, and that nothing records by that name."""
    ours = load_words({})
    strange = {name for name in given if name not in ours.metrics and nearest(name, ours.metrics)}
    recorded = _recorded(catalog, ours) if strange else frozenset()
    for name in given:
        if name in strange and ours.metric(name) not in recorded:
            near = nearest(name, ours.metrics)
            message = f"there is no metric {name!r}, and no record has one"
            yield Finding(place((*at, name), key=True), "settings/choice", message, f"Did you mean {near!r}?")


def _recorded(catalog: Catalog, words: Words) -> frozenset[str]:
    found: set[str] = set()
    for record in catalog.records.values():
        metrics = record.get("metrics")
        if isinstance(metrics, Mapping):
            found.update(words.metric(str(name)) for name in metrics)
        for one in metrics if isinstance(metrics, list) else ():
            if isinstance(one, Mapping):
                found.update(words.metric(str(one[key])) for key in ("type", "name") if one.get(key))
    return frozenset(found)


def _field(written: str, at: Path, kinds: list[Kind], catalog: Catalog, place: Places) -> Iterator[Finding]:
    """Tell of a field at which no record has a value, and none can have one."""
    named, _, field = written.rpartition("#")
    where = place(at)
    if named:
        found = catalog.find(named)
        if not found:
            names = sorted({str(one) for one in catalog.records} | {one.name for one in catalog.records})
            yield _none(where, f"there is no record {named!r}", named, names)
            return
        if len(found) > 1:
            message = f"{named!r} may be any of {', '.join(map(str, found))}"
            yield Finding(where, "settings/choice", message, "Write its kind as well: `model:churn`.")
            return
        records = [catalog.records[found[0]]]
    else:
        of = {kind.name for kind in kinds}
        records = [record for record in catalog.records.values() if record.kind in of]
    if any(value_at(record, field) is not None or _is_gap(record, field) for record in records):
        return
    reached, names = _furthest(records, field)
    steps = field.split(".")
    titles = named or (" or ".join(kind.name for kind in kinds) if len(kinds) <= 3 else "record")
    if named or reached:
        above = "".join(f"{one}." for one in steps[:reached])
        message = f"{titles} has no value at {field!r}" if named else f"no {titles} has a value at {field!r}"
        yield _none(where, message, steps[min(reached, len(steps) - 1)], names, above)
    elif not any(_can_have(kind.root, steps) for kind in kinds):
        _, word, names = missing(kinds, steps[0]) or ("", field, [])
        yield _none(where, f"no {titles} has a field {field!r}", word, names)


def _can_have(shape: Field, steps: list[str]) -> bool:
    """Tell whether a schema lets such a value be; of a list a step names one, by what it calls itself or its number."""
    for step in steps:
        if shape.items is not None and not shape.fields:
            shape = shape.items
            if shape.fields and not step.isdecimal() and not set(_NAMES) & set(shape.fields):
                return False
        elif step in shape.fields:
            shape = shape.fields[step]
        else:
            return shape.rest is not None or (not shape.fields and shape.reference is None and not shape.types)
    return True


def _is_gap(record: Record, field: str) -> bool:
    steps = tuple(field.split("."))
    return any(tuple(map(str, path)) == steps[: len(path)] for path in record.gaps)


def _furthest(records: Iterable[Record], field: str) -> tuple[int, list[str]]:
    """Return how many steps of a field the record that has most of it has, and what could come next in records."""
    steps = field.split(".")
    best, names = 0, set[str]()
    for record in records:
        here: Any = record.fields
        for number in range(len(steps) + 1):
            if number > best:
                best, names = number, set()
            if number == best:
                names.update(_next(here))
            if number == len(steps):
                break
            here = _step(record, steps[: number + 1])
            if here is None:
                break
    return best, sorted(names)


def _step(record: Record, steps: list[str]) -> Any:
    """Return what stands at a way in a record, with all that is below."""
    here: Any = record.fields
    for step in steps:
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list):
            at = next((one for one in here if isinstance(one, Mapping) and step in map(str, _called(one))), None)
            here = here[int(step)] if step.isdecimal() and int(step) < len(here) else at
        else:
            return None
    return here


def _next(here: Any) -> Iterator[str]:
    if isinstance(here, Mapping):
        yield from map(str, here)
    for one in here if isinstance(here, list) else ():
        if isinstance(one, Mapping):
            yield from list(map(str, _called(one)))[:1]


def _called(one: Mapping[str, Any]) -> Iterator[Any]:
    return (one[key] for key in _NAMES if one.get(key) not in (None, ""))


def _none(where: Place, message: str, word: str, known: Iterable[str], above: str = "") -> Finding:
    names = list(known)
    near = nearest(word, names)
    listed = f"{', '.join(names[:12])}{', …' if len(names) > 12 else ''}"
    hint = f"Did you mean '{above}{near}'?" if near else f"It is one of: {listed}."
    return Finding(where, "settings/choice", message, hint if names else "Name a field that it has: docs/fields/.")
