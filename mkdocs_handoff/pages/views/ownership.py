"""Who owns what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.catalog.owners import ACCOUNTABLE
from mkdocs_handoff.pages.anchors import owner_anchor
from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.sitemap import OWNERSHIP, SINGLE_POINTS
from mkdocs_handoff.pages.views.attention import asking
from mkdocs_handoff.pages.views.codeowners import codeowners
from mkdocs_handoff.pages.views.listing import Listing

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.attention import Count
    from mkdocs_handoff.pages.views.codeowners import CodeownersView
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.ownership import GoneOwner


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A record in the matrix, with its owners in each of the roles."""

    link: Link
    kind: str
    cells: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class OwnerSection:
    """A team or person, with what they own: role and records. `asking` counts what of it may no longer hold."""

    link: Link
    anchor: str
    line: str
    members: tuple[Link, ...]
    teams: tuple[Link, ...]
    holdings: tuple[tuple[str, tuple[Link, ...]], ...]
    asking: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class GoneRow:
    """A record with an owner who is gone: the role, when, and who comes after."""

    record: Link
    owner: Link
    role: str
    left: str
    successor: Link | None


@dataclass(frozen=True)
class OwnershipView:
    """Who owns what.

    Attributes:
        orphaned: Records behind whose owners there is nobody any more.
        gone: Records whose accountable owner is gone, then those where another owner is.
        several: Records for which more than one owner is accountable; `nobody` those for which none is.
        codeowners: Where CODEOWNERS and the records differ; None where there is no such file.
        single_points: The page of what only one person knows; empty where it is not shown.
    """

    title: str
    description: str
    home: Link
    roles: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    teams: tuple[OwnerSection, ...]
    people: tuple[OwnerSection, ...]
    unknown: tuple[tuple[str, tuple[Link, ...]], ...]
    unowned: tuple[Link, ...]
    orphaned: tuple[Link, ...]
    gone: tuple[GoneRow, ...]
    several: tuple[Link, ...]
    nobody: tuple[Link, ...]
    codeowners: CodeownersView | None
    single_points: str


def ownership(inputs: Inputs) -> OwnershipView:
    """Make the page of owners ready."""
    at = Listing(inputs.sitemap.reports[OWNERSHIP], inputs)
    owned, catalog = inputs.ownership, inputs.catalog
    rows = tuple(
        MatrixRow(
            at.link(identity),
            catalog.kinds[identity.kind].title,
            tuple(tuple(at.owner(one) for one in holders if one.role == role) for role in owned.roles),
        )
        for identity, holders in owned.holders.items()
    )
    return OwnershipView(
        title="Ownership",
        home=at.home(),
        description="Who answers for what, in which role, and what nobody answers for.",
        roles=owned.roles,
        rows=rows,
        teams=tuple(_owner(record.identity, at) for record in catalog.of_kind(TEAM)),
        people=tuple(_owner(record.identity, at) for record in catalog.of_kind(PERSON)),
        unknown=tuple((name, tuple(at.link(one.record) for one in held)) for name, held in owned.unknown.items()),
        unowned=tuple(at.link(identity) for identity in owned.unowned),
        orphaned=tuple(at.link(identity) for identity in owned.orphaned),
        gone=tuple(_gone(one, at) for one in sorted(owned.gone, key=lambda one: one.role != ACCOUNTABLE)),
        several=tuple(at.link(identity) for identity in owned.several),
        nobody=tuple(at.link(identity) for identity in owned.nobody),
        codeowners=codeowners(at),
        single_points=at.here.report(SINGLE_POINTS) if SINGLE_POINTS in inputs.sitemap.reports else "",
    )


def _gone(one: GoneOwner, at: Listing) -> GoneRow:
    left, text = one.gone, one.gone.text
    plain = Link(text, state="plain") if text else None
    return GoneRow(
        at.link(one.record),
        at.link(one.owner),
        one.role,
        left.on.isoformat() if left.on else "",
        at.link(left.successor) if left.successor else plain,
    )


def _owner(identity: Identity, at: Listing) -> OwnerSection:
    owned = at.inputs.ownership
    by_role: dict[str, list[Link]] = {}
    for held in owned.holdings.get(identity, ()):
        by_role.setdefault(held.role, []).append(at.link(held.record))
    members = owned.members.get(identity, ())
    return OwnerSection(
        at.link(identity),
        owner_anchor(identity),
        at.line(identity),
        tuple(at.link(one.person) if one.person else Link(one.text, state="plain") for one in members if one.present),
        tuple(at.link(one) for one in owned.teams.get(identity, ())),
        tuple((role, tuple(by_role[role])) for role in owned.roles if role in by_role),
        asking(Counter(row.verdict for row in at.inputs.stale.of_owner(identity))),
    )
