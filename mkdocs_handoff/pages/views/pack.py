"""The start page of a pack: what it is, of when, what is in it, and how to see that it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.handoff import handoff
from mkdocs_handoff.handoffs.words import OPEN
from mkdocs_handoff.pages.html.blocks import Chip, Entry, Items, Link, Text
from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.sitemap import HOME
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.pages.views.readiness import readiness
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.handoffs.scope import HANDOFF
from mkdocs_handoff.reports.readiness.readiness import readiness as readiness_of
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_handoff.pages.html.blocks import Block
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.handoffs.scope import Member, Scope

_TITLES = {
    "a subject": "What is handed over",
    "lineage": "What flows into it",
    "about a subject": "What measures it, decided it, runs it",
    "named by a subject": "What else they name",
    "needed by these": "What all of these need",
    "a word they use": "What the words mean",
    "who they name": "Whom to ask",
}
_PLAIN = frozenset(("the handoff", "a subject"))
"""What is in the pack for its own sake."""
_CRITERIA = (
    ("pass", "passed", "good"),
    ("waived", "waived", "info"),
    ("fail", "failed", "bad"),
    ("open", "open", "warn"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the start page tells beside the records.

    Attributes:
        commit: What was checked out, shortened; empty where git tells none, and `reason` says why.
        committed: When it was made.
        today: The day from which pages look at everything.
        uncommitted: Files in the pack that differ from the commit.
    """

    commit: str
    committed: str
    reason: str
    today: str
    uncommitted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class File:
    """An artifact: its link (plain where it is not in the pack), size, checksum, and what is to be said of it."""

    link: Link
    size: str
    sha256: str
    note: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A record: its link, its kind, and why it is in the pack."""

    link: Link
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Records that came into the pack the same way; `plain` ones are there for their own sake."""

    title: str
    plain: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class PackView:
    """The start page of a pack."""

    title: str
    description: str
    entries: tuple[Entry, ...]
    groups: tuple[Group, ...]
    files: tuple[File, ...]
    uncommitted: tuple[str, ...]
    count: str


def start(scope: Scope, facts: Facts, files: Sequence[File], inputs: Inputs) -> PackView:
    """Make the start page ready."""
    at = Listing(inputs.sitemap.reports[HOME], inputs)
    record = inputs.catalog.records[scope.about]
    groups = tuple(
        Group(
            _TITLES.get(reach.value, reach.capitalize()), reach.value in _PLAIN, tuple(_row(one, at) for one in found)
        )
        for reach, found in groupby(scope.records, lambda member: member.reach)
    )
    return PackView(
        title=record.title,
        description=at.line(scope.about),
        entries=tuple(_entries(record, scope, facts, at)),
        groups=groups,
        files=tuple(files),
        uncommitted=facts.uncommitted,
        count=counted(len(scope), "record"),
    )


def _row(member: Member, at: Listing) -> Row:
    catalog = at.catalog
    title = catalog.title(member.of) if member.of is not None else ""
    return Row(
        at.link(member.identity), catalog.kinds[member.identity.kind].title, f"{member.relation} {title}".strip()
    )


def _entries(record: Record, scope: Scope, facts: Facts, at: Listing) -> Iterator[Entry]:
    ends = [_named(record, name, at) for name in ("from", "to")]
    if ends[0] is not None:
        yield Entry("from", "Handed over by", ends[0])
    if ends[1] is not None:
        yield Entry("to", "To", ends[1])
    status = record.get("status")
    if isinstance(status, str):
        yield Entry("status", "Status", chip(status))
    listed = record.get("acceptance_criteria")
    if isinstance(listed, list) and listed:
        given = [one.get("status", "open") for one in listed if isinstance(one, dict)]
        chips: list[Block] = [
            Chip(f"{given.count(word)} {shown}", tone) for word, shown, tone in _CRITERIA if word in given
        ]
        if chips:
            yield Entry("criteria", "Acceptance criteria", Items(tuple(chips), inline=True))
    checks = _checks(record, at)
    if checks is not None:
        yield Entry("checks", "Ready", checks)
    path = at.inputs.sitemap.paths.get(scope.about)
    if path is not None:
        address = at.inputs.sitemap.link(path, at.here.page)
        yield Entry("path", "What to read", Link("in this order, with why and how long", address))
    yield Entry("records", "In this pack", Text(counted(len(scope), "record")))
    if facts.commit:
        yield Entry("commit", "Commit", Text(facts.commit, "code"))
        yield Entry("committed", "Of", Text(facts.committed, "date"))
    else:
        yield Entry("commit", "Commit", Text(f"none: {facts.reason}", "muted"))
    yield Entry("today", "Looked at as of", Text(facts.today, "date"))


def _checks(record: Record, at: Listing) -> Link | None:
    """Return how many checks pass, with a link to them; nothing of a handoff that is over."""
    if record.kind == HANDOFF and handoff(at.catalog, record.identity).status not in OPEN:
        return None
    shown = readiness(readiness_of(at.inputs.ready, record.identity), at)
    text = f"{shown.passed} of {counted(shown.total, 'check')} passed or waived"
    return Link(text, at.here.record(record.identity, "handoff-readiness" if record.kind == HANDOFF else ""))


def _named(record: Record, field: str, at: Listing) -> Link | None:
    """Return a link to what a field names, or what it says."""
    target = at.catalog.targets.get((record.identity, (field,)))
    if isinstance(target, Identity):
        return at.link(target)
    value = record.get(field)
    return Link(value, state="plain") if isinstance(value, str) else None
