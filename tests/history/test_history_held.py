"""What git holds at a glob, and whether a commit comes after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.history.history import history, unasked
from tests.history.repositories import repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.history.repositories import Repository


def test_files_are_held_with_gits_names(repo: Repository) -> None:
    repo.commit({"src/a.py": "1\n", "src/b/c.py": "2\n", "other": "x", ".gitignore": "*.log\n"})
    repo.write({"src/new.py": "not added", "src/x.log": "ignored"})
    found = history(repo.root)
    assert found.held("src/**") == {
        "src/a.py": repo.git("hash-object", "src/a.py"),
        "src/b/c.py": repo.git("hash-object", "src/b/c.py"),
    }
    assert list(found.held("src/*.py") or ()) == ["src/a.py"]
    assert found.held("nothing/**") == {}


def test_what_differs_from_the_last_commit_has_the_name_it_would_get(repo: Repository) -> None:
    repo.commit({"a": "1", "b": "1", "c": "1"})
    repo.write({"a": "2", "b": None, "d": "added"})
    repo.git("add", "d")
    held = history(repo.root).held("*")
    assert held is not None
    assert held == {path: repo.git("hash-object", path) for path in ("a", "c", "d")}


def test_line_ends_of_what_is_not_committed_are_turned_round(repo: Repository) -> None:
    repo.commit({".gitattributes": "*.py text\n*.bin filter=own\n", "a.py": "1\n", "b.bin": "1"})
    repo.git("config", "filter.own.clean", "touch ran; cat")
    repo.write({"a.py": "2\r\n", "b.bin": "2"})
    held = history(repo.root).held("*.*")
    assert held is not None
    assert not (repo.root / "ran").exists()
    repo.git("config", "--unset", "filter.own.clean")
    repo.git("add", "-A")
    assert {path: repo.git("rev-parse", f":{path}") for path in ("a.py", "b.bin")}.items() <= held.items()


def test_paths_are_from_the_projects_root(repo: Repository) -> None:
    repo.commit({"docs/x.md": "x", "src/a.py": "1"})
    found = history(repo.root / "docs")
    assert list(found.held("*.md") or ()) == ["x.md"]
    assert list(found.held("../src/**") or ()) == ["../src/a.py"]
    assert found.held("../../**") == {}


def test_a_submodule_is_held_by_its_commit(repo: Repository, tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    first = other.commit({"lib.py": "1"})
    repo.git("submodule", "add", "-q", other.root.as_uri(), "sub")
    repo.commit({"a": "1"})
    assert history(repo.root).held("sub/**") == history(repo.root).held("sub/lib.py") == {"sub": first}


def test_without_a_repository_nobody_knows_what_is_held(tmp_path: Path) -> None:
    assert history(tmp_path).held("**") is None
    assert unasked().held("**") is None


def test_commits_come_after_another(repo: Repository) -> None:
    first = repo.commit({"a": "1"})
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit({"b": "1"})
    repo.git("checkout", "-q", "main")
    second = repo.commit({"a": "2"})
    merge = repo.merge("side")
    after = history(repo.root).after(second)
    assert after is not None
    assert [after(sha) for sha in (first, second, side, merge)] == [False, False, True, True]
    assert history(repo.root).after("0" * 40) is None
