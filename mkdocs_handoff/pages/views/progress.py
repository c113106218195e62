"""How handoffs went, and how teams keep up what they know, as tables with small lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.sitemap import PROGRESS
from mkdocs_handoff.pages.sparkline import sparkline
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.reports.handoffs.course import courses
from mkdocs_handoff.reports.progress import PROGRESS_COUNTS, counts
from mkdocs_handoff.reports.stale.trend import ALL, NONE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mkdocs_handoff.pages.html.blocks import Chip
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.reports.handoffs.course import Course
    from mkdocs_handoff.reports.progress import Progress, Share

_OTHERS = "Owned by no team"


@dataclass(frozen=True, slots=True)
class CourseRow:
    """How a handoff went; where something cannot be told (yet), it says what is missing."""

    link: Link
    status: Chip | None
    giver: Link | None
    taker: Link | None
    onboard: str
    lead: str
    rework: str


@dataclass(frozen=True, slots=True)
class Measure:
    """So many of so many, and how the share went: `line` is empty where only today is known."""

    told: str
    line: Markup


@dataclass(frozen=True, slots=True)
class TeamRow:
    """How a team keeps up what it knows.

    Attributes:
        team: Plain text for what no team owns, and for all together.
        note: Of what no team owns, what it is.
    """

    team: Link
    records: int
    reviewed: Measure
    updated: Measure
    links: Measure
    verified: Measure
    note: str = ""


@dataclass(frozen=True)
class ProgressView:
    """How handoffs went, and how teams get on.

    Attributes:
        onboard: The times to onboard, from the handoff that began first to the last, drawn.
        clean: How many of the handoffs of which it can be told had no rework.
        trend: The file with earlier days; empty where there is none: then review coverage, links and pipelines are
            those of today.
        blind: Why git could not be asked for changes; empty where it could.
    """

    title: str
    description: str
    home: Link
    handoffs: tuple[CourseRow, ...]
    onboard: Markup
    clean: str
    rows: tuple[TeamRow, ...]
    months: tuple[tuple[str, tuple[str, ...]], ...]
    month_names: tuple[str, ...]
    trend: str
    blind: str


def progress(inputs: Inputs) -> ProgressView:
    """Make the page of progress ready."""
    at = Listing(inputs.sitemap.reports[PROGRESS], inputs)
    went = courses(inputs.catalog, inputs.today)
    everything, teams = inputs.progress
    settled = [one.without_rework for one in went if one.without_rework is not None]
    rows = [_team(one, at) for one in teams]
    if len(teams) > 1:
        rows.insert(0, _team(everything, at, name="All together"))
    return ProgressView(
        title="Progress",
        description="How handoffs went, and how teams keep up what they know.",
        home=at.home(),
        handoffs=tuple(_course(one, at) for one in went),
        onboard=_onboard(went),
        clean=f"{sum(settled)} of {len(settled)}" if settled else "",
        rows=tuple(rows),
        months=tuple(
            (_name(one, at).text, tuple(_of(month.changed) for month in one.months)) for one in teams if one.months
        ),
        month_names=tuple(f"{month.first:%Y-%m}" for month in everything.months),
        trend=inputs.project.settings.trend if any(point.progress for point in inputs.trends[0]) else "",
        blind="" if inputs.history.readable else inputs.history.repository.state.value,
    )


def _course(one: Course, at: Listing) -> CourseRow:
    return CourseRow(
        link=at.link(one.identity),
        status=chip(one.status) if one.status else None,
        giver=at.link(one.giver) if one.giver is not None else None,
        taker=at.link(one.taker) if one.taker is not None else None,
        onboard=_days(one.time_to_onboard) or _no_onboard(one),
        lead=_days(one.lead_time) or _no_lead(one),
        rework=_rework(one),
    )


def _no_onboard(one: Course) -> str:
    """Return why nobody can say how long it took until the receiving team stood on its own feet."""
    if one.started is None:
        return "no `started` day"
    return "no `first_independent_change` yet" if one.independent is None else "`first_independent_change` is too early"


def _no_lead(one: Course) -> str:
    return "no `requested` day" if one.requested is None else "not accepted yet"


def _rework(one: Course) -> str:
    """Return how often something came back, by reason, and what it took."""
    told = ", ".join(f"{number} {reason}" for reason, number in one.rework.items() if number)
    if not told:
        return "none" if one.without_rework else "none so far"
    return f"{told} ({one.hours:g} h)" if one.hours is not None else told


def _onboard(went: Sequence[Course]) -> Markup:
    points = sorted(
        (one.begun, one.time_to_onboard) for one in went if one.begun is not None and one.time_to_onboard is not None
    )
    if len(points) < 2:
        return Markup()
    told = ", ".join(f"{days} days (begun {day})" for day, days in points)
    top = max(days for _, days in points)
    return sparkline(points, top=top, name="onboard", title="Time to onboard, by handoff", told=told)


def _team(one: Progress, at: Listing, name: str = "") -> TeamRow:
    team = Link(name, state="plain") if name else _name(one, at)
    key = ALL if name else str(one.team) if one.team is not None else NONE
    now = counts(one)
    measures = {
        part: Measure(f"{now[part]} of {now[whole]}" if now[whole] else "", _line(key, part, whole, title, now, at))
        for part, whole, title in PROGRESS_COUNTS
    }
    months = [
        (month.first, round(100 * month.changed.part / month.changed.whole)) for month in one.months if month.changed
    ]
    shares = "; ".join(f"{month.first:%Y-%m}: {month.changed}" for month in one.months if month.changed)
    return TeamRow(
        team=team,
        records=one.records,
        reviewed=measures["reviewed"],
        updated=Measure(
            _of(one.updated),
            sparkline(
                months,
                top=100,
                name=f"updated-{slug(key)}",
                title=f"Records of {team.text} that were changed, of 100, by month",
                told=shares,
            ),
        ),
        links=measures["known"],
        verified=measures["verified"],
        note="" if name or one.team is not None else _kinds(one, at),
    )


def _kinds(one: Progress, at: Listing) -> str:
    """Return of what kinds the records are: `4 terms, 2 teams`."""
    kinds = at.inputs.catalog.kinds
    many = {kind: shape.list_key or shape.plural for kind, shape in kinds.items()}  # 2 terms, and not 2 glossary
    told = (f"{number:,} {(kinds[kind].title if number == 1 else many[kind]).lower()}" for kind, number in one.kinds)
    return ", ".join(told)


def _line(key: str, part: str, whole: str, title: str, now: dict[str, int], at: Listing) -> Markup:
    """Draw a share, of 100, over the days of the trend and today; nothing where the trend does not know the owner."""
    points: list[tuple[date, int]] = [
        (point.day, round(100 * held[part] / held[whole]))
        for point in at.inputs.trends[0]
        if point.day < at.inputs.today and (held := point.progress.get(key)) and held[whole]
    ]
    if not points or not now[whole]:
        return Markup()
    points.append((at.inputs.today, round(100 * now[part] / now[whole])))
    told = f"{points[0][1]} of 100 on {points[0][0]}, {points[-1][1]} today"
    return sparkline(points, top=100, name=f"{part}-{slug(key)}", title=f"{title}, of 100, by day", told=told)


def _name(one: Progress, at: Listing) -> Link:
    return at.link(one.team) if one.team is not None else Link(_OTHERS, state="plain")


def _of(share: Share) -> str:
    return str(share) if share else ""


def _days(number: int | None) -> str:
    return "" if number is None else "1 day" if number == 1 else f"{number} days"
