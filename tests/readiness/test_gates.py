"""What must not pass: what nobody answers for, what nobody asked, what nobody can read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.reports.readiness.check import Check, Readiness, State
from mkdocs_handoff.reports.readiness.readiness import readiness
from tests.history.repositories import ENVIRONMENT
from tests.readiness.bases import HANDOFF, Change, looked_at, project

if TYPE_CHECKING:
    from pathlib import Path

M, H, D = "models/churn.yml", "handoffs/churn.yml", "datasets/events.yml"
E, T = "evaluations/churn-test.yml", "teams/takers.yml"
NO_LICENCE = Change(D, "license: cc-by-4.0\n", "")
LICENCES, SIGNED, HOLDS = "data/licences-are-stated", "acceptance/both-sides-signed", "acceptance/signatures-hold"
METRICS, CODE = "vocabulary/metrics-are-explained", "ownership/codeowners-agree"
GONE = Change("people/gone.yml", "", "title: Gone\nleft: 2026-11-15\nemail: g@example.org\n")
UNSIGNED = Change(H, '  - {role: to, by: person:tom, on: 2026-11-10, digest: "DIGEST"}\n', "")


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)


def found(folder: Path, *changes: Change, today: date = date(2026, 11, 23), digest: str | None = None) -> Readiness:
    project(folder / "repo", *changes, digest=digest)
    return readiness(looked_at(folder / "repo", today), HANDOFF)


def check(of: Readiness, path: str) -> Check:
    return next(one for one in of.checks if one.path == path)


def waiver(check: str, more: str) -> Change:
    return Change(H, "sign_offs:", f"waivers:\n  - {{check: {check}, reason: We know, {more}}}\nsign_offs:")


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("person:zorro", "person:zorro has no record, and so answers for nothing"),
        ("person:tomm", "person:tomm has no record, and so answers for nothing"),
        ("team:takers", "The Takers is a team, and only a person answers for something"),
        ("person:gone", "Gone left on 2026-11-15, and so answers for nothing"),
        ("person:gone, waived_on: 2026-11-16", "Gone left on 2026-11-15, and so answers for nothing"),
    ],
)
def test_a_waiver_by_nobody_who_is_there_does_not_count(by: str, why: str, tmp_path: Path) -> None:
    one = check(found(tmp_path, NO_LICENCE, GONE, waiver("data", f"waived_by: {by}")), LICENCES)
    assert one.state is State.FAILED
    assert one.reason.endswith(f"; a waiver that does not count: {why}")
    (place, text) = one.more[-1]
    assert (f"{place.path}:{place.line}", text) == (f"{H}:61", f"a waiver that does not count: {why}")


def test_a_waiver_of_somebody_who_has_left_since_counts(tmp_path: Path) -> None:
    was = Change("teams/takers.yml", "  - person:tom\n", "  - person:tom\n  - person:gone\n")
    ready = found(tmp_path, NO_LICENCE, GONE, was, waiver("data", "waived_by: person:gone, waived_on: 2026-11-15"))
    assert check(ready, LICENCES).state is State.WAIVED


def test_a_waiver_of_the_giving_side_counts_for_decision_makers_only(tmp_path: Path) -> None:
    by = waiver("data", "waived_by: person:gus, waived_on: 2026-11-15")
    one = check(found(tmp_path / "a", NO_LICENCE, by), LICENCES)
    assert one.state is State.FAILED
    assert "Gus is neither of The Takers nor a decision-maker on 2026-11-15" in one.reason
    decides = Change(H, "status: completed\n", "status: completed\ndecision-makers: [person:gus]\n")
    assert check(found(tmp_path / "b", NO_LICENCE, decides, by), LICENCES).state is State.WAIVED


def test_what_looks_at_models_is_not_asked_where_none_moves(tmp_path: Path) -> None:
    ready = found(tmp_path, Change(H, "subjects: [model:churn]", "subjects: [feature:age]"))
    assert "ownership/roles-are-named" in ready.not_asked
    assert not [one for one in ready.checks if "no model moves" in one.reason]


def test_an_error_of_lint_is_not_waived(tmp_path: Path) -> None:
    wrong = Change("models/churn.yml", "lifecycle: active", "lifecycle: actve")
    ready = found(tmp_path, wrong, waiver("knowledge map", "waived_by: person:tom"))
    assert check(ready, "knowledge map/records-are-valid").state is State.FAILED


def test_a_handoff_that_was_called_off_is_not_ready(tmp_path: Path) -> None:
    ready = found(tmp_path, Change(H, "status: completed", "status: cancelled"))
    assert (ready.over, ready.ready, ready.ended) == ("cancelled", False, True)


@pytest.mark.parametrize("name", ["acceptance", "both-sides-signed", "acceptance/both-sides-signed"])
def test_a_signature_is_not_waived(name: str, tmp_path: Path) -> None:
    one = check(found(tmp_path, UNSIGNED, waiver(name, "waived_by: person:tom")), SIGNED)
    assert one.state is State.FAILED
    assert one.reason == (
        "1 of 2 sides; missing: the side that takes over; a waiver that does not count: a signature is given, and "
        "nobody waives it"
    )
    assert [f"{place.path}:{place.line}" for place, _ in one.more] == [f"{H}:63", f"{H}:61"]


def test_that_signatures_do_not_hold_is_not_waived(tmp_path: Path) -> None:
    ready = found(tmp_path, waiver("signatures-hold", "waived_by: person:tom"), digest="h1:" + "0" * 32)
    assert check(ready, HOLDS).state is State.FAILED


def test_a_criterion_is_waived_in_its_own_entry_only(tmp_path: Path) -> None:
    changes = (Change(H, "status: pass\n    record", "status: open\n    record"),)
    one = check(
        found(tmp_path, *changes, waiver("criterion-recall", "waived_by: person:tom")), "acceptance/criterion-recall"
    )
    assert one.state is State.FAILED
    assert one.reason.endswith(
        "a waiver that does not count: a criterion is waived in its own entry of `acceptance_criteria`"
    )


def test_a_gap_that_nobody_who_is_written_down_accepts_stays_unknown(tmp_path: Path) -> None:
    gap = 'accepted_gaps:\n  - {record: "dataset:events", field: license, reason: Old, accepted_by: person:zorro}'
    unknown = Change(D, "license: cc-by-4.0", "license: {unknown: asked the shop}")
    ready = found(tmp_path, unknown, Change(H, "accepted_gaps:", gap))
    assert check(ready, LICENCES).state is State.UNKNOWN
    one = check(ready, "questions/accepted-gaps-hold")
    assert (one.state, one.missing[0][1]) == (
        State.FAILED,
        "who accepts license of Events: person:zorro has no record, and so answers for nothing",
    )


def test_the_newest_signature_of_a_side_counts(tmp_path: Path) -> None:
    old = '  - {role: to, by: person:tea, on: 2026-11-08, digest: "h1:00000000000000000000000000000000"}\n'
    ready = found(tmp_path, Change(H, "sign_offs:\n", f"sign_offs:\n{old}"))
    one = check(ready, HOLDS)
    assert (one.state, one.reason) == (State.PASSED, "2 of 2 signatures")


def test_an_old_signature_does_not_stand_in_for_a_newer_one_that_does_not_hold(tmp_path: Path) -> None:
    new = '  - {role: to, by: person:tea, on: 2026-11-12, digest: "h1:00000000000000000000000000000000"}\n'
    one = check(found(tmp_path, Change(H, "sign_offs:\n", f"sign_offs:\n{new}")), HOLDS)
    assert (one.state, one.place.line if one.place else 0) == (State.FAILED, 61)


@pytest.mark.parametrize("subjects", ["[]", "[model:nothing]", "[model:nothing, model:never]"])
def test_nothing_passes_for_want_of_something_that_moves(subjects: str, tmp_path: Path) -> None:
    ready = found(tmp_path, Change(H, "subjects: [model:churn]", f"subjects: {subjects}"))
    one = check(ready, "knowledge map/subjects-are-written")
    assert (one.state, one.place.line if one.place else 0) == (State.FAILED, 2)
    passed = [
        one.path
        for one in ready.checks
        if one.state is State.PASSED and ("no model moves" in one.reason or "no " in one.reason[:3])
    ]
    assert passed == []
    assert check(ready, "operations/monitors-alert").state is State.FAILED


@pytest.mark.parametrize("value", ['{not-applicable: "it runs nowhere"}', '{unknown: "asked Gus"}'])
def test_that_no_access_moves_is_stated(value: str, tmp_path: Path) -> None:
    text = (
        "access_transfer:\n  - system: host one\n    role: administrator\n    granted_to: [person:tea]\n"
        "    granted_on: 2026-10-01\n    revoked_from: [person:gus]\n    revoked_from_on: 2026-11-20\n"
    )
    ready = found(tmp_path, Change(H, text, f"access_transfer: {value}\n"))
    state = State.PASSED if "not-applicable" in value else State.UNKNOWN
    assert check(ready, "playbook/access-is-granted").state is state
    assert check(ready, "playbook/access-is-revoked").state is state


def test_that_nobody_is_to_lose_access_is_stated(tmp_path: Path) -> None:
    text = "revoked_from: [person:gus]\n    revoked_from_on: 2026-11-20\n"
    ready = found(tmp_path, Change(H, text, 'revoked_from: {not-applicable: "they never had it"}\n'))
    assert check(ready, "playbook/access-is-revoked").state is State.PASSED


def test_a_value_that_was_not_seen_fails_its_criterion_and_says_why(tmp_path: Path) -> None:
    observed = Change(H, "observed: 0.8", 'observed: {from: "reports/m.json#/recall"}')
    ready = found(tmp_path, observed, Change("reports/m.json", "", '{"recall": NaN}'))
    one = check(ready, "acceptance/criterion-recall")
    assert one.state is State.FAILED
    assert one.reason == "passed, and 'reports/m.json' gives NaN at '/recall': no number; >= 0.75 is asked for"


def test_what_is_beyond_its_limit_is_told_by_name(tmp_path: Path) -> None:
    ready = found(
        tmp_path,
        Change(M, "covers:", "observations: [{file: observations/churn.csv}]\ncovers:"),
        Change("observations/churn.csv", "", "time,share flagged\n2026-11-20,0.2\n2026-11-21,0.7\n"),
    )
    one = check(ready, "operations/observed-is-normal")
    assert one.reason == "0 of 1 metric; missing: share flagged is 0.7, limit: above 0.5"


@pytest.mark.parametrize(
    ("metric", "notes", "state"),
    [
        ("type: roc_auc, name: ROC-AUC", "roc_auc is the area under the curve.", State.PASSED),
        ("type: roc_auc", "What ROC AUC says: the area.", State.PASSED),
        ("type: roc_auc, name: Area under the curve", "Roc-Auc is the area.", State.PASSED),
        ("type: f1, name: F1", "Only f10 was looked at.", State.FAILED),
        ("type: roc_auc", "Nothing.", State.FAILED),
    ],
)
def test_a_metric_is_explained_however_its_name_is_written(
    metric: str, notes: str, state: State, tmp_path: Path
) -> None:
    changes = (Change(E, "type: recall, name: Recall", metric), Change(E, "metrics:", f"notes: {notes}\nmetrics:"))
    assert check(found(tmp_path, *changes), METRICS).state is state


@pytest.mark.parametrize("title", ["ROC AUC", "roc-auc"])
def test_a_term_explains_a_metric_however_its_name_is_written(title: str, tmp_path: Path) -> None:
    changes = (
        Change(E, "type: recall, name: Recall", "type: roc_auc"),
        Change(
            "glossary.yml",
            "terms:\n",
            f"terms:\n  - {{title: {title}, definition: An area., last_reviewed: 2026-11-01}}\n",
        ),
    )
    assert check(found(tmp_path, *changes), METRICS).state is State.PASSED


@pytest.mark.parametrize("owners", ["@acme/givers", "@nobody/knows"])
def test_a_team_that_codeowners_cannot_name_does_not_agree(owners: str, tmp_path: Path) -> None:
    changes = (Change(T, "github: acme/takers\n", ""), Change(".github/CODEOWNERS", "@acme/takers", owners))
    one = check(found(tmp_path, *changes), CODE)
    assert one.state is State.FAILED
    assert one.reason == f"0 of 1 subject; missing: .github/CODEOWNERS:2 gives models/churn.yml to {owners}"
    assert one.mend == "Add `github:` to teams/takers.yml: without it CODEOWNERS has no name for that owner."
    assert str(one.place).startswith(f"{T}:1")


def test_what_only_signatures_settle_holds_nothing_up_before_them(tmp_path: Path) -> None:
    dates = Change(H, "  accepted: 2026-11-10\n  completed: 2026-11-20\n", "")
    ready = found(tmp_path, UNSIGNED, dates, Change(H, "status: completed", "status: in-review"))
    assert [one.path for one in ready.holding_up] == [SIGNED]
    before = ready.before_signing()
    assert before.ready
    assert [one.path for one in before.to_be_signed] == [SIGNED]
    assert not ready.to_be_signed


def test_who_operates_it_after_the_handoff_is_not_of_the_giving_team(tmp_path: Path) -> None:
    one = check(
        found(tmp_path, Change(M, "ref: person:tea, role: incident", "ref: person:gus, role: incident")),
        "ownership/roles-have-moved",
    )
    assert one.reason == "1 of 2 roles; missing: somebody but Gus for incident response of model:churn"
    assert str(one.place).startswith(f"{M}:6")


def test_somebody_outside_of_both_teams_may_operate_it(tmp_path: Path) -> None:
    other = Change("people/ola.yml", "", "title: Ola\nemail: o@example.org\nlast_reviewed: 2026-11-01\n")
    ready = found(tmp_path, other, Change(M, "ref: person:tea, role: incident", "ref: person:ola, role: incident"))
    assert check(ready, "ownership/roles-have-moved").state is State.PASSED
