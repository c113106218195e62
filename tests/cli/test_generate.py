"""`mkdocs-handoff generate`: a project in, a folder of pages out, for builders that load no plugin."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from tests.permissions import bound
from tests.projects import HERE, write_files

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "mkdocs.yml": "site_name: Models\nplugins: [search]\n",
    "docs/index.md": "# Ours\n",
    "docs/decisions/0001-why.md": "---\nstatus: accepted\n---\n# Why\n\nSee [ours](../index.md) and [[model:churn]].\n",
    "models/churn.md": (
        "---\ntitle: Churn <b>&\nstatus: active\nowners: team:risk\n---\nBetter than [[model:other]].\n\n"
        "![p](p.png) [notes](../about/notes.md)\n"
    ),
    "models/other.yml": "title: Other\n",
    "models/p.png": "png",
    "about/notes.md": "---\ntags: [a]\n---\n# Notes\n\nOn [[model:churn]] and [other](../models/other.yml).\n",
    "teams/risk.yml": "title: Risk\n",
}
DAY = ("--today", "2026-11-23")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_files(tmp_path / "project", FILES)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return folder


def generate(*arguments: str) -> int:
    return main(["generate", *arguments, *DAY])


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pages_navigation_and_what_they_need_are_written(project: Path) -> None:
    assert generate("docs/handoff") == 0
    out = held(project / "docs/handoff")
    assert {
        ".handoff-manifest.json",
        ".nav.yml",
        ".mkdocs-nav.yml",
        "assets/handoff/handoff.css",
        "assets/handoff/handoff.js",
        "index.md",
        "models/index.md",
        "models/churn/index.md",
        "models/p.png",
        "decisions/0001-why/index.md",
        "staleness/index.md",
    } <= set(out)
    page = out["models/churn/index.md"].decode()
    assert page.startswith('---\n# Written by `mkdocs-handoff generate` from "models/churn.md": change that file')
    assert '"title": "Churn &lt;b&gt;&amp;"' in page
    assert "[Other](../other/index.md " in page
    assert '<link rel="stylesheet" href="../../assets/handoff/handoff.css">' in page
    assert "[ours](../../../index.md)" in out["decisions/0001-why/index.md"].decode()
    assert '- "handoff/index.md"' in out[".mkdocs-nav.yml"].decode()
    assert '- "index.md"' in out[".nav.yml"].decode()
    listed = json.loads(out[".handoff-manifest.json"])["files"]
    assert set(listed) == set(out) - {".handoff-manifest.json"}
    assert str(project).encode() not in b"".join(out.values())


def test_the_same_input_gives_the_same_bytes_and_a_second_run_writes_nothing(project: Path) -> None:
    assert generate("docs/handoff") == 0
    first = held(project / "docs/handoff")
    times = {path: path.stat().st_mtime_ns for path in (project / "docs/handoff").rglob("*")}
    assert generate("docs/handoff") == 0
    assert generate("docs/handoff", "--check") == 0
    assert {path: path.stat().st_mtime_ns for path in (project / "docs/handoff").rglob("*")} == times
    shutil.rmtree(project / "docs/handoff")
    assert generate("docs/handoff") == 0
    assert held(project / "docs/handoff") == first


def test_check_tells_what_would_change_and_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("docs/handoff", "--check") == 1
    assert not (project / "docs/handoff").exists()
    assert "new: docs/handoff/models/churn/index.md" in capsys.readouterr().out
    generate("docs/handoff")
    (project / "models/other.yml").unlink()
    before = held(project / "docs/handoff")
    capsys.readouterr()
    assert generate("docs/handoff", "--check") == 1
    told = capsys.readouterr()
    assert "removed: docs/handoff/models/other/index.md" in told.out
    assert "changed: docs/handoff/models/churn/index.md" in told.out
    assert "to write, 1 to remove" in told.err
    assert held(project / "docs/handoff") == before
    assert generate("docs/handoff") == 0
    assert not (project / "docs/handoff/models/other").exists()


def test_a_file_edited_by_hand_is_not_overwritten(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate("docs/handoff")
    page = project / "docs/handoff/models/churn/index.md"
    page.write_text("mine")
    before = held(project / "docs/handoff")
    (project / "models/other.yml").write_text("title: Another\n")
    capsys.readouterr()
    assert generate("docs/handoff") == 1
    told = capsys.readouterr()
    assert told.out == "docs/handoff/models/churn/index.md: was edited by hand, and is left as it is\n"
    assert "--force" in told.err
    assert held(project / "docs/handoff") == before
    assert generate("docs/handoff", "--force") == 0
    assert b"mine" not in page.read_bytes()


def test_a_file_that_was_there_before_is_not_overwritten(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(project, {"site/index.md": "theirs", "site/own.md": "theirs"})
    assert generate("site") == 1
    assert capsys.readouterr().out == "site/index.md: was there before, and is left as it is\n"
    assert held(project / "site") == {"index.md": b"theirs", "own.md": b"theirs"}
    assert generate("site", "--force") == 0
    assert (project / "site/own.md").read_bytes() == b"theirs"


def test_generated_pages_are_no_records(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["lint", "--format", "concise"])
    before = capsys.readouterr().out
    generate("docs/handoff")
    capsys.readouterr()
    assert main(["lint", "--format", "concise"]) == status
    assert capsys.readouterr().out == before


def test_in_the_builders_own_folder_pages_go_below_the_prefix(project: Path) -> None:
    assert generate("docs") == 0
    assert (project / "docs/index.md").read_text() == "# Ours\n"
    assert (project / "docs/handoff/.handoff-manifest.json").is_file()
    assert generate("docs/handoff", "--check") == 0


def test_a_folder_of_another_builder(project: Path) -> None:
    assert generate("other/site") == 0
    out = held(project / "other/site")
    assert "index.md" in out
    assert b"title:" not in out[".nav.yml"]
    # What was the other builder's page travels along, and its links hold.
    assert "[Churn " in out["about/notes.md"].decode()
    assert "(../models/other/index.md)" in out["about/notes.md"].decode()
    assert out["about/notes.md"].startswith(b"---\ntags: [a]\n---\n# Notes")
    assert "docs/decisions/0001-why/index.md" in out


def test_without_directory_urls(project: Path) -> None:
    assert generate("docs/handoff", "--no-directory-urls") == 0
    page = (project / "docs/handoff/models/churn.md").read_text()
    assert "[Other](other.md " in page
    assert 'href="../assets/handoff/handoff.css"' in page
    assert 'href="index.html"' in page


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("..", "outside the project"),
        (".", "the project's own folder"),
        ("models", "holds records (models/churn.md)"),
        ("mkdocs.yml", "is no folder"),
        (".site/pages", "is hidden"),
    ],
)
def test_a_folder_that_cannot_be_generated(
    project: Path, capsys: pytest.CaptureFixture[str], folder: str, told: str
) -> None:
    before = held(project)
    assert generate(folder) == 2
    assert told in capsys.readouterr().err
    assert held(project) == before


def test_a_folder_of_code_is_refused_and_one_of_pages_is_not(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(project, {"src/train.py": "pass\n", "pages/own.md": "# Own\n", "pages/logo.svg": "<svg/>\n"})
    assert generate("src") == 2
    assert (
        capsys.readouterr().err
        == "mkdocs-handoff: src holds other files (train.py) and no page: name a folder for pages\n"
    )
    assert list(held(project / "src")) == ["train.py"]
    assert generate("pages") == 0
    assert generate("src/pages") == 0


def test_records_that_cannot_be_read_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(project, {"models/bad.yml": "title: [\n"})
    assert generate("docs/handoff") == 0
    assert "lint finds 1 error" in capsys.readouterr().err


def test_a_link_out_of_the_project_is_not_followed(project: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (project / "docs/handoff").symlink_to(tmp_path / "far")
    assert generate("docs/handoff") == 2
    assert not held(tmp_path / "far")


def test_a_damaged_manifest_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(project, {"docs/handoff/.handoff-manifest.json": "<<<<"})
    assert generate("docs/handoff") == 2
    assert "move it away" in capsys.readouterr().err


def test_a_template_that_cannot_be_used_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(project, {"templates/pages/model.html": "{% extends 'record.html' %}\n{% block x %}\n"})
    assert generate("docs/handoff") == 1
    assert re.search(r"templates/pages/model\.html:\d+(?::\d+)?: template/error", capsys.readouterr().out)
    assert not (project / "docs/handoff").exists()


def test_a_project_without_records_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("models", "teams", "docs/decisions"):
        shutil.rmtree(project / name)
    assert generate("docs/handoff") == 2
    assert "no record files" in capsys.readouterr().err


@bound
def test_a_folder_that_may_not_be_written_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs").chmod(0o555)
    try:
        assert generate("docs/handoff") == 2
    finally:
        (project / "docs").chmod(0o755)
    assert "cannot be written" in capsys.readouterr().err


def test_the_sample_leaves_no_reference_unresolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = tmp_path / "sample"
    shutil.copytree(HERE.parent / "sample_project", sample)
    monkeypatch.chdir(sample)
    assert generate("docs/handoff") == 0
    pages = {path: content.decode() for path, content in held(sample / "docs/handoff").items() if path.endswith(".md")}
    assert len(pages) > 80
    assert not [path for path, text in pages.items() if "[[" in text]


def test_the_builders_folder_within_the_generated_one_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(project, {"mkdocs.yml": "site_name: Models\ndocs_dir: all/docs\n", "all/docs/index.md": "# Ours\n"})
    assert generate("all") == 2
    assert "holds the builder's own pages" in capsys.readouterr().err
