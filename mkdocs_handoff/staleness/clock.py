"""From when a record's review interval runs, and after which point changes count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.worktree import Place
from mkdocs_handoff.staleness.entries import entry_commits, sidecar_entry, standing_in
from mkdocs_handoff.staleness.reviews import review_commits
from mkdocs_handoff.staleness.since import Since
from mkdocs_handoff.today import day, day_of, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.facts import Last
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.history.log import Commit
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.staleness.entries import Entry

_ZONES = timedelta(days=1)
"""A day that has begun somewhere on earth is not in the future."""


@dataclass(frozen=True, slots=True)
class Clock:
    """From when a record's review interval runs.

    Attributes:
        start: The day; None where nobody knows.
        reviewed: The day of the review, if there was one.
        commit: The last substantive change, where the clock runs from it.
        trouble: Why there is none, or why a review date that is written does not count.
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
        self._dated: dict[tuple[str, str], Mapping[Entry, Commit]] = {}

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
        shared = len(self._catalog.files.get(record.source.path, ())) > 1
        if (shared or record.get("seen")) and self._history.readable:
            commit = self._written(record)
            if commit is not None and day(commit.time) <= self._today + _ZONES:
                return Clock(day(commit.time), None, commit.sha, trouble if written is not None else "")
            where = " within the file that it shares with others" if shared else ""
            return Clock(trouble=f"{trouble}, and git cannot date it{where}")
        last = self._history.last(record.source.path)
        beside = self._history.last(record.source.sidecar.path) if record.source.sidecar is not None else None
        if beside is not None and _later(beside, last):
            last = beside
        if last.known is Known.YES and last.commit is not None:
            return Clock(day(last.commit.time), None, last.commit.sha, trouble if written is not None else "")
        return Clock(trouble=f"{trouble}, and {_undated(last)}")

    def _written(self, record: Record) -> Commit | None:
        """Return the last commit that changed what is written in a record, but for what reviews write."""
        source, kind = record.source, self._catalog.kinds[record.kind]
        found = [self._entries(source.path, kind).get((record.kind, record.identity.name))]
        if source.sidecar is not None:
            beside = self._entries(source.sidecar.path, kind)
            entry = next((str(step) for step in source.sidecar.prefix), "")
            found += [beside.get(sidecar_entry(entry))] if entry else beside.values()
        commits = [commit for commit in found if commit is not None]
        return max(commits, key=lambda commit: commit.time, default=None)

    def _entries(self, path: str, kind: Kind) -> Mapping[Entry, Commit]:
        if (path, kind.name) not in self._dated:
            standing = standing_in(self._catalog, path)
            self._dated[path, kind.name] = entry_commits(path, kind.name, kind.list_key, self._history, standing)
        return self._dated[path, kind.name]

    def since(self, clocks: Mapping[Identity, Clock]) -> dict[Identity, Since]:
        """Return the points after which changes count, of the records for which there is one."""
        reviewed = {identity: clock.reviewed for identity, clock in clocks.items() if clock.reviewed is not None}
        commits = review_commits(reviewed, self._catalog, self._history)
        points: dict[Identity, Since] = {}
        for identity, clock in clocks.items():
            if identity in commits:
                commit, born = commits[identity]
                points[identity] = Since(None, commit.sha, self._words(reviewed[identity], day(commit.time), born=born))
            elif clock.reviewed is not None:
                words = f"after the review of {clock.reviewed}"
                points[identity] = Since(clock.reviewed, "", words, uncommitted=clock.reviewed < self._today)
            elif clock.commit:
                words = f"after the last change of this record, of {clock.start}"
                points[identity] = Since(None, clock.commit, words)
        self._history.prepare(point.commit for point in points.values() if point.commit)
        return points

    @staticmethod
    def _words(reviewed: date, came: date, *, born: bool) -> str:
        if born and came > reviewed + _ZONES:  # what was before is not in this history
            return f"after it came into the repository on {came}"
        return f"after the review of {reviewed}"


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
