"""How one record stands, with what a reader needs to judge how much that matters."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.staleness.risk import dependents, stage
from mkdocs_handoff.staleness.verdict import About, Verdict

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.owners.ownership import Ownership
    from mkdocs_handoff.staleness.verdict import Reason, Standing

_LATE = MappingProxyType({Verdict.STALE: "review overdue", Verdict.DUE: "review due"})


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


def row_of(standing: Standing, catalog: Catalog, ownership: Ownership) -> StaleRow:
    """Return a record's row: its standing, who answers for it, what rests on it."""
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
