"""Changes of what globs cover."""

from __future__ import annotations

import pytest

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.history import history
from mkdocs_handoff.text.globs import matches
from tests.history.repositories import DAY, START, Repository

FILES = (
    "a.py",
    "src/a.py",
    "src/b.py",
    "src/deep/a.py",
    "src-other/a.py",
    "src/deep.py",
    "[x]/a.py",
    "été/a.py",
    "src/a b.py",
)


@pytest.mark.parametrize(
    "glob",
    [
        "*.py",
        "**/*.py",
        "src/*.py",
        "src/**",
        "src/**/a.py",
        "**",
        "src/?.py",
        "sr[c]/a.py",
        "[!s]*/a.py",
        "été/*",
        "./src/*.py",
        "/a.py",
    ],
)
def test_globs_cover_what_they_match(repo: Repository, glob: str) -> None:
    repo.commit(dict.fromkeys(FILES, "1"))
    found = history(repo.root).covered([glob], 0)
    assert [change.path for change in found.changes] == sorted(path for path in FILES if matches(path, glob))
    assert bool(found) == bool(found.changes)


def test_a_name_without_wildcards_is_a_file_or_a_folder(repo: Repository) -> None:
    repo.commit(dict.fromkeys(FILES, "1"))
    found = history(repo.root)
    assert [change.path for change in found.covered(["src/a.py"], 0).changes] == ["src/a.py"]
    below = sorted(path for path in FILES if path.startswith("src/"))
    for glob in ("src", "src/", "./src", "/src"):
        assert [change.path for change in found.covered([glob], 0).changes] == below
    assert len(found.covered([""], 0).changes) == len(FILES)


def test_since_a_moment_newest_first_each_commit_once_per_path(repo: Repository) -> None:
    repo.commit({"src/a.py": "1", "src/b.py": "1"})
    second = repo.commit({"src/a.py": "2", "src/b.py": "2", "other": "1"})
    third = repo.commit({"src/a.py": "3"})
    found = history(repo.root).covered(["src/*.py", "src/a.py"], START)
    assert found.known is Known.YES
    assert [(change.commit.sha, change.path) for change in found.changes] == [
        (third, "src/a.py"),
        (second, "src/a.py"),
        (second, "src/b.py"),
    ]


def test_a_deleted_file_was_covered(repo: Repository) -> None:
    repo.commit({"src/a.py": "1"})
    gone = repo.commit({"src/a.py": None})
    assert [change.commit.sha for change in history(repo.root).covered(["src/**"], START).changes] == [gone]


def test_a_rename_into_or_out_of_what_is_covered_is_a_change_of_it(repo: Repository) -> None:
    repo.commit({"src/a.py": "1", "lib/b.py": "2", "src/c.py": "3"})
    repo.write({"new/x": ""})
    repo.git("mv", "src/a.py", "new/a.py")
    repo.git("mv", "lib/b.py", "src/b.py")
    repo.git("mv", "src/c.py", "src/d.py")
    moved = repo.record()
    found = history(repo.root).covered(["src/**"], START)
    assert found
    assert [(change.commit.sha, change.was, change.path, change.substantive) for change in found.changes] == [
        (moved, "src/a.py", "new/a.py", False),
        (moved, "lib/b.py", "src/b.py", False),
    ]
    assert not history(repo.root).covered(["src/**"], START + DAY)
    assert not history(repo.root).covered(["src/**", "lib/**", "new/**"], START)


def test_what_is_not_substantive_does_not_count(repo: Repository) -> None:
    repo.commit({"src/a.py": "1"})
    repo.commit({f"src/{number}.py": "2" for number in range(5)})
    ignored = repo.commit({"src/a.py": "3"})
    repo.write({".git-blame-ignore-revs": ignored})
    found = history(repo.root, bulk=4)
    assert not found.covered(["src/**"], START)
    assert len(found.covered(["src/**"], START - 1).changes) == 1


def test_uncommitted_changes_of_what_is_covered(repo: Repository) -> None:
    repo.commit({"src/a.py": "1", "src/b.py": "1", "other/c.py": "1"})
    repo.write({"src/a.py": "2", "other/c.py": "2"})
    found = history(repo.root).covered(["src/**"], START)
    assert (found.uncommitted, found.changes) == (("src/a.py",), ())
