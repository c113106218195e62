"""Who owns what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.anchors import owner_anchor
from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.sitemap import OWNERSHIP
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports.ownership import PERSON, TEAM

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.records.record import Identity


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A record in the matrix, with its owners in each of the roles."""

    link: Link
    kind: str
    cells: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class OwnerSection:
    """A team or person, with what they own: role and records."""

    link: Link
    anchor: str
    line: str
    members: tuple[Link, ...]
    teams: tuple[Link, ...]
    holdings: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True)
class OwnershipView:
    """Who owns what."""

    title: str
    description: str
    home: Link
    roles: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    teams: tuple[OwnerSection, ...]
    people: tuple[OwnerSection, ...]
    unknown: tuple[tuple[str, tuple[Link, ...]], ...]
    unowned: tuple[Link, ...]


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
        tuple(at.link(one.person) if one.person else Link(one.text, state="plain") for one in members if not one.until),
        tuple(at.link(one) for one in owned.teams.get(identity, ())),
        tuple((role, tuple(by_role[role])) for role in owned.roles if role in by_role),
    )
