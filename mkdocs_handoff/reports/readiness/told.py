"""From what is missing to a check: its state, its counts, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.reports.readiness.ask import ask
from mkdocs_handoff.reports.readiness.check import At, Check, State, Waived
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import AcceptedGap, Named
    from mkdocs_handoff.records.record import Gap, Identity, Record
    from mkdocs_handoff.reports.readiness.check import Area
    from mkdocs_handoff.reports.readiness.given import Case
    from mkdocs_handoff.text.yaml import Path

_FEW = 3
NO_MODEL = "no model moves"
"""Told where a check looks at models, and none is there to look at: such a check is not asked."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of check, as `docs/readiness.md` lists it.

    Attributes:
        title: A sentence that is true when it passes.
        mend: How to mend it.
        roles: Whose answer is looked for first, among the owners of the record that lacks something.
        handoff: Whether it is asked of a handoff only.
        gates: Whether it holds a handoff up.
        signing: Whether nothing but a signature settles it.
    """

    area: Area
    name: str
    title: str
    mend: str
    roles: tuple[str, ...] = ()
    handoff: bool = False
    gates: bool = True
    signing: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing.

    Attributes:
        at: Where it belongs.
        text: What is missing, in a few words that name the record.
        record: Whose owner is asked.
        gap: What is stated instead.
        who: Whom to ask, where a field names somebody.
        mend: How to mend this, where it is another way than the check's.
        more: What else is to be known of it, where its place is told.
    """

    at: At | Place
    text: str
    record: Record | None = None
    gap: Gap | None = None
    who: Named | None = None
    mend: str = ""
    more: str = ""


def lack(record: Record, path: Path, text: str, *, who: Named | None = None, mend: str = "", more: str = "") -> Lack:
    """Return that a field of a record is missing, or what the record states in its place."""
    return Lack(At(record, path), text, record, gap_at(record, path), who, mend, more)


def gap_at(record: Record, path: Path) -> Gap | None:
    """Return the gap that a record states at a path, or around it."""
    if record.gaps:
        for length in range(len(path), 0, -1):
            if path[:length] in record.gaps:
                return record.gaps[path[:length]]
    return None


def tell(
    case: Case,
    sort: Sort,
    noun: str,
    items: Iterable[Sequence[Lack]],
    *,
    nothing: str = "",
    note: str = "",
    about: Identity | None = None,
    moving: bool = False,
) -> Check:
    """Return a check.

    A field that does not apply, by its own record's word, is not missing. What is stated to be unknown is missing
    unless the handoff accepts that gap by name: then the check is waived, by whoever accepted it. Where nothing that
    is written down moves, no check passes for want of anything to look at.

    Args:
        case: The handoff or model.
        sort: What is asked.
        noun: What is counted: `record`.
        items: For each thing that is looked at, what is missing of it.
        nothing: What is told where nothing is looked at.
        note: What else is to be known, also where it passes.
        about: The record it is about, where it is one.
        moving: Of a check that only handoffs are asked: whether it looks at what moves.
    """
    total = good = idle = 0
    failing: list[Lack] = []
    unknown: list[Lack] = []
    accepted: list[tuple[Lack, AcceptedGap]] = []
    for lacks in items:
        total += 1
        open_ = [one for one in lacks if one.gap is None or one.gap.why != "not-applicable"]
        good += not open_
        idle += len(open_) < len(lacks)
        for one in open_:
            gap = _acceptance(case, one)
            if one.gap is None:
                failing.append(one)
            elif gap is not None:
                accepted.append((one, gap))
            else:
                unknown.append(one)
    if not total and (moving or not sort.handoff) and case.handoff is not None and not case.scope.subjects:
        failing.append(nothing_moves(case.handoff))
        nothing = "nothing to look at"
    missing = (*failing, *unknown)
    state = next(
        state
        for found, state in (
            (failing, State.FAILED),
            (unknown, State.UNKNOWN),
            (accepted, State.WAIVED),
            (True, State.PASSED),
        )
        if found
    )
    first = missing[0] if missing else accepted[0][0] if accepted else None
    shown = (*missing, *(one for one, _ in accepted))
    return Check(
        area=sort.area,
        name=sort.name,
        title=sort.title,
        state=state,
        reason=_reason(total, good, idle, noun, (failing, unknown, accepted), nothing, note),
        about=about or _only(shown),
        at=first.at if first is not None else None,
        mend=(first.mend or sort.mend) if first is not None else "",
        ask=ask(case.given, sort.roles, first.record, first.who) if missing and first is not None else None,
        waived=_waived(case, accepted[0][1]) if state is State.WAIVED else None,
        missing=tuple((one.at, _told(one)) for one in shown),
        gates=sort.gates,
        signing=sort.signing,
        idle=not total and state is State.PASSED and nothing == NO_MODEL,
    )


def nothing_moves(of: Handoff) -> Lack:
    """Return that a handoff has nothing to hand over that is written down."""
    names = few([one.text for one in of.subjects])
    return lack(
        of.record,
        ("subjects",),
        f"a record of {names}" if names else "what moves",
        who=of.giver,
        mend="Write the records of what moves, and name them in `subjects`.",
    )


def _told(one: Lack) -> str:
    more = one.more or (f"unknown, {one.gap.reason}" if one.gap is not None else "")
    return f"{one.text}: {more}" if more else one.text


def _acceptance(case: Case, one: Lack) -> AcceptedGap | None:
    if one.gap is None or one.record is None or not isinstance(one.at, At):
        return None
    return case.accepted(one.record.identity, one.at.path)


def _only(missing: Sequence[Lack]) -> Identity | None:
    """The record that all that is missing is about."""
    found = {one.record.identity if one.record is not None else None for one in missing}
    return found.pop() if len(found) == 1 else None


def _waived(case: Case, gap: AcceptedGap) -> Waived | None:
    if case.handoff is None:
        return None
    return Waived(gap.accepted_by, gap.reason, gap.until, At(case.handoff.record, gap.path))


def _reason(
    total: int,
    good: int,
    idle: int,
    noun: str,
    lists: tuple[list[Lack], list[Lack], list[tuple[Lack, AcceptedGap]]],
    nothing: str,
    note: str,
) -> str:
    failing, unknown, accepted = lists
    told = [f"{good:,} of {counted(total, noun)}" if total else nothing or f"no {noun} in scope"]
    if idle:
        told[0] += f" ({idle:,} {'does' if idle == 1 else 'do'} not apply)"
    for word, found in (
        ("missing", failing),
        ("stated unknown", unknown),
        ("unknown, and accepted", [one for one, _ in accepted]),
    ):
        if found:
            told.append(f"{word}: {few([one.text for one in found])}")
    if note:
        told.append(note)
    return "; ".join(told)


def few(texts: Sequence[str]) -> str:
    """Return the first of some texts, and how many more there are."""
    listed = list(dict.fromkeys(texts))
    more = len(listed) - _FEW
    return ", ".join(listed) if more <= 1 else f"{', '.join(listed[:_FEW])} and {more:,} more"
