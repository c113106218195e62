"""Who acts next in a handoff: everything that waits for somebody, by whom it waits for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.words import ACCEPTED, FROM, OPEN, PASS, PLANNED, TO, WAIVED
from mkdocs_handoff.reports.handoffs.completing import held_up
from mkdocs_handoff.reports.handoffs.signing import SIDES, changed, valid
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Named
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.text.yaml import Path

_DONE = ("done", "skipped")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that waits for somebody.

    Attributes:
        what: What is to be done, in a few words.
        text: The handoff's own words for it, Markdown; empty where there are none.
        due: The day; None where none is written.
        path: The field that says so.
    """

    what: str
    text: str
    due: date | None
    overdue: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits for one person or team.

    Attributes:
        who: None where nobody is named.
        acts: What has a day first, the earliest first.
    """

    who: Identity | None
    text: str
    acts: tuple[Act, ...]


_Written = tuple["Named | None", str, str, str, "Path"]


def waiting(catalog: Catalog, of: Handoff, today: date) -> tuple[Waiting, ...]:
    """Return who has to act, whoever has something overdue or due soonest first; nothing where the handoff is over.

    Args:
        catalog: Knows the playbook's steps.
        of: The handoff.
        today: What was due earlier is overdue.
    """
    if of.status not in OPEN:
        return ()
    found: dict[tuple[Identity | None, str], list[Act]] = defaultdict(list)
    for who, what, text, written, path in (*_points(of), *_course(catalog, of, today)):
        due = day_of(written)
        key = (who.identity, who.text) if who is not None else (None, "")
        found[key].append(Act(what, text, due, due is not None and due < today, path))
    listed = [
        Waiting(identity, text, tuple(sorted(acts, key=lambda act: (act.due is None, act.due or today))))
        for (identity, text), acts in found.items()
    ]
    return tuple(sorted(listed, key=lambda one: _urgency(one, today)))


def _urgency(one: Waiting, today: date) -> tuple[bool, bool, date]:
    first = one.acts[0].due
    return one.who is None and not one.text, first is None, first or today


def _points(of: Handoff) -> Iterator[_Written]:
    """Yield what the handoff's lists leave open."""
    for one in of.criteria:
        if one.status not in (PASS, WAIVED):
            verb = "Mend" if one.status == "fail" else "Show"
            yield one.owner, f"{verb} criterion {one.id}".rstrip(), one.statement, one.due, one.path
    for question in of.questions:
        if not question.answer:
            yield question.to, "Answer", question.question, "", question.path
    for issue in of.issues:
        if issue.due:
            yield issue.owner, f"Known issue {issue.id}".rstrip(), issue.description, issue.due, issue.path
    for access in of.access:
        named = f"{access.system}{f', {access.role}' if access.role else ''}"
        if not access.granted_on:
            yield of.giver, f"Grant access: {named}", "", "", access.path
        elif access.revoked_from and not access.revoked_from_on and of.status == ACCEPTED:
            yield of.giver, f"Take access back: {named}", "", "", access.path


def _course(catalog: Catalog, of: Handoff, today: date) -> Iterator[_Written]:
    """Yield the playbook's next step, and what is missing once all points are settled."""
    step = _next_step(catalog, of)
    if step is not None:
        yield step
    settled = all(one.status in (PASS, WAIVED) for one in of.criteria) and all(one.answer for one in of.questions)
    if of.status == PLANNED:
        yield of.giver, "Begin", "", of.dates.get("planned", ""), ("status",)
        return
    if not settled:
        return
    planned, by_side = of.dates.get("planned", ""), valid(catalog, of)
    for side, team in ((FROM, of.giver), (TO, of.taker)):
        if side not in by_side:
            yield team, "Sign", "", planned, ("sign_offs",)
        elif not by_side[side][1]:
            names = ", ".join(f"`{name}`" for name in changed(catalog, of, by_side[side][0]))
            yield team, "Sign again", f"{names or 'Something'} changed since", planned, ("sign_offs",)
    if len(by_side) < len(SIDES) or not all(same for _, same in by_side.values()):
        return
    if of.status != ACCEPTED:
        yield of.taker, "Accept", "", planned, ("status",)
        return
    reasons = held_up(catalog, of, today)
    what = "Settle what keeps it from being completed" if reasons else "Complete: move ownership"
    yield of.taker, what, "; ".join(reasons), planned, ("status",)


def _next_step(catalog: Catalog, of: Handoff) -> _Written | None:
    """Return the first step that is not over: of those that the handoff lists, else of the playbook's."""
    for state in of.steps:
        if state.status not in _DONE:
            return state.by or of.taker, f"Step {_title(catalog, of, state.step)}", "", "", state.path
    if of.steps or of.playbook is None or of.playbook.identity is None:
        return None
    listed = catalog.records[of.playbook.identity].get("steps")
    if not isinstance(listed, list) or not listed:
        return None
    return of.taker, f"Step {_title(catalog, of, '1')}", "", "", of.playbook.path


def _title(catalog: Catalog, of: Handoff, step: str) -> str:
    """Return a step's title: `step` is its id, or its number from 1."""
    playbook = of.playbook.identity if of.playbook is not None else None
    listed = catalog.records[playbook].get("steps") if playbook is not None else None
    for number, item in enumerate(listed if isinstance(listed, list) else (), 1):
        if isinstance(item, dict) and step in (str(item.get("id") or number), str(number)):
            return f"{number}: {item.get('title') or step}"
    return step
