"""All handoffs: those that are going on first, then those that are over, and how they went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.handoff import handoff
from mkdocs_handoff.handoffs.words import OPEN
from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.sitemap import PROGRESS
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports.handoffs.acts import waiting
from mkdocs_handoff.reports.handoffs.course import courses

if TYPE_CHECKING:
    from mkdocs_handoff.handoffs.parts import Named
    from mkdocs_handoff.pages.html.blocks import Chip
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.reports.handoffs.course import Course


@dataclass(frozen=True, slots=True)
class HandoffRow:
    """A handoff in the list.

    Attributes:
        subjects: What moves, the models first.
        giver: The team that hands over; None where none is named.
        taker: The team that takes over, likewise.
        begun: The day; `end`: when it is to be done, was accepted or completed, and which of these in `ends`.
        waits: For whom something waits, the most urgent first; `overdue`: how much of it is overdue.
        rework: How often something came back.
    """

    link: Link
    status: Chip | None
    subjects: tuple[Link, ...]
    giver: Link | None
    taker: Link | None
    criteria: str
    begun: str
    ends: str
    end: str
    waits: tuple[Link, ...]
    overdue: int
    rework: int


@dataclass(frozen=True)
class HandoffsView:
    """All handoffs. `progress` is the address of the page that tells how they went."""

    kind: str
    title: str
    description: str
    home: Link
    open: tuple[HandoffRow, ...]
    over: tuple[HandoffRow, ...]
    progress: str


def index(name: str, inputs: Inputs) -> HandoffsView:
    """Make the list of handoffs ready, which are of the kind of that name."""
    kind = inputs.catalog.kinds[name]
    at = Listing(inputs.sitemap.indexes[name], inputs)
    every = courses(inputs.catalog, inputs.today)
    return HandoffsView(
        kind=name,
        title=kind.plural,
        description=kind.description,
        home=at.home(),
        open=tuple(_row(one, at) for one in every if one.status in OPEN),
        over=tuple(_row(one, at) for one in every if one.status not in OPEN),
        progress=at.here.report(PROGRESS),
    )


def _row(one: Course, at: Listing) -> HandoffRow:
    of = handoff(at.inputs.catalog, one.identity)
    waits = waiting(at.inputs.catalog, of, at.inputs.today)
    subjects = sorted(of.subjects, key=lambda named: named.identity is None or named.identity.kind != "model")
    ends = next((name for name in ("completed", "accepted", "planned") if name in of.dates), "")
    return HandoffRow(
        link=at.link(one.identity),
        status=chip(of.status) if of.status else None,
        subjects=tuple(link for named in subjects if (link := _named(named, at)) is not None),
        giver=_named(of.giver, at),
        taker=_named(of.taker, at),
        criteria=f"{one.criteria[0]} of {one.criteria[1]}" if one.criteria[1] else "",
        begun=one.begun.isoformat() if one.begun is not None else "",
        ends=ends,
        end=of.dates.get(ends, ""),
        waits=tuple(
            at.link(wait.who) if wait.who is not None else Link(wait.text or "nobody named", state="plain")
            for wait in waits
        ),
        overdue=sum(act.overdue for wait in waits for act in wait.acts),
        rework=sum(one.rework.values()),
    )


def _named(named: Named | None, at: Listing) -> Link | None:
    if named is None:
        return None
    return at.link(named.identity) if named.identity is not None else Link(named.text, state="plain")
