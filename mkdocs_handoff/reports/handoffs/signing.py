"""Who may sign a handoff for which side, what a signature holds, and whether both sides have said yes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import Rolls
from mkdocs_handoff.catalog.owners import gone
from mkdocs_handoff.handoffs.parts import Named, SignOff
from mkdocs_handoff.handoffs.signers import opposite
from mkdocs_handoff.handoffs.standing import standing
from mkdocs_handoff.handoffs.waiving import promises, stranger
from mkdocs_handoff.handoffs.words import ACCEPTED, APPROVER, FROM, OPEN, PASS, TO, WAIVED
from mkdocs_handoff.reports.handoffs.signed import as_signed, digest_of, holds
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.records.record import Identity

SIDES = (FROM, TO)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that is to be written.

    Attributes:
        role: `from`, `to` or `approver`.
        side: The side that it is for: the role, or whom an approver stands in for.
        by: Who signs.
        on: The day.
        seen: The fingerprint of each thing that is signed.
    """

    role: str
    side: str
    by: Identity
    on: date
    seen: Mapping[Identity, str]
    statement: str = ""

    @property
    def digest(self) -> str:
        """The digest of all that is signed."""
        return digest_of(self.seen)

    def fields(self) -> dict[str, str | dict[str, str]]:
        """Return the item of `sign_offs`, in the order in which it is written."""
        return {
            "role": self.role,
            **({"for": self.side} if self.role == APPROVER else {}),
            "by": str(self.by),
            "on": self.on.isoformat(),
            **({"statement": self.statement} if self.statement else {}),
            "digest": self.digest,
            "seen": {str(identity): value for identity, value in self.seen.items()},
        }


def refusals(catalog: Catalog, of: Handoff, signature: Signature) -> list[str]:
    """Return why somebody may not sign; none where they may.

    Args:
        catalog: The records.
        of: The handoff.
        signature: What would be written.
    """
    side, who = signature.side, signature.by
    team = of.giver if side == FROM else of.taker
    name, rolls = catalog.title(who), Rolls(catalog)
    found: list[str] = []
    if of.status not in OPEN:
        found.append(f"its status is {of.status or 'not written'!r}: there is nothing left to sign")
    if not of.subjects:
        found.append("it names nothing that moves (`subjects`)")
    newest = standing(of.sign_offs)
    other = [one for one in newest.values() if one.by is not None and one.by.identity == who and one.side != side]
    if other:
        found.append(f"{name} has signed for the other side (`{other[0].side}`): nobody signs for both")
    before = day_of(newest[side].on) if side in newest else None
    if before is not None and before > signature.on:
        found.append(f"{newest[side].by} signed for that side on {before}: a signature of {signature.on} is older")
    found += unanswered(of)
    left = gone(catalog.records[who], signature.on)
    if left is not None and (left.on is None or left.on < signature.on):  # the last day counts
        found.append(f"{name} {'is gone' if left.on is None else f'left on {left.on}'}: who signs?")
    if team is None:
        found.append(f"it does not say which team that is (`{side}`)")
    elif signature.role != APPROVER:
        day = signature.on
        known = team.identity is not None and rolls.knows(team.identity)  # else all but the other side: see `signers`
        against = opposite(of, side, who, day, rolls)
        if not known and against is not None:
            found.append(f"{name} is a member of {against}: nobody signs for both sides")
        if known and not _member(rolls, team.identity, who, day):
            found.append(
                f"{name} is no member of {team} on {day}: a member signs, or, for a team that no longer exists, an "
                f"approver (`--for approver --stands-in-for {side}`)"
            )
    else:
        if team.identity is not None and not rolls.deserted(team.identity, signature.on):
            found.append(f"{team} is still there: one of its members signs (`--for {side}`)")
        against = of.taker if side == FROM else of.giver
        if against is not None and _member(rolls, against.identity, who, signature.on):
            found.append(f"{name} is a member of {against}: nobody signs for both sides")
    return found


def already(of: Handoff, signature: Signature) -> SignOff | None:
    """Return the signature that stands for the same side, if it is by the same person, under the same things."""
    found = standing(of.sign_offs).get(signature.side)
    same = found is not None and found.by is not None and found.by.identity == signature.by
    return found if found is not None and same and found.digest == signature.digest else None


def signed_as(catalog: Catalog, of: Handoff, signature: Signature) -> Handoff:
    """Return a handoff as it would be with a signature."""
    who = Named(signature.by, catalog.title(signature.by), ("sign_offs", len(of.sign_offs), "by"))
    made = SignOff(
        path=("sign_offs", len(of.sign_offs)),
        role=signature.role,
        side=signature.side,
        by=who,
        on=signature.on.isoformat(),
        statement=signature.statement,
        digest=signature.digest,
        seen={str(identity): value for identity, value in signature.seen.items()},
    )
    again = of.status == ACCEPTED and of.dates.get(ACCEPTED, "") < made.on
    dates = {**of.dates, ACCEPTED: made.on} if again else of.dates
    return replace(of, sign_offs=(*of.sign_offs, made), dates=dates)


def become(of: Handoff, status: str, day: date) -> Handoff:
    """Return a handoff as it would be in another status, from a day on."""
    return replace(of, status=status, dates={**of.dates, status: day.isoformat()})


def unanswered(of: Handoff) -> list[str]:
    """Return what the handoff goes on without by the word of somebody who is not written down, each in words."""
    return [
        f"{one.what} is {one.verb} by {one.by}, of whom there is no record: who answers for it?"
        for one in promises(of)
        if stranger(one)
    ]


def valid(catalog: Catalog, of: Handoff) -> Mapping[str, tuple[SignOff, bool]]:
    """Return each side's newest signature, and whether it is under what stands there now.

    One without a digest was written by hand, and counts for what its writer says.
    """
    return {side: (one, holds(catalog, of, one)) for side, one in standing(of.sign_offs).items()}


def changed(catalog: Catalog, of: Handoff, sign_off: SignOff) -> tuple[str, ...]:
    """Return the names of what is otherwise than it was when somebody signed; of an old signature, nothing is known."""
    now = as_signed(catalog, of, sign_off)
    names = (*now, *(name for name in sign_off.seen if name not in now))
    return tuple(name for name in names if now.get(name) != sign_off.seen.get(name)) if sign_off.seen else ()


def unsigned(catalog: Catalog, of: Handoff) -> list[str]:
    """Return what is wrong with the signatures of both sides; nothing where both have signed what stands there now."""
    found: list[str] = []
    by_side = valid(catalog, of)
    for side in SIDES:
        team = of.giver if side == FROM else of.taker
        who = f"{team} (`{side}`)" if team is not None else f"`{side}`"
        if side not in by_side:
            found.append(f"{who} has not signed")
            continue
        sign_off, same = by_side[side]
        if not same:
            what = ", ".join(changed(catalog, of, sign_off)) or "something"
            found.append(f"{who} has signed, then {what} changed: sign again")
    signers = {one.by.identity for one, _ in by_side.values() if one.by is not None and one.by.identity is not None}
    if len(by_side) == 2 and len(signers) == 1:
        found.append("one person has signed for both sides")
    return found


def unmet(of: Handoff, today: date) -> list[str]:
    """Return the criteria that are neither passed nor waived by name, each in words."""
    found: list[str] = []
    for number, one in enumerate(of.criteria, 1):
        name = one.id or f"number {number}"
        until = day_of(one.waiver_expires)
        if one.status == WAIVED:
            if one.waived_by is None or not one.waiver_reason:
                found.append(f"criterion {name} is waived, and nobody says by whom and why")
            elif until is not None and until < today:
                found.append(f"the waiver of criterion {name} ended on {until}")
        elif one.status != PASS:
            found.append(f"criterion {name} is {one.status!r}")
    return found or ([] if of.criteria else ["there are no acceptance criteria"])


def counts(of: Handoff) -> str:
    """Return how many criteria are in each state, in words: `3 pass, 1 open`."""
    found = Counter(one.status for one in of.criteria)
    known = [state for state in (PASS, WAIVED, "fail", "open") if found[state]]
    return ", ".join(f"{found[state]} {state}" for state in (*known, *sorted(set(found) - set(known)))) or "none"


def named(one: Named | None) -> str:
    """Return a name for people, or that there is none."""
    return str(one) if one is not None else "nobody"


def _member(rolls: Rolls, team: Identity | None, person: Identity, day: date) -> bool:
    return team is not None and rolls.has(team, person, day)
