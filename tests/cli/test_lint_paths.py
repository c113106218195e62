"""`lint PATH`: what is told of files and folders that hold no record, and of settings whatever is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "handoff.yml": "extends: ./policy\n",
    "policy/handoff.yml": "terms: true\n",
    "schemas/run.schema.json": '{"x-plural": "Runs", "x-globs": ["runs/*.yml"], "type": "object"}',
    "models/a.yml": "title: A\nlast_reviewed: soon\n",
    "models/b.md": "# B\n",
    "models/b.md.handoff.yml": "title: B\n",
    "models/broken.yml": "title: [\n",
    "src/a.py": "",
    "notes.md": "# Notes\n",
    "more/1.md": "",
    "more/2.md": "",
    "more/3.md": "",
}


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_files(tmp_path, FILES))


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["src/"], "src/ holds no record"),
        (["notes.md"], "notes.md is no record: no glob of `records:` finds it"),
        (["notes.md", "src/a.py"], "notes.md, src/a.py are no records: no glob of `records:` finds them"),
        (["notes.md", "more/1.md", "more/2.md", "more/3.md"], "notes.md, more/1.md, more/2.md and 1 more are"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["text", "concise"])
def test_what_holds_no_record_is_told_and_fails_nothing(
    capsys: pytest.CaptureFixture[str], paths: list[str], told: str, form: str
) -> None:
    assert main(["lint", *paths, "--format", form]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"mkdocs-handoff: {told}" in captured.err


@pytest.mark.parametrize(
    "path",
    [".", "models", "models/a.yml", "models/b.md.handoff.yml", "models/broken.yml", "handoff.yml",
     "schemas/run.schema.json", "schemas"],
)  # fmt: skip
def test_what_is_looked_at_is_not_told(capsys: pytest.CaptureFixture[str], path: str) -> None:
    main(["lint", path])
    assert "no record" not in capsys.readouterr().err


@pytest.mark.parametrize("content", ["terms: maybe\n", "a: b: c\n"])
@pytest.mark.parametrize("path", ["handoff.yml", "policy/handoff.yml"])
def test_wrong_settings_are_told_whatever_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, path: str
) -> None:
    write_files(tmp_path, {path: content})
    assert main(["lint", "models/b.md", "--format", "concise"]) == 1
    assert capsys.readouterr().out.startswith(f"{path}:1:")


def test_below_a_repositorys_root_without_settings_it_is_said_why_that_is_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    top = write_files(tmp_path / "top", {".git/HEAD": "", "sub/models/a.yml": "title: A\n"})
    monkeypatch.chdir(top / "sub")
    assert main(["lint"]) == 0
    err = capsys.readouterr().err
    assert f"no record files found below {top}: " in err
    assert " docs/adr, " in err
    assert f"; {top} is the root of the git repository, and a `handoff.yml` makes a folder in it a project" in err
    write_files(top, {"sub/handoff.yml": ""})
    assert main(["lint"]) == 0
    assert capsys.readouterr().err == "1 record in 1 file: nothing to mend\n"


def test_a_diff_is_no_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--diff", "--format", "json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "--diff shows a diff, and no json" in captured.err
