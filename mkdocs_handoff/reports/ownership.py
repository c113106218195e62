"""Who owns what, in which role; who is in which team; what nobody owns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.owners import ACCOUNTABLE, ROLES, owners
from mkdocs_handoff.catalog.relations import Wanted
from mkdocs_handoff.records.record import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind

TEAM = "team"
PERSON = "person"


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
class Member:
    """A person in a team. `person` is None where `text` names nobody who is written down."""

    person: Identity | None
    text: str
    role: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Ownership:
    """Who owns what.

    Attributes:
        holders: The owners of each record that names any, in the order of writing.
        holdings: What each team or person owns, in the catalog's order.
        unknown: What is owned by names that no team or person has, by name.
        unowned: Records that name no owner, though their kind asks for one before a handoff.
        roles: The roles that anyone has: the known ones in their order, then the project's own.
        members: The people of each team.
        teams: The teams of each person.
    """

    holders: Mapping[Identity, tuple[Holder, ...]]
    holdings: Mapping[Identity, tuple[Holding, ...]]
    unknown: Mapping[str, tuple[Holding, ...]]
    unowned: tuple[Identity, ...]
    roles: tuple[str, ...]
    members: Mapping[Identity, tuple[Member, ...]]
    teams: Mapping[Identity, tuple[Identity, ...]]

    def accountable(self, record: Identity) -> Holder | None:
        """Return the owner who answers for a record: the first accountable one."""
        return next((holder for holder in self.holders.get(record, ()) if holder.role == ACCOUNTABLE), None)


def ownership(catalog: Catalog) -> Ownership:
    """Compute who owns what."""
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
        elif identity.kind in asking and record.lifecycle != "retired":
            unowned.append(identity)
    members, teams = _membership(catalog)
    return Ownership(
        holders=MappingProxyType(holders),
        holdings=MappingProxyType({owner: tuple(held) for owner, held in holdings.items()}),
        unknown=MappingProxyType({name: tuple(held) for name, held in sorted(unknown.items())}),
        unowned=tuple(unowned),
        roles=(*(role for role in ROLES if role in used), *(role for role in used if role not in ROLES)),
        members=members,
        teams=teams,
    )


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


def _membership(
    catalog: Catalog,
) -> tuple[Mapping[Identity, tuple[Member, ...]], Mapping[Identity, tuple[Identity, ...]]]:
    """A team lists its people, or a person its teams: either is enough."""
    members: dict[Identity, dict[object, Member]] = defaultdict(dict)
    for identity, record in catalog.records.items():
        listed = record.get("members") if identity.kind == TEAM else None
        for number, item in enumerate(listed if isinstance(listed, list) else []):
            member = _member(identity, number, item, catalog)
            if member is not None:
                members[identity].setdefault(member.person or member.text, member)
    for identity, record in catalog.records.items():
        if identity.kind != PERSON:
            continue
        for relation in catalog.outgoing.get(identity, ()):
            if relation.path[:1] == ("member_of",) and relation.target.kind == TEAM:
                members[relation.target].setdefault(identity, Member(identity, record.title))
    teams: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    for team, found in members.items():
        for member in found.values():
            if member.person is not None and not member.until:
                teams[member.person][team] = None
    return (
        MappingProxyType({team: tuple(found.values()) for team, found in members.items()}),
        MappingProxyType({person: tuple(found) for person, found in teams.items()}),
    )


def _member(team: Identity, number: int, item: Any, catalog: Catalog) -> Member | None:
    named = next((key for key in ("ref", "id", "username") if isinstance(item, dict) and item.get(key)), "")
    path = ("members", number, named) if named else ("members", number)
    text = item[named] if named else item
    if not isinstance(text, str):
        return None
    target = catalog.targets.get((team, path))
    said = item if isinstance(item, dict) else {}
    return Member(
        person=target if isinstance(target, Identity) else None,
        text=target.name if isinstance(target, Wanted) else text,
        role=str(said.get("role") or ""),
        since=str(said.get("since") or said.get("dateIn") or ""),
        until=str(said.get("dateOut") or said.get("until") or ""),
    )
