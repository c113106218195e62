"""Whether what both sides agreed on holds, and both said yes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.handoff import APPROVER, FAIL, FROM, PASS, TO, WAIVED
from mkdocs_handoff.reports.handoffs.altered import Basis
from mkdocs_handoff.reports.readiness.ask import ask
from mkdocs_handoff.reports.readiness.check import Area, At, Check, State, Waived
from mkdocs_handoff.reports.readiness.told import Lack, Sort, few, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Criterion
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
)
HOLDS = Sort(
    Area.ACCEPTANCE,
    "signatures-hold",
    "Nothing that was signed has changed since",
    "Look at what changed, and sign again.",
    handoff=True,
)
SORTS = (CRITERIA, CRITERION, SIGNED, HOLDS)
_SIDES = {FROM: "the side that hands over", TO: "the side that takes over"}


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of acceptance."""
    of = case.handoff
    if of is None:
        return
    yield _agreed(case, of)
    for number, one in enumerate(of.criteria, 1):
        yield _criterion(case, of, one, number)
    yield tell(case, SIGNED, "side", (_side(of, side) for side in _SIDES))
    items = (_holds(of, one) for one in case.given.signatures.get(of.identity, ()))
    yield tell(case, HOLDS, "signature", items, nothing="nobody has signed")


def _agreed(case: Case, of: Handoff) -> Check:
    check = tell(case, CRITERIA, "list", [[] if of.criteria else [lack(of.record, ("acceptance_criteria",), "all")]])
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
    if one.status == PASS:
        reason = f"passed{f' on {one.verified_on}' if one.verified_on else ''}"
        if one.verified_by is not None:
            reason += f", seen by {one.verified_by}"
    elif one.status == WAIVED:
        over = bool(one.waiver_expires) and one.waiver_expires < today
        if one.waived_by is None:
            state, reason = State.FAILED, "waived, and nobody answers for that"
            mend = "Write `waived_by`."
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
    late = state is State.FAILED and one.status == WAIVED and one.waived_by is not None
    field = "waiver_expires" if late else "status"
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


def _side(of: Handoff, side: str) -> list[Lack]:
    if any(one.side == side and one.by is not None and one.on for one in of.sign_offs):
        return []
    return [lack(of.record, ("sign_offs",), f"{_SIDES[side]}", who=of.giver if side == FROM else of.taker)]


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
