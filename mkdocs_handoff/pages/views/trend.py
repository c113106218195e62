"""How the number of records that ask for something went, for the page of stale records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.sparkline import sparkline
from mkdocs_handoff.pages.views.standing import TONES
from mkdocs_handoff.reports.stale.groups import ASKING
from mkdocs_handoff.reports.stale.trend import point

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.reports.stale.report import StaleReport
    from mkdocs_handoff.reports.stale.trend import Point
    from mkdocs_handoff.staleness.verdict import Verdict

_DAYS = 60
_FEW = 3


@dataclass(frozen=True, slots=True)
class TrendRow:
    """How the number of records of a verdict went.

    Attributes:
        line: It, drawn.
        number: Now.
        change: Against the first day, with a sign.
    """

    verdict: str
    tone: str
    line: Markup
    number: int
    change: str


@dataclass(frozen=True, slots=True)
class TrendView:
    """How the counts went.

    Attributes:
        since: The first day; `days` is how many there are.
        table: The last days with their numbers, the newest first, in the order of the rows.
        problems: What is wrong with lines of the file.
    """

    path: str
    since: str
    days: int
    rows: tuple[TrendRow, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]
    problems: tuple[str, ...]


def trend(inputs: Inputs, report: StaleReport) -> TrendView | None:
    """Return the trend with the day of the build as its last; None where there is no file of it."""
    points, problems = inputs.trends
    before = [one for one in points if one.day < report.today]
    if not before and not problems:
        return None
    now = point(
        (row.standing for row in report.every),
        report.today,
        unowned=len(inputs.ownership.unowned),
        commit="",
    )
    every = [*before, now]
    named = [verdict for verdict in ASKING if any(_of(one, verdict) for one in every)]
    top = max((_of(one, verdict) for one in every for verdict in named), default=0)
    return TrendView(
        path=inputs.project.settings.trend,
        since=every[0].day.isoformat(),
        days=len(every),
        rows=tuple(_row(verdict, [(one.day, _of(one, verdict)) for one in every], top) for verdict in named)
        if before
        else (),
        table=tuple(
            (one.day.isoformat(), tuple(_of(one, verdict) for verdict in named)) for one in reversed(every[-_DAYS:])
        ),
        problems=tuple(map(str, problems[:_FEW])),
    )


def _row(verdict: Verdict, points: list[tuple[date, int]], top: int) -> TrendRow:
    (first, then), (_, now) = points[0], points[-1]
    highest = max(number for _, number in points)
    told = f"{then} on {first}, {now} now, at most {highest}"
    line = sparkline(points, top=top, name=verdict.value, title=f"Records that were {verdict}, by day", told=told)
    return TrendRow(verdict.value, TONES[verdict], line, now, f"{now - then:+d}" if now != then else "±0")


def _of(one: Point, verdict: Verdict) -> int:
    number: int = getattr(one, verdict.value)
    return number
