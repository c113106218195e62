"""The answers: a path's last change, its changes, and the changes of what globs cover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.history.worktree import Place

if TYPE_CHECKING:
    from mkdocs_handoff.history.log import Commit


Found = Sequence[tuple[str, str, list[int]]]
"""Paths, their names before a rename, and commits by number."""


class Known(StrEnum):
    """How well a date, or a list of changes, is known. The text is for people."""

    YES = "known"
    CUT = "older than this shallow clone reaches"
    SWEPT = "changed only by commits over many files or ignored ones"
    FUTURE = "dated after today: a clock was wrong"
    NOT = "unknown"


@dataclass(frozen=True, slots=True)
class Last:
    """The last substantive change of a path, how well it is known, and where the path stands now.

    Attributes:
        known: Only with YES is the commit's time the time of the last change.
        commit: With CUT the one that the clone begins with, with SWEPT the one that brought the path, with FUTURE
            the one with
            the wrong clock; None where there is none.
        place: Against the last commit; a modified file has a last change, and another one that nobody has dated.
        reason: Why git cannot be asked at all; empty where it can.
    """

    known: Known
    commit: Commit | None = None
    place: Place = Place.UNKNOWN
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A commit's change of a path.

    Attributes:
        path: The path's name then.
        was: Its name before, where the commit renamed it without changing it.
        substantive: Whether it says that somebody looked at the file: no rename, no sweep, no ignored commit.
    """

    commit: Commit
    path: str
    was: str = ""
    substantive: bool = True


class Covered:
    """The changes of what globs cover since a moment or a commit; true where there are any.

    Attributes:
        known: YES: these are all. CUT: there may be others, before a shallow clone begins. NOT: git could not be
            asked, or the
            commit is not part of this history.
        uncommitted: Covered files that differ from the last commit.
    """

    def __init__(
        self,
        known: Known,
        uncommitted: tuple[str, ...] = (),
        found: Found = (),
        told: Callable[[], tuple[Change, ...]] = tuple,
    ) -> None:
        """Take what was found, and what makes changes of it."""
        self.known = known
        self.uncommitted = uncommitted
        self._found = found
        self._told = told

    def __bool__(self) -> bool:
        return bool(self._found)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes, newest first, a commit's in the order of paths; made only when asked for: most are not."""
        return self._told()
