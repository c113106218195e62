"""What would become of a record: which values are new, which changed, and which somebody wrote otherwise by hand."""

from __future__ import annotations

import copy
import hashlib
import json
import posixpath
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.capture.found import Item, dotted
from mkdocs_handoff.capture.written import from_file, gap
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mkdocs_handoff.capture.found import Captured, Way
    from mkdocs_handoff.capture.written import Written
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.splice import FieldValue
    from mkdocs_handoff.text.yaml import Value

MARKS = "captured"
"""The field that says which values were captured, and from where."""

DIGESTS = "digests"
"""Under it, a short digest of every value as it was captured: one that somebody wrote over since has another."""

_KEYS = ("name", "path", "id", "version")
"""By what items of lists are found."""

_DIGITS = 8

_TYPES = (
    frozenset(("double", "float64", "number", "tensor(double)")),
    frozenset(("float", "float32", "tensor(float)")),
    frozenset(("long", "int64", "tensor(int64)")),
    frozenset(("integer", "int32", "int", "tensor(int32)")),
    frozenset(("boolean", "bool", "tensor(bool)")),
    frozenset(("string", "str", "text", "tensor(string)")),
)
"""Names of one type in MLflow, numpy and ONNX."""
_LIBRARIES = {"sklearn": "scikit-learn", "torch": "pytorch"}
"""Libraries as the Hugging Face Hub and MLflow name them, and as they name themselves."""
_LEAST = 7


class State(StrEnum):
    """What setting a value would do. The text is for people."""

    NEW = "new"
    CHANGED = "changed"
    FILLS = "fills a stated gap"
    SAME = "same"
    KEPT = "kept as written"


@dataclass(frozen=True, slots=True)
class Change:
    """One value against what the record says.

    Attributes:
        before: What the record says now; None where it says nothing.
        why: Why it is kept, or which gap it fills.
        firm: Whether it is kept even by force: it stands in another tool's field, and ours would hide the rest of it.
    """

    captured: Captured
    state: State
    before: Value = None
    why: str = ""
    firm: bool = False

    def sets(self, *, force: bool = False) -> bool:
        """Tell whether it would be written; with force also over what somebody wrote."""
        return self.state in (State.NEW, State.CHANGED, State.FILLS) or (
            force and self.state is State.KEPT and not self.firm
        )

    @property
    def field(self) -> str:
        """The field, for people."""
        return dotted(self.captured.way)


def compare(record: Record, written: Written, found: Sequence[Captured]) -> tuple[Change, ...]:
    """Hold what was found against what a record says."""
    ours = _digests(record)
    return tuple(_compared(record, written, one, ours) for one in found)


def disagreements(found: Sequence[Captured]) -> Iterator[str]:
    """Yield in words where two sources say different things of one field."""
    first: dict[Way, Captured] = {}
    for one in found:
        before = first.setdefault(one.way, one)
        ranged = isinstance(one.reads, str) and one.reads[:1] in "<>=~^!"  # `>=3.11` contradicts no version
        if before is not one and not ranged and not _same(one, before.reads):
            yield (
                f"{dotted(one.way)} is {told(before.reads)} in {before.source}, and {told(one.reads)} in "
                f"{one.source}: the first counts"
            )


def _compared(record: Record, written: Written, one: Captured, ours: Collection[str]) -> Change:
    name = str(one.way[0])
    if name not in written.value and record.get(name) is not None and not _inferred(record, name):
        return _adopted(record, one)
    here: Value = written.value
    for number, step in enumerate(one.way):
        here = _step(here, step)
        if here is None:
            return Change(one, State.NEW)
        stated = gap(here)
        if stated is not None:
            reason = f"stated {stated[0]}" + (f": {stated[1]}" if stated[1] else "")
            return Change(one, State.FILLS if stated[0] == "unknown" else State.KEPT, here, reason)
        if number < len(one.way) - 1 and from_file(here):
            return Change(one, State.KEPT, here, "comes from another file as a whole")
        if number < len(one.way) - 1 and not isinstance(here, dict | list):
            # A scalar where more could stand (`environment: image:1`), or a list of names where a mapping could.
            return Change(one, State.KEPT, here, f"{dotted(one.way[: number + 1])} is written as a text")
        if number < len(one.way) - 1 and isinstance(here, list) != isinstance(one.way[number + 1], Item):
            return Change(one, State.KEPT, here, f"{dotted(one.way[: number + 1])} is written in another form")
    before = written.reads(here)
    if here == one.value or _same(one, before):
        return Change(one, State.SAME, before)
    if digest(one.way, here) in ours:
        return Change(one, State.CHANGED, before)
    file = from_file(here).partition("#")[0]
    return Change(one, State.KEPT, before, f"comes from {file}" if file else "written by hand")


def _adopted(record: Record, one: Captured) -> Change:
    """Hold a value against one that stands in another format's field, which is not ours to change."""
    here: Value = record.fields
    for step in one.way:
        here = _step(here, step)
        if here is None:
            break
    same = here is not None and _same(one, here)
    return Change(one, State.SAME if same else State.KEPT, here, "stands in the file in another tool's form", firm=True)


def _inferred(record: Record, name: str) -> bool:
    origin = record.origins.get((name,))
    return origin is not None and origin.how == "inferred"


def _step(here: Value, step: str | Item) -> Value:
    """Return what stands one step further, or None."""
    if isinstance(step, Item):
        for one in here if isinstance(here, list) else ():
            if isinstance(one, dict) and str(one.get(step.key)) == step.value:
                return one
        return None
    return here.get(step) if hasattr(here, "get") else None


def _same(one: Captured, before: Value) -> bool:
    """Tell whether a record says the same already, in its own words."""
    field = one.way[-1]
    if field == "commit" and isinstance(before, str) and isinstance(one.reads, str):
        short, long = sorted((before.lower(), one.reads.lower()), key=len)
        return len(short) >= _LEAST and long.startswith(short)
    if field == "content" and isinstance(before, str) and isinstance(one.reads, str):
        return before.strip().lower() == one.reads.lower()
    if field == "type" and one.way[0] in ("inputs", "outputs"):
        return before == one.reads or any(before in names and one.reads in names for names in _TYPES)
    if field == "library_name":
        return _LIBRARIES.get(str(before), before) == _LIBRARIES.get(str(one.reads), one.reads)
    if field in ("command", "lockfile", "dvc_lock") and isinstance(before, str):
        return before.strip().removeprefix("./") == str(one.reads).strip()
    return _equal(before, one.reads)


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_equal(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str):
        numbers = Plain(one).number(), Plain(other).number()
        return one == other or (numbers[0] is not None and numbers[0] == numbers[1])
    return bool(one == other)


def fields(written: Written, record: Record, changes: Sequence[Change], every: Sequence[Captured]) -> dict[str, Any]:
    """Return the fields to set so that changes are made.

    Args:
        written: What the record says now.
        record: The record.
        changes: What is to be set.
        every: All that was captured: a mark names all the sources of its values.
    """
    made: dict[str, Any] = {}
    marks: dict[str, str] = {}
    for change in changes:
        one = change.captured
        name = str(one.way[0])
        if name not in made:
            made[name] = copy.deepcopy(written.value.get(name))
        made[name] = _put(made[name], one.way[1:], one.value)
        if one.mark:
            marks[one.mark] = _sources([other.source for other in every if other.mark == one.mark])
    if changes:
        before = record.get(MARKS)
        held = {name: source for name, source in before.items() if name != DIGESTS} if isinstance(before, dict) else {}
        standing = {digest(way, value) for way, value in _walk((), {**written.value, **made})}
        set_now = {digest(change.captured.way, change.captured.value) for change in changes}
        digests = sorted(set_now | (_digests(record) & standing))
        made[MARKS] = {**held, **marks, DIGESTS: " ".join(digests)}
    return {name: _whole(value) for name, value in made.items()}


def digest(way: Way, value: Value) -> str:
    """Return the short digest of a value as it is written at its place: what tells it from one that replaced it."""
    text = json.dumps([dotted(way), value], default=str, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _digests(record: Record) -> frozenset[str]:
    """Return the digests of what was captured before."""
    marked = record.get(MARKS)
    return frozenset(str(marked.get(DIGESTS) or "").split()) if isinstance(marked, dict) else frozenset()


def _walk(way: Way, value: Value) -> Iterator[tuple[Way, Value]]:
    """Yield every value below one, with each way that leads to it."""
    if way:
        yield way, value
    if isinstance(value, dict):
        for name, held in value.items():
            yield from _walk((*way, str(name)), held)
    elif isinstance(value, list):
        for held in value:
            for key in _KEYS if isinstance(held, dict) else ():
                if key in held:
                    yield from _walk((*way, Item(key, str(held[key]))), held)


def _put(here: Value, way: Way, value: FieldValue) -> Value:
    """Return a value with another one set in it."""
    if not way:
        return value
    step, rest = way[0], way[1:]
    if isinstance(step, Item):
        items = here if isinstance(here, list) else []
        for number, one in enumerate(items):
            if isinstance(one, dict) and str(one.get(step.key)) == step.value:
                return [*items[:number], _put(one, rest, value), *items[number + 1 :]]
        return [*items, _put({step.key: step.value}, rest, value)]
    held: Mapping[str, Value] = here if isinstance(here, dict) and gap(here) is None and not from_file(here) else {}
    return {**held, step: _put(held.get(step), rest, value)}


def _whole(value: Value) -> Value:
    """Return a value without its empty places, which a field cannot be set to."""
    if isinstance(value, dict):
        return {name: _whole(held) for name, held in value.items() if held is not None}
    return [_whole(held) for held in value if held is not None] if isinstance(value, list) else value


def _sources(sources: Sequence[str]) -> str:
    """Return several sources as one text: each of a few, the folder of many."""
    unique = list(dict.fromkeys(sources))
    if len(unique) <= 2:
        return ", ".join(unique)
    folder = posixpath.commonpath([source.partition("#")[0] for source in unique])
    return f"{len(unique)} files in {folder or '.'}"


def told(value: Value) -> str:
    """Return a value for people, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {told(held)}" for name, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(told(held) for held in value) + "]"
    return "" if value is None else " ".join(str(value).split())
