"""Stale records in groups: by what made them suspect, by kind, by owner."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.staleness.causes import causes
from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.verdict import Cause, Reason, Staleness

QUIET = frozenset({Verdict.FRESH, Verdict.HISTORICAL})
"""Verdicts that ask nobody for anything."""

ASKING = tuple(verdict for verdict in Verdict if verdict not in QUIET)
"""The other ones, the gravest first."""

LACKS = MappingProxyType(
    {
        Verdict.STALE: "Review overdue",
        Verdict.DUE: "Review due within 14 days",
        Verdict.UNKNOWN: "Nothing known",
    }
)
"""What records lack that nothing made suspect, by their verdict, the gravest first."""


@dataclass(frozen=True)
class Affected:
    """A record that a cause made suspect, and what it did to it. Without a cause: what it lacks."""

    row: StaleRow
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class CauseGroup:
    """Records that one answer may settle, or that lack the same.

    Attributes:
        cause: What made them suspect; None for records that lack something.
        title: For people: the cause's, or what they lack (`LACKS`).
        verdict: Suspect, or what the lack makes of them.
        members: The records, by risk.
    """

    cause: Cause | None
    title: str
    verdict: Verdict
    members: tuple[Affected, ...]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The commits that are the evidence, each once, newest first."""
        found = (change for one in self.members for reason in one.reasons for change in reason.changes)
        unique = {change.commit.sha: change for change in found}
        return tuple(sorted(unique.values(), key=lambda change: (-change.commit.time, change.commit.sha)))

    @cached_property
    def uncommitted(self) -> tuple[str, ...]:
        """The files that differ from the last commit, and so are evidence that has no commit yet."""
        found = (path for one in self.members for reason in one.reasons for path in reason.uncommitted)
        return tuple(sorted(set(found)))


@dataclass(frozen=True)
class Tally:
    """How many records there are of each verdict, of one kind or one owner.

    Attributes:
        name: The kind's name, or the owner's title; empty where nobody is accountable.
        owner: The owner, if it is written down.
        counts: By verdict; a verdict that is not there counts nothing.
    """

    name: str
    owner: Identity | None
    counts: Mapping[Verdict, int]

    @property
    def attention(self) -> int:
        """How many of them ask for something."""
        return sum(number for verdict, number in self.counts.items() if verdict not in QUIET)


def by_cause(rows: tuple[StaleRow, ...], staleness: Staleness) -> Iterator[CauseGroup]:
    """Yield suspect records by what made them so, then the other ones by what they lack."""
    rank = {row.identity: (number, row) for number, row in enumerate(rows)}
    for cause, members in causes(staleness.standings).items():
        found = [row for _, row in sorted((rank[one] for one in members if one in rank), key=lambda item: item[0])]
        affected = tuple(
            Affected(row, tuple(reason for reason in row.reasons if reason.cause == cause)) for row in found
        )
        yield CauseGroup(cause, cause.title, Verdict.SUSPECT, affected)
    for verdict, title in LACKS.items():
        lacking = tuple(
            Affected(row, tuple(reason for reason in row.reasons if reason.verdict is verdict))
            for row in rows
            if row.verdict is verdict
        )
        if lacking:
            yield CauseGroup(None, title, verdict, lacking)


def by_kind(rows: tuple[StaleRow, ...], catalog: Catalog) -> tuple[Tally, ...]:
    """Return the counts of each kind, in the order of kinds on pages."""
    counted: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for row in rows:
        counted[row.kind][row.verdict] += 1
    return tuple(Tally(name, None, MappingProxyType(counted[name])) for name in catalog.kinds if name in counted)


def by_owner(rows: tuple[StaleRow, ...]) -> tuple[Tally, ...]:
    """Count by accountable owner; a team's or person's own record, which has none, is its own business."""
    counted: dict[tuple[Identity | None, str], Counter[Verdict]] = defaultdict(Counter)
    for row in rows:
        itself = row.owner is None and not row.owner_text and row.kind in (TEAM, PERSON)
        counted[(row.identity, row.title) if itself else (row.owner, row.owner_text)][row.verdict] += 1
    tallies = [Tally(text, owner, MappingProxyType(counts)) for (owner, text), counts in counted.items()]
    tallies.sort(
        key=lambda one: (
            not one.name,
            *(-one.counts.get(verdict, 0) for verdict in ASKING),
            one.name.casefold(),
            str(one.owner),
        )
    )
    return tuple(tallies)
