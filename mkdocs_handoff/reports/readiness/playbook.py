"""Whether what is done by hand is written down, tried, and done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.handoffs.words import COMPLETED
from mkdocs_handoff.reports.readiness.ask import OPERATIONS
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.given import mappings
from mkdocs_handoff.reports.readiness.told import NO_MODEL, Lack, Sort, lack, tell
from mkdocs_handoff.staleness.days import due
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Access
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

_EVERY = "1 year"
"""A playbook that names no interval is tried so often."""

ROLLBACK = Sort(
    Area.PLAYBOOK,
    "rollback-is-written",
    "Each model has a playbook to take it back",
    "Write a playbook of type `rollback` that `applies_to` the model.",
    OPERATIONS,
)
INCIDENT = Sort(
    Area.PLAYBOOK,
    "incident-is-written",
    "Each model has a playbook for when it breaks",
    "Write a playbook of type `incident` or `runbook` that `applies_to` the model.",
    OPERATIONS,
)
DRILLED = Sort(
    Area.PLAYBOOK,
    "playbooks-are-drilled",
    "Somebody has followed each model's playbooks to the end, within their interval",
    "Follow it, mend what does not fit, and write the day into `last_drilled` and `drills`.",
    OPERATIONS,
)
STEPS = Sort(
    Area.PLAYBOOK,
    "steps-are-complete",
    "Every step says what should happen, and how one gets back",
    'Write `expected` and `rollback`; "nothing to undo" and "no way back" are answers.',
    OPERATIONS,
)
DONE = Sort(
    Area.PLAYBOOK,
    "steps-are-done",
    "Every step of the handoff's playbook is done, or skipped with a reason",
    "Do the step, and write it into the handoff's `steps`; a skipped one needs a `note`.",
    handoff=True,
)
GRANTED = Sort(
    Area.PLAYBOOK,
    "access-is-granted",
    "The receiving side has the access that it needs",
    "Grant it, and write it into `access_transfer` with `granted_to` and `granted_on`; of a model that needs none, "
    '`access_transfer: {not-applicable: "why"}`.',
    handoff=True,
)
REVOKED = Sort(
    Area.PLAYBOOK,
    "access-is-revoked",
    "The access of those who handed over is taken back (asked once the handoff is completed)",
    "Take it back, and write it into `access_transfer` with `revoked_from` and `revoked_from_on`.",
    handoff=True,
)
_NO_ACCESS = "nothing is written of access"
SORTS = (ROLLBACK, INCIDENT, DRILLED, STEPS, DONE, GRANTED, REVOKED)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of playbooks."""
    of = {model.identity: case.playbooks(model) for model in case.models}
    for sort, types, what in (
        (ROLLBACK, ("rollback",), "a rollback playbook"),
        (INCIDENT, ("incident", "runbook"), "an incident playbook"),
    ):
        items = (
            []
            if any(one.get("type") in types for one in of[model.identity])
            else [lack(model, ("playbooks",), f"{what} of {model.identity}")]
            for model in case.models
        )
        yield tell(case, sort, "model", items, nothing=NO_MODEL)
    books = {one.identity: one for found in of.values() for one in found}
    drilled = [_drilled(case, one) for one in books.values() if one.get("type") not in ("migration", "onboarding")]
    yield tell(case, DRILLED, "playbook", drilled, nothing="no playbook")
    named = case.handoff.playbook if case.handoff is not None else None
    followed = case.catalog.records[named.identity] if named is not None and named.identity is not None else None
    if followed is not None:
        books.setdefault(followed.identity, followed)
    yield tell(case, STEPS, "step", (one for book in books.values() for one in _steps(book)), nothing="no playbook")
    if case.handoff is not None:
        yield tell(case, DONE, "step", _done(case.handoff, followed))
        moved = case.handoff.access
        # A question that nobody asked is no answer: that no access moves is written, too.
        unasked = (
            [] if moved else [[lack(case.handoff.record, ("access_transfer",), _NO_ACCESS, who=case.handoff.giver)]]
        )
        yield tell(case, GRANTED, "system", (*unasked, *(_granted(case, case.handoff, one) for one in moved)))
        if case.handoff.status == COMPLETED:
            yield tell(case, REVOKED, "system", (*unasked, *(_revoked(case.handoff, one) for one in moved)))


def _drilled(case: Case, book: Record) -> list[Lack]:
    drills = [item for _, item in mappings(book, "drills") if isinstance(item, dict)]
    last = max(drills, key=lambda one: str(one.get("on") or ""), default=None)
    if last is not None and last.get("result") == "failed":
        return [lack(book, ("drills",), f"the last drill of {book.identity} failed")]
    days = [day_of(book.get("last_drilled")), *(day_of(one.get("on")) for one in drills)]
    day = max((one for one in days if one is not None), default=None)
    if day is None:
        return [lack(book, ("last_drilled",), f"a drill of {book.identity}")]
    every = str(book.get("drill_every") or _EVERY)
    if day > case.given.today:
        return [lack(book, ("last_drilled",), f"a drill of {book.identity}: {day} is still to come")]
    until = due(day, every)
    if until is not None and until < case.given.today:
        return [lack(book, ("last_drilled",), f"a drill of {book.identity} since {day} (every {every})")]
    return []


def _steps(book: Record) -> Iterator[list[Lack]]:
    if not mappings(book, "steps"):
        yield [lack(book, ("steps",), f"the steps of {book.identity}")]
    for path, value in mappings(book, "steps"):
        item: dict[str, Any] = value if isinstance(value, dict) else {}
        name = f"step {int(path[-1]) + 1} of {book.identity}"
        lacks = [lack(book, (*path, key), f"{key} of {name}") for key in ("expected", "rollback") if not item.get(key)]
        yield lacks


def _done(of: Handoff, followed: Record | None) -> Iterator[list[Lack]]:
    states = {one.step: one for one in of.steps}
    for number, (_, step) in enumerate(mappings(followed, "steps") if followed is not None else (), 1):
        item: dict[str, Any] = step if isinstance(step, dict) else {}
        name = str(item.get("id") or number)
        state = states.get(name) or states.get(str(number))
        if state is None:
            yield [lack(of.record, ("steps",), f"step {name}", who=of.taker)]
        elif state.status == "done":
            yield []
        elif state.status == "skipped":
            reason = of.record.fields["steps"][state.path[-1]].get("note")
            yield [] if reason else [lack(of.record, (*state.path, "note"), f"why {name} was skipped", who=state.by)]
        else:
            yield [lack(of.record, (*state.path, "status"), f"step {name} is {state.status}", who=state.by)]
    if followed is None:
        yield [lack(of.record, ("playbook",), "the playbook of the handoff")]
    elif not mappings(followed, "steps"):
        yield [lack(followed, ("steps",), f"the steps of {followed.identity}", mend="Write its steps; then do them.")]


def _granted(case: Case, of: Handoff, one: Access) -> list[Lack]:
    system = f"{one.system}{f' ({one.role})' if one.role else ''}"
    if not (one.granted_on and one.granted_to):
        return [lack(of.record, (*one.path, "granted_on"), system, who=of.giver)]
    if one.granted_on > case.given.today.isoformat():
        text = f"{system}: granted on {one.granted_on}, which is still to come"
        return [lack(of.record, (*one.path, "granted_on"), text, who=of.giver)]
    rolls, giver = case.given.rolls, of.giver.identity if of.giver is not None else None
    taker = of.taker.identity if of.taker is not None else None
    for named in one.granted_to:
        who = named.identity
        if who is None or giver is None or not (rolls.holds(giver, who) or rolls.ever(giver, who)):
            return []
        if taker is not None and (rolls.holds(taker, who) or rolls.ever(taker, who)):
            return []
    text = f"{system} for somebody of {of.taker or 'the receiving side'}: only the giving side has it"
    return [lack(of.record, (*one.path, "granted_to"), text, who=of.giver)]


def _revoked(of: Handoff, one: Access) -> list[Lack]:
    if not one.revoked_from:
        mend = 'Write `revoked_from` and `revoked_from_on`; `{not-applicable: "they never had it"}` is an answer.'
        text = f"whose access to {one.system or 'it'} is taken back"
        return [lack(of.record, (*one.path, "revoked_from"), text, who=of.giver, mend=mend)]
    if one.revoked_from_on:
        return []
    who = ", ".join(person.text for person in one.revoked_from)
    return [lack(of.record, (*one.path, "revoked_from_on"), f"{one.system} of {who}", who=of.giver)]
