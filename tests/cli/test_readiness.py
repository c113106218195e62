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
H = "handoffs/churn.yml"
OPEN = (
    Change(H, "status: completed", "status: in-review"),
    Change(H, "  accepted: 2026-11-10\n  completed: 2026-11-20\n", ""),
    Change(H, '  - {role: to, by: person:tom, on: 2026-11-10, digest: "DIGEST"}\n', ""),
)
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
    first = "Churn to the takers (handoff:churn): completed on 2026-11-20, nothing is missing"
    assert (status, out.splitlines()[0]) == (0, first)
    assert err == "handoff:churn: completed on 2026-11-20; 59 of 60 checks pass, 1 waived; nothing is missing\n"


def test_a_model_that_is_ready_exits_with_0(run: Run) -> None:
    status, out, err = run("model:churn", *TODAY)
    assert (status, out.splitlines()[0]) == (0, "Churn (model:churn): ready")
    assert err.endswith("checks pass; nothing holds it up\n")


def test_before_signing_what_only_signatures_settle_holds_nothing_up(run: Run) -> None:
    status, out, err = run("handoff:churn", *TODAY, changes=OPEN)
    assert (status, out.splitlines()[0]) == (1, "Churn to the takers (handoff:churn): not ready")
    status, out, err = run("handoff:churn", "--before-signing", *TODAY)
    assert (status, out.splitlines()[0]) == (0, "Churn to the takers (handoff:churn): ready to be signed")
    assert "  to be signed  both-sides-signed: Both sides have signed\n" in out
    assert err.endswith("1 waived, to be signed: acceptance/both-sides-signed; nothing holds it up\n")
    (one,) = json.loads(run("handoff:churn", "--before-signing", "--format", "json", *TODAY)[1])["readiness"]
    (check,) = [each for each in one["checks"] if each["name"] == "both-sides-signed"]
    assert (one["ready"], check["state"], check["gates"], check["signing"]) == (True, "failed", False, True)
    assert (
        "| acceptance/both-sides-signed | to be signed |" in run("--before-signing", "--format", "markdown", *TODAY)[1]
    )


def test_before_signing_everything_else_holds_it_up(run: Run) -> None:
    status, _, err = run("handoff:churn", "--before-signing", *TODAY, changes=(*OPEN, NO_LICENCE))
    assert status == 1
    assert err.endswith("1 holds it up: data/licences-are-stated\n")


def test_an_area_that_is_not_asked_is_nothing_that_passes(run: Run) -> None:
    status, out, err = run("model:churn", "--area", "acceptance", *TODAY)
    assert (status, out) == (2, "")
    assert "model:churn: nothing of acceptance is asked but of a handoff" in err


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
    assert err.endswith("; 1 does not: data/licences-are-stated\n")


def test_without_a_name_all_open_handoffs_are_asked(run: Run) -> None:
    assert run(*TODAY, changes=(LATE,))[1].startswith("Churn to the takers (handoff:churn)")


def test_no_open_handoff_is_told(run: Run) -> None:
    assert run(*TODAY) == (0, "", "no handoff is open: name a model, or a handoff\n")
    status, out, err = run("--format", "json", *TODAY)
    assert (status, json.loads(out)["readiness"]) == (0, [])
    assert err == "no handoff is open: name a model, or a handoff\n"


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
    assert [line for line in out.splitlines() if line and not line.startswith(" ")][1:] == ["knowledge map (6 of 6)"]
    assert "6 of 6 checks pass" in err


def test_json_holds_every_check_with_its_place(run: Run) -> None:
    _, out, _ = run("handoff:churn", "--format", "json", *TODAY, changes=(NO_LICENCE,))
    document = json.loads(out)
    (one,) = document["readiness"]
    assert (document["version"], document["today"], one["ready"]) == (1, "2026-11-23", False)
    assert one["counts"] == {"failed": 1, "unknown": 0, "waived": 1, "passed": 58}
    assert one["holding_up"] == ["data/licences-are-stated"]
    (check,) = [each for each in one["checks"] if each["state"] == "failed"]
    assert check["place"] == {"path": "datasets/events.yml", "line": 1, "column": 1}
    assert check["ask"] == {"who": "person:gus", "text": "Gus", "why": "data steward of dataset:events"}
    (waived,) = [each["waived"] for each in one["checks"] if each["state"] == "waived"]
    assert (waived["by"], waived["until"]) == ("Tom", "2027-06-30")


def test_csv_has_a_row_for_each_check(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("handoff:churn", "--format", "csv", *TODAY)[1])))
    assert len(rows) == 60
    assert {row["state"] for row in rows} == {"passed", "waived"}


def test_markdown_fits_a_comment(run: Run) -> None:
    status, out, _ = run("handoff:churn", "--format", "markdown", *TODAY, changes=(NO_LICENCE,))
    assert status == 1
    assert out.startswith(
        "### Churn to the takers: completed on 2026-11-20, with something missing as of 2026-11-23\n\n"
        "completed on 2026-11-20; 58 of 60 checks pass, 1 waived; 1 does not: data/licences-are-stated\n"
    )
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
