"""The verdict on a record, and the reasons for it, each with its evidence (design, section 7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.differences import Difference


class Verdict(StrEnum):
    """Whether a record still holds, the gravest first; `historical` stands apart: such a record does not age."""

    SUSPECT = "suspect"
    STALE = "stale"
    DUE = "due"
    UNKNOWN = "unknown"
    FRESH = "fresh"
    HISTORICAL = "historical"


GRAVITY = {verdict: number for number, verdict in enumerate(Verdict)}
"""Smaller is graver."""


class About(StrEnum):
    """What a reason is about."""

    RECORD = "record"
    FILES = "files"
    OWNER = "owner"
    CLOCK = "clock"
    LIFE = "life"


@dataclass(frozen=True, slots=True)
class Cause:
    """What made records suspect, by a name that `review --cause` takes.

    Attributes:
        about: A record, files or an owner.
        name: A record's or owner's identity; of files the newest commit that changed them, else the glob.
        title: For people.
    """

    about: About
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is.

    Attributes:
        verdict: What this reason alone would make of the record.
        about: What it is about.
        text: The reason in a sentence, with dates and names; no mark-up.
        cause: What made the record suspect.
        target: The record or owner it is about.
        glob: The files it is about.
        changes: The commits that are the evidence, newest first; of very many the newest.
        more: How many further commits there are.
        uncommitted: Files that differ from the last commit.
        differences: In which fields the record it is about differs; None where nobody can tell.
    """

    verdict: Verdict
    about: About
    text: str
    cause: Cause | None = None
    target: Identity | None = None
    glob: str = ""
    changes: tuple[Change, ...] = ()
    more: int = 0
    uncommitted: tuple[str, ...] = ()
    differences: tuple[Difference, ...] | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What would make a record suspect if it changed.

    Attributes:
        globs: Covered files, as written, and artifacts with a checksum that lie in the repository.
        records: Records that it refers to in a field that spreads suspicion.
        heeded: Of those of which only some fields matter, which; the others matter with all material fields.
        owner: The team or person that is accountable.
        nothing: Globs that cover no file: they watch nothing.
    """

    globs: tuple[str, ...] = ()
    records: tuple[Identity, ...] = ()
    heeded: tuple[tuple[Identity, tuple[str, ...]], ...] = ()
    owner: Identity | None = None
    nothing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.globs or self.records)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a record stands.

    Attributes:
        verdict: The gravest of the reasons.
        reasons: All of them, the gravest first; none for a fresh record.
        notes: What a reader may want to know besides: what lies further, what could not be looked at.
        reviewed: The day of the last review.
        clock: The day from which the interval runs: of the review, else of the last substantive change.
        due: The last day on which it holds; None where no interval runs.
        watched: What would make it suspect.
        departs: The day on which its accountable owner is going to leave.
    """

    identity: Identity
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    reviewed: date | None = None
    clock: date | None = None
    due: date | None = None
    watched: Watched = field(default_factory=Watched)
    departs: date | None = None

    @property
    def unwatched(self) -> bool:
        """Whether nothing would make it suspect, so that `fresh` says only that its review is not yet due."""
        return self.verdict not in (Verdict.HISTORICAL, Verdict.SUSPECT) and not self.watched

    @property
    def by_commit(self) -> bool:
        """Whether the clock runs from a commit, for want of a review."""
        return self.reviewed is None and self.clock is not None


@dataclass(frozen=True)
class Staleness:
    """How all records stand on a day.

    Attributes:
        today: The day.
        standings: By identity, in the catalog's order.
        blind: Why git could not be asked; empty where it could.
        shallow: Whether history is cut off.
    """

    today: date
    standings: Mapping[Identity, Standing] = field(default_factory=lambda: MappingProxyType({}))
    blind: str = ""
    shallow: bool = False
