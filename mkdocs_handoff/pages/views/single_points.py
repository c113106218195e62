"""What only one person knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.sitemap import OWNERSHIP, SINGLE_POINTS
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports.owners import single_points as report

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.reports.owners.contributors import Contributor
    from mkdocs_handoff.reports.owners.single_points import Point


@dataclass(frozen=True, slots=True)
class PointRow:
    """A record that one person alone knows, or nobody any more.

    Attributes:
        people: The one; of what nobody knows any more, those who did.
        how: What shows it.
    """

    link: Link
    kind: str
    people: tuple[Link, ...]
    how: tuple[str, ...]
    dependents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LeavingRow:
    """A person, with what nobody else knows."""

    link: Link
    records: tuple[Link, ...]
    dependents: int


@dataclass(frozen=True)
class SinglePointsView:
    """What only one person knows. `published`: whether the settings want this page in the built site."""

    title: str
    description: str
    home: Link
    ownership: str
    published: bool
    leaving: tuple[LeavingRow, ...]
    points: tuple[PointRow, ...]
    lost: tuple[PointRow, ...]
    records: int
    git: bool
    limits: tuple[str, ...]
    share: str


def single_points(inputs: Inputs) -> SinglePointsView:
    """Make the page of single points ready."""
    at = Listing(inputs.sitemap.reports[SINGLE_POINTS], inputs)
    found = report.single_points(inputs.catalog, inputs.ownership, inputs.history)
    return SinglePointsView(
        title="Single points of knowledge",
        description="What only one person knows, what most depends on first.",
        home=at.home(),
        ownership=at.here.report(OWNERSHIP),
        published=inputs.project.settings.single_points,
        leaving=tuple(
            LeavingRow(_person(one.who, at), tuple(at.link(point.record) for point in one.points), one.dependents)
            for one in found.leaving
        ),
        points=tuple(_row(point, at) for point in found.points),
        lost=tuple(_row(point, at) for point in found.lost),
        records=found.basis.records,
        git=not found.basis.history,
        limits=found.basis.limits,
        share=f"{report.SHARE:.0%}",
    )


def _row(point: Point, at: Listing) -> PointRow:
    knowers = (point.only,) if point.only is not None else point.gone
    return PointRow(
        at.link(point.record),
        at.catalog.kinds[point.record.kind].title,
        tuple(_person(one.who, at) for one in knowers),
        tuple(dict.fromkeys(how for one in knowers for how in one.how)),
        tuple(at.link(one) for one in point.dependents),
    )


def _person(who: Contributor, at: Listing) -> Link:
    if who.person is not None:
        return at.link(who.person)
    return Link(who.name, hint="No person of this name is written down", state="plain")
