"""What may no longer hold, what to look at first, and who should: the staleness report."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import TEAM
from mkdocs_handoff.catalog.owners import ACCOUNTABLE
from mkdocs_handoff.reports.stale.groups import QUIET, by_cause, by_kind, by_owner
from mkdocs_handoff.reports.stale.rows import row_of
from mkdocs_handoff.staleness.risk import by_risk
from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.ownership import Ownership
    from mkdocs_handoff.reports.stale.groups import CauseGroup, Tally
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.verdict import Staleness

OWN_PAGE = "own record"
"""What a team or person is to its own record: nobody else answers for that."""


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
        them = people.within(owner) if owner.kind == TEAM else (owner,)
        places = sorted({place for one in them for place in self._answering.get(one, ())})
        rows = (self.every[place] for place in places)
        return tuple(row for row in rows if quiet or row.verdict not in QUIET)

    @cached_property
    def _answering(self) -> Mapping[Identity, tuple[int, ...]]:
        """The rows that each team and person answers for, by their places in `every`."""
        people = self.ownership.membership
        found: dict[Identity, list[int]] = defaultdict(list)
        for place, row in enumerate(self.every):
            who = row.owner if row.owner is not None else row.identity
            left = people.gone.get(who)
            for one in dict.fromkeys((who, left.successor if left is not None else None, *row.teams)):
                if one is not None:
                    found[one].append(place)
        return {one: tuple(places) for one, places in found.items()}

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
        rows = sorted((self._place[one], one) for one in roles if one in self._place)
        return tuple(
            Concern(self.every[place], tuple(dict.fromkeys(roles[one])), through.get(one))
            for place, one in rows
            if self.every[place].verdict not in QUIET
        )

    @cached_property
    def _place(self) -> Mapping[Identity, int]:
        """The place of each record in `every`."""
        return {row.identity: place for place, row in enumerate(self.every)}


def stale(catalog: Catalog, staleness: Staleness, ownership: Ownership) -> StaleReport:
    """Compute the report.

    Args:
        catalog: The records.
        staleness: How they stand on a day (`staleness.judge.staleness`).
        ownership: Who owns what on that day.
    """
    standings = by_risk(staleness.standings.values(), catalog)
    every = tuple(row_of(standing, catalog, ownership) for standing in standings)
    rows = tuple(row for row in every if row.verdict not in QUIET)
    counted = Counter(row.verdict for row in every)
    return StaleReport(
        today=staleness.today,
        every=every,
        rows=rows,
        by_cause=tuple(by_cause(rows, staleness)),
        counts=MappingProxyType({verdict: counted[verdict] for verdict in Verdict}),
        by_kind=by_kind(every, catalog),
        by_owner=by_owner(every),
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
