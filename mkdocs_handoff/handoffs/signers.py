"""Who signed a handoff, and whether they could."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM, membership
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.handoffs.handoff import AGREED, APPROVER, FROM, IN_PROGRESS, IN_REVIEW, PLANNED, TO
from mkdocs_handoff.handoffs.standing import standing, superseded
from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.membership import Rolls
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Named, SignOff

_ROLES = (FROM, TO, APPROVER)


def _exists(catalog: Catalog, team: Named, day: date) -> bool:
    """Tell whether there was anybody behind a team on a day."""
    return team.identity is not None and not membership(catalog, day).deserted(team.identity)


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
        yield from _approver(catalog, of, signed, day)
    if signed.by is None or signed.by.identity is None:
        return
    who, place = signed.by.identity, of.place(signed.by.path)
    if who.kind != PERSON:
        hint = "Name the person who signed: a group signs nothing."
        yield Finding(place, "handoff/signer", f"{signed.by.text} signs, and is no person", hint)
        return
    if day is None:
        return
    team = {FROM: of.giver, TO: of.taker}.get(signed.role)
    side = team.identity if team is not None else None
    if side is not None and rolls.has(side, who, day):
        return
    left = rolls.gone(who, day)
    if left is not None and (left.on is None or left.on >= day):
        return  # gone, and nothing says that it was before: the signature may be older
    if left is not None:
        hint = "Somebody who is there signs, or the day is another one."
        yield Finding(place, "handoff/signer", f"{signed.by.text} was gone since {left.on} when signing on {day}", hint)
    elif side is not None and side.kind == TEAM and rolls.knows(side):
        source = catalog.records[side].source.path
        hint = f"A member signs; or {source} says when {signed.by.text} was one."
        message = f"{signed.by.text} signs for {catalog.title(side)}, and was no member on {day}"
        yield Finding(place, "handoff/signer", message, hint)


def _approver(catalog: Catalog, of: Handoff, signed: SignOff, day: date | None) -> Iterator[Finding]:
    if signed.side not in (FROM, TO):
        hint = "Write `for: from` or `for: to`: the side that no longer exists."
        message = "nothing says for which side the approver signs"
        yield Finding(of.place(signed.path), "handoff/approver", message, hint)
        return
    team = of.giver if signed.side == FROM else of.taker
    if day is not None and team is not None and _exists(catalog, team, day):
        hint = f"A member of {team.text} signs with `role: {signed.side}`; approvers sign for teams that are gone."
        message = f"an approver signs for {team.text}, which existed on {day}"
        yield Finding(of.place((*signed.path, "role")), "handoff/approver", message, hint)
