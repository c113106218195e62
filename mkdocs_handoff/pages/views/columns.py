"""Lineage at column level, drawn and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.diagrams import Node, draw
from mkdocs_handoff.pages.html.blocks import Column as Heading
from mkdocs_handoff.pages.html.blocks import Items, Link, Table, Text
from mkdocs_handoff.reports.flow.columns import columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from mkdocs_handoff.pages.html.blocks import Block
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.links import Links
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.flow.columns import Column

DRAWN = 60
"""A drawing has so many boxes at most; what is larger stands in the table alone."""

_ROWS = 150
_KIND = 24


@dataclass(frozen=True)
class ColumnsView:
    """Column-level lineage: a drawing (empty where it would be too large), and the same as a table.

    `count` is the number of flows; `more` are not listed.
    """

    svg: Markup
    table: Table
    count: int
    more: int
    cut: bool


def column_lineage(model: Identity, inputs: Inputs, links: Links) -> ColumnsView | None:
    """Make the column-level lineage of a model ready for its page; None where no columns are named."""
    found = columns(inputs.catalog, model)
    if not any(source.name for source, _ in found.flows):
        return None
    nodes = dict.fromkeys(end for flow in found.flows for end in flow)
    svg = _drawn(nodes, found.flows, inputs, links) if len(nodes) <= DRAWN else _drawn((), (), inputs, links)
    into: dict[Column, list[Column]] = {}
    for source, target in found.flows:
        into.setdefault(target, []).append(source)
    rows: list[tuple[Block | None, ...]] = [
        (_cell(target, inputs, links), Items(tuple(_cell(one, inputs, links) for one in sources)))
        for target, sources in into.items()
    ]
    headings = (Heading("into", "Into"), Heading("from", "From"))
    table = Table("Columns: what flows into what", headings, tuple(rows[:_ROWS]))
    return ColumnsView(svg, table, len(found.flows), max(len(rows) - _ROWS, 0), found.cut)


def _drawn(nodes: Iterable[Column], flows: Iterable[tuple[Column, Column]], inputs: Inputs, links: Links) -> Markup:
    keys = {one: f"{one.owner} {one.name}" for one in nodes}
    boxes = (Node(key, *_told(one, inputs), _href(one, links)) for one, key in keys.items())
    ends = ((keys[source], keys[target]) for source, target in flows)
    return draw(boxes, ends, name="columns", plurals={}, title="Lineage of columns")


def _told(one: Column, inputs: Inputs) -> tuple[str, str]:
    """Return the small line of a box, and its title."""
    if one.owner is None:
        return "Not written here", one.name
    title = inputs.catalog.title(one.owner)
    if not one.name:
        return inputs.catalog.kinds[one.owner.kind].title, title
    where = f"Input of {title}" if one.owner.kind == "model" else title
    return (where if len(where) <= _KIND else where[: _KIND - 1].rstrip() + "…"), one.name


def _href(one: Column, links: Links) -> str:
    return links.link(one.owner).href if one.owner is not None else ""


def _cell(one: Column, inputs: Inputs, links: Links) -> Block:
    if one.owner is None:
        return Text(one.name, "code")
    if not one.name:
        return links.link(one.owner)
    return Link(one.name, _href(one, links), note=inputs.catalog.title(one.owner))
