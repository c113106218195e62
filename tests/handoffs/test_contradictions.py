"""Contradictions in handoffs that no example of lint's shows: what is right, and what a draft may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.handoffs.contradictions import AREAS
from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

AROUND: dict[str, str | bytes] = {
    "teams/risk.yml": "title: Risk\nmembers: [person:ann]\n",
    "teams/retention.yml": "title: Retention\nmembers: [{ref: person:bob, since: 2026-03-01, dateOut: 2026-11-20}]\n",
    "people/ann.yml": "title: Ann Lee\n",
    "people/bob.yml": "title: Bob Ray\n",
    "models/churn.yml": "title: Churn\nowners: team:risk\n",
}
HEAD = "title: H\nsubjects: model:churn\nfrom: team:risk\nto: team:retention\n"
CRITERION = (
    "acceptance_criteria:\n  - {id: z, statement: Z., status: pass, verified_by: person:bob, verified_on: 2026-01-01}\n"
)
MADE = "reproduction: {by: person:bob, on: 2026-11-20, checksums_match: true}\n"
BOTH = "sign_offs:\n  - {role: from, by: person:ann, on: 2026-11-19}\n  - {role: to, by: person:bob, on: DAY}\n"


def told(write: Write, text: str, more: Mapping[str, str | bytes] | None = None) -> list[str]:
    agreed = "" if "acceptance_criteria" in text else CRITERION
    project = lint(write({**AROUND, **(more or {}), "handoffs/h.yml": HEAD + text + agreed}))
    return [f"{finding.severity} {finding.rule}" for finding in project.findings]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-02-28", ["error handoff/signer"]),
        ("2026-03-01", []),
        ("2026-11-20", []),
        ("2026-11-21", ["error handoff/signer"]),
    ],
)
def test_the_first_and_the_last_day_in_a_team_count(write_project: Write, day: str, found: list[str]) -> None:
    assert told(write_project, "status: accepted\n" + BOTH.replace("DAY", day)) == found


@pytest.mark.parametrize(
    ("person", "found"),
    [
        ("left: 2026-11-18\n", []),
        ("left: 2026-11-17\n", ["error handoff/signer"]),
        ("active: false\n", []),  # nothing says since when
    ],
)
def test_somebody_who_left_signed_before(write_project: Write, person: str, found: list[str]) -> None:
    files = {"people/bob.yml": "title: Bob Ray\n" + person}
    assert told(write_project, "status: accepted\n" + BOTH.replace("DAY", "2026-11-18"), files) == found


def test_of_a_team_without_written_members_anybody_may_sign(write_project: Write) -> None:
    files = {"teams/retention.yml": "title: Retention\n"}
    assert told(write_project, "status: accepted\n" + BOTH.replace("DAY", "2026-01-01"), files) == []


def test_a_member_of_a_part_signs_for_the_whole(write_project: Write) -> None:
    files = {
        "teams/retention.yml": "title: Retention\nmembers: [person:ann]\n",
        "teams/desk.yml": "title: Desk\nparent: team:retention\nmembers: [person:bob]\n",
    }
    assert told(write_project, "status: accepted\n" + BOTH.replace("DAY", "2026-11-20"), files) == []


@pytest.mark.parametrize("status", ["planned", "rejected", "rolled-back", "cancelled"])
def test_what_is_not_agreed_needs_no_signature_and_no_pass(write_project: Write, status: str) -> None:
    text = f"status: {status}\nacceptance_criteria: [{{id: a, statement: A., status: fail}}]\n"
    assert told(write_project, text) == []


def test_a_draft_fails_where_it_says_that_both_sides_agreed(write_project: Write) -> None:
    text = "lifecycle: draft\nwaivers: [{check: data, reason: R.}]\n"
    assert told(write_project, "status: in-review\n" + text) == ["warning handoff/waiver"]
    found = told(write_project, "status: accepted\n" + text)
    assert sorted(found) == [
        "error handoff/status",
        *["error handoff/unsigned"] * 2,
        "error handoff/waiver",
    ]


def test_a_member_of_the_other_side_does_not_sign_for_a_team_of_which_nobody_is_known(write_project: Write) -> None:
    files = {"teams/risk.yml": "title: Risk\n", "people/cho.yml": "title: Cho\nmember_of: team:retention\n"}
    signed = "status: accepted\n" + BOTH.replace("DAY", "2026-11-19")
    assert told(write_project, signed, files) == []
    assert told(write_project, signed.replace("person:ann", "person:cho"), files) == ["error handoff/signer"]


def test_somebody_who_is_gone_and_never_was_a_member_did_not_sign(write_project: Write) -> None:
    for gone in ("left: 2026-11-18\n", "lifecycle: retired\n"):
        files = {"people/cho.yml": "title: Cho\n" + gone}
        signed = "status: accepted\n" + BOTH.replace("DAY", "2026-11-18").replace("person:bob", "person:cho")
        assert told(write_project, signed, files) == ["error handoff/signer"]


def test_a_team_that_had_it_before_owns_it_no_more_nonetheless(write_project: Write) -> None:
    signed = "sign_offs: [{role: from, by: person:GIVER, on: DAY}, {role: to, by: person:TAKER, on: DAY}]\n"
    signed = signed.replace("DAY", "2026-11-20")
    there = MADE + signed.replace("GIVER", "ann").replace("TAKER", "bob") + "status: completed\n"
    back = "title: Back\nsubjects: model:churn\nfrom: team:retention\nto: team:risk\nstatus: completed\n"
    back += MADE.replace("bob", "ann") + CRITERION + signed.replace("GIVER", "bob").replace("TAKER", "ann")
    later = {"handoffs/back.yml": back + "dates: {completed: 2026-11-23}\n"}
    assert told(write_project, there + "dates: {completed: 2026-11-22}\n", later) == []
    earlier = {"handoffs/back.yml": back + "dates: {completed: 2026-11-21}\n"}
    assert told(write_project, there + "dates: {completed: 2026-11-22}\n", earlier) == ["error handoff/owner"]


def test_a_severity_of_the_settings_counts(write_project: Write) -> None:
    files = {"handoff.yml": 'severity:\n  handoff/unsigned: "off"\n'}
    assert told(write_project, "status: accepted\n", files) == []


def test_an_approver_may_sign_for_a_team_that_nobody_is_in_any_more(write_project: Write) -> None:
    signed = "sign_offs:\n  - {role: from, by: person:ann, on: 2026-12-01}\n"
    signed += "  - {role: approver, for: to, by: person:WHO, on: 2026-12-01}\n"
    files = {"people/cho.yml": "title: Cho\n", "people/dot.yml": "title: Dot\nmember_of: team:risk\n"}
    assert told(write_project, "status: accepted\n" + signed.replace("WHO", "cho"), files) == []
    found = told(write_project, "status: accepted\n" + signed.replace("WHO", "dot"), files)
    assert found == ["error handoff/approver"]


@pytest.mark.parametrize(
    ("operator", "target", "observed", "met"),
    [
        (">=", "0.90", "0.9", True), ("<=", "0.9", "0.91", False), (">", "1", "1", False),
        ("<", "1e-3", "0.0005", True), ("==", "1.0", "1", True), ("!=", "1.0", "1", False), (">=", "-1", "-.5", True),
    ],
)  # fmt: skip
def test_numbers_are_compared_as_they_are_written(
    write_project: Write, operator: str, target: str, observed: str, met: bool
) -> None:
    said = f"id: a, statement: A., operator: '{operator}', target: {target}, observed: {observed}"
    for status, right in (("pass", met), ("fail", not met), ("open", True)):
        text = f"status: in-review\nacceptance_criteria: [{{{said}, status: {status}}}]\n"
        assert told(write_project, text) == ([] if right else ["error handoff/observed"])


@pytest.mark.parametrize("area", AREAS)
def test_every_area_can_be_waived_and_a_part_of_it(write_project: Write, area: str) -> None:
    rest = "reason: R., waived_by: person:bob"
    text = f"status: in-review\nwaivers: [{{check: {area}, {rest}}}, {{check: {area}/part, {rest}}}]\n"
    assert told(write_project, text) == []


def test_a_team_that_handed_it_on_owns_it_no_more(write_project: Write) -> None:
    done = "status: completed\n" + MADE + BOTH.replace("DAY", "2026-11-20")
    files: dict[str, str | bytes] = {
        "models/churn.yml": "title: Churn\nowners: team:growth\n",
        "teams/growth.yml": "title: Growth\n",
    }
    assert told(write_project, done, files) == ["error handoff/owner"]
    on = "subjects: model:churn\nfrom: team:retention\nto: team:growth\nstatus: completed\n"
    on += MADE.replace("bob", "ann") + CRITERION
    on += "sign_offs: [{role: from, by: person:bob, on: 2026-11-20}, {role: to, by: person:ann, on: 2026-11-20}]\n"
    assert told(write_project, done, {**files, "handoffs/on.yml": on}) == []
