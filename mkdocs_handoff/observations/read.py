"""From a file of observations to series of times and values, with what is wrong with its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.observations.column import Column, moment_of, quoted, settled, take, told_of, whole
from mkdocs_handoff.observations.files import Refusal, head, text_of
from mkdocs_handoff.observations.rows import Rows

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mkdocs_handoff.observations.sources import Observations

MAX_METRICS = 24
"""Metrics of one entry that are read: more is a table of something else."""

TIMES = ("time", "date", "timestamp")
"""What the column of times is called where nobody says it."""


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
    rows = Rows(asked.file, text, begins.columns, begins.delimiter)
    columns, left_out = (_long if asked.metric else _wide)(rows, asked, time, begins.columns)
    problems = [Problem(asked.file, line, said) for line, said in told_of(rows.whole)]
    twice = ", ".join(map(quoted, repeated(begins.columns)))
    if twice:
        problems.append(Problem(asked.file, 1, f"has more than one column {twice}: the first counts"))
    series = []
    for column in columns:
        problems += (Problem(asked.file, line, said) for line, said in (*told_of(column), *settled(column)))
        if column.times:
            series.append(
                Series(whole(column.metric), asked.title, asked.unit, asked.file, column.times, column.values)
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


def _wide(rows: Rows, asked: Observations, time: str, columns: tuple[str, ...]) -> tuple[list[Column], str]:
    """Read rows that have a column for each metric."""
    names = {metric: asked.columns.get(metric, metric) for metric in metrics_of(asked, columns)}
    made = [(Column(metric), rows.place(name)) for metric, name in list(names.items())[:MAX_METRICS]]
    when, kept = rows.place(time), _kept(rows, asked.where)
    refuse = rows.whole.refuse
    known = {time, *asked.where, *names}
    for line, row in rows:
        if kept and not _matches(row, kept):
            continue
        moment = moment_of(row[when])
        if moment is None:
            refuse(line, f"has no time that is one: {quoted(row[when])}")
            continue
        if rows.open and not asked.columns and not row.keys() <= known:  # a job that measures more than it did
            for name in [name for name in row if name not in known]:
                known.add(name)
                names[name] = name
                made += [(Column(name), name)] if len(made) < MAX_METRICS else []
        for column, place in made:
            take(column, line, moment, row[place])
    found = [column for column, _ in made]
    absent = [names[column.metric] for column in found if asked.columns and not column.times and not column.bad]
    text = f"has no value in {', '.join(map(quoted, absent))}" if absent else ""
    if not asked.columns:  # a column of names or notes is no metric
        other = [column.metric for column in found if not column.times and column.bad]
        found = [column for column in found if column.metric not in other]
        text = f"has no numbers in {', '.join(map(quoted, other))}: no metric was read there" if other else ""
    if len(names) > MAX_METRICS:
        text = f"has {len(names)} metrics, and {MAX_METRICS} are read: name those that matter under `columns`"
    return found, text


def _long(rows: Rows, asked: Observations, time: str, _: tuple[str, ...]) -> tuple[list[Column], str]:
    """Read rows that hold one value each, of the metric that they name."""
    wanted = {name: metric for metric, name in asked.columns.items()}
    found: dict[str, Column] = {name: Column(metric) for name, metric in wanted.items()}
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
            column = found[name] = Column(name)
        moment = moment_of(row[when])
        if moment is None:
            refuse(line, f"has no time that is one: {quoted(row[when])}")
        else:
            take(column, line, moment, row[value])
    absent = [name for name, column in found.items() if not column.times and not column.bad]
    text = f"names no {', '.join(map(quoted, absent))} in {asked.metric!r}" if absent else ""
    if beyond:
        total = len(beyond) + len(found)
        text = f"has {total} metrics, and {MAX_METRICS} are read: name those that matter under `columns`"
    return list(found.values()), text


def _kept(rows: Rows, where: Mapping[str, str]) -> list[tuple[Any, str]]:
    return [(rows.place(name), wanted) for name, wanted in where.items()]


def _matches(row: Any, kept: list[tuple[Any, str]]) -> bool:
    return all(_cell(row[place]) == wanted for place, wanted in kept)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def repeated(columns: Iterable[str]) -> list[str]:
    """Return the names that more than one column has."""
    return [name for name, times in Counter(columns).items() if times > 1 and name]
