"""The verdict on every record of a project (design, section 7)."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.staleness.clock import Clocks
from mkdocs_handoff.staleness.days import due
from mkdocs_handoff.staleness.departures import leaves, others_gone, owner_left
from mkdocs_handoff.staleness.evidence import Asked, Evidence, Told
from mkdocs_handoff.staleness.upstream import with_upstream
from mkdocs_handoff.staleness.verdict import GRAVITY, About, Reason, Staleness, Standing, Verdict, Watched
from mkdocs_handoff.staleness.watch import seen_of, watched
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.staleness.clock import Clock

SOON = timedelta(days=14)
"""A review is due when its date is not further away than this."""


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
        standings=MappingProxyType(with_upstream(standings, catalog)),
        blind="" if history.readable else history.repository.state.value,
        shallow=bool(history.repository.boundary),
    )


def ageless(record: Record, kind: Kind) -> str:
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
        self.clocks = Clocks(catalog, history, today)

    def standings(self) -> dict[Identity, Standing]:
        clocks: dict[Identity, Clock] = {}
        watches: dict[Identity, Watched] = {}
        for identity, record in self.catalog.records.items():
            if ageless(record, self.catalog.kinds[identity.kind]):
                continue
            clocks[identity] = self.clocks.clock(record)
            watches[identity] = watched(record, self.catalog, self.root, self.history)
        asking = {identity for identity, watch in watches.items() if watch or self._seen(identity)}
        points = self.clocks.since({identity: clock for identity, clock in clocks.items() if identity in asking})
        asked = [
            Asked(identity, watch.globs, watch.records, points[identity], self._seen(identity), dict(watch.heeded))
            for identity, watch in watches.items()
            if identity in points
        ]
        answers = self.evidence.tell(asked)
        return {
            identity: self._standing(record, clocks[identity], watches[identity], answers.get(identity, Told()))
            if identity in clocks
            else self._historical(record)
            for identity, record in self.catalog.records.items()
        }

    def _seen(self, identity: Identity) -> dict[str, str]:
        return seen_of(self.catalog.records[identity])

    def _historical(self, record: Record) -> Standing:
        text = ageless(record, self.catalog.kinds[record.kind])
        reviewed = day_of(record.get("last_reviewed"))
        reason = Reason(Verdict.HISTORICAL, About.LIFE, text)
        return Standing(record.identity, Verdict.HISTORICAL, (reason,), reviewed=reviewed)

    def _standing(self, record: Record, clock: Clock, watch: Watched, told: Told) -> Standing:
        reasons = list(told.reasons)
        notes = list(told.notes)
        left = self._left(record, clock, watch)
        if left is not None:
            reasons.append(left)
        notes.extend(others_gone(record, self.catalog, self.today))
        notes.extend(f"{glob} covers no file" for glob in watch.nothing)
        if clock.start is not None and clock.trouble:
            notes.append(clock.trouble)
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
            leaves(watch.owner, self.catalog, self.today),
        )

    def _left(self, record: Record, clock: Clock, watch: Watched) -> Reason | None:
        if watch.owner is None:
            return None
        mark = self.evidence.of(watch.owner)
        return owner_left(record, watch.owner, clock.reviewed, mark, self.catalog, self.today)

    def _timed(self, clock: Clock, interval: str, last_day: date) -> Iterator[Reason]:
        since = "reviewed" if clock.reviewed is not None else "never reviewed; last changed"
        every = interval.removeprefix("1 ")  # every year, and not every 1 year
        told = f"{since} on {clock.start}, to be reviewed every {every}"
        if self.today > last_day:
            yield Reason(Verdict.STALE, About.CLOCK, f"{told}: overdue since {last_day}")
        elif last_day - self.today <= SOON:
            yield Reason(Verdict.DUE, About.CLOCK, f"{told}: due by {last_day}")
