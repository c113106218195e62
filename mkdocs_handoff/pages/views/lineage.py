"""Lineage, drawn: what flows into a record and out of it, or everything that flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.diagrams import Node, draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from mkdocs_handoff.pages.html.addresses import Addresses
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.records.record import Identity

MOST = 40
"""So many boxes has a drawing of lineage at most."""

_COUNTED = 400


@dataclass(frozen=True, slots=True)
class Lineage:
    """The drawing of what flows into a record and out of it, and how many more there are."""

    svg: Markup
    more: int = 0


def around(identity: Identity, inputs: Inputs, here: Addresses) -> Lineage | None:
    """Return the drawing of what flows into a record and out of it; None where nothing does."""
    lineage = inputs.catalog.lineage
    found, flows = lineage.around(identity, MOST)
    if len(found) < 2:
        return None
    more = len(lineage.around(identity, _COUNTED)[0]) - len(found) if len(found) >= MOST else 0
    return Lineage(_drawn(sorted(found), flows, inputs, here, current=identity), more)


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
) -> Markup:
    kinds = inputs.catalog.kinds
    nodes = (
        Node(str(one), kinds[one.kind].title, inputs.catalog.title(one), here.record(one), current=one == current)
        for one in found
    )
    plurals = {kind.title: kind.plural for kind in kinds.values()}
    return draw(nodes, ((str(source), str(target)) for source, target in flows), name="1", plurals=plurals)
