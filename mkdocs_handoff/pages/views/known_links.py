"""What is known of a model's lineage, link by link, and where the rest is to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.diagrams import Node
from mkdocs_handoff.pages.html.blocks import Link as Reference
from mkdocs_handoff.reports.flow.link import TYPES, State
from mkdocs_handoff.reports.links import lacking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.links import Links as References
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.flow.link import End, Link
    from mkdocs_handoff.reports.links import Links

SHOWN = 4
"""So many places stand in one line."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing of one sort of link.

    Attributes:
        what: Of what, in words.
        state: `missing` or `stated unknown`.
        reason: Why it counts as not known.
        places: The records to mend, each with file and line; `more` are not listed.
        ask: Who answers for them.
    """

    what: str
    state: str
    reason: str
    places: tuple[Reference, ...]
    more: int
    ask: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of link: how many of it are known."""

    title: str
    known: int
    total: int
    wants: str


@dataclass(frozen=True)
class LinksView:
    """The links of a model."""

    known: int
    total: int
    idle: int
    lacking: tuple[Lacking, ...]
    sorts: tuple[Sort, ...]


def known_links(model: Identity, inputs: Inputs, references: References) -> tuple[LinksView, Links]:
    """Make the links of a model ready for its page; the report itself is for the drawing."""
    found = inputs.lineages.of(model)
    rows = [
        _lacking(same, inputs, references)
        for state in (State.MISSING, State.UNKNOWN)
        for kind in TYPES
        if (same := [one for one in found.links if one.state is state and one.type is kind])
    ]
    sorts = tuple(
        Sort(kind.title, sum(one.counts for one in same), len(same), kind.wants)
        for kind in TYPES
        if (same := [one for one in found.links if one.type is kind])
    )
    idle = sum(one.state is State.NOT_NEEDED for one in found.links)
    return LinksView(found.known, len(found.links), idle, tuple(rows), sorts), found


def _lacking(same: list[Link], inputs: Inputs, references: References) -> Lacking:
    reasons = dict.fromkeys(one.reason for one in same)
    places = []
    for one in same[:SHOWN]:
        place = inputs.lineages.place(one)
        hint = f"{inputs.catalog.title(one.record)}: {'.'.join(map(str, one.field))}"
        places.append(Reference(f"{place.path}:{place.line}", references.link(one.record).href, hint))
    owners = dict.fromkeys(one.ask for one in same if one.ask is not None)
    return Lacking(
        lacking(same)[0],
        same[0].state.value,
        "; ".join(reasons) if len(reasons) <= 2 else "",
        tuple(dict.fromkeys(places)),
        max(len(same) - SHOWN, 0),
        tuple(references.link(one) for one in owners),
    )


def unknown_parts(found: Links, drawn: Collection[Identity]) -> tuple[list[Node], list[tuple[str, str]]]:
    """Return what a drawing shows of links that are not known.

    Args:
        found: The links.
        drawn: The records that the drawing has.

    Returns:
        Boxes for what nobody can name, and the flows of which not all is known: to those, and between records.
    """
    boxes: dict[str, Node] = {}
    flows: list[tuple[str, str]] = []
    for one in (one for one in found.links if not one.counts):
        ends = [_key(end, one, drawn, boxes) for end in (one.source, one.target)]
        if ends[0] and ends[1] and ends[0] != ends[1]:
            flows.append((ends[0], ends[1]))
    flows = list(dict.fromkeys(flows))
    used = {key for flow in flows for key in flow}
    return [box for key, box in boxes.items() if key in used], flows


def _key(end: End, link: Link, drawn: Iterable[Identity], boxes: dict[str, Node]) -> str:
    """Return the key of one end's box; empty where the drawing has no room for its record."""
    if end.identity is not None:
        return str(end.identity) if end.identity in drawn else ""
    key = f"?{link.type.name} {end.text}"
    if end.text in _WORDS:
        boxes.setdefault(key, Node(key, end.text.capitalize(), "?", missing=True))
    else:
        boxes.setdefault(key, Node(key, "Not written here", end.text, missing=True))
    return key


_WORDS = frozenset(
    ("origin", "data", "code", "feature", "features", "input", "pipeline", "artifact", "evaluation", "command")
)
