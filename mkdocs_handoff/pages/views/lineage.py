"""Lineage, drawn: what flows into a record and out of it, or everything that flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.diagrams import Node, draw
from mkdocs_handoff.pages.views.columns import column_lineage
from mkdocs_handoff.pages.views.known_links import known_links, unknown_parts
from mkdocs_handoff.pages.views.links import Links
from mkdocs_handoff.reports.knowledge import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from mkdocs_handoff.pages.html.addresses import Addresses
    from mkdocs_handoff.pages.views.columns import ColumnsView
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.known_links import LinksView
    from mkdocs_handoff.records.record import Identity

MOST = 40
"""So many boxes has a drawing of lineage at most."""

_COUNTED = 400


@dataclass(frozen=True, slots=True)
class Lineage:
    """The drawing of what flows into a record and out of it, and how many more there are.

    Attributes:
        links: Of a model: which links are known, and what is missing.
        columns: Of a model: which columns flow into which, where that is stated.
    """

    svg: Markup
    more: int = 0
    links: LinksView | None = None
    columns: ColumnsView | None = None


def around(identity: Identity, inputs: Inputs, here: Addresses) -> Lineage | None:
    """Return the drawing of what flows into a record and out of it; None where nothing does.

    Around a model it shows as well what nobody can say: boxes with a question mark, and dashed flows.
    """
    lineage = inputs.catalog.lineage
    found, flows = lineage.around(identity, MOST)
    view, columns = None, None
    boxes: list[Node] = []
    gaps: list[tuple[str, str]] = []
    if identity.kind == MODEL:
        links = Links(inputs.catalog, here)
        view, report = known_links(identity, inputs, links)
        columns = column_lineage(identity, inputs, links)
        boxes, gaps = unknown_parts(report, found)
    if len(found) < 2 and not boxes:
        return None
    more = len(lineage.around(identity, _COUNTED)[0]) - len(found) if len(found) >= MOST else 0
    svg = _drawn(sorted(found), flows, inputs, here, identity, boxes, gaps)
    return Lineage(svg, more, view, columns)


def whole(
    found: Sequence[Identity], flows: Iterable[tuple[Identity, Identity]], inputs: Inputs, here: Addresses
) -> Lineage | None:
    """Return the drawing of everything that flows; None where that is nothing, or too much for one drawing."""
    return Lineage(_drawn(found, flows, inputs, here)) if 0 < len(found) <= 2 * MOST else None


def _drawn(
    found: Iterable[Identity],
    flows: Iterable[tuple[Identity, Identity]],
    inputs: Inputs,
    here: Addresses,
    current: Identity | None = None,
    more: Iterable[Node] = (),
    gaps: Iterable[tuple[str, str]] = (),
) -> Markup:
    kinds = inputs.catalog.kinds
    nodes = [
        Node(str(one), kinds[one.kind].title, inputs.catalog.title(one), here.record(one), current=one == current)
        for one in found
    ]
    plurals = {kind.title: kind.plural for kind in kinds.values()}
    named = ((str(source), str(target)) for source, target in flows)
    return draw([*nodes, *more], named, name="1", plurals=plurals, gaps=gaps)
