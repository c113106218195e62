"""Who signed a handoff, and whether they could."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.handoffs.standing import standing, superseded
from mkdocs_handoff.handoffs.waiving import meant
from mkdocs_handoff.handoffs.words import AGREED, APPROVER, FROM, IN_PROGRESS, IN_REVIEW, PLANNED, TO
from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.membership import Rolls
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Named, SignOff
    from mkdocs_handoff.records.record import Identity

_ROLES = (FROM, TO, APPROVER)


def check(catalog: Catalog, of: Handoff, rolls: Rolls) -> Iterator[Finding]:
    """Yield what is wrong with the signatures of a handoff. One that a newer one took the place of need not hold.

    Args:
        catalog: What the signers' names mean.
        of: The handoff.
        rolls: Of the same catalog.
    """
    for signed in of.sign_offs:
        if superseded(of.sign_offs, signed) is None:
            yield from _signer(catalog, of, signed, rolls)
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
    newest = standing(of.sign_offs)
    if len(newest) == 2 and _who(newest[FROM]) == _who(newest[TO]):
        second = newest[TO]
        hint = "Somebody else of one of the two teams signs: of each side the newest signature counts."
        message = f"{second.by} signs for both sides alone"
        yield Finding(of.place((*second.path, "by")), "handoff/alone", message, hint)


def _who(signed: SignOff) -> str:
    return "" if signed.by is None else str(signed.by.identity or signed.by.text)


def _signer(catalog: Catalog, of: Handoff, signed: SignOff, rolls: Rolls) -> Iterator[Finding]:
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
        yield from _approver(of, signed, day, rolls)
    if signed.by is None:
        return
    if signed.by.identity is None:
        message = f"{signed.by.text} signs, and there is no record of that person"
        yield Finding(of.place(signed.by.path), "handoff/signer", message, meant(catalog, signed.by.text))
        return
    if signed.by.identity.kind != PERSON:
        hint = "Name the person who signed: a group signs nothing."
        message = f"{signed.by.text} signs, and is no person"
        yield Finding(of.place(signed.by.path), "handoff/signer", message, hint)
    elif day is not None:
        yield from _person(catalog, of, signed, signed.by, signed.by.identity, day, rolls)


def _person(
    catalog: Catalog, of: Handoff, signed: SignOff, by: Named, who: Identity, day: date, rolls: Rolls
) -> Iterator[Finding]:
    place = of.place(by.path)
    team = {FROM: of.giver, TO: of.taker}.get(signed.role)
    side = team.identity if team is not None else None
    if side is not None and rolls.has(side, who, day):
        return
    left = rolls.gone(who, day)
    if left is not None and left.on is not None and left.on < day:
        hint = "Somebody who is there signs, or the day is another one."
        yield Finding(place, "handoff/signer", f"{by.text} was gone since {left.on} when signing on {day}", hint)
    elif side is not None and side.kind == TEAM and rolls.knows(side):
        if left is not None and rolls.ever(side, who):
            return  # gone, and nothing says that it was before: the signature may be older
        source = catalog.records[side].source.path
        hint = f"A member signs; or {source} says when {by.text} was one."
        message = f"{by.text} signs for {catalog.title(side)}, and was no member on {day}"
        yield Finding(place, "handoff/signer", message, hint)
    elif (against := opposite(of, signed.role, who, day, rolls)) is not None:
        hint = f"Somebody of {team or 'that side'} signs: its record lists its members."
        message = f"{by.text} signs as `{signed.role}`, and was a member of {against} on {day}"
        yield Finding(place, "handoff/signer", message, hint)


def opposite(of: Handoff, side: str, who: Identity, day: date, rolls: Rolls) -> Named | None:
    """Return the team of the other side, if somebody was in it on a day; None where they were not.

    Args:
        of: The handoff.
        side: That is signed for: `from` or `to`.
        who: Signs.
        day: Of the signature.
        rolls: Knows who was in which team.
    """
    team = {FROM: of.taker, TO: of.giver}.get(side)
    known = team is not None and team.identity is not None and rolls.has(team.identity, who, day)
    return team if known else None


def _approver(of: Handoff, signed: SignOff, day: date | None, rolls: Rolls) -> Iterator[Finding]:
    if signed.side not in (FROM, TO):
        hint = "Write `for: from` or `for: to`: the side that no longer exists."
        message = "nothing says for which side the approver signs"
        yield Finding(of.place(signed.path), "handoff/approver", message, hint)
        return
    team = of.giver if signed.side == FROM else of.taker
    if day is None:
        return
    who = signed.by.identity if signed.by is not None else None
    against = opposite(of, signed.side, who, day, rolls) if who is not None else None
    if against is not None:
        hint = "Somebody of neither team signs: an approver stands between the two."
        message = f"{signed.by} approves for {team or signed.side}, and was a member of {against} on {day}"
        yield Finding(of.place((*signed.path, "by")), "handoff/approver", message, hint)
    if team is not None and team.identity is not None and not rolls.deserted(team.identity, day):
        hint = f"A member of {team.text} signs with `role: {signed.side}`; approvers sign for teams that are gone."
        message = f"an approver signs for {team.text}, which existed on {day}"
        yield Finding(of.place((*signed.path, "role")), "handoff/approver", message, hint)
