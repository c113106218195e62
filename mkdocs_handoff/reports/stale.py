"""What may no longer hold, what to look at first, and who should: the staleness report."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import ACCOUNTABLE
from mkdocs_handoff.reports.membership import PERSON, TEAM
from mkdocs_handoff.staleness.judge import causes
from mkdocs_handoff.staleness.risk import by_risk, dependents, stage
from mkdocs_handoff.staleness.verdict import About, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.ownership import Ownership
    from mkdocs_handoff.staleness.verdict import Cause, Reason, Staleness, Standing

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

_LATE = MappingProxyType({Verdict.STALE: "review overdue", Verdict.DUE: "review due"})

OWN_PAGE = "own record"
"""What a team or person is to its own record: nobody else answers for that."""


@dataclass(frozen=True)
class StaleRow:
    """How one record stands, with what a reader needs to judge how much that matters.

    Attributes:
        record: The record.
        standing: Its verdict with all evidence.
        stage: The highest stage of its versions, else its lifecycle (`staleness.risk.stage`).
        owner: The accountable team or person; None where nobody of that name is written down, or nobody is named.
        owner_text: The owner's title; the name as written where nobody of that name is written down; empty where
            nobody is named.
        teams: The teams that answer for it: the owner, or the teams of the person who owns it (of one who is in no
            team any more, those that the person was in). Of a team's or person's own record likewise.
        dependents: How many records rest directly on it.
    """

    record: Record
    standing: Standing
    stage: str
    owner: Identity | None
    owner_text: str
    teams: tuple[Identity, ...]
    dependents: int

    @property
    def identity(self) -> Identity:
        """The record's identity."""
        return self.record.identity

    @property
    def title(self) -> str:
        """The record's title."""
        return self.record.title

    @property
    def kind(self) -> str:
        """The name of the record's kind."""
        return self.record.kind

    @property
    def lifecycle(self) -> str:
        """The record's lifecycle."""
        return self.record.lifecycle

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.standing.verdict

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons for it, the gravest first."""
        return self.standing.reasons

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader may want to know besides."""
        return self.standing.notes

    @property
    def due(self) -> date | None:
        """The last day on which it holds."""
        return self.standing.due

    @property
    def reviewed(self) -> date | None:
        """The day of its last review."""
        return self.standing.reviewed

    @property
    def path(self) -> str:
        """The file it is written in, from the project's root."""
        return self.record.source.path

    @property
    def line(self) -> int:
        """The line of it on which the record begins; a file of its own need not be read again for it."""
        layer = self.record.source.layer
        return self.record.source.place().line if layer.prefix or layer.document else layer.first_line


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


@dataclass(frozen=True)
class Concern:
    """A record that a team or person should look at.

    Attributes:
        row: The record.
        roles: What they are to it: roles of the design, or `OWN_PAGE`.
        through: The member who is accountable, or was; the predecessor; None where they are named themselves.
    """

    row: StaleRow
    roles: tuple[str, ...]
    through: Identity | None = None


@dataclass(frozen=True)
class StaleReport:
    """What may no longer hold.

    Attributes:
        today: The day from which it is looked at.
        every: All records, by risk: the gravest verdict first, then what most rests on, then production.
        rows: Those of them that ask for something: all but the fresh and the historical.
        by_cause: Suspect records by what made them so (a record with two causes stands in both), what made most of
            them so first; then the other ones by what they lack.
        counts: Records by verdict, all six verdicts.
        by_kind: Counts of each kind, in the order of kinds on pages.
        by_owner: Counts of each accountable owner, who has most to look at first; the last one, of an empty name, is
            for records that nobody is accountable for.
        unwatched: Fresh records of which nothing would tell that they no longer hold.
        blind: Why git could not be asked; empty where it could.
        shallow: Whether history is cut off.
    """

    today: date
    every: tuple[StaleRow, ...]
    rows: tuple[StaleRow, ...]
    by_cause: tuple[CauseGroup, ...]
    counts: Mapping[Verdict, int]
    by_kind: tuple[Tally, ...]
    by_owner: tuple[Tally, ...]
    unwatched: tuple[StaleRow, ...]
    blind: str
    shallow: bool
    ownership: Ownership

    @cached_property
    def row(self) -> Mapping[Identity, StaleRow]:
        """How each record stands, by identity."""
        return {one.identity: one for one in self.every}

    def of_owner(self, owner: Identity, *, quiet: bool = False) -> tuple[StaleRow, ...]:
        """Return the records that ask for something and that a team or person answers for, by risk.

        A team answers for what it, a team that is part of it, or one of their people is accountable for; a person for
        what they or somebody whom they succeed are accountable for; and each for its own record.

        Args:
            owner: The team or person.
            quiet: Return the fresh and the historical ones as well.
        """
        people = self.ownership.membership
        them = frozenset(people.within(owner)) if owner.kind == TEAM else frozenset((owner,))
        found = []
        for row in self.every if quiet else self.rows:
            who = row.owner if row.owner is not None else row.identity
            left = people.gone.get(who)
            successor = left.successor if left is not None else None
            if who in them or successor in them or not them.isdisjoint(row.teams):
                found.append(row)
        return tuple(found)

    def concerns(self, owner: Identity) -> tuple[Concern, ...]:
        """Return the records that ask for something and that are a team's or person's business in any role, by risk."""
        roles: dict[Identity, list[str]] = defaultdict(list)
        for held in self.ownership.holdings.get(owner, ()):
            roles[held.record].append(held.role)
        through: dict[Identity, Identity | None] = {}
        for row in self.of_owner(owner):
            mine = roles[row.identity]
            if row.owner is None:
                mine.append(OWN_PAGE)
                through[row.identity] = row.identity if row.identity != owner else None
            elif ACCOUNTABLE not in mine:
                mine.insert(0, ACCOUNTABLE)
                through[row.identity] = row.owner
        return tuple(
            Concern(row, tuple(dict.fromkeys(roles[row.identity])), through.get(row.identity))
            for row in self.rows
            if row.identity in roles
        )


def stale(catalog: Catalog, staleness: Staleness, ownership: Ownership) -> StaleReport:
    """Compute the report.

    Args:
        catalog: The records.
        staleness: How they stand on a day (`staleness.judge.staleness`).
        ownership: Who owns what on that day.
    """
    standings = by_risk(staleness.standings.values(), catalog)
    every = tuple(_row(standing, catalog, ownership) for standing in standings)
    rows = tuple(row for row in every if row.verdict not in QUIET)
    counted = Counter(row.verdict for row in every)
    return StaleReport(
        today=staleness.today,
        every=every,
        rows=rows,
        by_cause=tuple(_groups(rows, staleness)),
        counts=MappingProxyType({verdict: counted[verdict] for verdict in Verdict}),
        by_kind=_kinds(every, catalog),
        by_owner=_owners(every),
        unwatched=tuple(row for row in every if row.verdict is Verdict.FRESH and row.standing.unwatched),
        blind=staleness.blind,
        shallow=staleness.shallow,
        ownership=ownership,
    )


def narrowed(
    report: StaleReport, owner: Identity | None = None, kind: str = "", verdicts: Iterable[Verdict] = ()
) -> tuple[StaleRow, ...]:
    """Return the rows of a report that are an owner's to answer for, of a kind, or of some verdicts, by risk.

    With verdicts named, fresh and historical records can be among them; else only what asks for something is.
    """
    wanted = frozenset(verdicts)
    quiet = bool(wanted & QUIET)
    rows = report.every if quiet else report.rows
    if owner is not None:
        rows = report.of_owner(owner, quiet=quiet)
    return tuple(row for row in rows if kind in ("", row.kind) and (not wanted or row.verdict in wanted))


def why(reason: Reason) -> str:
    """Return a reason in a few words, for a line among many; its text says all of it."""
    if reason.cause is None:
        return _LATE.get(reason.verdict, reason.text)
    if reason.about is About.OWNER:
        return reason.cause.title
    if reason.about is About.RECORD:
        return f"{reason.cause.title} changed"
    paths = tuple(dict.fromkeys((*(change.path for change in reason.changes), *reason.uncommitted)))
    if not paths:
        return f"{reason.glob} changed"
    return f"{paths[0]}{f' and {len(paths) - 1} more' if len(paths) > 1 else ''} changed"


def _row(standing: Standing, catalog: Catalog, ownership: Ownership) -> StaleRow:
    record = catalog.records[standing.identity]
    holder = ownership.accountable(standing.identity)
    owner = holder.identity if holder is not None else None
    text = catalog.title(owner) if owner is not None else holder.text if holder is not None else ""
    answering = standing.identity if holder is None else owner
    count = len(dependents(standing.identity, catalog))
    return StaleRow(record, standing, stage(record), owner, text, _teams(answering, ownership), count)


def _teams(owner: Identity | None, ownership: Ownership) -> tuple[Identity, ...]:
    if owner is None:
        return ()
    if owner.kind == TEAM:
        return (owner,)
    if owner.kind != PERSON:
        return ()
    people = ownership.membership
    return people.teams.get(owner) or people.former.get(owner, ())


def _groups(rows: tuple[StaleRow, ...], staleness: Staleness) -> Iterator[CauseGroup]:
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


def _kinds(rows: tuple[StaleRow, ...], catalog: Catalog) -> tuple[Tally, ...]:
    counted: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for row in rows:
        counted[row.kind][row.verdict] += 1
    return tuple(Tally(name, None, MappingProxyType(counted[name])) for name in catalog.kinds if name in counted)


def _owners(rows: tuple[StaleRow, ...]) -> tuple[Tally, ...]:
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
