"""Who is in which team, since when, who was, and who came after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.owners import departure, gone
from mkdocs_handoff.catalog.relations import Wanted
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.owners import Departure
    from mkdocs_handoff.records.record import Record

TEAM = "team"
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a team, or one who was.

    Attributes:
        person: None where `text` names nobody who is written down.
        text: What is written in the person's place.
        role: In the team.
        since: The first day in it, as written; empty where nobody wrote it.
        until: The last day in it: the membership's own, else the day on which the person left altogether.
        present: Whether the person is in the team today: has joined, and has not left, neither the team nor altogether.
        successor: Who took over; None where nobody did, or `successor_text` names nobody who is written down.
        successor_text: The successor's name, or what is written in its place.
    """

    person: Identity | None
    text: str
    role: str = ""
    since: str = ""
    until: str = ""
    present: bool = True
    successor: Identity | None = None
    successor_text: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """Someone, or a team, that is gone.

    Attributes:
        on: The day; None where nobody wrote it.
        successor: Who comes after, and `text` as it is written; None where nobody does, or nobody of that name is
            written down.
    """

    on: date | None
    successor: Identity | None = None
    text: str = ""


@dataclass(frozen=True)
class Membership:
    """The people of teams.

    Attributes:
        members: The people of each team, those who are there today first; else in the order of writing.
        gone: The persons and teams that are gone today.
        parts: The teams that are directly part of each team.
    """

    members: Mapping[Identity, tuple[Member, ...]]
    gone: Mapping[Identity, Gone]
    parts: Mapping[Identity, tuple[Identity, ...]]

    @cached_property
    def teams(self) -> Mapping[Identity, tuple[Identity, ...]]:
        """The teams that each person is in today."""
        return self._of_persons(present=True)

    @cached_property
    def former(self) -> Mapping[Identity, tuple[Identity, ...]]:
        """The teams that each person was in."""
        return self._of_persons(present=False)

    def people(self, team: Identity) -> tuple[Member, ...]:
        """Return who is in a team today, or in one that is part of it."""
        each = (one for part in self.within(team) for one in self.members.get(part, ()) if one.present)
        return tuple({one.person or one.text: one for one in each}.values())

    def within(self, team: Identity) -> tuple[Identity, ...]:
        """Return a team and all that are part of it, near ones first; one that is part of itself is told once."""
        found = {team: None}
        waiting = [team]
        while waiting:
            for part in self.parts.get(waiting.pop(0), ()):
                if part not in found:
                    found[part] = None
                    waiting.append(part)
        return tuple(found)

    def deserted(self, owner: Identity) -> bool:
        """Tell whether there is nobody behind an owner any more.

        True for a person or team that is gone; and for a team of which members are known, in it or in a part of it, and
        none of them is there today. A team without any known member is not deserted: nobody wrote down who is in it.
        """
        if owner in self.gone:
            return True
        known = any(self.members.get(each) for each in self.within(owner))
        return known and not self.people(owner)

    def _of_persons(self, *, present: bool) -> Mapping[Identity, tuple[Identity, ...]]:
        found: dict[Identity, list[Identity]] = defaultdict(list)
        for team, members in self.members.items():
            for member in members:
                if member.person is not None and member.present is present:
                    found[member.person].append(team)
        return {person: tuple(teams) for person, teams in found.items()}


def membership(catalog: Catalog, today: date) -> Membership:
    """Compute who is in which team on a day. A team lists its people, or a person its teams: either is enough."""
    away = {
        identity: Gone(left.on, *_named(catalog, record, ("succeeded_by",), left.successor))
        for identity, record in catalog.records.items()
        if identity.kind in (TEAM, PERSON) and (left := gone(record, today)) is not None
    }
    found, parts = _written(catalog)
    members = {
        team: tuple(
            sorted((_today(one, catalog, away, today) for one in listed.values()), key=lambda one: not one.present)
        )
        for team, listed in found.items()
    }
    return Membership(members, away, parts)


class Rolls:
    """The written members of teams: who was in which on any day, without looking at all of them for each day."""

    def __init__(self, catalog: Catalog) -> None:
        """Read what teams and people say."""
        self._catalog = catalog
        self._members, parts = _written(catalog)
        self._teams = Membership({}, {}, parts)
        self._days: dict[date, Membership] = {}

    def knows(self, team: Identity) -> bool:
        """Tell whether anybody is written down as a member of a team, or of a part of it, whenever that was."""
        return any(self._members.get(part) for part in self._teams.within(team))

    def holds(self, team: Identity, other: Identity) -> bool:
        """Tell whether a team is another one, or has it as a part."""
        return other in self._teams.within(team)

    def ever(self, team: Identity, person: Identity) -> bool:
        """Tell whether a person is written down as a member of a team, or of a part of it, whenever that was."""
        return any(person in self._members.get(part, {}) for part in self._teams.within(team))

    def deserted(self, team: Identity, on: date) -> bool:
        """Tell whether there was nobody behind a team any more on a day."""
        if on not in self._days:
            self._days[on] = membership(self._catalog, on)
        return self._days[on].deserted(team)

    def has(self, team: Identity, person: Identity, on: date) -> bool:
        """Tell whether a person was in a team, or in a part of it, on a day; the last day there counts."""
        days = (on, on - timedelta(days=1)) if on > date.min else (on,)
        listed = [self._members.get(part, {}).get(person) for part in self._teams.within(team)]
        return any(self._there(one, day) for one in listed if one is not None for day in days)

    def _there(self, member: Member, on: date) -> bool:
        left = self.gone(member.person, on) if member.person is not None else None
        away = {member.person: Gone(left.on)} if left is not None and member.person is not None else {}
        return _today(member, self._catalog, away, on).present

    def gone(self, person: Identity, on: date) -> Departure | None:
        """Return the departure of a person, or a team, that was gone on a day."""
        return gone(self._catalog.records[person], on)


def _written(
    catalog: Catalog,
) -> tuple[Mapping[Identity, Mapping[object, Member]], Mapping[Identity, tuple[Identity, ...]]]:
    """Return the members of each team as they are written, and the teams that are directly part of each."""
    found: dict[Identity, dict[object, Member]] = defaultdict(dict)
    parts: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    for identity, record in catalog.records.items():
        if identity.kind == TEAM:
            for member in _listed(record, catalog):
                found[identity].setdefault(member.person or member.text, member)
    for identity, record in catalog.records.items():
        for relation in catalog.outgoing.get(identity, ()) if identity.kind in (PERSON, TEAM) else ():
            if relation.target.kind != TEAM:
                continue
            if relation.path[:1] == ("member_of",):
                found[relation.target].setdefault(identity, Member(identity, record.title))
            elif relation.path[:1] == ("parent",):
                parts[relation.target][identity] = None
            elif relation.path[:1] == ("children",):
                parts[identity][relation.target] = None
    return found, {team: tuple(held) for team, held in parts.items()}


def _today(member: Member, catalog: Catalog, away: Mapping[Identity, Gone], today: date) -> Member:
    """Return a member as today has it: who left altogether is in no team any more, whatever the team's list says."""
    since, until = day_of(member.since), day_of(member.until)
    over = bool(member.until) and (until is None or until <= today)
    if member.person is None:
        return replace(member, present=not over and (since is None or since <= today))
    leaving = departure(catalog.records[member.person])
    left = away.get(member.person)
    if left is not None and not member.successor_text:
        member = replace(member, successor=left.successor, successor_text=left.text)
    return replace(
        member,
        until=member.until or (leaving.on.isoformat() if leaving is not None and leaving.on is not None else ""),
        present=left is None and not over and (since is None or since <= today),
    )


def _listed(record: Record, catalog: Catalog) -> Iterator[Member]:
    """Yield the members that a team's record lists, as they are written."""
    listed: Any = record.get("members")
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        said: Any = item if isinstance(item, dict) else {}
        named = next((key for key in ("ref", "id", "username") if said.get(key)), "")
        text = said[named] if named else item
        if not isinstance(text, str):
            continue
        path = ("members", number, named) if named else ("members", number)
        target = catalog.targets.get((record.identity, path))
        after = _named(
            catalog, record, ("members", number, "replacedByUsername"), str(said.get("replacedByUsername") or "")
        )
        yield Member(
            target if isinstance(target, Identity) else None,
            target.called(text) if isinstance(target, Wanted) else text,
            str(said.get("role") or ""),
            str(said.get("since") or said.get("dateIn") or ""),
            str(said.get("dateOut") or said.get("until") or ""),
            successor=after[0],
            successor_text=after[1],
        )


def _named(catalog: Catalog, record: Record, path: tuple[str | int, ...], text: str) -> tuple[Identity | None, str]:
    """Return the record that a reference names, and its name as a reader knows it."""
    for at in (path, (*path, 0)):
        target = catalog.targets.get((record.identity, at))
        if isinstance(target, Identity):
            return target, catalog.title(target)
        if isinstance(target, Wanted):
            return None, target.called(text)
    return None, text
