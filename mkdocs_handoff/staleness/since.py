"""The point after which changes count: a review's day, or a commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.today import moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mkdocs_handoff.history.facts import Change, Covered
    from mkdocs_handoff.history.history import History


@dataclass(frozen=True)
class Since:
    """A point in the past.

    Attributes:
        day: Changes of later days count; None where a commit is the point.
        commit: Changes by commits that this one does not build on count; its full name.
        words: `after the review of 2026-10-20`.
        uncommitted: Whether what is not committed yet counts: it came after a review of an earlier day.
        every: Whether sweeps and ignored commits count: in a change that nobody has looked at yet.
    """

    day: date | None
    commit: str
    words: str
    uncommitted: bool = True
    every: bool = False

    def covered(self, glob: str, history: History, *, same_day: bool = False) -> Covered:
        """Return the changes of what a glob covers; with `same_day` those of the day itself as well."""
        if self.day is None:
            return history.covered_since((glob,), self.commit, every=self.every)
        return history.covered((glob,), moment(self.day) - (86_400 if same_day else 0))

    def swept(self, glob: str, history: History) -> bool:
        """Tell whether commits that do not count changed what a glob covers."""
        return self.day is None and bool(history.covered_since((glob,), self.commit, every=True))

    def teller(self, history: History) -> Callable[[Change], bool] | None:
        """Return what tells whether a change came after; None where history cannot tell."""
        is_after = history.later(moment(self.day)) if self.day is not None else history.after(self.commit)
        return None if is_after is None else lambda change: is_after(change.commit.sha)
