"""Whether our last change of a path is the one that per-file `git log` tells, and if not, why.

git is asked path by path. What it says first is taken, but for what `mkdocs_handoff.history.history` says is meant
otherwise: each such step is looked up in git's own account of that commit and gives the disagreement its name. What is
left is unexplained, and a defect of ours.
"""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.history.history import History, history
from mkdocs_handoff.history.ignored import ignored

if TYPE_CHECKING:
    from pathlib import Path


class Reason(StrEnum):
    """Why two answers differ, or that they do not. The text is for people."""

    AGREES = "agrees"
    RENAME = "git log tells a rename without a change"
    SWEEP = "git log tells a sweep"
    IGNORED = "git log tells a commit that blame passes over"
    SIDE = "git log leaves out a side of a merge"
    CLOCK = "git log goes by a clock that contradicts what builds on what, or does not decide"
    UNEXPLAINED = "unexplained"


@dataclass
class Comparison:
    """Our history of a repository beside git's.

    Attributes:
        root: The work tree's root.
        found: What we read.
    """

    root: Path
    found: History
    _touched: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def reasons(self, path: str) -> tuple[Reason, ...]:
        """Return why the answers about a path differ, each reason once, in the order in which they are met."""
        ours = self.ours(path)
        if ours == (self.listed("HEAD", path) or [""])[0]:
            return (Reason.AGREES,)
        theirs, reasons, names = self._theirs(path)
        if ours != theirs:
            reasons.append(self._parting(ours, theirs, names))
        return tuple(dict.fromkeys(reasons))

    def ours(self, path: str) -> str:
        """Return the last substantive change as we tell it, or nothing; the files on disk have no say in it."""
        branch = self.found.branch
        numbers = branch.substantive(branch.numbers_of(path))
        return branch.log.sha(branch.newest(numbers)) if numbers else ""

    def listed(self, until: str, *paths: str, full: bool = False) -> list[str]:
        """Return the commits that `git log` lists for paths, newest first."""
        options = ["--full-history"] if full else []
        return _git(self.root, "log", "--format=%H", *options, until, "--", *paths).split()

    @cached_property
    def paths(self) -> list[str]:
        """The files of the last commit, but symbolic links and submodules, whose history is not that of a file."""
        entries = _git(self.root, "ls-tree", "-r", "-z", "HEAD").split("\0")[:-1]
        return [entry.partition("\t")[2] for entry in entries if entry.startswith("100")]

    @cached_property
    def gone(self) -> list[str]:
        """The files that are there no longer, under the names they had: deleted ones, and renamed ones."""
        names = _git(self.root, "log", "--no-renames", "--diff-filter=D", "--name-only", "--format=", "-z").split("\0")
        return sorted(set(filter(None, names)) - set(_git(self.root, "ls-files", "-z").split("\0")))

    @cached_property
    def renamed(self) -> list[str]:
        """The files of the last commit that were once renamed without a change."""
        text = _git(self.root, "log", "-M100%", "-l0", "--diff-filter=R", "--name-only", "--format=", "-z")
        return sorted(set(filter(None, text.split("\0"))).intersection(self.paths))

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return ignored(self.found.repository)

    def _theirs(self, path: str) -> tuple[str, list[Reason], list[str]]:
        """Follow `git log` until a commit that nothing documented keeps from counting.

        Returns:
            The commit or nothing, what was passed over on the way, and the names that the file had.
        """
        reasons: list[Reason] = []
        names, waiting = [path], self.listed("HEAD", path)
        while waiting:
            sha = waiting.pop(0)
            moves = {new: old for status, old, new in self._changed(sha) if status == "R100"}
            if names[-1] in moves:
                reasons.append(Reason.RENAME)
                names.append(moves[names[-1]])
                waiting = self.listed(f"{sha}^", names[-1])
            elif names[-1] in moves.values():
                reasons.append(Reason.RENAME)
            elif sha in self._ignored:
                reasons.append(Reason.IGNORED)
            elif len(self._changed(sha)) > self.found.branch.bulk:
                reasons.append(Reason.SWEEP)
            else:
                return sha, reasons, names
        return "", reasons, names

    def _parting(self, ours: str, theirs: str, names: list[str]) -> Reason:
        """Return why the walk along git's list ended at another commit than ours."""
        if not ours or ours not in self.listed("HEAD", *names, full=True):
            return Reason.UNEXPLAINED
        if not any(ours in self.listed("HEAD", name) for name in names):
            return Reason.SIDE
        if theirs and (self._builds_on(ours, theirs) or self._time(ours) == self._time(theirs)):
            return Reason.CLOCK
        return Reason.UNEXPLAINED

    def _changed(self, sha: str) -> list[tuple[str, str, str]]:
        """Return what a commit did, as git tells it: status, name before and name after."""
        if sha not in self._touched:
            words = iter(
                _git(
                    self.root, "diff-tree", "-r", "-c", "--root", "--no-commit-id", "-M100%", "-l0", "--name-status",
                    "-z", sha,
                ).split("\0")[:-1]
            )  # fmt: skip
            self._touched[sha] = [
                (status, old, next(words) if status[1:].isdigit() else old)
                for status, old in zip(words, words, strict=False)
            ]
        return self._touched[sha]

    def _builds_on(self, younger: str, elder: str) -> bool:
        command = ["git", "merge-base", "--is-ancestor", elder, younger]
        return not subprocess.run(command, cwd=self.root, check=False).returncode

    def _time(self, sha: str) -> str:
        return _git(self.root, "show", "-s", "--format=%ct", sha)


def compared(root: Path, paths: int) -> Counter[str]:
    """Return how often each reason, or several together, holds for a sample of a repository's paths.

    Args:
        root: The work tree's root.
        paths: How many of the files that are there; of those that are gone or were renamed come as many more.
    """
    comparison = Comparison(root, history(root))
    chosen = sample(comparison.paths, paths) | sample(comparison.gone, paths) | sample(comparison.renamed, paths)
    found: Counter[str] = Counter()
    for path in sorted(chosen):
        reasons = comparison.reasons(path)
        found["; ".join(reasons) + (f": {path}" if Reason.UNEXPLAINED in reasons else "")] += 1
    return found


def sample(paths: list[str], count: int) -> set[str]:
    """Return some of the paths, always the same ones."""
    return set(random.Random(1).sample(paths, min(count, len(paths))))


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "--literal-pathspecs", *arguments], cwd=root, check=True, capture_output=True)
    return done.stdout.decode("utf-8", "surrogateescape").strip("\n")
