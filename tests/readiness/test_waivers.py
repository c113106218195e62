"""Waivers, stated gaps, whom to ask, and a model without a handoff."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.reports.readiness.check import Area, Check, Readiness, State
from mkdocs_handoff.reports.readiness.readiness import readiness
from tests.history.repositories import ENVIRONMENT
from tests.readiness.bases import HANDOFF, MODEL, Change, looked_at, project

if TYPE_CHECKING:
    from pathlib import Path

M, H, D = "models/churn.yml", "handoffs/churn.yml", "datasets/events.yml"
NO_LICENCE = Change(D, "license: cc-by-4.0\n", "")
LICENCES = "data/licences-are-stated"


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)


def found(folder: Path, *changes: Change, today: date = date(2026, 11, 23)) -> Readiness:
    project(folder / "repo", *changes)
    return readiness(looked_at(folder / "repo", today), HANDOFF)


def check(of: Readiness, path: str) -> Check:
    return next(one for one in of.checks if one.path == path)


def waiver(check: str, more: str) -> Change:
    text = f"waivers:\n  - {{check: {check}, reason: We know, {more}}}\nsign_offs:"
    return Change(H, "sign_offs:", text)


@pytest.mark.parametrize("name", ["data", "Data", "licences-are-stated", "data/licences-are-stated"])
def test_a_waiver_names_a_check_or_an_area(name: str, tmp_path: Path) -> None:
    ready = found(tmp_path, NO_LICENCE, waiver(name, "waived_by: person:tom, expires: 2026-11-23"))
    one = check(ready, LICENCES)
    assert one.state is State.WAIVED
    assert one.waived is not None
    assert (str(one.waived.by), one.waived.reason, one.waived.until) == ("Tom", "We know", "2026-11-23")
    assert (one.waived.place.path, one.waived.place.line) == (H, 61)
    assert ready.ready


def test_a_waiver_of_another_check_does_not_count(tmp_path: Path) -> None:
    one = check(found(tmp_path, NO_LICENCE, waiver("quality-holds", "waived_by: person:tom")), LICENCES)
    assert (one.state, one.reason) == (State.FAILED, "0 of 1 dataset; missing: the licence of dataset:events")


def test_a_waiver_ends_and_that_is_told(tmp_path: Path) -> None:
    one = check(found(tmp_path, NO_LICENCE, waiver("data", "waived_by: person:tom, expires: 2026-11-22")), LICENCES)
    assert one.state is State.FAILED
    assert one.reason.endswith("waived by Tom until 2026-11-22, which is over")


def test_a_waiver_needs_somebody(tmp_path: Path) -> None:
    one = check(found(tmp_path, NO_LICENCE, waiver("data", "expires: 2027-11-22")), LICENCES)
    assert one.state is State.FAILED
    assert one.reason.endswith("a waiver that does not count: nobody answers for it")


def gap(more: str) -> Change:
    text = f'accepted_gaps:\n  - {{record: "dataset:events", field: license, reason: Old, {more}}}'
    return Change(H, "accepted_gaps:", text)


UNKNOWN = Change(D, "license: cc-by-4.0", "license: {unknown: asked the shop}")


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ((UNKNOWN,), State.UNKNOWN),
        ((UNKNOWN, gap("accepted_by: person:tom, until: 2026-11-23")), State.WAIVED),
        ((UNKNOWN, gap("accepted_by: person:tom, until: 2026-11-22")), State.UNKNOWN),
        ((UNKNOWN, gap("until: 2026-12-22")), State.UNKNOWN),
        ((Change(D, "license: cc-by-4.0", "license: {not-applicable: our own}"),), State.PASSED),
    ],
)
def test_a_stated_gap_is_unknown_until_it_is_accepted(
    changes: tuple[Change, ...], state: State, tmp_path: Path
) -> None:
    assert check(found(tmp_path, *changes), LICENCES).state is state


@pytest.mark.parametrize(
    ("change", "asked", "why"),
    [
        (NO_LICENCE, "Gus", "data steward of dataset:events"),
        (Change(D, "  - {ref: person:gus, role: data steward}\n", ""), "The Givers", "accountable of dataset:events"),
        (Change(D, "owners:\n  - team:givers\n  - {ref: person:gus, role: data steward}\n", ""), "Ann", None),
    ],
)
def test_whom_to_ask(change: Change, asked: str, why: str | None, tmp_path: Path) -> None:
    changes = (change,) if change is NO_LICENCE else (change, NO_LICENCE)
    one = check(found(tmp_path, *changes), LICENCES)
    assert one.ask is not None
    assert (one.ask.text, one.ask.why) == (asked, why or "changed datasets/events.yml last")


def test_all_that_is_missing_is_listed_with_its_place(tmp_path: Path) -> None:
    named = "  - {ref: person:tea, role: incident response}\n  - {ref: person:tom, role: approver}\n"
    one = check(found(tmp_path, Change(M, named, "")), "ownership/roles-are-named")
    assert [text for _, text in one.more] == ["incident response of model:churn", "approver of model:churn"]
    assert {str(place) for place, _ in one.more} == {f"{M}:4:3"}


def test_a_model_is_asked_without_its_handoff(tmp_path: Path) -> None:
    project(tmp_path / "repo")
    ready = readiness(looked_at(tmp_path / "repo"), MODEL)
    assert ready.ready
    assert ready.subjects == (MODEL,)
    assert not ready.area(Area.ACCEPTANCE)
    assert "acceptance/both-sides-signed" in ready.not_asked
    assert "ownership/owners-are-there" not in ready.not_asked


def test_a_handoff_of_nothing_that_is_written_has_checks_all_the_same(tmp_path: Path) -> None:
    ready = found(tmp_path, Change(H, "subjects: [model:churn]", "subjects: [model:nothing]"))
    assert ready.subjects == ()
    assert not ready.ready


def test_values_of_another_shape_are_no_traceback(tmp_path: Path) -> None:
    changes = (
        Change(M, "monitors:\n  - metric: share flagged", "monitors:\n  - share flagged\n  - metric: share flagged"),
        Change(M, "guardrails:\n", "guardrails:\n  - it stops\n"),
        Change(D, "quality:\n", "quality:\n  - fine\n"),
    )
    ready = found(tmp_path, *changes)
    assert check(ready, "operations/monitors-alert").state is State.FAILED
    assert check(ready, "guardrails/guardrails-are-complete").state is State.FAILED
