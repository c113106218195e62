"""What a handoff says that cannot be: its statements contradict each other, or other records.

What is only missing is the business of readiness, and what depends on the day of asking as well (a waiver that has
ended): a handoff in order stays in order without an edit.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import Rolls
from mkdocs_handoff.catalog.owners import ACCOUNTABLE, owners
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.handoffs import days, reproduction, signers, targets, waiving
from mkdocs_handoff.handoffs.handoff import handing_over, handoffs
from mkdocs_handoff.handoffs.words import AGREED, COMPLETED, FAIL, OPEN, PASS, WAIVED
from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Named
    from mkdocs_handoff.records.record import Identity

AREAS = (
    "ownership", "knowledge map", "interface", "vocabulary", "decisions", "reproducibility", "data", "operations",
    "guardrails", "playbook", "acceptance", "staleness", "questions",
)  # fmt: skip
"""The areas of readiness, which a waiver names."""

_MIGRATION = "migration"


def contradictions(catalog: Catalog) -> Iterator[Finding]:
    """Yield what cannot be in the handoffs of a catalog."""
    found = handoffs(catalog)
    rolls = Rolls(catalog)
    for of in found:
        yield from check(catalog, of, rolls)
    yield from _rivals(found)


def check(catalog: Catalog, of: Handoff, rolls: Rolls) -> Iterator[Finding]:
    """Yield what cannot be in one handoff, as it is written or as it would be.

    Args:
        catalog: The records.
        of: The handoff.
        rolls: Of the same catalog.
    """
    for finding in (*_about(catalog, of, rolls), *signers.check(catalog, of, rolls), *days.check(of)):
        yield finding.about(str(of.identity))


def _about(catalog: Catalog, of: Handoff, rolls: Rolls) -> Iterator[Finding]:
    yield from _subjects(catalog, of)
    yield from _criteria(catalog, of)
    yield from _areas(of)
    yield from waiving.check(catalog, of, rolls)
    yield from _steps(catalog, of)
    yield from _twice(of)
    if of.status in AGREED and of.record.lifecycle == "draft":
        hint = "Take `lifecycle: draft` away: what both sides agreed on is no draft."
        message = f"the handoff is {of.status}, and its record is a draft"
        yield Finding(of.place(("lifecycle",)), "handoff/status", message, hint)
    if of.status == COMPLETED:
        yield from _completed(catalog, of, rolls)


def _twice(of: Handoff) -> Iterator[Finding]:
    """Tell of names that stand for two things."""
    for noun, field, listed in (
        ("criterion", "id", [(one.path, one.id) for one in of.criteria]),
        ("question", "id", [(one.path, one.id) for one in of.questions]),
        ("state of the step", "step", [(one.path, one.step) for one in of.steps]),
    ):
        seen: set[str] = set()
        for path, name in listed:
            if name and name in seen:
                hint = "Give it a name of its own, or take away the one that does not hold."
                message = f"there is a {noun} {name} already"
                yield Finding(of.place((*path, field)), "handoff/twice", message, hint)
            seen.add(name)


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


def _criteria(catalog: Catalog, of: Handoff) -> Iterator[Finding]:
    agreed = of.status in AGREED
    if agreed and not of.criteria:
        hint = "Write into `acceptance_criteria` what both sides looked at before they said yes."
        message = f"the handoff is {of.status}, and there are no acceptance criteria"
        yield Finding(of.place(("status",)), "handoff/criteria", message, hint)
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
        how = targets.sign(catalog, one)
        met = targets.met(one, how)
        if met is not None and one.status in (PASS, FAIL) and met is not (one.status == PASS):
            verb = "satisfies" if met else "does not satisfy"
            hint = "Write the status that was seen, or mend the value, the operator or the target."
            message = f"the criterion {name} is {one.status}, and {one.observed} {verb} {how} {one.target}"
            yield Finding(place, "handoff/observed", message, hint)
        unseen = targets.unseen(one) if one.status == PASS else ""
        if unseen:
            severity = Severity.ERROR if agreed else Severity.WARNING
            hint = "Write what was seen as it is compared: a number without its unit, or the checksum."
            message = f"the criterion {name} is passed, and {unseen}"
            yield Finding(of.place((*one.path, "observed")), "handoff/observed", message, hint, severity)
        if not how and one.type == targets.METRIC and one.status != WAIVED and targets.number(one.target) is not None:
            hint = 'Write `operator: ">="`, or `<=` where less is better; else any value passes.'
            message = f"the criterion {name} has the target {one.target}, and nothing says on which side of it is good"
            yield Finding(of.place((*one.path, "target")), "handoff/observed", message, hint, Severity.WARNING)


def _areas(of: Handoff) -> Iterator[Finding]:
    for one in of.waivers:
        area = one.check.partition("/")[0].strip()
        near = "" if any(area.casefold().startswith(known) for known in AREAS) else nearest(area, AREAS)
        if near:
            message = f"there is no area {area!r} of readiness"
            place = of.place((*one.path, "check"))
            yield Finding(place, "handoff/area", message, f"Did you mean {near!r}?", Severity.WARNING)


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


def _completed(catalog: Catalog, of: Handoff, rolls: Rolls) -> Iterator[Finding]:
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
    lacks = reproduction.lacking(catalog, of, rolls)
    if lacks is not None and not reproduction.accepted(of, rolls):
        hint = "Write who made it again, when and from which commit; or accept the gap by name in `accepted_gaps:`."
        message = "the handoff is completed, and nothing says that the receiving team has made it again"
        said = of.record.get("reproduction")
        if said:
            message += f": missing is {lacks[1]}"
        yield Finding(of.place(lacks[0] if said else ("status",)), "handoff/reproduction", message, hint)


def _went_on(catalog: Catalog, of: Handoff, taker: Named, subject: Identity) -> bool:
    """Tell whether the team that took a thing has it no more, as it should be: it handed it on, or is retired."""
    if taker.identity is not None and catalog.records[taker.identity].lifecycle == "retired":
        return True
    day = day_of(of.dates.get(COMPLETED))
    later = (
        one
        for one in handing_over(catalog, subject)
        if one.status == COMPLETED
        and one.identity != of.identity
        and (day is None or (day_of(one.dates.get(COMPLETED)) or day) >= day)
    )
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
