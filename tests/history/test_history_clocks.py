"""Clocks that are wrong, and the order of changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.history import History, history
from tests.history.repositories import DAY, START, Repository

TODAY = datetime.fromtimestamp(START + 100 * DAY, UTC).date()
FAR = START + 10_000 * DAY


def _order(repo: Repository, path: str = "a.md") -> list[str]:
    return [change.commit.sha for change in history(repo.root).changes(path)]


def _of_today(repo: Repository, today: date = TODAY) -> History:
    return history(repo.root, today=today)


def test_a_commit_dated_after_today_is_named(repo: Repository) -> None:
    repo.commit({"a.md": "1", "b.md": "1"})
    ahead = repo.commit({"a.md": "2"}, time=FAR)
    last = _of_today(repo).last("a.md")
    assert (last.known, last.commit.sha) == (Known.FUTURE, ahead)  # type: ignore[union-attr]
    assert _of_today(repo).last("b.md").known is Known.YES
    assert history(repo.root).last("a.md").known is Known.YES, "without a today, clocks are believed"


def test_tomorrow_is_today_elsewhere(repo: Repository) -> None:
    repo.commit({"a.md": "1"}, time=START)
    for days, known in ((0, Known.YES), (-1, Known.YES), (-2, Known.FUTURE)):
        today = datetime.fromtimestamp(START + days * DAY, UTC).date()
        assert _of_today(repo, today).last("a.md").known is known


def test_a_change_after_one_from_the_future_is_the_last(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    ahead = repo.commit({"a.md": "2"}, time=FAR)
    now = repo.commit({"a.md": "3"})
    assert _order(repo) == [now, ahead, first]
    last = _of_today(repo).last("a.md")
    assert (last.known, last.commit.sha) == (Known.YES, now)  # type: ignore[union-attr]


def test_a_commit_of_1970(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    reset = repo.commit({"a.md": "2"}, time=0)
    found = history(repo.root)
    assert _order(repo) == [reset, first]
    # It cannot be older than what it builds on.
    assert [change.commit.sha for change in found.covered(["*.md"], START - 1).changes] == [reset, first]
    assert not found.covered(["*.md"], START)


def test_a_commit_from_the_future_is_after_every_moment_and_spoils_no_other(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    ahead = repo.commit({"a.md": "2"}, time=FAR)
    repo.commit({"b.md": "1"})
    found = _of_today(repo)
    since = START + 50 * DAY
    assert [change.commit.sha for change in found.covered(["*.md"], since).changes] == [ahead]
    assert [change.path for change in found.covered(["b.md"], START).changes] == ["b.md"]


def test_commits_of_one_second(repo: Repository) -> None:
    expected = [repo.commit({"a.md": str(number)}, time=START) for number in range(12)]
    assert _order(repo) == expected[::-1]
    assert history(repo.root).last("a.md").commit.sha == expected[-1]  # type: ignore[union-attr]


def test_clocks_that_run_backwards(repo: Repository) -> None:
    expected = [repo.commit({"a.md": str(number)}, time=START - number * DAY) for number in range(12)]
    assert _order(repo) == expected[::-1] == repo.log("a.md")


def test_two_sides_of_which_one_has_a_wrong_clock(repo: Repository) -> None:
    repo.commit({"a.md": "1"}, time=START)
    repo.git("checkout", "-q", "-b", "side")
    ahead = repo.commit({"a.md": "2"}, time=START + 500 * DAY)
    after = repo.commit({"a.md": "3"}, time=START + 2 * DAY)
    repo.git("checkout", "-q", "main")
    main = repo.commit({"a.md": "4"}, time=START + 3 * DAY)
    repo.merge("side", options=("-s", "ours"), time=START + 4 * DAY)
    # Of the two that nothing builds on, the one that is younger by its clock; then what may come next.
    assert _order(repo)[:3] == [main, after, ahead]
    assert _order(repo) == repo.log("a.md", "--full-history", "--no-merges", "--date-order")


def test_since_a_commit(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit({"a.md": "side", "b.md": "1"}, time=START - 5 * DAY)
    repo.git("checkout", "-q", "main")
    main = repo.commit({"c.md": "1"})
    merge = repo.merge("side")
    found = history(repo.root)
    assert [change.commit.sha for change in found.covered_since(["a.md", "b.md"], main).changes] == [side, side]
    assert [change.path for change in found.covered_since(["**"], side).changes] == ["c.md"]
    assert not found.covered_since(["**"], merge)
    assert len(found.covered_since(["**"], first).changes) == 3
    for unknown in ("0" * 40, "main", "", "é"):
        assert found.covered_since(["**"], unknown).known is Known.NOT


def test_since_a_commit_of_another_branch(repo: Repository, tmp_path) -> None:  # type: ignore[no-untyped-def]
    repo.commit({"a.md": "1"})
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit({"a.md": "2"})
    history(repo.root, tmp_path)
    repo.git("checkout", "-q", "main")
    assert history(repo.root, tmp_path).covered_since(["**"], side).known is Known.NOT
