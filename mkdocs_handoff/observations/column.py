"""A metric while the rows of its file are read: what is a time, what a value, and what is wrong with the others."""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.observations.thresholds import LARGEST
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOLD = 3
_MILLISECONDS = 1e11
_LONGEST = 60


@dataclass(slots=True)
class Column:
    """A metric while its rows are read."""

    metric: str
    times: array[float] = field(default_factory=lambda: array("d"))
    values: array[float] = field(default_factory=lambda: array("d"))
    lines: array[int] = field(default_factory=lambda: array("q"))
    bad: list[tuple[int, str]] = field(default_factory=list)
    more: int = 0

    def refuse(self, line: int, text: str) -> None:
        """Note a row of which no value is read; only the first few are told one by one."""
        if len(self.bad) < _TOLD:
            self.bad.append((line, text))
        else:
            self.more += 1


def take(column: Column, line: int, moment: float, cell: Any) -> None:
    """Add a value to its metric; an empty cell is none, and what is no number is told."""
    if cell is None or cell == "":
        return
    try:
        number = float(cell)
    except (ValueError, TypeError, OverflowError):
        number = math.nan
        if isinstance(cell, str) and not cell.strip():
            return
    if not -LARGEST < number < LARGEST or isinstance(cell, bool) or (isinstance(cell, str) and "_" in cell):
        column.refuse(line, f"has no number for {quoted(column.metric)}: {quoted(cell)}")
        return
    column.times.append(moment)
    column.values.append(number)
    column.lines.append(line)


def moment_of(cell: Any) -> float | None:
    """Return the seconds since 1970 of a time: ISO 8601, or Unix seconds or milliseconds."""
    if isinstance(cell, bool) or cell is None:
        return None
    try:
        text = cell.strip() if isinstance(cell, str) else ""
        if isinstance(cell, str) and (len(text) < 9 or not text.replace(".", "", 1).isdecimal()):
            found = datetime.fromisoformat(text)
            number = (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).timestamp()
        elif _JOINED.fullmatch(text or str(cell)):
            return None
        else:
            number = float(text or cell)
            number = number / 1000 if abs(number) >= _MILLISECONDS else number
    except (ValueError, TypeError, OverflowError):
        return None
    return number if _FIRST <= number <= _LAST else None


_JOINED = re.compile(
    r"20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])"
    r"|(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d([0-5]\d)?"
)
"""Day and time in one number (`202611231000`): as seconds or milliseconds it would be another time."""

_FIRST = datetime(1, 1, 1, tzinfo=UTC).timestamp()
_LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp()


def settled(column: Column) -> Iterator[tuple[int, str]]:
    """Put a metric's rows in order, one value a time, and tell of it."""
    times, values = column.times, column.values
    if all(map(float.__lt__, times, times[1:])):
        return
    order = sorted(range(len(times)), key=times.__getitem__)
    late = next((at for at in range(1, len(times)) if times[at] < times[at - 1]), 0)
    if late:
        yield column.lines[late], f"is earlier than the row before it ({quoted(column.metric)}): rows are put in order"
    last = {times[at]: at for at in order}  # sorting keeps the order of equals: the last one written stays
    if len(last) < len(times):
        first = next(at for before, at in pairwise(order) if times[at] == times[before])
        told = counted(len(times) - len(last), "row")
        yield (
            column.lines[first],
            f"is of a time that has been ({quoted(column.metric)}): {told} like it, and the last of each time counts",
        )
    column.values = array("d", (values[at] for at in last.values()))
    column.times = array("d", last)


def told_of(column: Column) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a metric's rows, each with its line; line 0 is the file."""
    yield from column.bad
    if column.more:
        yield 0, f"has {counted(column.more, 'more row')} of which no value was read"


def whole(text: str) -> str:
    """Return a text that can be written: JSON can hold half a character."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def quoted(value: Any) -> str:
    """Return a value as a message shows it."""
    text = "nothing" if value is None or value == "" else repr(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
