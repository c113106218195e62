"""`mkdocs-handoff readiness` from the outside."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.commands.readiness import AREAS
from mkdocs_handoff.cli.main import main
from mkdocs_handoff.reports.readiness.check import Area
from tests.history.repositories import ENVIRONMENT
from tests.readiness.bases import Change, project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

TODAY = ("--today", "2026-11-23")
LATE = Change("handoffs/churn.yml", "status: completed", "status: in-review")
NO_LICENCE = Change("datasets/events.yml", "license: cc-by-4.0\n", "")
UNKNOWN = Change("datasets/events.yml", "license: cc-by-4.0", "license: {unknown: asked}")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "200"}.items():
        monkeypatch.setenv(name, value)

    def made(*arguments: str, changes: tuple[Change, ...] = ()) -> tuple[int, str, str]:
        if not (tmp_path / "repo").exists():
            project(tmp_path / "repo", *changes)
        monkeypatch.chdir(tmp_path / "repo")
        status = main(["readiness", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


def test_what_is_ready_exits_with_0(run: Run) -> None:
    status, out, err = run("handoff:churn", *TODAY)
    assert (status, out.splitlines()[0]) == (0, "Churn to the takers (handoff:churn): ready")
    assert err == "handoff:churn: 57 of 58 checks pass, 1 waived; nothing holds it up\n"


def test_what_holds_it_up_stands_first_with_the_line_and_whom_to_ask(run: Run) -> None:
    status, out, err = run("handoff:churn", *TODAY, changes=(NO_LICENCE,))
    lines = [line.strip() for line in out.splitlines()]
    assert status == 1
    assert lines[2] == "data (5 of 6)"
    assert lines[3].startswith("failed   licences-are-stated: ")
    assert lines[4:7] == [
        "0 of 1 dataset; missing: the licence of dataset:events",
        "datasets/events.yml:1 Write `license` or `confidentiality`.",
        "ask Gus (data steward of dataset:events)",
    ]
    assert err.endswith("1 holds it up: data/licences-are-stated\n")


def test_without_a_name_all_open_handoffs_are_asked(run: Run) -> None:
    assert run(*TODAY, changes=(LATE,))[1].startswith("Churn to the takers (handoff:churn)")


def test_no_open_handoff_is_told(run: Run) -> None:
    assert run(*TODAY) == (0, "", "no handoff is open: name a model, or a handoff\n")


def test_a_model_tells_what_is_not_asked(run: Run) -> None:
    status, out, _ = run("model:churn", *TODAY)
    assert status == 0
    assert "not asked here: " in out
    assert "acceptance/both-sides-signed" in out


@pytest.mark.parametrize(("option", "expected"), [("unknown", 1), ("failed", 0), ("none", 0)])
def test_fail_on(option: str, expected: int, run: Run) -> None:
    assert run("handoff:churn", "--fail-on", option, *TODAY, changes=(UNKNOWN,))[0] == expected


def test_an_area_alone(run: Run) -> None:
    status, out, err = run("handoff:churn", "--area", "Knowledge-map", *TODAY, changes=(NO_LICENCE,))
    assert status == 0
    assert [line for line in out.splitlines() if line and not line.startswith(" ")][1:] == ["knowledge map (5 of 5)"]
    assert "5 of 5 checks pass" in err


def test_json_holds_every_check_with_its_place(run: Run) -> None:
    _, out, _ = run("handoff:churn", "--format", "json", *TODAY, changes=(NO_LICENCE,))
    document = json.loads(out)
    (one,) = document["readiness"]
    assert (document["version"], document["today"], one["ready"]) == (1, "2026-11-23", False)
    assert one["counts"] == {"failed": 1, "unknown": 0, "waived": 1, "passed": 56}
    assert one["holding_up"] == ["data/licences-are-stated"]
    (check,) = [each for each in one["checks"] if each["state"] == "failed"]
    assert check["place"] == {"path": "datasets/events.yml", "line": 1, "column": 1}
    assert check["ask"] == {"who": "person:gus", "text": "Gus", "why": "data steward of dataset:events"}
    (waived,) = [each["waived"] for each in one["checks"] if each["state"] == "waived"]
    assert (waived["by"], waived["until"]) == ("Tom", "2027-06-30")


def test_csv_has_a_row_for_each_check(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("handoff:churn", "--format", "csv", *TODAY)[1])))
    assert len(rows) == 58
    assert {row["state"] for row in rows} == {"passed", "waived"}


def test_markdown_fits_a_comment(run: Run) -> None:
    status, out, _ = run("handoff:churn", "--format", "markdown", *TODAY, changes=(NO_LICENCE,))
    assert status == 1
    assert out.startswith("### Churn to the takers: not ready on 2026-11-23\n\n56 of 58 checks pass, 1 waived; 1 holds")
    assert "| data/licences-are-stated | failed | 0 of 1 dataset; " in out
    assert "`datasets/events.yml:1` | Gus |" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("handoff:chrun",), "did you mean 'handoff:churn'?"),
        (("team:takers",), "readiness is asked of a handoff, or of a model"),
        (("--area", "datta"), "there is no area 'datta'"),
        (("--today", "tomorrow"), "is no day"),
    ],
)
def test_what_cannot_be_asked_exits_with_2(arguments: tuple[str, ...], told: str, run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert told in err


def test_the_areas_are_those_of_the_report() -> None:
    assert tuple(Area) == AREAS
