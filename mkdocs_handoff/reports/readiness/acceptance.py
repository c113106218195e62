"""Whether what both sides agreed on holds, and both said yes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.standing import standing
from mkdocs_handoff.handoffs.targets import unseen
from mkdocs_handoff.handoffs.words import ACCEPTED, AGREED, APPROVER, COMPLETED, FAIL, FROM, PASS, TO, WAIVED
from mkdocs_handoff.records.forms import no_number
from mkdocs_handoff.reports.handoffs.altered import Basis
from mkdocs_handoff.reports.readiness.ask import ask
from mkdocs_handoff.reports.readiness.check import Area, At, Check, State, Waived
from mkdocs_handoff.reports.readiness.told import Lack, Sort, few, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Criterion, SignOff
    from mkdocs_handoff.reports.handoffs.sign_offs import Signature
    from mkdocs_handoff.reports.readiness.given import Case

CRITERIA = Sort(
    Area.ACCEPTANCE,
    "criteria-are-agreed",
    "There are acceptance criteria",
    "Write into `acceptance_criteria` what must be so before the receiving team says yes.",
    handoff=True,
)
CRITERION = Sort(
    Area.ACCEPTANCE,
    "criterion-<id>",
    "The criterion has passed (one check for each criterion)",
    "Look at it, and write `observed`, `status` and who looked; or waive it, by name and until a day.",
    handoff=True,
)
SIGNED = Sort(
    Area.ACCEPTANCE,
    "both-sides-signed",
    "Both sides have signed",
    "`mkdocs-handoff handoff sign` writes a signature; a named approver signs for a side that no longer exists.",
    handoff=True,
    signing=True,
)
HOLDS = Sort(
    Area.ACCEPTANCE,
    "signatures-hold",
    "Nothing of what each side signed last has changed since",
    "Look at what changed, and sign again.",
    handoff=True,
    signing=True,
)
SORTS = (CRITERIA, CRITERION, SIGNED, HOLDS)
METRIC = "metric"
_SIDES = {FROM: "the side that hands over", TO: "the side that takes over"}


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of acceptance."""
    of = case.handoff
    if of is None:
        return
    yield _agreed(case, of)
    for number, one in enumerate(of.criteria, 1):
        yield _criterion(case, of, one, number)
    counting = [one for one in of.sign_offs if one.by is not None and not case.doubt(one.by, one.on)]
    newest = standing(counting)
    yield tell(case, SIGNED, "side", (_side(case, of, side, newest) for side in _SIDES))
    paths = {one.path for one in newest.values()}
    signed = case.given.signatures.get(of.identity, ()) if paths else ()
    items = (_holds(of, one) for one in signed if one.sign_off.path in paths)
    yield tell(case, HOLDS, "signature", items, nothing="nobody has signed")


def _agreed(case: Case, of: Handoff) -> Check:
    # That there are none does not apply to any handoff, and nobody accepts it as a gap.
    none = Lack(At(of.record, ("acceptance_criteria",)), "all", of.record)
    check = tell(case, CRITERIA, "list", [[] if of.criteria else [none]])
    return replace(check, reason=f"{len(of.criteria)} agreed") if of.criteria else check


def _criterion(case: Case, of: Handoff, one: Criterion, number: int) -> Check:
    name = one.id or str(number)
    today = case.given.today.isoformat()
    seen = f"{one.observed} was seen" if one.observed is not None else ""
    asked = f"{one.operator} {one.target} is asked for".lstrip() if one.target is not None else ""
    facts = ", ".join(filter(None, (seen, asked)))
    waived = None
    state = State.PASSED
    who = one.owner
    mend = ""
    agreed = of.dates.get("accepted", "") if of.status in AGREED else ""
    unread = _unread(case, of, one) if one.status == PASS else ""
    doubtful = case.unfit(one.waived_by, one.verified_on or agreed) if one.status == WAIVED else ""
    if unread:
        state, reason = State.FAILED, f"passed, and {unread}"
        mend = "Mend the value that was seen, or where it comes from; then look at it again."
    elif one.status == PASS:
        reason = f"passed{f' on {one.verified_on}' if one.verified_on else ''}"
        if one.verified_by is not None:
            reason += f", seen by {one.verified_by}"
    elif one.status == WAIVED:
        over = bool(one.waiver_expires) and one.waiver_expires < today
        if doubtful:
            state, reason = State.FAILED, f"a waiver that does not count: {doubtful}"
            mend = "Name in `waived_by` a person who has a record and is there, or look at it."
        elif over:
            state, reason = State.FAILED, f"waived by {one.waived_by} until {one.waiver_expires}, which is over"
            who = one.owner or one.waived_by
        else:
            state, reason = State.WAIVED, f"waived by {one.waived_by}"
            waived = Waived(one.waived_by, one.waiver_reason, one.waiver_expires, At(of.record, one.path))
    else:
        state, reason = State.FAILED, "failed" if one.status == FAIL else "open: nobody has looked yet"
        if one.due:
            reason += f", due {one.due}{', which is over' if one.due < today else ''}"
    field = "status"
    if unread:
        field = "observed" if one.verified_on <= today else "verified_on"
    elif doubtful and one.waived_by is not None:
        field = "waived_by"
    elif state is State.FAILED and one.status == WAIVED and not doubtful:
        field = "waiver_expires"
    at = At(of.record, (*one.path, field))
    failed = state is State.FAILED
    return Check(
        area=Area.ACCEPTANCE,
        name=f"criterion-{name}",
        title=one.statement or name,
        state=state,
        reason=f"{reason}; {facts}" if facts else reason,
        about=one.record.identity if one.record is not None else None,
        at=at if state is not State.PASSED else None,
        mend=(mend or CRITERION.mend) if failed else "",
        ask=ask(case.given, (), of.record, who or of.taker) if failed else None,
        waived=waived,
        missing=((at, reason),) if failed else (),
    )


def _side(case: Case, of: Handoff, side: str, newest: Mapping[str, SignOff]) -> list[Lack]:
    today = case.given.today.isoformat()
    if side in newest:
        signed = newest[side]
        if signed.on > today:
            return [
                lack(
                    of.record, (*signed.path, "on"), f"a signature that is of {signed.on}, still to come", who=signed.by
                )
            ]
        if side == FROM:
            return []
        return [
            lack(of.record, ("dates", name), f"the day on which it was {name}: {of.dates[name]} is still to come")
            for name in (ACCEPTED, COMPLETED)
            if of.status in AGREED and of.dates.get(name, "") > today
        ]
    who = of.giver if side == FROM else of.taker
    for one in reversed(of.sign_offs):
        if one.side == side:
            why = case.doubt(one.by, one.on) or f"the signature of {one.by} has no day"
            field = "on" if one.by is not None and not case.doubt(one.by, one.on) else "by"
            return [lack(of.record, (*one.path, field), _SIDES[side], who=who, more=why)]
    return [lack(of.record, ("sign_offs",), _SIDES[side], who=who)]


def _unread(case: Case, of: Handoff, one: Criterion) -> str:
    """Return what is wrong with the value that was seen, where one is written or comes from a file."""
    if one.verified_on > case.given.today.isoformat():
        return f"the day on which somebody looked, {one.verified_on}, is still to come"
    path = (*one.path, "observed")
    if one.observed is not None:
        text = str(one.observed).strip()
        if not text:
            return "the value that was seen is empty"
        return unseen(one) or (f"{text} is no number" if one.type == METRIC and no_number(text) else "")
    if path in of.record.origins:
        return f"{of.record.origins[path].source} is empty"
    flaws = [one for one in case.given.findings_about.get(str(of.identity), ()) if one.rule.startswith("value/")]
    if flaws:  # looking a line up reads the file again
        place = of.place(path)
        found = next((flaw.message for flaw in flaws if flaw.place == place), "")
        if found:
            return found
    return unseen(one)


def _holds(of: Handoff, one: Signature) -> list[Lack]:
    by = one.sign_off.by
    role = one.sign_off.role if one.sign_off.role != APPROVER else f"approver for {one.sign_off.side}"
    who = f"{by or 'somebody'} ({role})"
    path = (*one.sign_off.path, "digest")
    if one.basis in (Basis.NOTHING, Basis.HISTORY) and not one.changed:
        return [lack(of.record, path, f"the digest of what {who} signed", who=by)]
    if not one.changed:
        return []
    return [lack(of.record, path, f"signed by {who}, then changed: {few([each.name for each in one.changed])}", who=by)]
