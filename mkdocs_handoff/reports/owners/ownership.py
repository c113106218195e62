"""Who owns what, in which role; who is in which team; what nobody owns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.membership import PERSON, TEAM, Gone, Member, Membership, membership
from mkdocs_handoff.catalog.owners import ACCOUNTABLE, ROLES, imported, owners
from mkdocs_handoff.catalog.relations import Wanted
from mkdocs_handoff.records.record import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind

__all__ = ["PERSON", "TEAM", "GoneOwner", "Holder", "Holding", "Ownership", "asks_for_owner", "ownership"]


@dataclass(frozen=True, slots=True)
class Holding:
    """One record that an owner answers for, in a role."""

    record: Identity
    role: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """One owner of a record. `identity` is None where `text` names no team or person that is written down."""

    identity: Identity | None
    text: str
    role: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoneOwner:
    """An owner of a record who is gone, with the role and what is known of the departure."""

    record: Identity
    owner: Identity
    role: str
    gone: Gone


@dataclass(frozen=True)
class Ownership:
    """Who owns what.

    Attributes:
        holders: The owners of each record that names any, in the order of writing.
        holdings: What each team or person owns, in the catalog's order.
        unknown: What is owned by names that no team or person has, by name.
        unowned: Records that name no owner, though their kind asks for one before a handoff.
        roles: The roles that anyone has: the known ones in their order, then the project's own.
        several: Records for which more than one owner is accountable.
        nobody: Records that name owners, and none of them is accountable, though their format has such an owner.
        membership: The people of teams, and who is gone.
        gone: What has an owner who is gone, in the catalog's order.
        orphaned: Records that name owners behind none of whom there is anybody any more: each is a person who is gone,
            a team that is gone or deserted (`Membership.deserted`), or a name that no team or person has. A retired
            record is not told of: nobody needs to answer for it.
    """

    holders: Mapping[Identity, tuple[Holder, ...]]
    holdings: Mapping[Identity, tuple[Holding, ...]]
    unknown: Mapping[str, tuple[Holding, ...]]
    unowned: tuple[Identity, ...]
    roles: tuple[str, ...]
    several: tuple[Identity, ...]
    nobody: tuple[Identity, ...]
    membership: Membership
    gone: tuple[GoneOwner, ...]
    orphaned: tuple[Identity, ...]

    @property
    def members(self) -> Mapping[Identity, tuple[Member, ...]]:
        """The people of each team, those who are there today first."""
        return self.membership.members

    @property
    def teams(self) -> Mapping[Identity, tuple[Identity, ...]]:
        """The teams that each person is in today."""
        return self.membership.teams

    def accountable(self, record: Identity) -> Holder | None:
        """Return the owner who answers for a record: the first accountable one."""
        return next((holder for holder in self.holders.get(record, ()) if holder.role == ACCOUNTABLE), None)


def ownership(catalog: Catalog, today: date = date.max) -> Ownership:
    """Compute who owns what.

    Args:
        catalog: The catalog.
        today: Who left on that day or before is gone. Without it whoever has a last day is.
    """
    holders: dict[Identity, tuple[Holder, ...]] = {}
    holdings: dict[Identity, list[Holding]] = defaultdict(list)
    unknown: dict[str, list[Holding]] = defaultdict(list)
    asking = {name for name, kind in catalog.kinds.items() if asks_for_owner(kind)}
    unowned: list[Identity] = []
    used: dict[str, None] = {}
    for identity, record in catalog.records.items():
        found = tuple(_holders(record, catalog))
        for holder in found:
            used[holder.role] = None
            holding = Holding(identity, holder.role, holder.note)
            if holder.identity is not None:
                holdings[holder.identity].append(holding)
            else:
                unknown[holder.text].append(holding)
        if found:
            holders[identity] = found
        elif identity.kind in asking and _matters(record):
            unowned.append(identity)
    people = membership(catalog, today)
    living = {identity: found for identity, found in holders.items() if _matters(catalog.records[identity])}
    counts = {identity: sum(one.role == ACCOUNTABLE for one in found) for identity, found in living.items()}
    return Ownership(
        holders=MappingProxyType(holders),
        holdings=MappingProxyType({owner: tuple(held) for owner, held in holdings.items()}),
        unknown=MappingProxyType({name: tuple(held) for name, held in sorted(unknown.items())}),
        unowned=tuple(unowned),
        roles=(*(role for role in ROLES if role in used), *(role for role in used if role not in ROLES)),
        several=tuple(identity for identity, count in counts.items() if count > 1),
        nobody=tuple(
            identity for identity, count in counts.items() if not count and not imported(catalog.records[identity])
        ),
        membership=people,
        gone=tuple(
            GoneOwner(identity, one.identity, one.role, people.gone[one.identity])
            for identity, found in living.items()
            for one in found
            if one.identity is not None and one.identity in people.gone
        ),
        orphaned=tuple(
            identity
            for identity, found in living.items()
            if all(one.identity is None or people.deserted(one.identity) for one in found)
        ),
    )


def _matters(record: Record) -> bool:
    return record.lifecycle != "retired"


def asks_for_owner(kind: Kind) -> bool:
    """Tell whether a kind's schema asks for owners before a handoff, in any of its branches."""
    return kind.name not in (TEAM, PERSON) and any(name in ("owners", "owner") for name in _required(kind.ready))


def _required(schema: Any) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    yield from schema.get("required", ())
    for word in ("allOf", "anyOf", "oneOf"):
        for branch in schema.get(word, ()):
            yield from _required(branch)
    for word in ("then", "else"):
        yield from _required(schema.get(word))


def _holders(record: Record, catalog: Catalog) -> Iterator[Holder]:
    for owner in owners(record):
        target = catalog.targets.get((record.identity, owner.path))
        identity = target if isinstance(target, Identity) else None
        text = str(target) if isinstance(target, Wanted) else owner.text
        yield Holder(identity, text, owner.role, owner.note)
