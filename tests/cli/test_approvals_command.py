"""`mkdocs-handoff approvals`: answers in, a file out."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.history.approvals import Approvals, read_approvals

RECORDED = Path(__file__).parents[1] / "exchange" / "approvals"
LISTED = str(RECORDED / "gh-pr-list.json")
MERGES = str(RECORDED / "gitlab-merge-requests.json")


def test_approvals_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["approvals", "github", LISTED]) == 0
    captured = capsys.readouterr()
    assert [one["number"] for one in json.loads(captured.out)["requests"]] == [12, 13, 14]
    assert captured.err == "standard output: read 3 requests with 2 approvals\n"


@pytest.mark.parametrize(
    ("answer", "told"),
    [("[]", "hold nothing"), ('[{"number": 1, "mergedAt": null, "reviews": []}]', "hold no request that was merged")],
)
def test_an_answer_without_a_request_is_told(
    answer: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "answer.json").write_text(answer)
    for more in ([], ["--output", str(tmp_path / "approvals.json")]):
        assert main(["approvals", "github", str(tmp_path / "answer.json"), *more]) == 0
        assert told in capsys.readouterr().err


def test_a_file_is_written_and_added_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "approvals.json"
    assert main(["approvals", "github", LISTED, "--output", str(file)]) == 0
    first = file.read_bytes()
    assert main(["approvals", "github", LISTED, "--output", str(file)]) == 0
    assert file.read_bytes() == first, "the same answers give the same bytes"
    assert main(["approvals", "gitlab", MERGES, "--output", str(file)]) == 0
    found, findings = read_approvals(tmp_path, "approvals.json")
    assert not findings
    assert [one.reference for one in found.requests] == ["#12", "#13", "#14", "!17", "!18"]
    assert [path.name for path in tmp_path.iterdir()] == ["approvals.json"]
    captured = capsys.readouterr()
    assert not captured.out
    assert "read 3 requests with 2 approvals; holds 3 requests" in captured.err
    assert "holds 5 requests" in captured.err


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(LISTED).read_bytes())))
    assert main(["approvals", "github", "-"]) == 0
    assert '"number": 14' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (["nowhere.json"], "nowhere.json cannot be read"),
        (["."], "cannot be read"),
        ([str(RECORDED / "github-error.json")], "Bad credentials"),
        ([str(RECORDED / "github-reviews-12.json")], "no answer holds the pull request itself"),
        ([MERGES], "neither a pull request"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_written(
    files: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "approvals.json"
    assert main(["approvals", "github", *files, "--output", str(file)]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert not captured.out
    assert not file.exists()


def test_bytes_that_are_no_text_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "answer.json").write_bytes(b"\xff\xfe[]")
    assert main(["approvals", "github", str(tmp_path / "answer.json")]) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_another_file_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "approvals.json"
    file.write_text('{"mine": true}')
    assert main(["approvals", "github", LISTED, "--output", str(file)]) == 2
    assert file.read_text() == '{"mine": true}'
    assert "delete it to begin anew" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["approvals", "github", LISTED, "--output", str(tmp_path / "no" / "approvals.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_strange_time_is_told_and_never_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = tmp_path / "answer.json"
    answer.write_text('[{"number": 1, "mergedAt": "yesterday", "reviews": []}]')
    assert main(["approvals", "github", str(answer)]) == 2
    assert "cannot be used" in capsys.readouterr().err


def test_a_link_stays_a_link_and_a_mode_stays_a_mode(tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    assert main(["approvals", "github", LISTED, "--output", str(real)]) == 0
    real.chmod(0o600)
    link = tmp_path / "approvals.json"
    link.symlink_to("real.json")
    assert main(["approvals", "gitlab", MERGES, "--output", str(link)]) == 0
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert '"number": 18' in real.read_text()


DOCUMENTED = Path(__file__).parents[2] / "docs" / "approvals.md"


def documented(language: str, mark: str) -> str:
    """Return the block of the documentation, in a language, that holds a mark."""
    blocks = re.findall(rf"```{language}\n(.*?)```", DOCUMENTED.read_text(encoding="utf-8"), re.DOTALL)
    (found,) = [block for block in blocks if mark in block]
    assert isinstance(found, str)
    return found


def carried_out(script: str, answers: dict[str, str], folder: Path) -> Approvals:
    """Run a documented script where `curl` and `gh` give recorded answers, by the end of what they are asked."""
    programs = folder / "bin"
    programs.mkdir()
    cases = "\n".join(f'  *"{asked}"*) cat "{RECORDED / name}" ;;' for asked, name in answers.items())
    for name in ("curl", "gh"):
        program = programs / name
        program.write_text(f'#!/bin/sh\ncase "$*" in\n{cases}\n  *) echo "unexpected: $*" >&2; exit 22 ;;\nesac\n')
        program.chmod(0o755)
    command = programs / "mkdocs-handoff"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from mkdocs_handoff.cli.main import run; run()" "$@"\n')
    command.chmod(0o755)
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(DOCUMENTED.parents[1]),
        "GITHUB_REPOSITORY": "acme/models",
        "GH_TOKEN": "none",
        "CI_API_V4_URL": "https://gitlab.example.com/api/v4",
        "CI_PROJECT_ID": "3",
        "APPROVALS_TOKEN": "none",
    }
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    found, findings = read_approvals(folder, "approvals.json")
    assert not findings
    return found


def said(found: Approvals) -> dict[str, list[str]]:
    return {one.reference: [f"{approval.by} {approval.state}" for approval in one.approvals] for one in found.requests}


needs_jq = pytest.mark.skipif(not shutil.which("jq") or os.name == "nt", reason="the documented scripts need sh and jq")


def test_the_documented_job_for_gh_does_what_it_says(tmp_path: Path) -> None:
    job = yaml.safe_load(documented("yaml", "gh pr list"))["jobs"]["approvals"]["steps"][-1]["run"]
    script = job.partition("git config")[0]
    found = carried_out(script, {"pr list --state merged": "gh-pr-list.json"}, tmp_path)
    assert said(found)["#12"] == ["bokim approved"]


@needs_jq
def test_the_documented_script_for_github_does_what_it_says(tmp_path: Path) -> None:
    answers = {"/pulls?state=closed": "github-pulls.json", "/pulls/12/reviews": "github-reviews-12.json"}
    found = carried_out(documented("sh", "api.github.com"), answers, tmp_path)
    assert said(found) == {"#12": ["bokim approved"]}


@needs_jq
def test_the_documented_job_for_gitlab_does_what_it_says(tmp_path: Path) -> None:
    script = "\n".join(yaml.safe_load(documented("yaml", "PRIVATE-TOKEN"))["approvals"]["script"])
    answers = {
        "merge_requests?state=merged": "gitlab-merge-requests.json",
        "/17/approvals": "gitlab-approvals-17.json",
        "/18/approvals": "gitlab-approvals-18-free.json",
        "/commits?": "gitlab-commits-18.json",
    }
    found = carried_out(script, answers, tmp_path)
    assert said(found) == {"!17": ["bo approved", "ann.lee own"], "!18": ["cy approved"]}
    assert len(found.requests[1].commits) == 2


def test_the_documented_file_is_one(tmp_path: Path) -> None:
    (tmp_path / "approvals.json").write_text(documented("json", '"requests"'))
    found, findings = read_approvals(tmp_path, "approvals.json")
    assert not findings
    assert said(found) == {"#12": ["bo-kim approved"]}
