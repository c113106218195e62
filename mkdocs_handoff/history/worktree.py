"""Where a path stands between the last commit and the files on disk."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.history import git

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.history.repository import Repository


class Place(StrEnum):
    """Where a path stands. The text is for people."""

    COMMITTED = "committed"
    MODIFIED = "changed since the last commit"
    MOVED = "renamed since the last commit"
    ADDED = "added, but not committed yet"
    UNTRACKED = "not committed yet"
    DELETED = "deleted"
    SUBMODULE = "in a submodule, which has a history of its own"
    OUTSIDE = "outside the repository"
    UNKNOWN = "unknown"


_LINK, _SUBMODULE = "120000", "160000"


@dataclass(frozen=True, slots=True)
class WorkTree:
    """What differs from the last commit. Paths are from the work tree's root.

    Attributes:
        root: The work tree's root.
        tracked: What git's index holds.
        links: Those that are symbolic links.
        submodules: Those that are other repositories.
        blobs: Git's name of what the index holds at each path (of a submodule, its commit).
        pending: What differs from the last commit: a letter as git has it (A, D, M, U, R), and a path's name
            before.
    """

    root: Path = Path()
    tracked: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    submodules: frozenset[str] = frozenset()
    blobs: Mapping[str, str] = field(default_factory=dict)
    pending: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def place(self, path: str) -> tuple[Place, str]:
        """Return where a path stands, and the path whose commits are its own."""
        letter, before = self.pending.get(path, ("", ""))
        if path in self.links or (path not in self.tracked and not letter):
            return self._beyond(path)
        if letter == "R":
            return Place.MOVED, before
        if letter == "D" and path not in self.tracked and os.path.lexists(os.path.join(self.root, path)):  # noqa: PTH118
            return Place.UNTRACKED, path
        if letter:
            return {"A": Place.ADDED, "D": Place.DELETED}.get(letter, Place.MODIFIED), path
        return Place.COMMITTED, path

    def submodule(self, path: str) -> str:
        """Return the submodule that a path is in, or nothing."""
        position = path.find("/")
        while position != -1:
            if path[:position] in self.submodules:
                return path[:position]
            position = path.find("/", position + 1)
        return ""

    def _beyond(self, path: str) -> tuple[Place, str]:
        """A path that git does not have, or has as a symbolic link: its content is that of the file it leads to."""
        if self.submodule(path):
            return Place.SUBMODULE, path
        root = os.path.realpath(self.root)
        real = os.path.realpath(os.path.join(root, path))  # noqa: PTH118 - a Path would drop what `..` passes through
        if not real.startswith(root + os.sep):
            return Place.OUTSIDE, path
        target = real[len(root) + 1 :].replace(os.sep, "/")
        if target != path and target in self.tracked and target not in self.links:
            return self.place(target)
        if path in self.links:
            return Place.COMMITTED, path
        if self.submodule(target):
            return Place.SUBMODULE, path
        there = os.path.lexists(os.path.join(root, path))  # noqa: PTH118
        return (Place.UNTRACKED if there else Place.UNKNOWN), path


def work_tree(repository: Repository) -> WorkTree:
    """Ask git what differs from the last commit.

    Filters that the repository's own configuration names (`filter.NAME.clean` and so on) are programs of its own and do
    not run: a file that has one, and whose time stamp is not what git remembers, counts as modified.

    Raises:
        git.UnreadableError: git could not tell.
    """
    root = repository.top
    entries = _asked(root, "ls-files", "-s", "-z").split("\0")[:-1]
    start = entries[0].index("\t") + 1 if entries else 0  # mode, name, stage: of one length in all
    return WorkTree(
        root,
        frozenset([entry[start:] for entry in entries]),
        frozenset([entry[start:] for entry in entries if entry.startswith(_LINK)]),
        frozenset([entry[start:] for entry in entries if entry.startswith(_SUBMODULE)]),
        {entry[start:]: entry[7 : start - 3] for entry in entries},
        _pending(repository),
    )


def dirty(repository: Repository, tree: WorkTree) -> dict[str, str]:
    """Return git's names of what files hold that differ from the last commit, as if they were committed now.

    Line ends are turned round as `.gitattributes` and `core.autocrlf` ask; filters of the repository do not run.
    """
    files = [
        path
        for path, (letter, _) in tree.pending.items()
        if letter != "D" and "\n" not in path and path not in tree.submodules and _ordinary(tree.root, path)
    ]
    if not files:
        return {}
    given = "".join(f"{path}\n" for path in files).encode("utf-8", "surrogateescape")
    answer = git.run(repository.top, "hash-object", "--stdin-paths", given=given, settings=quiet(repository))
    names = answer.text.split()
    return dict(zip(files, names, strict=True)) if not answer.status and len(names) == len(files) else {}


def _ordinary(root: Path, path: str) -> bool:
    full = os.path.join(root, path)  # noqa: PTH118
    return os.path.isfile(full) and not os.path.islink(full)  # noqa: PTH113, PTH114


def quiet(repository: Repository) -> tuple[tuple[str, str], ...]:
    """Return settings with which no filter runs that the repository names."""
    return tuple(
        (f"filter.{name}.{part}", value)
        for name in repository.filters
        for part, value in (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false"))
    )


def _pending(repository: Repository) -> dict[str, tuple[str, str]]:
    # `git status` and not `git diff`: that one writes the index, and somebody else's `git add` may fail on its lock.
    text = _asked(
        repository.top, "status", "--porcelain=v1", "-z", "--untracked-files=no", "--find-renames=100%",
        "--no-ahead-behind", "--ignore-submodules=dirty", settings=quiet(repository),
    )  # fmt: skip
    entries = iter(text.split("\0"))
    pending: dict[str, tuple[str, str]] = {}
    for entry in entries:
        if not entry:
            break
        letter, path = _letter(entry[0], entry[1]), entry[3:]
        before = next(entries) if "R" in entry[:2] else ""
        if before:
            pending[before] = ("D", "")
        pending[path] = (letter, before if letter == "R" else "")
    return pending


def _letter(index: str, files: str) -> str:
    """Return what the index changed and what the files changed since as one letter."""
    if "U" in (index, files) or (index == files and index in "AD"):
        return "U"
    if files == "D" or (index == "D" and files == " "):
        return "D"
    if index in "AR" and files in "MT":
        return "A"
    return index if index in "AR" else files if files in "AR" else "M"


def _asked(root: Path, *arguments: str, settings: tuple[tuple[str, str], ...] = ()) -> str:
    answer = git.run(root, *arguments, settings=settings)
    if answer.status:
        raise git.UnreadableError(answer.error)
    return answer.text
