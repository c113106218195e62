"""What a handoff says that cannot be: its statements contradict each other, or other records.

What is only missing is the business of readiness, and what depends on the day of asking as well (a waiver that has
ended): a handoff in order stays in order without an edit.
"""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, Rolls
from mkdocs_handoff.catalog.owners import ACCOUNTABLE, owners
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.handoffs import days, signers
from mkdocs_handoff.handoffs.handoff import AGREED, COMPLETED, FAIL, OPEN, PASS, WAIVED, handing_over, handoffs
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Criterion, Named
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.text.yaml import Path

AREAS = (
    "ownership", "knowledge map", "interface", "vocabulary", "decisions", "reproducibility", "data", "operations",
    "guardrails", "playbook", "acceptance", "staleness", "questions",
)  # fmt: skip
"""The areas of readiness, which a waiver names."""

_HOLDS = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_MIGRATION = "migration"


def contradictions(catalog: Catalog) -> Iterator[Finding]:
    """Yield what cannot be in the handoffs of a catalog."""
    found = handoffs(catalog)
    rolls = Rolls(catalog)
    for of in found:
        for finding in _about(catalog, of):
            yield finding.about(str(of.identity))
        for finding in (*signers.check(catalog, of, rolls), *days.check(of)):
            yield finding.about(str(of.identity))
    yield from _rivals(found)


def _about(catalog: Catalog, of: Handoff) -> Iterator[Finding]:
    yield from _subjects(catalog, of)
    yield from _criteria(of)
    yield from _waivers(of)
    yield from _steps(catalog, of)
    if of.status == COMPLETED:
        yield from _completed(catalog, of)


def _subjects(catalog: Catalog, of: Handoff) -> Iterator[Finding]:
    known: dict[Identity | str, Named] = {}
    for one in of.subjects:
        name = one.identity or one.text
        if name in known:
            hint = "Take one of the two away, or name what else was meant."
            yield Finding(of.place(one.path), "handoff/subject", f"{one.text} is handed over twice", hint)
        known[name] = one
    if of.giver is not None and of.taker is not None and _side(of.giver) == _side(of.taker):
        hint = "Name the team that will own it. Inside a team, `owners:` say who answers for what."
        message = f"{of.taker.text} hands over to itself"
        yield Finding(of.place(of.taker.path), "handoff/sides", message, hint)


def _criteria(of: Handoff) -> Iterator[Finding]:
    agreed = of.status in AGREED
    for one in of.criteria:
        place = of.place((*one.path, "status"))
        name = one.id or f"number {int(one.path[1]) + 1}"
        if agreed and one.status not in (PASS, WAIVED):
            hint = "Test it, or waive it by name (`waived_by`, `waiver_reason`); until then the handoff is `in-review`."
            message = f"the handoff is {of.status}, and its criterion {name} is {one.status}"
            yield Finding(place, "handoff/criteria", message, hint)
        if agreed and one.status == PASS and not (one.verified_by is not None and one.verified_on):
            lacking = "who looked" if one.verified_by is None else "when"
            hint = "Write `verified_by` and `verified_on`: a pass that nobody saw is a wish."
            message = f"the criterion {name} is passed, and nothing says {lacking}"
            yield Finding(place, "handoff/verified", message, hint, Severity.WARNING)
        if one.status == WAIVED:
            yield from _waived(of, one.path, name, one.waiver_reason, one.waived_by, "waiver_reason")
        met = _met(one)
        if met is not None and one.status in (PASS, FAIL) and met is not (one.status == PASS):
            verb = "satisfies" if met else "does not satisfy"
            hint = "Write the status that was seen, or mend the value, the operator or the target."
            message = f"the criterion {name} is {one.status}, and {one.observed} {verb} {one.operator} {one.target}"
            yield Finding(place, "handoff/observed", message, hint)


def _met(one: Criterion) -> bool | None:
    """Tell whether what was observed is what was asked for; None where that cannot be compared.

    Numbers can, and checksums for being the same; of other texts two may mean the same.
    """
    holds = _HOLDS.get(one.operator)
    if holds is None or one.observed is None or one.target is None:
        return None
    observed, target = _number(one.observed), _number(one.target)
    if one.type == "checksum":
        same = str(one.observed).strip().casefold() == str(one.target).strip().casefold()
        return {"==": same, "!=": not same}.get(one.operator)
    return None if observed is None or target is None else bool(holds(observed, target))


def _number(value: object) -> Decimal | None:
    """Return a value as the number that is written, not as the nearest binary one."""
    text = str(value).strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _waivers(of: Handoff) -> Iterator[Finding]:
    for one in of.waivers:
        yield from _waived(of, one.path, one.check or "a check", one.reason, one.waived_by, "reason")
        area = one.check.partition("/")[0].strip()
        near = "" if any(area.casefold().startswith(known) for known in AREAS) else nearest(area, AREAS)
        if near:
            message = f"there is no area {area!r} of readiness"
            place = of.place((*one.path, "check"))
            yield Finding(place, "handoff/area", message, f"Did you mean {near!r}?", Severity.WARNING)


def _waived(of: Handoff, path: Path, what: str, reason: str, by: Named | None, field: str) -> Iterator[Finding]:
    if not reason.strip():
        hint = f"Write `{field}`: who reads it in a year decides by it whether it still holds."
        yield Finding(of.place(path), "handoff/waiver", f"{what} is waived without a reason", hint)
    if by is None:
        hint = "Write `waived_by`: a person, who is asked when it goes wrong."
        yield Finding(of.place(path), "handoff/waiver", f"{what} is waived by nobody", hint)
    elif by.identity is not None and by.identity.kind != PERSON:
        hint = "Name the person who took it upon themselves: a group cannot be asked."
        message = f"{what} is waived by {by.text}, which is no person"
        yield Finding(of.place(by.path), "handoff/waiver", message, hint)


def _steps(catalog: Catalog, of: Handoff) -> Iterator[Finding]:
    if of.playbook is None or of.playbook.identity is None:
        return
    record = catalog.records[of.playbook.identity]
    kind = record.get("type")
    if isinstance(kind, str) and kind != _MIGRATION:
        hint = "Name a playbook of type `migration`; what this one is for is named with a guardrail or a monitor."
        message = f"the handoff follows {of.playbook.identity}, which is for {kind}"
        yield Finding(of.place(of.playbook.path), "handoff/playbook", message, hint, Severity.WARNING)
    listed = record.get("steps")
    listed = listed if isinstance(listed, list) else []
    ids = [str(one["id"]) for one in listed if isinstance(one, dict) and one.get("id") is not None]
    numbers = {str(number) for number in range(1, len(listed) + 1)}
    for state in of.steps:
        if state.step and state.step not in numbers and state.step not in ids:
            near = nearest(state.step, ids)
            known = f"It has: {', '.join(ids)}." if ids else f"It has {len(listed)} steps; name one by its number."
            hint = f"Did you mean {near!r}?" if near else known
            message = f"{of.playbook.identity} has no step {state.step!r}"
            yield Finding(of.place((*state.path, "step")), "handoff/step", message, hint)


def _completed(catalog: Catalog, of: Handoff) -> Iterator[Finding]:
    taker = of.taker
    for one in of.subjects:
        if one.identity is None:
            hint = "Write its record, or take it out of `subjects:`: nobody knows what was taken over."
            message = f"the handoff is completed, and there is no record of {one.text}"
            yield Finding(of.place(one.path), "handoff/subject", message, hint)
        elif taker is not None and not _went_on(catalog, of, taker, one.identity):
            record = catalog.records[one.identity]
            answers = [owner for owner in owners(record) if owner.role == ACCOUNTABLE]
            if not any(catalog.targets.get((one.identity, owner.path)) == taker.identity for owner in answers):
                named = " and ".join(repr(owner.text) for owner in answers) or "nobody"
                place = record.source.place(answers[0].path) if answers else record.source.place()
                hint = f"Make {taker.text} accountable in {place}; `mkdocs-handoff handoff complete` does that."
                message = f"the handoff is completed, and {named} is accountable for {one.identity}, not {taker.text}"
                yield Finding(of.place(one.path), "handoff/owner", message, hint)
    accepted = any(gap.field == "reproduction" and gap.accepted_by is not None for gap in of.gaps)
    if not of.record.get("reproduction") and not accepted:
        hint = "Write who made it again, when and from which commit; or accept the gap by name in `accepted_gaps:`."
        message = "the handoff is completed, and nothing says that the receiving team has made it again"
        yield Finding(of.place(("status",)), "handoff/reproduction", message, hint)


def _went_on(catalog: Catalog, of: Handoff, taker: Named, subject: Identity) -> bool:
    """Tell whether the team that took a thing has it no more, as it should be: it handed it on, or is retired."""
    if taker.identity is not None and catalog.records[taker.identity].lifecycle == "retired":
        return True
    later = (one for one in handing_over(catalog, subject) if one.status == COMPLETED and one.identity != of.identity)
    return any(one.giver is not None and _side(one.giver) == _side(taker) for one in later)


def _rivals(found: Sequence[Handoff]) -> Iterator[Finding]:
    """Tell of subjects that are being handed over to two teams."""
    going: dict[Identity, list[tuple[Handoff, Named]]] = defaultdict(list)
    for of in found:
        if of.status not in OPEN or of.taker is None:
            continue
        for one in of.subjects:
            if one.identity is None:
                continue
            for other, taker in going[one.identity]:
                if other.identity != of.identity and _side(taker) != _side(of.taker):
                    hint = f"Only one of the two can be: cancel it, or take the subject out of it ({other.place()})."
                    message = f"{one.identity} goes to {of.taker.text} here, and to {taker.text} in {other.identity}"
                    yield Finding(of.place(one.path), "handoff/rival", message, hint, subject=str(of.identity))
            going[one.identity].append((of, of.taker))


def _side(team: Named) -> Identity | str:
    return team.identity or team.text
