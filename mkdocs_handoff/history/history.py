"""Facts of paths, for whoever asks: the last substantive change, authors, changes, changes since a moment or commit.

Every answer agrees with per-file `git log -- PATH` but for these, which are meant:

- A rename without a change is no change, and a path has the past of its older names. `git log -- PATH` tells the
  rename as the
  beginning; `--follow` guesses at renames with changes as well, and pairs cards that are merely alike.
- `git log -- PATH` simplifies history: where a merge took a path whole from one side, it tells nothing of the
  other. Here the
  changes of both sides are told, so of two sides that made the same change, or of which one was discarded, both
  count. It is
  `git log --full-history` without the merges that made nothing themselves.
- A merge counts where it has what none of its parents has: a conflict's solution, two changes that git put
  together, an addition
  of its own.
- Two files that exchange names have both changed; a rename that changes the file as well begins a new past.
- Sweeps (more than a set number of files) and commits in `.git-blame-ignore-revs` are not substantive.
- Replace refs and grafts are passed over (`git.py`); where clocks contradict what builds on what, the latter holds
  (`order.py`).
- In a shallow clone the oldest commits are no changes: they only hold what was there before.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.history import contents, git, order, store
from mkdocs_handoff.history.branch import BULK, Branch, Names
from mkdocs_handoff.history.coverage import area
from mkdocs_handoff.history.facts import Change, Covered, Found, Known, Last
from mkdocs_handoff.history.repository import Repository, State, repository
from mkdocs_handoff.history.worktree import Place, WorkTree, dirty, work_tree
from mkdocs_handoff.today import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

_NAMES = 5
"""So many older names of a file are looked for."""

_DATELESS = frozenset({Place.UNTRACKED, Place.ADDED, Place.SUBMODULE, Place.OUTSIDE, Place.UNKNOWN})


@dataclass
class History:
    """What git knows of the paths of one project. Paths are from the project's root, with `/` between parts.

    Attributes:
        repository: As git sees it; where it cannot be read, every question is answered with "unknown".
        branch: The commits that lead to what is checked out.
        tree: What differs from the last commit.
    """

    repository: Repository
    branch: Branch
    tree: WorkTree = field(default_factory=WorkTree)

    @property
    def readable(self) -> bool:
        """Whether there is any history to ask."""
        return self.repository.state is State.READY

    def place(self, path: str) -> Place:
        """Return where a path stands against the last commit."""
        return self._placed(path)[0]

    def last(self, path: str) -> Last:
        """Return the last substantive change of a file."""
        if not self.readable:
            return Last(Known.NOT, reason=self.repository.state.value)
        place, full = self._placed(path)
        if place in _DATELESS:
            return Last(Known.NOT, place=place)
        branch = self.branch
        found = branch.numbers_of(full)
        counting = branch.substantive(found)
        if not counting:
            brought = order.newest_first(branch.log, found)[-1:]
            return Last(Known.SWEPT, branch.commit(brought[0]), place) if brought else Last(Known.NOT, place=place)
        newest = branch.newest(counting)
        if newest in branch.boundary:
            return Last(Known.CUT, branch.commit(newest), place)
        return Last(Known.FUTURE if newest in branch.late else Known.YES, branch.commit(newest), place)

    def changes(self, path: str) -> tuple[Change, ...]:
        """Return the substantive changes of a file, newest first, under whatever name it had."""
        return tuple(change for change in self.trail(path) if change.substantive)

    def trail(self, path: str) -> tuple[Change, ...]:
        """Return all that commits did to a file, newest first: renames, sweeps and ignored commits as well."""
        if not self.readable:
            return ()
        past = self.branch.past(self._placed(path)[1])
        return self._told({number: names for number, names in past.items() if number not in self.branch.boundary})

    def past(self, path: str) -> tuple[Change, ...]:
        """Return the trail of a file, continued under the name it had before a commit that renamed and edited it.

        What git takes for such a rename (half of the lines alike) may be another file: ask where that does less harm
        than to take a file for new.
        """
        found = list(self.trail(path))
        for _ in range(_NAMES):
            oldest = found[-1] if found else None
            was = self._forerunners(oldest.commit.sha).get(oldest.path) if oldest is not None else None
            is_after = self.after(oldest.commit.sha) if oldest is not None else None
            if oldest is None or was is None or is_after is None:
                break
            before = (change for change in self.trail(was) if change.commit.sha != oldest.commit.sha)
            found += [change for change in before if not is_after(change.commit.sha)]
            if found[-1] is oldest:
                break
        return tuple(found)

    def _forerunners(self, commit: str) -> Mapping[str, str]:
        """Return the files that a commit renamed and edited, as git finds them: the name before, by the new one."""
        if commit not in self._renamed:
            number = self.branch.number(commit)
            parents = self.branch.log.parents(number) if number is not None else []
            pairs: dict[str, str] = {}
            if parents:
                parent = self.branch.log.sha(parents[0])
                answer = git.run(
                    self.repository.top,
                    "diff-tree",
                    "-r",
                    "-z",
                    "-M",
                    "--diff-filter=R",
                    "--name-status",
                    parent,
                    commit,
                )
                words = iter(answer.out.decode("utf-8", "surrogateescape").split("\0")[:-1])
                pairs = {self._shown(new): self._shown(old) for _, old, new in zip(words, words, words, strict=False)}
            self._renamed[commit] = pairs
        return self._renamed[commit]

    def authors(self, path: str) -> tuple[tuple[str, str, int], ...]:
        """Return who changed a file: name, e-mail and number of substantive changes, the most frequent first."""
        counts = Counter((change.commit.name, change.commit.email) for change in self.changes(path))
        return tuple((*person, count) for person, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))

    def whole(self, path: str) -> bool:
        """Tell whether a file's changes and authors are all that there were: none lie before a shallow clone begins."""
        return self.readable and self.branch.boundary.isdisjoint(self.branch.numbers_of(self._placed(path)[1]))

    def covered(self, globs: Iterable[str], since: int) -> Covered:
        """Return the substantive changes, after a moment, of files that a glob covers or covered.

        A rename that brings a file in, or takes one out, is a change of what is covered; so is another commit of a
        submodule in which covered files are. A commit counts as made at its time, or at that of what it builds on if
        that is later; one dated after today counts as after every moment, because nobody can show that it was not.

        Args:
            globs: From the project's root; `../` leads above it, within the repository.
            since: Seconds since 1970.
        """
        if not self.readable:
            return Covered(Known.NOT)
        branch = self.branch
        cut = any(branch.moments[number] > since for number in branch.boundary)

        def after(path: str) -> list[int]:
            moments, numbers = branch.dated(path)
            return numbers[bisect_right(moments, since) :]

        return self._covered(globs, after, lambda number: branch.moment(number) > since, cut=cut)

    def covered_since(self, globs: Iterable[str], commit: str, *, every: bool = False) -> Covered:
        """Return the substantive changes of what a glob covers or covered, by commits that a commit does not build on.

        Args:
            globs: As for `covered`.
            commit: By its full name; unknown unless what is checked out builds on it.
            every: Whether sweeps and ignored commits count as well.
        """
        branch = self.branch
        number = branch.number(commit) if self.readable else None
        if number is None:
            return Covered(Known.NOT)
        held = branch.holds(number)
        cut = not all(held[one] for one in branch.boundary)

        def after(path: str) -> list[int]:
            numbers = branch.numbered(path, every=every)
            return [one for one in numbers[bisect_left(numbers, held.floor) :] if not held[one]]

        return self._covered(
            globs,
            after,
            lambda one: not held[one],
            cut=cut,
        )

    def differing(self, commit: str) -> frozenset[str]:
        """Return the paths at which what is on disk differs from a commit, whatever lies between; from the root."""
        if not self.readable:
            return frozenset()
        answer = git.run(
            self.repository.top, "diff-tree", "-r", "-z", "--no-renames", "--name-only", commit, self.repository.head
        )
        found = answer.out.decode("utf-8", "surrogateescape").split("\0")[:-1]
        return frozenset(self._shown(path) for path in (*found, *self.tree.pending))

    def contents(self, requests: Sequence[contents.Request]) -> dict[contents.Request, bytes | contents.Missing]:
        """Return what stood at paths at commits: pairs of a commit's full name and a path as it was named then."""
        full = {request: (request[0], path) for request in requests if (path := self._full(request[1])) is not None}
        found = contents.contents(self.repository, list(full.values())) if self.readable else {}
        unknown = contents.Missing.UNKNOWN
        return {request: found.get(full.get(request, ("", "")), unknown) for request in requests}

    def signatures(self, commits: Sequence[str]) -> dict[str, str]:
        """Return how commits are signed (`openpgp`, `ssh`, `x509`, empty for not at all); no signature is checked."""
        return contents.signatures(self.repository, commits) if self.readable else {}

    def cut_after(self, day: date | None, commit: str) -> bool:
        """Tell whether a shallow clone begins after a day has ended, or somewhere else than before a commit."""
        branch = self.branch
        if day is not None:
            end = moment(day)
            return any(branch.moments[number] > end for number in branch.boundary)
        number = branch.number(commit)
        held = branch.holds(number) if number is not None else b""
        return number is None or not all(held[one] for one in branch.boundary)

    def later(self, moment: int) -> Callable[[str], bool]:
        """Return what tells whether a commit was made after a moment: no earlier than what it builds on.

        One that is dated after today was: nobody can show that it was not.
        """
        branch = self.branch

        def is_later(sha: str) -> bool:
            number = branch.number(sha)
            return number is None or branch.moment(number) > moment

        return is_later

    def prepare(self, commits: Iterable[str]) -> None:
        """Find out at once what comes after each of many commits; asked one by one it costs more."""
        if self.readable:
            numbers = (self.branch.number(commit) for commit in commits)
            self.branch.prepare([number for number in numbers if number is not None])

    def after(self, commit: str) -> Callable[[str], bool] | None:
        """Return what tells whether a commit comes after another: is not that one, and not what it builds on.

        None where what is checked out does not build on that other one.
        """
        number = self.branch.number(commit) if self.readable else None
        if number is None:
            return None
        held = self.branch.holds(number)
        numbers = self.branch.number

        def is_after(sha: str) -> bool:
            found = numbers(sha)
            return found is None or not held[found]

        return is_after

    def held(self, glob: str) -> dict[str, str] | None:
        """Return the files that a glob covers of those that git has, with git's name of what each holds.

        Of a file that differs from the last commit it is the name that committing it would give, line ends turned round
        as the repository asks; empty where git cannot tell. One that is deleted on disk is left out.
        Of a submodule in which the glob covers something the name is its commit: what is in it is its own history's.
        None where there is no repository to ask: which files belong to it is not known then.
        """
        if not self.readable:
            return None
        one = area(glob, self.repository.prefix)
        paths = one.matching(self._held, self.tree.submodules) if one else set()
        pending = self.tree.pending
        return {
            self._shown(path): self._dirty.get(path, "") if path in pending else self.tree.blobs[path]
            for path in sorted(paths)
            if pending.get(path, ("", ""))[0] != "D"
        }

    def _full(self, path: str) -> str | None:
        """Return a path from the work tree's root, or None where it leads out of it."""
        full = self.repository.prefix + path
        if path.startswith("/"):
            return None
        if "./" in path or "//" in path or path.endswith("/.."):
            full = posixpath.normpath(full)
        return None if full == ".." or full.startswith("../") else full

    def _shown(self, full: str) -> str:
        prefix = self.repository.prefix
        return full[len(prefix) :] if full.startswith(prefix) else posixpath.relpath(full, prefix)

    def _placed(self, path: str) -> tuple[Place, str]:
        """Return where a path stands, and from the work tree's root the path whose commits are its own."""
        if not self.readable:
            return Place.UNKNOWN, path
        full = self._full(path)
        if full is None:
            return Place.OUTSIDE, path
        place, named = self.tree.place(full)
        if place is Place.UNKNOWN and self.branch.past(full):
            place = Place.DELETED
        return place, named

    def _told(self, found: Mapping[int, Sequence[Names]]) -> tuple[Change, ...]:
        """Return changes, newest first, of what was found: by commit, paths and their names before a rename."""
        branch = self.branch
        return tuple(
            Change(
                branch.commit(number),
                self._shown(path),
                self._shown(was) if was else "",
                substantive=not was and branch.counts(number),
            )
            for number in order.newest_first(branch.log, found)
            for path, was in sorted(found[number])
        )

    def _covered(
        self, globs: Iterable[str], after: Callable[[str], list[int]], is_after: Callable[[int], bool], *, cut: bool
    ) -> Covered:
        areas = [one for glob in globs if (one := area(glob, self.repository.prefix))]
        paths: set[str] = set().union(*(one.matching(self._paths, self.tree.submodules) for one in areas))
        found: list[tuple[str, str, list[int]]] = []
        found += [(path, "", numbers) for path in paths if (numbers := after(path))]
        found += [
            (new, was, [number])
            for path in (paths if self._crossings else ())
            for number, was, new in self._crossings.get(path, ())
            if (was in paths) != (new in paths) and self.branch.counts(number) and is_after(number)
        ]
        pending: set[str] = set().union(*(one.matching(self._pending, self._moved_on) for one in areas))
        return Covered(
            Known.CUT if cut else Known.YES,
            tuple(sorted(map(self._shown, pending))),
            found,
            lambda: self._told(_by_commit(found)),
        )

    @cached_property
    def _paths(self) -> list[str]:
        """All paths that ever were, sorted."""
        log = self.branch.log
        return sorted({*log.paths, *log.moves, *(was for moves in log.moves.values() for _, was in moves)})

    @cached_property
    def _dirty(self) -> dict[str, str]:
        """Git's names of what files hold that differ from the last commit."""
        return dirty(self.repository, self.tree)

    @cached_property
    def _renamed(self) -> dict[str, Mapping[str, str]]:
        return {}

    @cached_property
    def _held(self) -> list[str]:
        return sorted(self.tree.blobs)

    @cached_property
    def _pending(self) -> list[str]:
        return sorted(self.tree.pending)

    @cached_property
    def _moved_on(self) -> frozenset[str]:
        """The submodules at another commit than the last commit has."""
        return self.tree.submodules & self.tree.pending.keys()

    @cached_property
    def _crossings(self) -> Mapping[str, Sequence[tuple[int, str, str]]]:
        """The renames of this branch, by either name."""
        found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for new, moves in self.branch.log.moves.items():
            for number, was in moves:
                if self.branch.part[number]:
                    found[new].append((number, was, new))
                    found[was].append((number, was, new))
        return dict(found)


def _by_commit(found: Found) -> Mapping[int, Sequence[Names]]:
    by_commit: dict[int, list[Names]] = defaultdict(list)
    for path, was, numbers in found:
        for number in numbers:
            by_commit[number].append((path, was))
    return by_commit


def unasked() -> History:
    """Return a history that knows nothing, for a project that wants none to be read."""
    found = Repository(State.OFF)
    return History(found, Branch(found))


def history(root: Path, cache: Path | None = None, *, bulk: int = BULK, today: date | None = None) -> History:
    """Read what git knows of a project; never raises for what a user may have done to the repository.

    Args:
        root: The project's root.
        cache: Where raw facts are kept between runs (`store.folder()` is the place for them); None: nowhere.
        bulk: More files than this make a commit a sweep.
        today: What is dated later was dated by a wrong clock.
    """
    found = repository(root)
    if found.state is not State.READY:
        return History(found, Branch(found))
    try:
        log = store.read(found, cache)
        return History(found, Branch(found, log, bulk, today), work_tree(found))
    except git.UnreadableError as error:
        found = replace(found, state=State.PARTIAL if found.partial else State.UNREADABLE, hint=str(error))
    except (git.GitMissingError, OSError) as error:
        found = replace(found, state=State.UNREADABLE, hint=str(error))
    return History(found, Branch(found))
