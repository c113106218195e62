"""The digest: what a team should know of its records once a week."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.reports.stale.groups import QUIET
from mkdocs_handoff.reports.stale.report import narrowed
from mkdocs_handoff.staleness.judge import SOON
from mkdocs_handoff.staleness.verdict import About, Verdict
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.stale.groups import CauseGroup
    from mkdocs_handoff.reports.stale.report import StaleReport
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.verdict import Reason

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Item:
    """A record that asks for something.

    Attributes:
        row: How it stands.
        since: The day on which it began to; None where nobody can tell.
        why: The gravest reason, in a sentence.
        ask: Who may know: the author of what changed, the successor of an owner who left, else the person who is
            accountable, else who reviewed it last; empty where none of them is known.
    """

    row: StaleRow
    since: date | None
    why: str
    ask: str


@dataclass(frozen=True)
class Entry:
    """What one answer may settle: a record, or those that one cause made suspect.

    Attributes:
        items: The records, by risk.
        group: What made them suspect; None for a record by itself.
    """

    items: tuple[Item, ...]
    group: CauseGroup | None = None


@dataclass(frozen=True)
class Digest:
    """What a team or person should know of the records it answers for.

    Attributes:
        owner: The team or person.
        title: Its title.
        today: The day of the digest.
        since: The day of the one before: what began later is new.
        records: How many records it answers for.
        items: Those that ask for something, by risk.
        entries: The same, each once, those of one cause together (what most of them share first), by the first's risk.
        leaving: Accountable owners that are going to leave, with the day and the number of records, the next first.
    """

    owner: Identity
    title: str
    today: date
    since: date
    records: int
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    leaving: tuple[tuple[str, date, int], ...]

    @cached_property
    def new(self) -> tuple[Item, ...]:
        """What asks for something since the last digest, by risk."""
        return tuple(item for item in self.items if self.is_new(item))

    @cached_property
    def earlier(self) -> tuple[Item, ...]:
        """What did so before, and what nobody can date."""
        return tuple(item for item in self.items if not self.is_new(item))

    def is_new(self, item: Item) -> bool:
        """Tell whether a record began to ask for something since the last digest."""
        return item.since is not None and item.since > self.since


def counts(items: tuple[Item, ...]) -> Mapping[Verdict, int]:
    """Return how many items have each verdict that asks for something, the gravest first; those that none has not."""
    found = {verdict: sum(item.row.verdict is verdict for item in items) for verdict in Verdict if verdict not in QUIET}
    return {verdict: number for verdict, number in found.items() if number}


def digest(report: StaleReport, catalog: Catalog, owner: Identity, days: int) -> Digest:
    """Compute the digest of a team or person.

    Args:
        report: How all records stand.
        catalog: The records.
        owner: Whose digest it is.
        days: How many days ago the last one was.
    """
    every = narrowed(report, owner, verdicts=Verdict)
    asking = [row for row in every if row.verdict not in QUIET]
    leaving: dict[tuple[date, str], int] = defaultdict(int)
    for row in every:
        if row.standing.departs is not None:
            leaving[row.standing.departs, row.owner_text] += 1
    items = tuple(_item(row, report, catalog) for row in asking)
    return Digest(
        owner,
        catalog.title(owner),
        report.today,
        report.today - timedelta(days=days),
        len(every),
        items,
        _entries(items, report),
        tuple((who, when, number) for (when, who), number in sorted(leaving.items())),
    )


def _entries(items: tuple[Item, ...], report: StaleReport) -> tuple[Entry, ...]:
    rank = {item.row.identity: number for number, item in enumerate(items)}
    waiting = dict.fromkeys(rank)
    entries: list[Entry] = []
    shares = [
        (group, [one.row.identity for one in group.members if one.row.identity in rank])
        for group in report.by_cause
        if group.cause is not None
    ]
    for group, members in sorted(shares, key=lambda share: -len(share[1])):
        together = [identity for identity in members if identity in waiting]
        if len(together) > 1:
            entries.append(Entry(tuple(items[rank[identity]] for identity in together), group))
            for identity in together:
                del waiting[identity]
    entries += [Entry((items[rank[identity]],)) for identity in waiting]
    return tuple(sorted(entries, key=lambda entry: rank[entry.items[0].row.identity]))


def _item(row: StaleRow, report: StaleReport, catalog: Catalog) -> Item:
    first = row.reasons[0]
    gravest = [reason for reason in row.reasons if reason.verdict is row.verdict]
    return Item(row, _since(row, gravest, report), first.text, _ask(row, first, report, catalog))


def _since(row: StaleRow, gravest: list[Reason], report: StaleReport) -> date | None:
    """Return the day on which a record came to its verdict: that of the earliest reason, if all are dated."""
    if row.verdict is Verdict.STALE:
        return row.due + ONE_DAY if row.due is not None else None
    if row.verdict is Verdict.DUE:
        return row.due - SOON if row.due is not None else None
    days = [_began(reason, report) for reason in gravest]
    known = [one for one in days if one is not None]
    return min(known) if known and len(known) == len(days) else None


def _began(reason: Reason, report: StaleReport) -> date | None:
    if reason.about is About.OWNER and reason.target is not None:
        left = report.ownership.membership.gone.get(reason.target)
        return left.on if left is not None else None
    if not reason.changes:
        return None
    try:
        return min(day(change.commit.time) for change in reason.changes)
    except OverflowError:
        return None


def _ask(row: StaleRow, reason: Reason, report: StaleReport, catalog: Catalog) -> str:
    gone = report.ownership.membership.gone
    if reason.changes:
        return reason.changes[0].commit.name
    if reason.about is About.OWNER and reason.target is not None and reason.target in gone:
        left = gone[reason.target]
        return catalog.title(left.successor) if left.successor is not None else left.text
    if row.owner is not None and row.owner.kind == "person" and row.owner not in gone:
        return row.owner_text
    return _reviewer(row, report, catalog)


def _reviewer(row: StaleRow, report: StaleReport, catalog: Catalog) -> str:
    """Return the last of the reviewers that a record names who is still there."""
    named = row.record.get("reviewers")
    for text in reversed(named if isinstance(named, list) else []):
        found = catalog.find(text) if isinstance(text, str) else ()
        if len(found) == 1 and found[0] not in report.ownership.membership.gone:
            return catalog.title(found[0])
    return ""
