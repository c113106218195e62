"""What somebody should look at: a record's line with its verdict, those of a team or person, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.pages.html.blocks import Link, Text
from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.sitemap import STALENESS
from mkdocs_handoff.pages.views.evidence import sentence
from mkdocs_handoff.pages.views.standing import TONES, verdict_chip
from mkdocs_handoff.reports.stale.groups import ASKING
from mkdocs_handoff.reports.stale.rows import why
from mkdocs_handoff.staleness.risk import PRODUCTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.pages.html.blocks import Block, Chip, VerdictChip
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.links import Links
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.verdict import Verdict

MINE = 100
"""So many stand on the page of a team or person."""

UNWRITTEN = "No team or person of this name is written down"


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A record among others.

    Attributes:
        kind: For people.
        stage: Production, or a lifecycle that matters; None where it says nothing.
        why: The gravest reason in a few words; `more` says how many other reasons there are.
        owner: Who is accountable, or that nobody is; of a team or person itself, that it is its own business.
        roles: What the owner of the page is to it.
        through: The member or predecessor by whom it is theirs.
        rest: How many records rest on it.
        anchor: An id, on the first row of a verdict.
    """

    link: Link
    kind: str
    stage: Chip | None
    verdict: VerdictChip
    why: str
    more: int
    owner: Block
    rest: int
    due: str
    roles: str = ""
    through: Link | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Attention:
    """What a team or person should look at, by risk; `more` says how many are left out, `report` has all of them."""

    rows: tuple[StandingRow, ...]
    more: int
    report: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many records have a verdict; `href` leads to the first of them."""

    verdict: str
    tone: str
    number: int
    href: str = ""


def standing_row(row: StaleRow, links: Links, catalog: Catalog) -> StandingRow:
    """Return a record's line."""
    first = row.reasons[0] if row.reasons else None
    return StandingRow(
        link=links.link(row.identity),
        kind=catalog.kinds[row.kind].title,
        stage=chip(row.stage) if row.stage in (PRODUCTION, "draft", "deprecated") else None,
        verdict=verdict_chip(row.standing),
        why=sentence(why(first)) if first is not None and first.cause is None else why(first) if first else "",
        more=max(0, len(row.reasons) - 1),
        owner=_accountable(row, links),
        rest=row.dependents,
        due=row.due.isoformat() if row.due is not None else "",
    )


def _accountable(row: StaleRow, links: Links) -> Block:
    if row.owner is not None:
        return links.link(row.owner)
    if row.owner_text:
        return Link(row.owner_text, hint=UNWRITTEN, state="plain")
    return Text("itself" if row.kind in (TEAM, PERSON) else "nobody", "muted")


def attention(owner: Identity, inputs: Inputs, links: Links) -> Attention | None:
    """Return what a team or person should look at; None where there is nothing."""
    concerns = inputs.stale.concerns(owner)
    if not concerns:
        return None
    rows = tuple(
        replace(
            standing_row(one.row, links, inputs.catalog),
            roles=", ".join(one.roles),
            through=links.link(one.through) if one.through is not None else None,
        )
        for one in concerns[:MINE]
    )
    return Attention(rows, len(concerns) - len(rows), links.here.report(STALENESS))


def asking(counts: Mapping[Verdict, int]) -> tuple[Count, ...]:
    """Return the verdicts that ask for something and that there are, with their numbers."""
    return tuple(Count(one.value, TONES[one], counts[one]) for one in ASKING if counts.get(one))
