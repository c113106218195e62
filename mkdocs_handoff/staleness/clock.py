"""From when a record's review interval runs, and after which point changes count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.worktree import Place
from mkdocs_handoff.staleness.entries import entry_commits
from mkdocs_handoff.staleness.since import Since
from mkdocs_handoff.today import day, day_of, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.facts import Last
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.history.log import Commit
    from mkdocs_handoff.records.record import Record

_ZONES = timedelta(days=1)
"""A day that has begun somewhere on earth is not in the future."""


@dataclass(frozen=True, slots=True)
class Clock:
    """From when a record's review interval runs.

    Attributes:
        start: The day; None where nobody knows.
        reviewed: The day of the review, if there was one.
        commit: The last substantive change, where the clock runs from it.
        trouble: Why there is none.
    """

    start: date | None = None
    reviewed: date | None = None
    commit: str = ""
    trouble: str = ""


class Clocks:
    """The clocks of a project's records: by their reviews, else by git."""

    def __init__(self, catalog: Catalog, history: History, today: date) -> None:
        """Take the records, what git knows of them, and the day."""
        self._catalog = catalog
        self._history = history
        self._today = today
        self._dated: dict[str, Mapping[str, Commit]] = {}

    def clock(self, record: Record) -> Clock:
        """Return from when a record's interval runs."""
        written = record.get("last_reviewed")
        reviewed = day_of(written)
        if reviewed is not None and reviewed <= self._today + _ZONES:
            return Clock(reviewed, reviewed)
        trouble = "never reviewed"
        if written is not None:
            after = "lies in the future" if reviewed is not None else "is no date"
            trouble = f"the review date {written} {after}"
        if len(self._catalog.files.get(record.source.path, ())) > 1 and self._history.readable:
            commit = self._entries(record).get(record.identity.name)
            if commit is not None and day(commit.time) <= self._today + _ZONES:
                return Clock(day(commit.time), None, commit.sha)
            return Clock(trouble=f"{trouble}, and git cannot date it within the file that it shares with others")
        last = self._history.last(record.source.path)
        beside = self._history.last(record.source.sidecar.path) if record.source.sidecar is not None else None
        if beside is not None and _later(beside, last):
            last = beside
        if last.known is Known.YES and last.commit is not None:
            return Clock(day(last.commit.time), None, last.commit.sha)
        return Clock(trouble=f"{trouble}, and {_undated(last)}")

    def _entries(self, record: Record) -> Mapping[str, Commit]:
        path = record.source.path
        if path not in self._dated:
            self._dated[path] = entry_commits(
                path, record.kind, self._catalog.kinds[record.kind].list_key, self._history
            )
        return self._dated[path]

    def since(self, record: Record, clock: Clock) -> Since | None:
        """Return the point after which changes count for a record; None where there is none."""
        if clock.reviewed is not None:
            born = self._born(record, clock.reviewed)
            if born is not None:
                words = f"after it came into the repository on {day(born.time)}"
                return Since(None, born.sha, words)
            words = f"after the review of {clock.reviewed}"
            return Since(clock.reviewed, "", words, uncommitted=clock.reviewed < self._today)
        if clock.commit:
            return Since(None, clock.commit, f"after the last change of this record, of {clock.start}")
        return None

    def _born(self, record: Record, reviewed: date) -> Commit | None:
        """Return the commit that brought a record that was reviewed before: what was before is not in this history."""
        if not self._history.readable or not self._history.whole(record.source.path):
            return None
        oldest = self._history.trail(record.source.path)[-1:]
        return oldest[0].commit if oldest and oldest[0].commit.time > moment(reviewed) else None


def _later(one: Last, other: Last) -> bool:
    if one.known is not Known.YES or one.commit is None:
        return False
    return other.commit is None or moment(day(one.commit.time)) > moment(day(other.commit.time))


def _undated(last: Last) -> str:
    """Return in words why git gives no date of a file's last change."""
    if last.reason:
        return f"git cannot say when it was last changed: {last.reason}"
    if last.place in (Place.UNTRACKED, Place.ADDED):
        return "not committed yet"
    if last.known is Known.NOT:
        return f"git does not know when it was last changed ({last.place})"
    return f"its last change is {last.known}"
