"""What a handoff goes on without, and who answers for it: a waiver counts by a person who is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.handoffs.words import AGREED, WAIVED
from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.membership import Rolls
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Named
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.text.yaml import Path


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that somebody goes on without.

    Attributes:
        path: Where it stands.
        what: What it is, as the subject of a sentence.
        verb: `waived`, or `accepted`.
        reason: Why; empty where nothing is written.
        by: Who answers for it; None where nobody is named.
        field: The field of the reason; `who`: that of the person.
        on: The day, as written; empty where nothing says it.
    """

    path: Path
    what: str
    verb: str
    reason: str
    by: Named | None
    field: str
    who: str
    on: str = ""


def promises(of: Handoff) -> Iterator[Promise]:
    """Yield what a handoff goes on without: waived criteria, waived checks, accepted gaps."""
    for one in of.criteria:
        if one.status == WAIVED:
            name = one.id or f"number {int(one.path[1]) + 1}"
            yield Promise(
                one.path,
                f"the criterion {name}",
                "waived",
                one.waiver_reason,
                one.waived_by,
                "waiver_reason",
                "waived_by",
                one.verified_on or (of.dates.get("accepted", "") if of.status in AGREED else ""),
            )
    for waiver in of.waivers:
        yield Promise(
            waiver.path,
            waiver.check or "a check",
            "waived",
            waiver.reason,
            waiver.waived_by,
            "reason",
            "waived_by",
            waiver.waived_on,
        )
    for gap in of.gaps:
        about = f"{gap.record}, {gap.field}" if gap.record is not None else gap.field or "a gap"
        yield Promise(
            gap.path,
            f"the gap {about}",
            "accepted",
            gap.reason,
            gap.accepted_by,
            "reason",
            "accepted_by",
            gap.accepted_on,
        )


def stranger(of: Promise) -> bool:
    """Tell whether a promise is by somebody of whom there is no record, so that nobody can be asked."""
    return of.by is not None and of.by.identity is None


def outsider(of: Handoff, named: Named | None, day: date | None, rolls: Rolls) -> str:
    """Return why a person with a record may not go on without something, in words; empty where they may.

    It is the receiving side that lives with it, and whom the handoff names as decision-makers may decide it. Where
    nothing says who is in the receiving team, everybody who was there may.

    Args:
        of: The handoff.
        named: Who waived or accepted.
        day: Of that; None where nobody knows: then who was ever in the team may.
        rolls: Knows who was in which team.
    """
    who = named.identity if named is not None else None
    if who is None or who.kind != PERSON:
        return ""
    left = rolls.gone(who, day) if day is not None else None
    if left is not None and left.on is not None and day is not None and left.on < day:
        return f"{named} left on {left.on}"
    sides = [one.identity for one in (of.taker, *of.decision_makers) if one is not None and one.identity is not None]
    if who in sides or any(_in(rolls, team, who, day) for team in sides):
        return ""
    taker = of.taker.identity if of.taker is not None else None
    if (taker is None or not rolls.knows(taker)) and (
        of.giver is None or of.giver.identity is None or not rolls.ever(of.giver.identity, who)
    ):
        return ""
    when = f" on {day}" if day is not None else ""
    return f"{named} is neither of {of.taker or 'the receiving side'} nor a decision-maker{when}"


def _in(rolls: Rolls, team: Identity, who: Identity, day: date | None) -> bool:
    if day is None:
        return rolls.ever(team, who)
    left = rolls.gone(who, day)
    return rolls.has(team, who, day) or (left is not None and left.on is None and rolls.ever(team, who))


def check(catalog: Catalog, of: Handoff, rolls: Rolls) -> Iterator[Finding]:
    """Yield what is wrong with what a handoff goes on without.

    Args:
        catalog: The people who are written down.
        of: The handoff.
        rolls: Of the same catalog.
    """
    for one in promises(of):
        yield from _promise(catalog, of, one, rolls)


def _promise(catalog: Catalog, of: Handoff, one: Promise, rolls: Rolls) -> Iterator[Finding]:
    waived = one.verb == "waived"  # a gap that nobody accepted yet is open: readiness tells of it
    if waived and not one.reason.strip():
        hint = f"Write `{one.field}`: who reads it in a year decides by it whether it still holds."
        yield Finding(of.place(one.path), "handoff/waiver", f"{one.what} is waived without a reason", hint)
    if one.by is None:
        if waived:
            hint = f"Write `{one.who}`: a person, who is asked when it goes wrong."
            yield Finding(of.place(one.path), "handoff/waiver", f"{one.what} is waived by nobody", hint)
        return
    place = of.place(one.by.path)
    if one.by.identity is None:
        severity = Severity.ERROR if of.status in AGREED else Severity.WARNING
        message = f"{one.what} is {one.verb} by {one.by.text}, and there is no record of that person"
        yield Finding(place, "handoff/waiver", message, meant(catalog, one.by.text), severity)
    elif one.by.identity.kind != PERSON:
        hint = "Name the person who took it upon themselves: a group cannot be asked."
        message = f"{one.what} is {one.verb} by {one.by.text}, which is no person"
        severity = Severity.ERROR if waived or of.status in AGREED else Severity.WARNING
        yield Finding(place, "handoff/waiver", message, hint, severity)
    elif why := outsider(of, one.by, day_of(one.on), rolls):
        hint = "Who goes on without it decides: a member of the receiving team, or one of `decision-makers`."
        severity = Severity.ERROR if of.status in AGREED else Severity.WARNING
        yield Finding(place, "handoff/waiver", f"{one.what} is {one.verb} by {one.by}: {why}", hint, severity)


def meant(catalog: Catalog, text: str) -> str:
    """Return what to do about a person of whom there is no record."""
    people = [one for one in catalog.records if one.kind == PERSON]
    name = text.partition(":")[2] or text
    near = nearest(name, [one.name for one in people])
    by_title = nearest(name, [catalog.title(one) for one in people]) if not near else ""
    found = next((str(one) for one in people if near == one.name or (by_title and catalog.title(one) == by_title)), "")
    if found:
        return f"Did you mean `{found}`?"
    return "Write a record of the person, or name somebody who has one: who took it upon themselves can then be asked."
