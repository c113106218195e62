"""The trend: a file with a line a day of how many records stood how, and what it takes to keep it.

JSON lines (https://jsonlines.org), the keys always in the same order, so that a day more is a line more in a diff.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.staleness.verdict import Verdict
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mkdocs_handoff.staleness.verdict import Standing

COUNTS = ("records", *(verdict.value for verdict in Verdict), "unwatched", "unowned")
"""What is counted, in the order in which a line has it."""

PROGRESS = ("records", "reviewed", "links", "known", "pipelines", "verified")
"""What is counted of a team: records that age, those whose review holds; links needed, links known; pipelines, those
that were run again with the same result."""

ALL, NONE = "all", "none"
"""Beside the names of teams: all together, and what no team owns."""

_COMMIT = re.compile(r"[0-9a-f]{7,64}")


@dataclass(frozen=True, slots=True)
class Point:
    """How a project stood on a day.

    Attributes:
        day: The day.
        records: How many there were; `suspect` to `historical`: how many of them had that verdict.
        unwatched: How many of the fresh ones nothing would have made suspect.
        unowned: How many named no owner, though their kind asks for one.
        commit: The full name of the commit that was looked at; empty where there was none.
        progress: How each team got on, by name, and `all` of them: what `PROGRESS` names. Lines of before
            this was counted have none.
    """

    day: date
    records: int
    suspect: int
    stale: int
    due: int
    unknown: int
    fresh: int
    historical: int
    unwatched: int
    unowned: int
    commit: str = ""
    progress: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that is no point, and why."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line} {self.text}"


def point(
    standings: Iterable[Standing],
    day: date,
    *,
    unowned: int,
    commit: str,
    progress: Mapping[str, Mapping[str, int]] | None = None,
) -> Point:
    """Return the point of a day.

    Args:
        standings: How all records stand.
        day: The day.
        unowned: How many records name no owner, though their kind asks for one.
        commit: What is checked out; empty where there is no history.
        progress: How each team gets on, by name: what `PROGRESS` names.
    """
    every = list(standings)
    counts = {verdict.value: sum(one.verdict is verdict for one in every) for verdict in Verdict}
    unwatched = sum(one.unwatched for one in every if one.verdict is Verdict.FRESH)
    return Point(
        day, len(every), **counts, unwatched=unwatched, unowned=unowned, commit=commit, progress=progress or {}
    )


def line(one: Point) -> str:
    """Return a point as its line in the file, without a line end."""
    counts = {name: getattr(one, name) for name in COUNTS}
    more = {"progress": {name: dict(held) for name, held in one.progress.items()}} if one.progress else {}
    return json.dumps({"day": one.day.isoformat(), **counts, "commit": one.commit, **more}, ensure_ascii=False)


def read(text: str) -> tuple[tuple[Point, ...], tuple[Problem, ...]]:
    """Return the points of a file, by day, and the lines that are none.

    Of a day that is there twice the last line counts: two branches that both added one are easily merged so.
    """
    points: dict[date, Point] = {}
    problems: list[Problem] = []
    for number, written in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not written.strip():
            continue
        found = _parsed(written)
        if isinstance(found, Point):
            points[found.day] = found
        else:
            problems.append(Problem(number, found))
    return tuple(points[day] for day in sorted(points)), tuple(problems)


def appended(held: bytes, one: Point) -> bytes:
    """Return what a file is to hold with a point added; every line that is not of that day stays as it is, to the byte.

    Args:
        held: What the file holds; nothing where there is none yet.
        one: The point. It takes the place of what the file has of its day.
    """
    end = b"\r\n" if held.split(b"\n", 1)[0].endswith(b"\r") else b"\n"
    new = line(one).encode() + end
    lines = list(_lines(held))
    if lines and not lines[-1].endswith(b"\n"):
        lines[-1] += end
    same = [number for number, written in enumerate(lines) if _day(written) == one.day]
    if not same:
        return b"".join((*lines, new))
    lines[same[-1]] = new
    gone = set(same[:-1])
    return b"".join(written for number, written in enumerate(lines) if number not in gone)


def _lines(held: bytes) -> Iterator[bytes]:
    """Yield lines with their ends; only a newline ends one, because JSON text may hold whatever else does elsewhere."""
    start = 0
    while start < len(held):
        found = held.find(b"\n", start)
        stop = len(held) if found < 0 else found + 1
        yield held[start:stop]
        start = stop


def _day(written: bytes) -> date | None:
    found = _parsed(written.decode("utf-8-sig", "replace"))
    return found.day if isinstance(found, Point) else None


def _parsed(written: str) -> Point | str:
    """Return the point that a line holds, or what is wrong with it."""
    try:
        value: Any = json.loads(written)
    except (ValueError, RecursionError):
        return "is no JSON"
    if not isinstance(value, dict):
        return "is no JSON object"
    day = day_of(value.get("day"))
    if day is None:
        return "has no `day` written as 2026-11-23"
    for name in COUNTS:
        count = value.get(name)
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            return f"has no number of `{name}`"
    commit = value.get("commit", "")
    if not isinstance(commit, str) or (commit and not _COMMIT.fullmatch(commit)):
        return "has a `commit` that is no commit's name"
    return Point(
        day, **{name: value[name] for name in COUNTS}, commit=commit, progress=_progress(value.get("progress"))
    )


def _progress(value: Any) -> dict[str, dict[str, int]]:
    """Return the counts of teams that are whole; what another program added there is none of ours."""
    found: dict[str, dict[str, int]] = {}
    for name, held in value.items() if isinstance(value, dict) else ():
        given = held if isinstance(held, dict) else {}
        counts = {key: given[key] for key in PROGRESS if type(given.get(key)) is int and given[key] >= 0}
        if len(counts) == len(PROGRESS):
            found[name] = counts
    return found
