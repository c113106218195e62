"""From a file of observations to series of times and values, with what is wrong with its rows."""

from __future__ import annotations

import csv
import io
import math
import re
from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.observations.files import Refusal, head, row_of, text_of
from mkdocs_handoff.observations.thresholds import LARGEST
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.observations.sources import Observations

MAX_METRICS = 24
"""Metrics of one entry that are read: more is a table of something else."""

TIMES = ("time", "date", "timestamp")
"""What the column of times is called where nobody says it."""

_TOLD = 3
_MILLISECONDS = 1e11
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that was not read as a value; line 0 is the file."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.text}" if self.line else f"{self.path} {self.text}"


@dataclass(frozen=True, slots=True)
class Series:
    """A metric over time.

    Attributes:
        times: Seconds since 1970-01-01 in UTC, rising; `values` has one value for each.
    """

    metric: str
    title: str
    unit: str
    file: str
    times: array[float]
    values: array[float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: its series, by metric as the file has them, and what was left out."""

    series: tuple[Series, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Column:
    """A metric while its rows are read."""

    metric: str
    times: array[float] = field(default_factory=lambda: array("d"))
    values: array[float] = field(default_factory=lambda: array("d"))
    lines: array[int] = field(default_factory=lambda: array("q"))
    bad: list[tuple[int, str]] = field(default_factory=list)
    more: int = 0

    def refuse(self, line: int, text: str) -> None:
        if len(self.bad) < _TOLD:
            self.bad.append((line, text))
        else:
            self.more += 1


class _Rows:
    """The rows of a file as (line, cells), with columns by their place or name; what is no row is told."""

    def __init__(self, path: str, text: str, columns: tuple[str, ...], delimiter: str) -> None:
        self.whole = _Column("")
        self._path = path
        self._text = text
        self._columns = columns
        self._delimiter = delimiter

    @property
    def open(self) -> bool:
        """Whether rows have keys of their own, and later ones may have more."""
        return not self._delimiter

    def place(self, name: str) -> Any:
        """Return what finds a column in a row."""
        return name if not self._delimiter else self._columns.index(name)

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        return self._cells() if self._delimiter else self._objects()

    def _cells(self) -> Iterator[tuple[int, list[str]]]:
        rows = csv.reader(io.StringIO(self._text), delimiter=self._delimiter, strict=True)
        width = len(self._columns)
        first = True
        try:
            for row in rows:
                if len(row) == width and not first:
                    yield rows.line_num, row
                elif row and first:
                    first = False
                elif row:
                    told = counted(len(row), "cell")
                    self.whole.refuse(rows.line_num, f"has {told}, and the header has {width}")
        except csv.Error as error:
            self.whole.refuse(rows.line_num, f"is not valid CSV: {error}")

    def _objects(self) -> Iterator[tuple[int, _Object]]:
        for number, line in enumerate(self._text.split("\n"), 1):
            if line and not line.isspace():
                held = row_of(line)
                if isinstance(held, str):
                    self.whole.refuse(number, held)
                else:
                    yield number, _Object(held)


class _Object(dict[str, Any]):
    """A row in which a key that is not there is no value."""

    def __missing__(self, key: str) -> None:
        return None


def read(root: Path, asked: Observations) -> Reading:
    """Read a file of observations.

    Rows that are not in order are put in order; of several at one time the last one counts. Times without a zone are
    UTC. An empty cell is no value, and nothing is said of it.

    Args:
        root: The project's root.
        asked: What to read of which file.
    """
    text = text_of(root, asked.file)
    begins = text if isinstance(text, Refusal) else head(asked.file, text)
    if isinstance(begins, Refusal) or isinstance(text, Refusal):
        refusal = begins if isinstance(begins, Refusal) else text
        assert isinstance(refusal, Refusal)  # noqa: S101 - for mypy
        return Reading((), (Problem(asked.file or asked.written, refusal.line, refusal.message),))
    time = time_column(asked, begins.columns)
    lacking = lacks(asked, begins.columns) if begins.delimiter else []
    if lacking or not time:
        names = ", ".join(repr(name) for _, name in lacking) or " or ".join(TIMES)
        return Reading((), (Problem(asked.file, 1, f"has no column {names}"),))
    rows = _Rows(asked.file, text, begins.columns, begins.delimiter)
    columns, left_out = (_long if asked.metric else _wide)(rows, asked, time, begins.columns)
    problems = [Problem(asked.file, line, said) for line, said in _told(rows.whole)]
    twice = ", ".join(map(_quoted, repeated(begins.columns)))
    if twice:
        problems.append(Problem(asked.file, 1, f"has more than one column {twice}: the first counts"))
    series = []
    for column in columns:
        problems += (Problem(asked.file, line, said) for line, said in (*_told(column), *_settled(column)))
        if column.times:
            series.append(
                Series(_whole(column.metric), asked.title, asked.unit, asked.file, column.times, column.values)
            )
    if left_out:
        problems.append(Problem(asked.file, 0, left_out))
    if not series and not problems:
        problems.append(Problem(asked.file, 0, "holds no values"))
    return Reading(tuple(series), tuple(problems))


def time_column(asked: Observations, columns: Iterable[str]) -> str:
    """Return the column of times; empty where there is none."""
    present = tuple(columns)
    if asked.time:
        return asked.time if asked.time in present else ""
    folded = {name.casefold(): name for name in reversed(present)}
    return next((folded[name] for name in TIMES if name in folded), "")


def lacks(asked: Observations, columns: Iterable[str]) -> list[tuple[tuple[str, ...], str]]:
    """Return the columns that an entry names and a file does not have, each with the key that names it."""
    present = set(columns)
    named: list[tuple[tuple[str, ...], str]] = [
        ((key,), str(getattr(asked, key))) for key in ("time", "metric") if getattr(asked, key)
    ]
    if asked.metric:
        named.append((("value",), asked.value))
    else:
        named += ((("columns", metric), column) for metric, column in asked.columns.items())
    named += ((("where", column), column) for column in asked.where)
    return [(path, name) for path, name in named if name not in present]


def metrics_of(asked: Observations, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the metrics that a file holds, as far as its columns tell: no row is looked at."""
    if asked.columns or asked.metric:
        return tuple(asked.columns)
    time = time_column(asked, columns)
    return tuple(dict.fromkeys(name for name in columns if name and name != time and name not in asked.where))


def _wide(rows: _Rows, asked: Observations, time: str, columns: tuple[str, ...]) -> tuple[list[_Column], str]:
    """Read rows that have a column for each metric."""
    names = {metric: asked.columns.get(metric, metric) for metric in metrics_of(asked, columns)}
    made = [(_Column(metric), rows.place(name)) for metric, name in list(names.items())[:MAX_METRICS]]
    when, kept = rows.place(time), _kept(rows, asked.where)
    refuse = rows.whole.refuse
    known = {time, *asked.where, *names}
    for line, row in rows:
        if kept and not _matches(row, kept):
            continue
        moment = _moment(row[when])
        if moment is None:
            refuse(line, f"has no time that is one: {_quoted(row[when])}")
            continue
        if rows.open and not asked.columns and not row.keys() <= known:  # a job that measures more than it did
            for name in [name for name in row if name not in known]:
                known.add(name)
                names[name] = name
                made += [(_Column(name), name)] if len(made) < MAX_METRICS else []
        for column, place in made:
            _take(column, line, moment, row[place])
    found = [column for column, _ in made]
    absent = [names[column.metric] for column in found if asked.columns and not column.times and not column.bad]
    text = f"has no value in {', '.join(map(_quoted, absent))}" if absent else ""
    if not asked.columns:  # a column of names or notes is no metric
        other = [column.metric for column in found if not column.times and column.bad]
        found = [column for column in found if column.metric not in other]
        text = f"has no numbers in {', '.join(map(_quoted, other))}: no metric was read there" if other else ""
    if len(names) > MAX_METRICS:
        text = f"has {len(names)} metrics, and {MAX_METRICS} are read: name those that matter under `columns`"
    return found, text


def _long(rows: _Rows, asked: Observations, time: str, _: tuple[str, ...]) -> tuple[list[_Column], str]:
    """Read rows that hold one value each, of the metric that they name."""
    wanted = {name: metric for metric, name in asked.columns.items()}
    found: dict[str, _Column] = {name: _Column(metric) for name, metric in wanted.items()}
    named, value = rows.place(asked.metric), rows.place(asked.value)
    when, kept = rows.place(time), _kept(rows, asked.where)
    refuse = rows.whole.refuse
    beyond: set[str] = set()
    for line, row in rows:
        if kept and not _matches(row, kept):
            continue
        name = _cell(row[named])
        column = found.get(name)
        if column is None:
            if wanted:
                continue
            if not name:
                refuse(line, "names no metric")
                continue
            if len(found) >= MAX_METRICS:
                beyond.add(name)
                continue
            column = found[name] = _Column(name)
        moment = _moment(row[when])
        if moment is None:
            refuse(line, f"has no time that is one: {_quoted(row[when])}")
        else:
            _take(column, line, moment, row[value])
    absent = [name for name, column in found.items() if not column.times and not column.bad]
    text = f"names no {', '.join(map(_quoted, absent))} in {asked.metric!r}" if absent else ""
    if beyond:
        total = len(beyond) + len(found)
        text = f"has {total} metrics, and {MAX_METRICS} are read: name those that matter under `columns`"
    return list(found.values()), text


def _kept(rows: _Rows, where: Mapping[str, str]) -> list[tuple[Any, str]]:
    return [(rows.place(name), wanted) for name, wanted in where.items()]


def _matches(row: Any, kept: list[tuple[Any, str]]) -> bool:
    return all(_cell(row[place]) == wanted for place, wanted in kept)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def _take(column: _Column, line: int, moment: float, cell: Any) -> None:
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
        column.refuse(line, f"has no number for {_quoted(column.metric)}: {_quoted(cell)}")
        return
    column.times.append(moment)
    column.values.append(number)
    column.lines.append(line)


def _moment(cell: Any) -> float | None:
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


def _settled(column: _Column) -> Iterator[tuple[int, str]]:
    """Put a metric's rows in order, one value a time, and tell of it."""
    times, values = column.times, column.values
    if all(map(float.__lt__, times, times[1:])):
        return
    order = sorted(range(len(times)), key=times.__getitem__)
    late = next((at for at in range(1, len(times)) if times[at] < times[at - 1]), 0)
    if late:
        yield column.lines[late], f"is earlier than the row before it ({_quoted(column.metric)}): rows are put in order"
    last = {times[at]: at for at in order}  # sorting keeps the order of equals: the last one written stays
    if len(last) < len(times):
        first = next(at for before, at in pairwise(order) if times[at] == times[before])
        told = counted(len(times) - len(last), "row")
        yield (
            column.lines[first],
            f"is of a time that has been ({_quoted(column.metric)}): {told} like it, and the last of each time counts",
        )
    column.values = array("d", (values[at] for at in last.values()))
    column.times = array("d", last)


def _told(column: _Column) -> Iterator[tuple[int, str]]:
    yield from column.bad
    if column.more:
        yield 0, f"has {counted(column.more, 'more row')} of which no value was read"


def _whole(text: str) -> str:
    """Return a text that can be written: JSON can hold half a character."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _quoted(value: Any) -> str:
    text = "nothing" if value is None or value == "" else repr(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def repeated(columns: Iterable[str]) -> list[str]:
    """Return the names that more than one column has."""
    return [name for name, times in Counter(columns).items() if times > 1 and name]
