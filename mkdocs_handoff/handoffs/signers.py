"""Who signed a handoff, and whether they could."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM, membership
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.handoffs.handoff import AGREED, APPROVER, FROM, IN_PROGRESS, IN_REVIEW, PLANNED, TO
from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.membership import Membership
    from mkdocs_handoff.handoffs.handoff import Handoff, Named, SignOff
    from mkdocs_handoff.records.record import Identity

_ROLES = (FROM, TO, APPROVER)


class Teams:
    """The people of teams on the days of signatures, each day looked at once."""

    def __init__(self, catalog: Catalog) -> None:
        """Take the records of teams and people."""
        self._catalog = catalog
        self._days: dict[date, Membership] = {}

    def on(self, day: date) -> Membership:
        """Return who was in which team on a day."""
        if day not in self._days:
            self._days[day] = membership(self._catalog, day)
        return self._days[day]

    def knows(self, team: Identity, day: date) -> bool:
        """Tell whether anybody is written down as a member of a team, or of a part of it, whenever that was."""
        there = self.on(day)
        return any(there.members.get(part) for part in there.within(team))

    def has(self, team: Identity, person: Identity, day: date) -> bool:
        """Tell whether a person was in a team, or in a part of it, on a day; the last day in it counts."""
        days = (day, day - timedelta(days=1)) if day.toordinal() > 1 else (day,)
        return any(one.person == person for each in days for one in self.on(each).people(team))

    def exists(self, team: Named | None, day: date) -> bool:
        """Tell whether there was anybody behind a team on a day."""
        return team is not None and team.identity is not None and not self.on(day).deserted(team.identity)


def check(catalog: Catalog, of: Handoff, teams: Teams) -> Iterator[Finding]:
    """Yield what is wrong with the signatures of a handoff.

    Args:
        catalog: What the signers' names mean.
        of: The handoff.
        teams: Of the same catalog.
    """
    for signed in of.sign_offs:
        yield from _signer(catalog, of, signed, teams)
    sides = {side: [one for one in of.sign_offs if one.side == side] for side in (FROM, TO)}
    named = {FROM: of.giver, TO: of.taker}
    if of.status in AGREED:
        for side, signatures in sides.items():
            if not signatures:
                team = named[side]
                who = team.text if team is not None else f"the side `{side}`"
                hint = f"One of its people signs with `role: {side}`; if it is gone, an `approver` with `for: {side}`."
                message = f"the handoff is {of.status}, and nobody has signed for {who}"
                yield Finding(of.place(("status",)), "handoff/unsigned", message, hint)
    elif all(sides.values()) and of.status in (PLANNED, IN_PROGRESS, IN_REVIEW):
        hint = "Write `status: accepted`, or take away the signature that does not hold any more."
        message = f"both sides have signed, and the handoff is {of.status}"
        yield Finding(of.place(("status",)), "handoff/status", message, hint, Severity.WARNING)
    people = {side: {_who(one) for one in signatures} - {""} for side, signatures in sides.items()}
    if people[FROM] and people[FROM] == people[TO] and len(people[FROM]) == 1:
        second = sides[TO][0]
        hint = "Somebody else of one of the two teams signs as well."
        message = f"{second.by} signs for both sides alone"
        yield Finding(of.place((*second.path, "by")), "handoff/alone", message, hint)


def _who(signed: SignOff) -> str:
    return "" if signed.by is None else str(signed.by.identity or signed.by.text)


def _signer(catalog: Catalog, of: Handoff, signed: SignOff, teams: Teams) -> Iterator[Finding]:
    near = "" if signed.role in _ROLES else nearest(signed.role, _ROLES)
    if near:
        message = f"the role {signed.role!r} is none that a side signs with"
        yield Finding(of.place((*signed.path, "role")), "handoff/signer", message, f"Did you mean {near!r}?")
    day = day_of(signed.on)
    if signed.by is None or not signed.on:
        lacking = "`by`: the person who signs" if signed.by is None else "`on`: the day"
        message = f"the signature has no {'signer' if signed.by is None else 'day'}"
        yield Finding(of.place(signed.path), "handoff/signer", message, f"Write {lacking}.")
    if signed.role == APPROVER:
        yield from _approver(of, signed, day, teams)
    if signed.by is None or signed.by.identity is None:
        return
    who, place = signed.by.identity, of.place(signed.by.path)
    if who.kind != PERSON:
        hint = "Name the person who signed: a group signs nothing."
        yield Finding(place, "handoff/signer", f"{signed.by.text} signs, and is no person", hint)
        return
    team = {FROM: of.giver, TO: of.taker}.get(signed.role)
    if day is None:
        return
    left = teams.on(day - timedelta(days=1)).gone.get(who) if day.toordinal() > 1 else None
    if left is not None:
        when = f" since {left.on}" if left.on is not None else ""
        hint = "Somebody who is there signs, or the day is another one."
        yield Finding(place, "handoff/signer", f"{signed.by.text} was gone{when} when signing on {day}", hint)
    elif (
        team is not None
        and team.identity is not None
        and team.identity.kind == TEAM
        and teams.knows(team.identity, day)
        and not teams.has(team.identity, who, day)
    ):
        source = catalog.records[team.identity].source.path
        hint = f"A member signs; or {source} says when {signed.by.text} was one."
        message = f"{signed.by.text} signs for {team.text}, and was no member on {day}"
        yield Finding(place, "handoff/signer", message, hint)


def _approver(of: Handoff, signed: SignOff, day: date | None, teams: Teams) -> Iterator[Finding]:
    if signed.side not in (FROM, TO):
        hint = "Write `for: from` or `for: to`: the side that no longer exists."
        message = "nothing says for which side the approver signs"
        yield Finding(of.place(signed.path), "handoff/approver", message, hint)
        return
    team = of.giver if signed.side == FROM else of.taker
    if day is not None and teams.exists(team, day) and team is not None:
        hint = f"A member of {team.text} signs with `role: {signed.side}`; approvers sign for teams that are gone."
        message = f"an approver signs for {team.text}, which existed on {day}"
        yield Finding(of.place((*signed.path, "role")), "handoff/approver", message, hint)
