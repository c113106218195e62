"""The verdict on every record of a project (design, section 7)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import ACCOUNTABLE, departure, gone, owners
from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.worktree import Place
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.staleness.days import due
from mkdocs_handoff.staleness.entries import entry_commits
from mkdocs_handoff.staleness.evidence import Asked, Evidence, Told
from mkdocs_handoff.staleness.since import Since
from mkdocs_handoff.staleness.verdict import GRAVITY, About, Cause, Reason, Staleness, Standing, Verdict, Watched
from mkdocs_handoff.staleness.watch import seen_of, watched
from mkdocs_handoff.today import day, day_of, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.facts import Last
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.history.log import Commit
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind

SOON = timedelta(days=14)
"""A review is due when its date is not further away than this."""

_ZONES = timedelta(days=1)
"""A day that has begun somewhere on earth is not in the future."""


@dataclass(frozen=True, slots=True)
class _Clock:
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


def staleness(catalog: Catalog, root: Path, history: History, today: date) -> Staleness:
    """Return how all records stand.

    Args:
        catalog: The records.
        root: The project's root.
        history: What git knows of it.
        today: The day that counts as today.
    """
    judge = _Judge(catalog, root, history, today)
    standings = judge.standings()
    return Staleness(
        today=today,
        standings=MappingProxyType(_with_upstream(standings, catalog)),
        blind="" if history.readable else history.repository.state.value,
        shallow=bool(history.repository.boundary),
    )


def lives(record: Record, kind: Kind) -> str:
    """Return why a record does not age; an empty text for one that does."""
    if record.lifecycle == "retired":
        return "retired"
    if isinstance(kind.ages, bool):
        return "" if kind.ages else f"{kind.plural.lower()} do not age"
    if any(str(record.get(name)) in values for name, values in kind.ages.items()):
        return ""
    told = ", ".join(f"{name}: {record.get(name)}" for name in kind.ages if record.get(name) is not None)
    return f"{kind.plural.lower()} do not age{f' ({told})' if told else ''}"


class _Judge:
    def __init__(self, catalog: Catalog, root: Path, history: History, today: date) -> None:
        self.catalog = catalog
        self.root = root
        self.history = history
        self.today = today
        self.evidence = Evidence(catalog, root, history)
        self._dated: dict[str, Mapping[str, Commit]] = {}

    def standings(self) -> dict[Identity, Standing]:
        clocks: dict[Identity, _Clock] = {}
        watches: dict[Identity, Watched] = {}
        asked: list[Asked] = []
        for identity, record in self.catalog.records.items():
            if lives(record, self.catalog.kinds[identity.kind]):
                continue
            clock = clocks[identity] = self._clock(record)
            watch = watches[identity] = watched(record, self.catalog, self.root, self.history)
            since = self._since(record, clock)
            if since is not None and watch:
                asked.append(Asked(identity, watch.globs, watch.records, since, seen_of(record), dict(watch.heeded)))
        answers = self.evidence.tell(asked)
        return {
            identity: self._standing(record, clocks[identity], watches[identity], answers.get(identity, Told()))
            if identity in clocks
            else self._historical(record)
            for identity, record in self.catalog.records.items()
        }

    def _historical(self, record: Record) -> Standing:
        text = lives(record, self.catalog.kinds[record.kind])
        reviewed = day_of(record.get("last_reviewed"))
        reason = Reason(Verdict.HISTORICAL, About.LIFE, text)
        return Standing(record.identity, Verdict.HISTORICAL, (reason,), reviewed=reviewed)

    def _clock(self, record: Record) -> _Clock:
        written = record.get("last_reviewed")
        reviewed = day_of(written)
        if reviewed is not None and reviewed <= self.today + _ZONES:
            return _Clock(reviewed, reviewed)
        trouble = "never reviewed"
        if written is not None:
            after = "lies in the future" if reviewed is not None else "is no date"
            trouble = f"the review date {written} {after}"
        if len(self.catalog.files.get(record.source.path, ())) > 1 and self.history.readable:
            commit = self._entries(record).get(record.identity.name)
            if commit is not None and day(commit.time) <= self.today + _ZONES:
                return _Clock(day(commit.time), None, commit.sha)
            return _Clock(trouble=f"{trouble}, and git cannot date it within the file that it shares with others")
        last = self.history.last(record.source.path)
        beside = self.history.last(record.source.sidecar.path) if record.source.sidecar is not None else None
        if beside is not None and _later(beside, last):
            last = beside
        if last.known is Known.YES and last.commit is not None:
            return _Clock(day(last.commit.time), None, last.commit.sha)
        return _Clock(trouble=f"{trouble}, and {_undated(last)}")

    def _entries(self, record: Record) -> Mapping[str, Commit]:
        path = record.source.path
        if path not in self._dated:
            self._dated[path] = entry_commits(path, record.kind, self.catalog.kinds[record.kind].list_key, self.history)
        return self._dated[path]

    def _since(self, record: Record, clock: _Clock) -> Since | None:
        if clock.reviewed is not None:
            born = self._born(record, clock.reviewed)
            if born is not None:
                words = f"after it came into the repository on {day(born.time)}"
                return Since(None, born.sha, words)
            words = f"after the review of {clock.reviewed}"
            return Since(clock.reviewed, "", words, uncommitted=clock.reviewed < self.today)
        if clock.commit:
            return Since(None, clock.commit, f"after the last change of this record, of {clock.start}")
        return None

    def _born(self, record: Record, reviewed: date) -> Commit | None:
        """Return the commit that brought a record that was reviewed before: what was before is not in this history."""
        if not self.history.readable or not self.history.whole(record.source.path):
            return None
        oldest = self.history.trail(record.source.path)[-1:]
        return oldest[0].commit if oldest and oldest[0].commit.time > moment(reviewed) else None

    def _standing(self, record: Record, clock: _Clock, watch: Watched, told: Told) -> Standing:
        reasons = list(told.reasons)
        notes = list(told.notes)
        going = self._going(watch)
        gone = self._gone(record, clock, watch)
        if gone is not None:
            reasons.append(gone)
        notes.extend(self._others_gone(record))
        notes.extend(f"{glob} covers no file" for glob in watch.nothing)
        interval = str(record.get("review_every") or self.catalog.kinds[record.kind].review_every or "")
        last_day = due(clock.start, interval) if clock.start is not None else None
        if last_day is not None:
            reasons.extend(self._timed(clock, interval, last_day))
        if clock.start is None:
            reasons.append(Reason(Verdict.UNKNOWN, About.CLOCK, clock.trouble))
        # What could not be looked at may have changed: without any other reason that is no fresh record.
        reasons.extend(Reason(Verdict.UNKNOWN, About.FILES, text) for text in told.blind)
        reasons.sort(key=lambda reason: GRAVITY[reason.verdict])
        return Standing(
            record.identity,
            reasons[0].verdict if reasons else Verdict.FRESH,
            tuple(reasons),
            tuple(notes),
            clock.reviewed,
            clock.start,
            last_day,
            watch,
            going,
        )

    def _timed(self, clock: _Clock, interval: str, last_day: date) -> Iterator[Reason]:
        since = "reviewed" if clock.reviewed is not None else "never reviewed; last changed"
        told = f"{since} on {clock.start}, to be reviewed every {interval}"
        if self.today > last_day:
            yield Reason(Verdict.STALE, About.CLOCK, f"{told}: overdue since {last_day}")
        elif last_day - self.today <= SOON:
            yield Reason(Verdict.DUE, About.CLOCK, f"{told}: due by {last_day}")

    def _gone(self, record: Record, clock: _Clock, watch: Watched) -> Reason | None:
        """Return that the accountable owner left after the review: whoever reviewed it later knew."""
        if watch.owner is None:
            return None
        owner = self.catalog.records[watch.owner]
        left = gone(owner, self.today)
        if left is None:
            return None
        if left.on is not None and clock.reviewed is not None and left.on <= clock.reviewed:
            return None
        if seen_of(record).get(str(watch.owner)) == self.evidence.of(watch.owner):
            return None
        when = f"left on {left.on}" if left.on is not None else "is gone, and nobody wrote since when"
        after = f"; {self._named(left.successor)} succeeds" if left.successor else "; nobody succeeds"
        text = f"the accountable owner {owner.title} {when}{after}"
        cause = Cause(About.OWNER, str(watch.owner), f"{owner.title} {'left' if left.on else 'is gone'}")
        return Reason(Verdict.SUSPECT, About.OWNER, text, cause, watch.owner)

    def _going(self, watch: Watched) -> date | None:
        left = departure(self.catalog.records[watch.owner]) if watch.owner is not None else None
        return left.on if left is not None and left.on is not None and left.on > self.today else None

    def _others_gone(self, record: Record) -> Iterator[str]:
        for owner in owners(record):
            target = self.catalog.targets.get((record.identity, owner.path))
            if owner.role == ACCOUNTABLE or not isinstance(target, Identity):
                continue
            left = gone(self.catalog.records[target], self.today)
            if left is not None:
                when = f" left on {left.on}" if left.on is not None else " is gone"
                yield f"the {owner.role} {self.catalog.title(target)}{when}"

    def _named(self, text: str) -> str:
        found = self.catalog.find(text)
        return self.catalog.title(found[0]) if len(found) == 1 else text


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


def _with_upstream(standings: dict[Identity, Standing], catalog: Catalog) -> dict[Identity, Standing]:
    """Add to records that rest on suspect ones, however far away, a note of the nearest.

    Suspicion itself goes one step, from a direct change: else one change would make the whole site suspect.
    """
    nearest: dict[Identity, tuple[Identity, int]] = {}
    waiting: deque[tuple[Identity, Identity, int]] = deque(
        (identity, identity, 0) for identity, standing in standings.items() if standing.verdict is Verdict.SUSPECT
    )
    while waiting:
        here, origin, steps = waiting.popleft()
        for relation in catalog.incoming.get(here, ()):
            source = relation.source
            if relation.suspect and source not in nearest and source != origin:
                nearest[source] = (origin, steps + 1)
                waiting.append((source, origin, steps + 1))
    result = dict(standings)
    for identity, (origin, steps) in nearest.items():
        standing = standings[identity]
        if standing.verdict is Verdict.HISTORICAL or any(reason.target == origin for reason in standing.reasons):
            continue
        away = "on which this rests" if steps == 1 else f"on which this rests, {steps} steps away"
        note = f"{catalog.title(origin)}, {away}, is suspect"
        result[identity] = replace(standing, notes=(*standing.notes, note))
    return result


def causes(found: Mapping[Identity, Standing]) -> dict[Cause, tuple[Identity, ...]]:
    """Return what made records suspect, each with those records, what made most of them so first."""
    grouped: dict[Cause, dict[Identity, None]] = {}
    for identity, standing in found.items():
        for reason in standing.reasons:
            if reason.cause is not None:
                grouped.setdefault(reason.cause, {})[identity] = None
    ordered = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0].about, item[0].name))
    return {cause: tuple(members) for cause, members in ordered}
