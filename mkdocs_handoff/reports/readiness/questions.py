"""Whether nothing is left open, and what is not known has somebody who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.told import Lack, Sort, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import AcceptedGap, Issue
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

ANSWERED = Sort(
    Area.QUESTIONS,
    "questions-are-answered",
    "Every question is answered",
    "Write `answer`, and where it is to be found from now on.",
    handoff=True,
)
ISSUES = Sort(
    Area.QUESTIONS,
    "issues-have-owners",
    "Every known issue has an owner and a day",
    "Write `owner` and `due`.",
    handoff=True,
)
GAPS = Sort(
    Area.QUESTIONS,
    "accepted-gaps-hold",
    "Every gap that is gone on with is accepted by a person who is there, and not longer than agreed",
    "Find it out, or accept it again, by name and until a day.",
    handoff=True,
)
SORTS = (ANSWERED, ISSUES, GAPS)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of questions."""
    of = case.handoff
    if of is None:
        return
    answers = (
        [] if one.answer else [lack(of.record, one.path, f"an answer to {one.id or one.question!r}", who=one.to)]
        for one in of.questions
    )
    yield tell(case, ANSWERED, "question", answers, nothing="nobody asked anything")
    yield tell(case, ISSUES, "issue", (_issue(of, one) for one in of.issues), nothing="no issue is known")
    yield tell(case, GAPS, "gap", (_gap(case, of, one) for one in of.gaps), nothing="no gap is accepted")


def _issue(of: Handoff, one: Issue) -> list[Lack]:
    name = one.id or f"issue {int(one.path[-1]) + 1}"
    lacks = [] if one.owner is not None else [lack(of.record, (*one.path, "owner"), f"an owner of {name}")]
    return lacks if one.due else [*lacks, lack(of.record, (*one.path, "due"), f"a day for {name}", who=one.owner)]


def _gap(case: Case, of: Handoff, one: AcceptedGap) -> list[Lack]:
    name = f"{one.field} of {one.record}" if one.record is not None else one.field
    if one.accepted_by is None:
        return [lack(of.record, one.path, f"who accepts {name}")]
    why = case.doubt(one.accepted_by, one.accepted_on)
    if why:
        mend = "Name in `accepted_by` a person who has a record and is there."
        return [lack(of.record, (*one.path, "accepted_by"), f"who accepts {name}", mend=mend, more=why)]
    if one.until and one.until < case.given.today.isoformat():
        return [
            lack(
                of.record,
                (*one.path, "until"),
                f"{name}: accepted until {one.until}, which is over",
                who=one.accepted_by,
            )
        ]
    return []
