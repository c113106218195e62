"""What is kept between runs: it never changes an answer, whatever becomes of branches and of the file itself."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mkdocs_handoff.history import git, order, store
from mkdocs_handoff.history.history import History, history
from tests.history.repositories import DAY, ENVIRONMENT, START, Repository, repository

GLOBS = ("*", "**", "folder/**", "a*.md", "a1.md", "folder", "**/b?.md")


def answers(found: History) -> object:
    """All that can be asked, of all paths that ever were."""
    paths = sorted({*found._paths, *found.tree.tracked, "not-there.md"})
    commits = sorted(found.branch.log.sha(number) for number, part in enumerate(found.branch.part) if part)
    trails = {path: found.trail(path) for path in paths}
    return [
        [
            (path, found.last(path), trails[path], found.authors(path), found.whole(path))
            for path in paths
            if trails[path]
        ],
        [
            (glob, since, found.covered([glob], since).changes)
            for glob in GLOBS
            for since in (0, START, START + 5 * DAY, START + 20 * DAY)
        ],
        [(glob, commit, found.covered_since([glob], commit).changes) for glob in GLOBS for commit in commits[:4]],
    ]


@pytest.fixture
def stream_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The streams that were asked for."""
    calls: list[tuple[str, ...]] = []
    real = git.stream

    def spied(folder: Path, *arguments: str):  # type: ignore[no-untyped-def]
        calls.append(arguments)
        return real(folder, *arguments)

    monkeypatch.setattr(git, "stream", spied)
    return calls


def _file(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


@pytest.fixture
def cached(repo: Repository, tmp_path: Path) -> Path:
    """A cache that knows three commits of a repository."""
    repo.commit({"a.md": "1", "été.md": "1"})
    repo.commit({"a.md": "2", "b.md": "1"})
    repo.git("mv", "b.md", "c.md")
    repo.record()
    history(repo.root, tmp_path / "cache")
    return tmp_path / "cache"


def test_only_new_commits_are_read(repo: Repository, cached: Path, stream_calls: list[tuple[str, ...]]) -> None:
    old = repo.head
    history(repo.root, cached)
    assert stream_calls == []
    repo.commit({"a.md": "3"})
    found = history(repo.root, cached)
    assert [f"^{old}" in call for call in stream_calls] == [True]
    assert answers(found) == answers(history(repo.root))
    history(repo.root, cached)
    assert len(stream_calls) == 2, "the one without a cache, and none for the last"


def test_headers_kept_and_new_are_those_of_one_reading(repo: Repository, cached: Path) -> None:
    repo.commit({"a.md": "3"}, "Été")
    mixed, fresh = history(repo.root, cached).branch.log, history(repo.root).branch.log
    kept = history(repo.root, cached).branch.log
    assert mixed.heads == fresh.heads == kept.heads != history(repo.root / "nowhere").branch.log.heads
    places = range(len(fresh.heads))
    assert len(places) == 4
    for log in (mixed, kept):
        assert [log.heads[place] for place in places] == list(fresh.heads)
        assert [log.commit(place) for place in places] == [fresh.commit(place) for place in places]
        assert log.numbers() == fresh.numbers() == {log.sha(place).encode(): place for place in places}
        assert log.heads.packed() == fresh.heads.packed()


def test_ignored_commits_and_mailmap_are_applied_on_reading(repo: Repository, cached: Path) -> None:
    assert len(history(repo.root, cached).changes("a.md")) == 2
    repo.write({".git-blame-ignore-revs": repo.log("a.md")[0], ".mailmap": "Ann Berg <ann@example.org>\n"})
    found = history(repo.root, cached)
    assert found.authors("a.md") == (("Ann Berg", "ann@example.org", 1),)


def test_another_branch_a_rewritten_one_and_back(repo: Repository, cached: Path) -> None:
    for step in (
        ("checkout", "-q", "-b", "side", "HEAD~1"),
        ("reset", "-q", "--hard", "HEAD~1"),
        ("checkout", "-q", "main"),
        ("checkout", "-q", "--orphan", "new"),
        ("checkout", "-q", "-f", "main"),
        ("reset", "-q", "--hard", "HEAD~2"),
    ):
        repo.git(*step)
        if "reset" in step or "--orphan" in step or "-b" in step:
            repo.commit({"a.md": f"after {step}"})
        assert answers(history(repo.root, cached)) == answers(history(repo.root))


def test_tips_that_git_has_thrown_away(repo: Repository, cached: Path) -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"a.md": "lost"})
    history(repo.root, cached)
    repo.git("checkout", "-q", "main")
    repo.git("branch", "-q", "-D", "side")
    repo.commit({"a.md": "kept"})
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "-q", "--prune=now")
    found = history(repo.root, cached)
    assert answers(found) == answers(history(repo.root))
    heads = found.branch.log.heads
    assert len(set(heads)) == len(heads)


def test_many_branches_do_not_pile_up(repo: Repository, cached: Path) -> None:
    first = repo.head
    for number in range(40):
        repo.git("checkout", "-q", "-B", "topic", first)
        repo.commit({"a.md": str(number)})
        found = history(repo.root, cached)
    assert len(found.branch.log.heads) < 25
    assert answers(found) == answers(history(repo.root))


def test_another_repository_at_the_same_place(repo: Repository, cached: Path) -> None:
    shutil.rmtree(repo.root)
    again = repository(repo.root)
    again.commit({"a.md": "of another one", "x.md": "1"}, "Another")
    assert answers(history(again.root, cached)) == answers(history(again.root))


def _damages(raw: bytes) -> dict[str, bytes]:
    line = raw.index(b"\n")
    return {
        "empty": b"",
        "cut": raw[: len(raw) // 2],
        "cut by a byte": raw[:-1],
        "a byte more": raw + b"x",
        "only the first line": raw[: line + 1],
        "a byte changed": raw[: line + 40] + bytes([raw[line + 40] ^ 1]) + raw[line + 41 :],
        "the last byte changed": raw[:-1] + bytes([raw[-1] ^ 1]),
        "another version": raw.replace(b"[%d," % store.FORM, b"[%d," % (store.FORM + 1), 1),
        "no JSON": b"{" + raw,
        "another form of JSON": b"{}\n" + raw[line + 1 :],
        "a number for a list": b"[%d, 1, 1, 1, 1]\n" % store.FORM,
        "bytes": bytes(range(256)),
    }


@pytest.mark.parametrize("damage", _damages(b"[2, \n" + b"x" * 100))
def test_a_damaged_file_is_read_anew(repo: Repository, cached: Path, damage: str) -> None:
    file = _file(cached)
    whole = file.read_bytes()
    file.write_bytes(_damages(whole)[damage])
    expected = answers(history(repo.root))
    assert answers(history(repo.root, cached)) == expected
    assert file.read_bytes() == whole, "and written again"


def test_a_cache_that_cannot_be_written_or_read(repo: Repository, cached: Path, tmp_path: Path) -> None:
    expected = answers(history(repo.root))
    (tmp_path / "file").write_text("a file where a folder should be")
    assert answers(history(repo.root, tmp_path / "file")) == expected
    assert answers(history(repo.root, tmp_path / "file" / "below")) == expected
    file = _file(cached)
    file.unlink()
    file.mkdir()
    assert answers(history(repo.root, cached)) == expected
    assert [path.name for path in cached.iterdir()] == [file.name], "no half-written file is left"


def test_two_processes_at_once(repo: Repository, tmp_path: Path) -> None:
    for number in range(20):
        repo.commit({"a.md": str(number)})
    code = (
        "import sys, pathlib; from mkdocs_handoff.history.history import history; "
        "print(len(history(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])).changes('a.md')))"
    )
    cache = tmp_path / "cache"
    command = [sys.executable, "-c", code, str(repo.root), str(cache)]
    source = {"PYTHONPATH": str(Path(__file__).parents[2])}
    with ThreadPoolExecutor(6) as pool:
        done = pool.map(lambda _: subprocess.check_output(command, env={**ENVIRONMENT, **source}, text=True), range(12))
    assert {text.strip() for text in done} == {"20"}
    assert len(list(cache.iterdir())) == 1


def test_the_cache_stands_in_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert store.folder() == tmp_path / "mkdocs-handoff"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert store.folder().name == "mkdocs-handoff"


def test_a_history_of_which_little_is_new_is_not_written_again(repo: Repository, tmp_path: Path) -> None:
    stream = "".join(
        f"commit refs/heads/main\nmark :{number}\ncommitter A <a@example.org> {START + number} +0000\ndata 1\nx\n"
        + (f"from :{number - 1}\n" if number > 1 else "")
        + f"M 100644 inline a{number % 7}.md\ndata {len(str(number))}\n{number}\n"
        for number in range(1, 501)
    )
    subprocess.run(["git", "fast-import", "--quiet"], input=stream.encode(), cwd=repo.root, check=True)
    repo.git("reset", "-q", "--hard")
    cache = tmp_path / "cache"
    history(repo.root, cache)
    before = _file(cache).read_bytes()
    for number in range(4):
        repo.commit({"a1.md": f"new {number}"})
        assert answers(history(repo.root, cache)) == answers(history(repo.root))
        assert (_file(cache).read_bytes() == before) == (number < 2)


# -- random histories --------------------------------------------------------------------------------------------------


class Walk:
    """Somebody who does all sorts of things in a repository."""

    def __init__(self, repo: Repository, seed: int) -> None:
        self.repo = repo
        self.random = random.Random(seed)
        self.wrong_clocks = seed % 3 == 0
        self.branches = ["main"]
        repo.commit({f"a{number}.md": f"{number}\n" for number in range(5)} | {"folder/b1.md": "b\n"})

    def step(self) -> None:
        """Do something."""
        actions = (
            self._edit, self._edit, self._edit, self._add, self._delete, self._rename, self._rename,
            self._rename_and_edit, self._swap,
            self._branch, self._branch, self._switch, self._switch, self._merge, self._merge, self._merge, self._amend,
            self._reset,
        )  # fmt: skip
        self.random.choice(actions)()

    def _files(self) -> list[str]:
        return self.repo.git("ls-files").splitlines() or self._add()

    def _name(self) -> str:
        return self.random.choice(("", "folder/")) + self.random.choice("ab") + str(self.random.randrange(9)) + ".md"

    def _time(self) -> int | None:
        if not self.wrong_clocks:
            return None
        day = START + self.repo.days * DAY
        return self.random.choice([None, None, day, START, START, 0, START + 900 * DAY, day - 3 * DAY])

    def _commit(self, files: dict[str, str | bytes | None] | None = None) -> None:
        author = self.random.choice(("Ann <ann@example.org>", "Bo <bo@example.org>"))
        self.repo.commit(files, time=self._time(), author=author)

    def _text(self) -> str:
        return "".join(f"{self.random.randrange(5)}\n" for _ in range(self.random.randrange(1, 6)))

    def _edit(self) -> None:
        self._commit({self.random.choice(self._files()): self._text()})

    def _add(self) -> list[str]:
        name = self._name()
        self._commit({name: self._text(), "side.md": self._text()})
        return [name]

    def _delete(self) -> None:
        if len(files := self._files()) > 3:
            self._commit({self.random.choice(files): None})

    def _rename(self) -> None:
        old, new = self.random.choice(self._files()), self._name()
        (self.repo.root / new).parent.mkdir(exist_ok=True)
        self.repo.git("mv", "-f", "-k", old, new)
        self._commit()

    def _rename_and_edit(self) -> None:
        old, new = self.random.choice(self._files()), self._name()
        self._commit({old: None} | {new: self._text()} if old != new else {old: self._text()})

    def _swap(self) -> None:
        one, two = (self.random.choice(self._files()) for _ in range(2))
        texts = [(self.repo.root / name).read_bytes() for name in (one, two)]
        self._commit({one: texts[1], two: texts[0]})

    def _branch(self) -> None:
        name = f"branch{len(self.branches)}"
        self.repo.git("checkout", "-q", "-b", name)
        self.branches.append(name)

    def _switch(self) -> None:
        self.repo.git("checkout", "-q", self.random.choice(self.branches))

    def _merge(self) -> None:
        here = self.repo.git("rev-parse", "--abbrev-ref", "HEAD")
        ahead = [name for name in self.branches if self.repo.git("rev-list", "--count", f"{here}..{name}") != "0"]
        if not ahead:
            return
        other = self.random.choice(ahead)
        with contextlib.suppress(AssertionError):  # a conflict: committed as it stands
            self.repo.merge(other, options=("-X", self.random.choice(("ours", "theirs")), "--no-commit"))
        if self.random.random() < 0.3:
            self.repo.write({self._files()[0]: self._text()})
        self._commit()

    def _amend(self) -> None:
        self.repo.write({self._files()[0]: self._text()})
        self.repo.git("add", "-A")
        self.repo.record(options=("--amend",))

    def _reset(self) -> None:
        if int(self.repo.git("rev-list", "--count", "HEAD")) > 8:
            self.repo.git("reset", "-q", "--hard", "HEAD~1")


@pytest.mark.parametrize("seed", range(12))
def test_kept_and_fresh_agree_with_each_other_and_with_git_log(repo: Repository, tmp_path: Path, seed: int) -> None:
    walk = Walk(repo, seed)
    for number in range(60):
        walk.step()
        if number % 4 == 0:
            fresh = history(repo.root)
            assert answers(history(repo.root, tmp_path / "cache")) == answers(fresh)
    _agrees(fresh := history(repo.root), repo)
    assert fresh.readable


def _agrees(found: History, repo: Repository) -> None:
    """Per-file `git log`, unsimplified and without merges, says the same; it tells a rename at either name."""
    log = found.branch.log
    plain = [number for number in range(len(log.heads)) if len(log.parents(number)) < 2]
    for path in found._paths:
        ours = {number for number in log.paths.get(path, ()) if number in plain}
        for new, moves in log.moves.items():
            ours |= {number for number, was in moves if path in (new, was) and number in plain}
        theirs = repo.log(path, "--full-history", "--no-merges", "--no-renames", "--date-order")
        ordered = [log.sha(number) for number in order.newest_first(log, ours)]
        assert sorted(ordered) == sorted(theirs), path
        numbers = order.newest_first(log, ours)
        assert not any(
            order.builds_on(log, later, earlier)
            for place, earlier in enumerate(numbers)
            for later in numbers[place + 1 :]
        ), "no commit comes before one that builds on it"
        if log.times == log.latest and len({log.times[number] for number in ours}) == len(ours):
            assert ordered == theirs, path
        # A merge counts where git sees in it what no parent has.
        merges = {log.sha(number) for number in log.paths.get(path, ()) if number not in plain}
        assert merges <= set(repo.log(path, "--full-history", "--merges"))
