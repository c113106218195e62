"""The history of the sample project, built as a user builds it: a folder goes in, a git repository comes out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.projects import lint

SAMPLE = Path(__file__).parents[2] / "sample_project"
IGNORE_FILE = ".git-blame-ignore-revs"
LEFT_BEHIND = {"site", "__pycache__", ".venv", ".cache", ".ruff_cache", ".mypy_cache"}


@dataclass(frozen=True)
class Built:
    folder: Path
    commits: list[dict[str, Any]]

    def git(self, *arguments: str) -> str:
        return git(self.folder, *arguments)


def git(folder: Path, *arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC"}
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def run(folder: Path, *options: str, sample: Path = SAMPLE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(sample / "history" / "build.py"), str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not (LEFT_BEHIND | {".git"}) & set(path.relative_to(root).parts)
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("history") / "sample"
    done = run(folder, "--json")
    assert not done.returncode, done.stderr
    return Built(folder, json.loads(done.stdout))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sample project, to be changed."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "copy", ignore=shutil.ignore_patterns(*LEFT_BEHIND)))


def test_the_last_commit_is_the_sample_project_and_the_file_that_names_a_commit(built: Built) -> None:
    ours = files(built.folder)
    ignore_file = ours.pop(IGNORE_FILE)
    assert ours == files(SAMPLE)
    assert not built.git("status", "--porcelain")
    listed = built.git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")
    assert set(filter(None, listed)) == {*ours, IGNORE_FILE}
    named = [line.split("#")[0].strip() for line in ignore_file.decode().splitlines() if not line.startswith("#")]
    assert [built.git("log", "-1", "--format=%s", name).strip() for name in named] == [
        "Write double quotes everywhere (#47)"
    ]


def test_the_same_files_give_the_same_commits(built: Built, tmp_path: Path) -> None:
    hostile = {"GIT_AUTHOR_NAME": "Somebody", "GIT_DIR": str(tmp_path / "elsewhere"), "TZ": "Asia/Kolkata"}
    command = [sys.executable, str(SAMPLE / "history" / "build.py"), str(tmp_path / "again"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | hostile)
    assert json.loads(done.stdout) == built.commits
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_printed_is_what_was_committed(built: Built) -> None:
    told = {(each["id"], each["date"], each["author"], each["subject"]) for each in built.commits}
    log = built.git("log", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%H%x09%ad%x09%an <%ae>%x09%s")
    assert told == {tuple(line.split("\t")) for line in log.splitlines()}
    assert 60 <= len(built.commits) <= 100
    assert built.commits[0]["date"] < "2025-03" and built.commits[-1]["date"].startswith("2026-11-20")
    assert all(before["date"] < after["date"] for before, after in pairwise(built.commits))
    assert built.git("log", "--format=%ad %cd").splitlines() == [
        f"{line} {line}" for line in built.git("log", "--format=%ad").splitlines()
    ]


def test_everyone_who_commits_or_reviews_is_a_person(built: Built) -> None:
    people = {record.get("email"): record.title for record in lint(built.folder).catalog.of_kind("person")}
    authors = built.git("log", "--use-mailmap", "--format=%aE\t%aN").split("\n")
    assert {tuple(line.split("\t")) for line in authors if line} == set(people.items())
    trailers = built.git("log", "--format=%(trailers:only,unfold,valueonly)").splitlines()
    assert {line for line in trailers if line} <= {f"{name} <{email}>" for email, name in people.items()}


def test_nobody_commits_after_leaving(built: Built) -> None:
    theirs = [each["date"] for each in built.commits if "jonas.brandt" in each["author"]]
    assert max(theirs) < "2026-10-01"
    old_address = [each["date"] for each in built.commits if "m.zhao@" in each["author"]]
    assert old_address and max(old_address) < "2025-06-24"


def test_there_is_what_a_reader_of_histories_has_to_cope_with(built: Built) -> None:
    merges = built.git("log", "--merges", "--format=%P\t%s").splitlines()
    assert len(merges) == 2
    for line in merges:
        parents, subject = line.split("\t")
        assert len(parents.split()) == 2 and subject.startswith("Merge pull request #")
    assert len([each for each in built.commits if each["branch"]]) >= 4
    move = built.git("log", "--format=", "--name-status", "-M100%", "--grep=Move the inputs").split("\n")
    assert {line.split("\t")[0] for line in move if line} == {"R100"}
    assert built.git("log", "-1", "--format=%H", "--grep=^Co-authored-by: ").strip()
    assert "(#48)" in built.git("log", "--format=%s")


def test_what_matters_is_a_record_that_is_there(built: Built) -> None:
    known = {str(identity) for identity in lint(built.folder).catalog.records}
    for each in built.commits:
        assert set(each["matters"]) <= known, each["subject"]
    assert sum(bool(each["matters"]) for each in built.commits) >= 12
    assert sum(not each["matters"] for each in built.commits) >= 40


def test_the_last_state_gives_a_report_something_to_say(built: Built) -> None:
    def since(day: str, *paths: str) -> list[str]:
        return built.git("log", f"--since={day}T23:59:59Z", "--format=%s", "--", *paths).splitlines()

    ignored = "Write double quotes everywhere (#47)"
    # One cause in code: what FNA triage covers has changed since its review, and not only how it is written.
    assert since("2026-10-20", "training") == [ignored, "Store what is nearly zero as zero (#46)"]
    # One cause in a record, and four features, evaluations and a model that name it.
    assert since("2026-02-10", "datasets/diabetes-progression.yml") == ["Nobody knows which sex code is which"]
    # Due, and nothing else: nothing that digit reader speaks of has changed since its review.
    watched = ("artifacts/digit-reader-1.2.json", "reports/digit-reader.json", "features/digit-bitmap.yml")
    assert not since("2026-05-28", *watched, "datasets/handwritten-digits.md", "docs/decisions/000[57]*")
    # Stale, and nothing else: what the dataset's own page covers has not changed since its review.
    assert not since("2025-09-09", "reports/diabetes-progression.json")
    # Never reviewed: the clock is the last commit that was about it.
    trial = "A trial for the drinks laboratory (#41)"
    assert since("2025-01-01", "evaluations/cultivar-check-folds.yml") == [ignored, trial]


def test_an_edit_that_does_not_fit_names_its_step_and_file(copy: Path, tmp_path: Path) -> None:
    page = copy / "docs" / "on-call.md"
    changed = page.read_text(encoding="utf-8").replace("High acceptance is", "Much acceptance is")
    page.write_text(changed, encoding="utf-8")
    done = run(tmp_path / "out", sample=copy)
    assert done.returncode == 1
    assert "step 2026-03-18 “On call: high acceptance is the bad sign”: docs/on-call.md: found 0 times" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_edit_that_fits_twice_is_refused(copy: Path, tmp_path: Path) -> None:
    glossary = copy / "glossary.yml"
    twice = "# Once more: place on a round. The last one is a check digit.\n" + glossary.read_text(encoding="utf-8")
    glossary.write_text(twice, encoding="utf-8")
    done = run(tmp_path / "out", sample=copy)
    assert done.returncode == 1
    assert "glossary.yml: found 2 times instead of 1: 'place on a round." in done.stderr


def test_a_file_that_no_step_brings_is_told(copy: Path, tmp_path: Path) -> None:
    (copy / "models" / "forgotten.md").write_text("# Forgotten\n", encoding="utf-8")
    done = run(tmp_path / "out", sample=copy)
    assert done.returncode == 1
    assert "no step adds models/forgotten.md" in done.stderr


def test_a_word_that_is_mended_in_the_sample_needs_no_change_of_the_story(copy: Path, tmp_path: Path) -> None:
    page = copy / "docs" / "working-here.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Short\nis fine", "Short\nis good"), encoding="utf-8")
    done = run(tmp_path / "out", sample=copy)
    assert not done.returncode, done.stderr
    assert b"Short\nis good" in (tmp_path / "out" / "docs" / "working-here.md").read_bytes()


def test_a_misspelled_key_of_a_step_is_refused(copy: Path, tmp_path: Path) -> None:
    story = copy / "history" / "story.toml"
    story.write_text(story.read_text(encoding="utf-8").replace("ignored = true", "ignore = true"), encoding="utf-8")
    done = run(tmp_path / "out", sample=copy)
    assert done.returncode == 1
    assert "unknown: ignore" in done.stderr


@pytest.mark.parametrize("where", ["full", "inside"])
def test_a_folder_with_something_in_it_is_left_alone(where: str, copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "full" if where == "full" else copy / "docs" / "new"
    if where == "full":
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", encoding="utf-8")
    before = files(tmp_path)
    done = run(folder, sample=copy)
    assert done.returncode == 1
    assert ("not an empty folder" if where == "full" else "inside the sample project") in done.stderr
    assert files(tmp_path) == before


@pytest.mark.slow
def test_lint_is_clean_at_every_eighth_commit(built: Built, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(built.folder), str(folder))
    looked_at = [*built.commits[::8], *(each for each in built.commits if each["merge"]), built.commits[-1]]
    for each in looked_at:
        git(folder, "checkout", "-q", each["id"])
        command = [sys.executable, "-m", "mkdocs_handoff", "lint", "-f", "mkdocs.yml"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert not done.returncode, f"{each['date']} {each['subject']}\n{done.stdout}{done.stderr}"
    assert len(looked_at) >= 6
