"""Agreement with per-file `git log`: on this project's own history, and where each disagreement must get its name."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.agreement import Comparison, Reason, compared, sample
from mkdocs_handoff.history.history import history
from tests.history.repositories import DAY, START

if TYPE_CHECKING:
    from tests.history.repositories import Repository

ROOT = Path(__file__).parents[2]
PATHS = 100


def test_on_this_projects_own_repository() -> None:
    found = history(ROOT)
    if not found.readable:
        pytest.skip(f"not run from a git checkout of this project: {found.repository.state.value}")
    if found.repository.prefix:
        pytest.skip("not run from a git checkout of this project: its folder is part of another repository")
    if found.repository.boundary or found.repository.partial:
        pytest.skip("this checkout is a shallow or partial clone: its history is not whole")
    comparison = Comparison(ROOT, found)
    paths = sample(comparison.paths, PATHS) | sample(comparison.gone, PATHS) | sample(comparison.renamed, PATHS)
    by_reason: dict[Reason, set[str]] = defaultdict(set)
    for path in paths:
        for reason in comparison.reasons(path):
            by_reason[reason].add(path)
    assert not by_reason[Reason.UNEXPLAINED]
    assert len(by_reason[Reason.AGREES]) > PATHS // 4, "or nothing was compared"
    # What gives each reason its name must hold by our own account of the path as well.
    for path in by_reason[Reason.RENAME]:
        moves = found.branch.log.moves
        assert path in moves or any(path == was for all_ in moves.values() for _, was in all_), path
    for reason, substantive in ((Reason.SWEEP, found.branch.bulk), (Reason.IGNORED, -1)):
        for path in by_reason[reason]:
            passed = [change for change in found.trail(path) if not change.substantive]
            assert any(change.commit.files > substantive for change in passed), path


def _reasons(repo: Repository, *paths: str, bulk: int = 4) -> dict[str, tuple[Reason, ...]]:
    comparison = Comparison(repo.root, history(repo.root, bulk=bulk))
    return {path: comparison.reasons(path) for path in paths}


def test_a_plain_change_and_a_merge_of_its_own_agree(repo: Repository) -> None:
    repo.commit({"a.md": "1", "b.md": "1"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"b.md": "2"})
    repo.git("checkout", "-q", "main")
    repo.commit({"c.md": "1"})
    repo.merge("side", options=("--no-commit",))
    repo.commit({"a.md": "of the merge itself"})
    assert set(_reasons(repo, "a.md", "b.md", "c.md", "never.md").values()) == {(Reason.AGREES,)}


def test_a_rename_at_either_name_and_through_two(repo: Repository) -> None:
    repo.commit({"a.md": "a long line\n", "x.md": "1"})
    repo.git("mv", "a.md", "b.md")
    repo.record()
    repo.git("mv", "b.md", "c.md")
    repo.record()
    assert _reasons(repo, "a.md", "b.md", "c.md", "x.md") == {
        "a.md": (Reason.RENAME,),
        "b.md": (Reason.RENAME,),
        "c.md": (Reason.RENAME,),
        "x.md": (Reason.AGREES,),
    }


def test_a_sweep_and_an_ignored_commit(repo: Repository) -> None:
    repo.commit({"a.md": "1", "b.md": "1"})
    repo.commit({f"{name}.md": "swept" for name in "acdef"})
    ignored = repo.commit({"b.md": "formatted", "a.md": "formatted"})
    repo.commit({".git-blame-ignore-revs": ignored})
    assert _reasons(repo, "a.md", "b.md", "c.md") == {
        "a.md": (Reason.IGNORED, Reason.SWEEP),
        "b.md": (Reason.IGNORED,),
        "c.md": (Reason.SWEEP,),  # nothing is left: both say that there is no substantive change
    }


def test_a_side_that_a_merge_discarded(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"a.md": "discarded"}, time=START + 9 * DAY)
    repo.git("checkout", "-q", "main")
    repo.commit({"a.md": "2"})
    repo.merge("side", time=START + 10 * DAY, options=("-s", "ours"))
    assert _reasons(repo, "a.md") == {"a.md": (Reason.SIDE,)}


def test_a_clock_that_says_a_change_came_before_what_it_builds_on(repo: Repository) -> None:
    repo.commit({"a.md": "1", "b.md": "1"})
    repo.commit({"a.md": "2"}, time=START + 60 * DAY)
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"a.md": "3"}, time=START - DAY)
    repo.git("checkout", "-q", "main")
    repo.commit({"b.md": "2"}, time=START + 70 * DAY)
    repo.merge("side", options=("--no-commit",))
    merge = repo.commit({"a.md": "4"}, time=START + 80 * DAY)
    repo.commit({".git-blame-ignore-revs": merge}, time=START + 81 * DAY)
    assert _reasons(repo, "a.md") == {"a.md": (Reason.IGNORED, Reason.CLOCK)}


def test_what_nothing_explains_is_said(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    stale = history(repo.root)
    repo.commit({"a.md": "2"})
    assert Comparison(repo.root, stale).reasons("a.md") == (Reason.UNEXPLAINED,)


def test_the_count_by_reason_covers_what_is_gone_and_what_was_renamed(repo: Repository) -> None:
    repo.commit({"a.md": "a long line\n", "gone.md": "another\n", "x.md": "1"})
    repo.git("mv", "a.md", "new.md")
    repo.record()
    repo.commit({"gone.md": None})
    comparison = Comparison(repo.root, history(repo.root))
    assert (comparison.paths, comparison.gone, comparison.renamed) == (
        ["new.md", "x.md"],
        ["a.md", "gone.md"],
        ["new.md"],
    )
    assert compared(repo.root, 10) == {Reason.AGREES.value: 2, Reason.RENAME.value: 2}
    assert sample(comparison.paths, 1) == sample(comparison.paths, 1) < set(comparison.paths)
