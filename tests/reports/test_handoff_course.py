"""What happened in a handoff, who acts next, and how handoffs went: files in, plain data out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.handoffs.handoff import handoffs
from mkdocs_handoff.reports.handoffs.acts import waiting
from mkdocs_handoff.reports.handoffs.course import courses
from mkdocs_handoff.reports.handoffs.timeline import timeline
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog

TODAY = date(2026, 11, 23)
PEOPLE = {
    "teams/growth.yml": "title: Growth\nmembers: [{ref: ann}]\n",
    "teams/risk.yml": "title: Risk\nmembers: [{ref: bob}]\n",
    "people/ann.yml": "title: Ann\n",
    "people/bob.yml": "title: Bob\n",
    "models/churn.yml": "title: Churn\n",
    "playbooks/move.yml": "title: Move\ntype: migration\nsteps:\n- {id: read, title: Read it}\n- {title: Run it}\n",
}
HEAD = "title: Churn to risk\nsubjects: churn\nfrom: growth\nto: risk\n"


def catalog(folder: Path, *handoffs_: str) -> Catalog:
    files = {f"handoffs/h{number}.yml": HEAD + text for number, text in enumerate(handoffs_, 1)}
    return lint(write_files(folder, {**PEOPLE, **files})).catalog


def events(folder: Path, text: str) -> list[tuple[str, str, str, bool, bool]]:
    (one,) = handoffs(catalog(folder, text))
    return [
        (str(event.day), event.what, str(event.who or ""), event.ahead, event.overdue) for event in timeline(one, TODAY)
    ]


def test_what_has_a_day_stands_in_its_order(tmp_path: Path) -> None:
    text = (
        "status: in-progress\ndates: {started: 2026-11-02, requested: 2026-10-27, planned: 2026-12-18}\n"
        "sessions: [{date: 2026-11-04, topic: What it does}]\n"
        "acceptance_criteria:\n"
        "- {id: good, status: pass, verified_by: bob, verified_on: 2026-11-05}\n"
        "- {id: later, status: open, owner: ann, due: 2026-12-01}\n"
        "- {id: late, status: fail, due: 2026-11-20}\n"
        "rework: [{date: 2026-11-06, reason: add, item: Python 3.11, found_by: bob}]\n"
        "sign_offs: [{role: from, by: ann, on: 2026-11-22}]\n"
    )
    assert events(tmp_path, text) == [
        ("2026-10-27", "Asked for", "", False, False),
        ("2026-11-02", "Begun", "", False, False),
        ("2026-11-04", "Session", "", False, False),
        ("2026-11-05", "Criterion good: pass", "Bob", False, False),
        ("2026-11-06", "Rework: add", "Bob", False, False),
        ("2026-11-20", "Criterion late is due", "", True, True),
        ("2026-11-22", "Signed for the team that hands over", "Ann", False, False),
        ("2026-12-01", "Criterion later is due", "Ann", True, False),
        ("2026-12-18", "To be done by", "", True, False),
    ]


def test_nothing_is_ahead_of_a_completed_handoff(tmp_path: Path) -> None:
    dates = "{started: 2026-01-01, planned: 2026-02-01, accepted: 2026-02-03, completed: 2026-02-04}"
    issue = "known_issues: [{id: x, description: X, due: 2027-01-01}]\n"
    assert events(tmp_path, f"status: completed\ndates: {dates}\n{issue}") == [
        ("2026-01-01", "Begun", "", False, False),
        ("2026-02-03", "Accepted", "", False, False),
        ("2026-02-04", "Completed", "", False, False),
    ]


def test_a_day_that_is_none_is_left_out(tmp_path: Path) -> None:
    assert events(tmp_path, "status: planned\ndates: {requested: soon}\n") == []


def acts(folder: Path, text: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    found = catalog(folder, text)
    (one,) = handoffs(found)
    return [
        (wait.text, [(act.what, str(act.due or ""), act.overdue) for act in wait.acts])
        for wait in waiting(found, one, TODAY)
    ]


def test_the_most_urgent_stands_first(tmp_path: Path) -> None:
    text = (
        "status: in-progress\nplaybook: move\nsteps: [{step: read, status: done}, {step: 2, status: doing, by: bob}]\n"
        "acceptance_criteria:\n- {id: a, owner: ann, due: 2026-12-01}\n"
        "- {id: b, status: fail, owner: bob, due: 2026-11-01}\n"
        "questions: [{question: Why?, to: ann}, {question: Who?}]\n"
        "access_transfer: [{system: Vault, role: reader}]\n"
    )
    assert acts(tmp_path, text) == [
        ("Bob", [("Mend criterion b", "2026-11-01", True), ("Step 2: Run it", "", False)]),
        ("Ann", [("Show criterion a", "2026-12-01", False), ("Answer", "", False)]),
        ("Growth", [("Grant access: Vault, reader", "", False)]),
        ("", [("Answer", "", False)]),
    ]


MET = "acceptance_criteria: [{id: a, status: pass}]\n"
ON = "on: 2026-11-20"
SIGNED = f"sign_offs: [{{role: from, by: ann, {ON}}}, {{role: to, by: bob, {ON}}}]\n"
REPRODUCED = "reproduction: {by: bob, on: 2026-11-19, result: same}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status: planned\n", [("Growth", ["Begin"])]),
        (f"status: in-progress\n{MET}", [("Growth", ["Sign"]), ("Risk", ["Sign"])]),
        (f"status: in-progress\n{MET}sign_offs: [{{role: from, by: ann, {ON}}}]\n", [("Risk", ["Sign"])]),
        (
            f"status: in-progress\n{MET}{SIGNED}".replace("role: from, by: ann", "role: approver, for: from, by: bob"),
            [("Risk", ["Accept"])],
        ),
        (f"status: accepted\n{MET}{SIGNED}{REPRODUCED}", [("Risk", ["Complete: move ownership"])]),
        (f"status: accepted\n{MET}{SIGNED}", [("Risk", ["Settle what keeps it from being completed"])]),
        (
            f"status: accepted\n{MET}{SIGNED}{REPRODUCED}".replace("by: ann,", "by: ann, digest: 'h1:00',"),
            [("Growth", ["Sign again"])],
        ),
        (f"status: completed\n{MET}", []),
        (f"status: cancelled\nplaybook: move\n{MET}", []),
        (f"status: in-progress\nplaybook: move\n{MET}", [("Risk", ["Step 1: Read it", "Sign"]), ("Growth", ["Sign"])]),
    ],
)
def test_who_begins_signs_accepts_and_completes(
    tmp_path: Path, text: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert [(who, [what for what, _, _ in told]) for who, told in acts(tmp_path, text)] == expected


def test_access_is_taken_back_once_it_is_accepted(tmp_path: Path) -> None:
    access = "access_transfer: [{system: Vault, granted_on: 2026-11-01, revoked_from: ann}]\n"
    assert [who for who, _ in acts(tmp_path, f"status: in-progress\n{access}{SIGNED}")] == ["Risk"]
    found = dict(acts(tmp_path, f"status: accepted\n{access}{SIGNED}"))
    assert found["Growth"] == [("Take access back: Vault", "", False)]


def test_how_handoffs_went(tmp_path: Path) -> None:
    went = courses(
        catalog(
            tmp_path,
            "status: completed\ndates: {requested: 2026-01-01, started: 2026-01-05, accepted: 2026-02-01, "
            "completed: 2026-02-02, first_independent_change: 2026-02-14}\n"
            "rework:\n- {date: 2026-02-20, reason: correct, record: 'model:churn', effort_hours: 1.5}\n"
            "- {date: 2026-01-20, reason: add}\n- {date: 2026-03-20, reason: clarify}\n"
            "acceptance_criteria: [{id: a, status: pass}, {id: b, status: waived}]\n",
            "status: completed\n"
            "dates: {started: 2026-03-01, accepted: 2026-04-01, first_independent_change: 2026-02-01}\n",
            "status: accepted\ndates: {started: 2026-10-01, accepted: 2026-11-10}\n",
            "status: planned\n",
            "status: accepted\ndates: {requested: 2025-01-01, started: 2025-02-01, accepted: 2031-01-01, "
            "first_independent_change: 2031-02-14}\n",
        ),
        TODAY,
    )
    assert [one.identity.name for one in went] == ["h3", "h2", "h1", "h5", "h4"]
    third, second, first, ahead, fourth = went
    assert (ahead.time_to_onboard, ahead.lead_time, ahead.independent) == (None, None, None), "that is still to come"
    assert (first.time_to_onboard, first.lead_time, first.criteria) == (40, 31, (2, 2))
    assert first.rework == {"correct": 1, "add": 1, "clarify": 0}, "30 days after the acceptance it is another matter"
    assert (first.hours, [str(one) for one in first.reworked], first.without_rework) == (1.5, ["model:churn"], False)
    assert (second.without_rework, second.time_to_onboard) == (True, None), "no change before the start"
    assert third.without_rework is None, "30 days have not passed"
    assert (fourth.without_rework, fourth.begun) == (None, None)
