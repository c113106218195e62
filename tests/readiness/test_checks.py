"""Every check of readiness: a project that passes, and one that fails on just that point, with the line named."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_handoff.reports.readiness.check import Check, State
from mkdocs_handoff.reports.readiness.readiness import SORTS, readiness
from tests.history.repositories import ENVIRONMENT
from tests.readiness.bases import HANDOFF, looked_at, project
from tests.readiness.cases import CASES, Case


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)


def test_all_checks_pass_on_the_base_project(tmp_path: Path) -> None:
    project(tmp_path / "repo")
    found = readiness(looked_at(tmp_path / "repo"), HANDOFF)
    assert {check.path: check.reason for check in found.checks if check.state is not State.PASSED} == {
        "acceptance/criterion-cheap": "waived by Tom"
    }
    assert found.ready
    assert found.not_asked == ()


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{number}-{one.check.partition('/')[2]}" for number, one in enumerate(CASES)]
)
def test_a_check_fails_alone(case: Case, tmp_path: Path) -> None:
    project(tmp_path / "repo", *case.changes, digest=case.digest)
    found = readiness(looked_at(tmp_path / "repo"), HANDOFF)
    failing = {check.path: check for check in found.checks if check.state is not State.PASSED}
    if case.check != "acceptance/criterion-cheap":
        failing.pop("acceptance/criterion-cheap", None)  # waived in the base project as well
    assert set(failing) == {case.check, *case.also}, {name: check.reason for name, check in failing.items()}
    check = failing[case.check]
    assert check.state is case.state
    assert _line(check) == case.place


def _line(check: Check) -> str:
    """The place to mend, as it is told: file and line."""
    assert check.place is not None
    return f"{check.place.path}:{check.place.line}"


def test_every_check_has_a_case() -> None:
    asked = {one.check for one in CASES}
    names = {f"{sort.area}/{sort.name}" for sort in SORTS}
    assert {name for name in names if not name.endswith("-<id>")} <= asked
    assert {name for name in asked if "/criterion-" not in name} <= names


def test_every_check_stands_in_the_documentation() -> None:
    text = (Path(__file__).parent.parent.parent / "docs" / "readiness.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| `")]
    assert [(row[0], row[1]) for row in rows] == [(f"`{sort.area}/{sort.name}`", sort.title) for sort in SORTS]
