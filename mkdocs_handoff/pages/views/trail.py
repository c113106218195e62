"""The changes of a record's file, made ready for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.html.leaves import inline
from mkdocs_handoff.pages.html.values import address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.links import Links
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.contributors import Contributor
    from mkdocs_handoff.reports.trail import Entry

OPEN = 3
"""So many changes stand open; of more only the last one, the others are folded up below it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change: its day, its subject, and a line of HTML with all else."""

    day: str
    subject: str
    told: Markup


@dataclass(frozen=True, slots=True)
class TrailView:
    """The changes of a record's file.

    Attributes:
        first: What stands open; `folded` is what one has to open.
        earlier: How many there are beyond those.
        notes: Sentences of what else is to be known.
        reason: Why there is no history.
    """

    first: tuple[Change, ...]
    folded: tuple[Change, ...]
    earlier: int
    notes: tuple[str, ...]
    reason: str


def trail(identity: Identity, inputs: Inputs, links: Links) -> TrailView:
    """Make the changes of a record's file ready."""
    found = inputs.trails.of(identity)
    signed = any(entry.signature for entry in found.entries)
    line = _Line(links, signed=signed)
    changes = tuple(
        Change("" if entry.day is None else entry.day.isoformat(), entry.subject, line.of(entry))
        for entry in found.entries
    )
    count = len(changes) if len(changes) <= OPEN else 1
    notes = found.notes
    if not signed and any(entry.signature == "" for entry in found.entries):
        notes = (*notes, "None of these commits is signed." if len(changes) > 1 else "The commit is not signed.")
    return TrailView(changes[:count], changes[count:], found.earlier, notes, found.reason)


class _Line:
    """What stands below a change's subject: by hand and not by a template, for there are twenty on every page.

    Args:
        links: Of the page.
        signed: Whether any of its commits is: only then it is told of the others that they are not.
    """

    def __init__(self, links: Links, *, signed: bool) -> None:
        self._links = links
        self._signed = signed
        self._names: dict[Contributor, str] = {}

    def of(self, entry: Entry) -> Markup:
        """Return the line of a change as HTML; every text in it is escaped."""
        short = f'<code title="{entry.commit}">{entry.short}</code>'
        return Markup(" ".join([*self._pieces(entry), short]))  # noqa: S704 - escaped inside; ids are hexadecimal

    def _pieces(self, entry: Entry) -> Iterator[str]:
        yield f"<span>by {self._name(entry.author)}</span>"
        for part in entry.parts:
            when = f", {_linked(part.day, part.url)}" if part.day else ""
            yield f"<span>{part.what} {', '.join(map(self._name, part.who))}{when}</span>"
        if entry.request:
            yield f"<span>{_linked(entry.request, entry.url)}</span>"
        if entry.did:
            yield f"<span>{escape(entry.did)}</span>"
        if entry.late:
            yield '<span class="handoff-trail__odd">dated by a wrong clock</span>'
        if entry.signature:
            yield f"<span>signed ({escape(entry.signature)}), not verified here</span>"
        elif entry.signature == "" and self._signed:
            yield "<span>not signed</span>"

    def _name(self, one: Contributor) -> str:
        """Return a person, linked where a record is written of them; isolated, for a name may be of any script."""
        if one not in self._names:
            link = Link(one.name, state="plain") if one.person is None else self._links.link(one.person)
            self._names[one] = f"<bdi>{inline(link)}</bdi>"
        return self._names[one]


def _linked(text: str, url: str) -> str:
    return str(inline(address(url, text)) if url else escape(text))
