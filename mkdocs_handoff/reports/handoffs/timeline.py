"""What happened in a handoff, and what is still to happen, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.words import COMPLETED, FROM, PASS, TO, WAIVED
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Named
    from mkdocs_handoff.text.yaml import Path


class Sort(StrEnum):
    """What sort of thing happened."""

    DATE = "date"
    SESSION = "session"
    CRITERION = "criterion"
    STEP = "step"
    ACCESS = "access"
    QUESTION = "question"
    REWORK = "rework"
    SIGNATURE = "signature"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is to happen.

    Attributes:
        what: In a few words.
        text: The handoff's own words for it, Markdown; empty where there are none.
        who: Who did it, or has to.
        ahead: Whether it is still to happen: planned, or due and open.
        overdue: Whether it should have happened before today.
        path: The field that says so.
    """

    day: date
    sort: Sort
    what: str
    text: str
    who: Named | None
    ahead: bool
    overdue: bool
    path: Path


_DATES = {
    "requested": "Asked for",
    "started": "Begun",
    "planned": "To be done by",
    "accepted": "Accepted",
    "completed": "Completed",
    "first_independent_change": "First change that the receiving team made by itself",
    "shadow_until": "Both teams look on until",
}
_AHEAD = ("planned", "shadow_until")
_SIDES = {FROM: "the team that hands over", TO: "the team that takes over"}


def timeline(of: Handoff, today: date) -> tuple[Event, ...]:
    """Return all that has a day, the earliest first; of one day in the order of the record.

    Args:
        of: The handoff.
        today: What is planned or due later is ahead; what is due earlier, and open, is overdue.
    """
    found = [
        Event(day, sort, what, text, who, ahead, ahead and day < today, path)
        for written, sort, what, text, who, ahead, path in chain(
            _dates(of, today), _criteria(of), _points(of), _met(of)
        )
        if (day := day_of(written)) is not None
    ]
    return tuple(sorted(found, key=lambda event: event.day))


_Written = tuple[str, Sort, str, str, "Named | None", bool, "Path"]


def _dates(of: Handoff, today: date) -> Iterator[_Written]:
    over = COMPLETED in of.dates
    for name, written in of.dates.items():
        day = day_of(written)
        ahead = not over and day is not None and (name in _AHEAD or day > today)
        if not (over and name == "planned"):
            what = _DATES.get(name, name.replace("_", " ").capitalize())
            yield written, Sort.DATE, what, "", None, ahead, ("dates", name)


def _met(of: Handoff) -> Iterator[_Written]:
    for session in of.sessions:
        yield session.date, Sort.SESSION, "Session", session.topic, None, False, session.path


def _criteria(of: Handoff) -> Iterator[_Written]:
    for one in of.criteria:
        named = one.id or one.statement
        if one.verified_on:
            what = f"Criterion {named}: {one.status}"
            yield one.verified_on, Sort.CRITERION, what, one.statement, one.verified_by, False, one.path
        if one.due and one.status not in (PASS, WAIVED):
            yield one.due, Sort.DUE, f"Criterion {named} is due", one.statement, one.owner, True, one.path


def _points(of: Handoff) -> Iterator[_Written]:
    for step in of.steps:
        if step.on:
            yield step.on, Sort.STEP, f"Step {step.step}: {step.status}", "", step.by, False, step.path
    for access in of.access:
        named = f"{access.system}{f', {access.role}' if access.role else ''}"
        if access.granted_on:
            who = access.granted_to[0] if access.granted_to else None
            yield access.granted_on, Sort.ACCESS, f"Access granted: {named}", "", who, False, access.path
        if access.revoked_from_on:
            who = access.revoked_from[0] if access.revoked_from else None
            yield access.revoked_from_on, Sort.ACCESS, f"Access taken back: {named}", "", who, False, access.path
    for question in of.questions:
        asked, at = question.question, question.path
        yield question.asked_on, Sort.QUESTION, "Asked", asked, question.asked_by, False, at
        if question.answer:
            yield question.answered_on, Sort.QUESTION, "Answered", asked, question.answered_by, False, at
    for issue in of.issues:
        if issue.due and COMPLETED not in of.dates:
            what = f"{f'Known issue {issue.id}'.rstrip()} is due"
            yield issue.due, Sort.DUE, what, issue.description, issue.owner, True, issue.path
    for rework in of.rework:
        yield rework.date, Sort.REWORK, f"Rework: {rework.reason}", rework.item, rework.found_by, False, rework.path
    for sign_off in of.sign_offs:
        side = _SIDES.get(sign_off.side, sign_off.side or sign_off.role)
        yield sign_off.on, Sort.SIGNATURE, f"Signed for {side}", sign_off.statement, sign_off.by, False, sign_off.path
