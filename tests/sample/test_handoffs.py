"""The sample's two handoffs: one complete, one in progress; what they say is true of the repository that is built."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mkdocs_handoff.handoffs.handoff import handoff
from mkdocs_handoff.history.history import history
from mkdocs_handoff.past import Past
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.handoffs.sign_offs import State, signatures
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.check import State as Found
from mkdocs_handoff.reports.readiness.given import given
from mkdocs_handoff.reports.readiness.readiness import readiness
from tests.history.repositories import ENVIRONMENT
from tests.projects import lint

SAMPLE = Path(__file__).parents[2] / "sample_project"
TODAY = date(2026, 11, 23)
COMPLETE = Identity("handoff", "visit-priority-to-field-services")
GOING_ON = Identity("handoff", "digit-reader-to-field-services")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history") / "sample"
    subprocess.run([sys.executable, str(SAMPLE / "history" / "build.py"), str(folder)], check=True, capture_output=True)
    return folder


def test_the_complete_one_is_signed_by_those_who_committed_it_and_holds(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    project = lint(built)
    of = handoff(project.catalog, COMPLETE)
    found = signatures(project.catalog, [of], history(built, today=TODAY), project.approvals)[COMPLETE]
    assert [(one.sign_off.role, one.state, one.changed) for one in found] == [
        ("from", State.CORROBORATED, ()),
        ("to", State.CORROBORATED, ()),
    ]
    assert all(one.since for one in found), "the features have changed since, as they may"
    assert {one.reason for one in of.rework} == {"correct", "add", "clarify"}
    assert [one.id for one in of.criteria if one.status == "waived"] == ["third-explained"]


def test_the_other_one_fails_where_it_says_so(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    project = lint(built)
    found = readiness(given(project, Past(history(built, today=TODAY), TODAY)), GOING_ON)
    assert not found.ready
    states = {check.name: check.state for check in found.area(Area.ACCEPTANCE)}
    assert states["criterion-accuracy"] is Found.PASSED
    assert states["criterion-two-thirds"] is Found.WAIVED
    assert states["criterion-shift-is-noticed"] is Found.FAILED
    made_again = next(check for check in found.checks if check.name == "receiving-side-made-it")
    assert made_again.state is Found.UNKNOWN, "stated: nobody of field services has trained it yet"


def test_observations_are_what_the_script_replays() -> None:
    pytest.importorskip("sklearn", reason="the pinned libraries of training/requirements.txt are not installed")
    command = [sys.executable, "-m", "observations.replay", "--check"]
    done = subprocess.run(command, cwd=SAMPLE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
