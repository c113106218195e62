"""Values of a record by field, and whether they are what a rule asks for. Every test takes time in proportion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.text.numbers import number_of
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.demands.demand import Test
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path

Found = tuple["Path", Any]
_OWN = ("lifecycle", "title", "description")


def values(record: Record, field: str) -> tuple[Found, ...]:
    """Return what a dotted field holds, each value with its path; in lists of mappings each item is looked at."""
    found = tuple(_walk(record.fields, tuple(field.split(".")), ()))
    if not found and field in _OWN and getattr(record, field):
        return (((field,), getattr(record, field)),)  # inferred, or what is taken where nothing is written
    return found


def _walk(value: Any, steps: tuple[str, ...], path: Path) -> Iterator[Found]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            if not steps or isinstance(item, Mapping):
                yield from _walk(item, steps, (*path, number))
    elif not steps:
        if value not in (None, "", {}):
            yield path, value
    elif isinstance(value, Mapping) and steps[0] in value:
        yield from _walk(value[steps[0]], steps[1:], (*path, steps[0]))


def stated_gap(record: Record, field: str) -> bool:
    """Tell whether a record says that nobody knows the field, or that it does not apply."""
    steps = tuple(field.split("."))
    words = (tuple(step for step in path if isinstance(step, str)) for path in record.gaps)
    return any(steps[: len(path)] == path for path in words)


def fails(record: Record, field: str, test: Test) -> Found | None:
    """Return the value for which a field fails a test, or None where it holds; `((), None)` where there is no value."""
    found = values(record, field)
    if test.present is not None and test.present != (bool(found) or stated_gap(record, field)):
        return found[0] if found else ((), None)
    for path, value in found:
        if any(same(value, wanted) for wanted in test.without):
            return path, value
    if not _positive(test) or (not found and stated_gap(record, field)):
        return None
    if any(holds(value, test) for _, value in found):
        return None
    return found[0] if found else ((), None)


def _positive(test: Test) -> bool:
    limits = test.least is not None or test.most is not None
    return bool(limits or test.among or test.like or test.before or test.after)


def holds(value: Any, test: Test) -> bool:
    """Tell whether one value is what a test asks for; `present` and `without` are not looked at."""
    if test.among and not any(same(value, wanted) for wanted in test.among):
        return False
    if test.like and not any(like(str(value), form) for form in test.like):
        return False
    if test.least is not None or test.most is not None:
        number = number_of(value)
        if number is None or not _within(number, test):
            return False
    if test.before or test.after:
        day = day_of(value)
        return day is not None and (not test.before or str(day) < test.before) and str(day) > test.after
    return True


def _within(number: float, test: Test) -> bool:
    return (test.least is None or number >= test.least) and (test.most is None or number <= test.most)


def same(value: Any, wanted: Any) -> bool:
    """Tell whether a value is what the settings write: text counts without case, numbers by what they are."""
    if isinstance(value, bool) or isinstance(wanted, bool):
        return str(value).casefold() == str(wanted).casefold()
    left, right = number_of(value), number_of(wanted)
    if left is not None and right is not None and not (isinstance(value, str) and isinstance(wanted, str)):
        return left == right
    return str(value).strip().casefold() == str(wanted).strip().casefold()


def like(text: str, form: str) -> bool:
    """Tell whether a text has a form in which `*` stands for anything: piece after piece, never back."""
    text, pieces = text.casefold(), form.casefold().split("*")
    if len(pieces) == 1:
        return text == pieces[0]
    if not text.startswith(pieces[0]) or len(text) < len(pieces[0]) + len(pieces[-1]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return text.endswith(pieces[-1]) and len(text) - len(pieces[-1]) >= at
