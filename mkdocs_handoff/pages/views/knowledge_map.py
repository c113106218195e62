"""The knowledge map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.sitemap import MAP
from mkdocs_handoff.pages.views.lineage import whole
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports.knowledge import knowledge

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Chip, Link
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.lineage import Lineage
    from mkdocs_handoff.reports.knowledge import ModelRow


@dataclass(frozen=True, slots=True)
class MapRow:
    """A model in the knowledge map."""

    link: Link
    owner: Link | None
    datasets: tuple[Link, ...]
    features: tuple[Link, ...]
    upstream: tuple[Link, ...]
    versions: tuple[tuple[str, Chip | None], ...]
    evaluations: tuple[Link, ...]


@dataclass(frozen=True)
class MapView:
    """The knowledge map."""

    title: str
    description: str
    home: Link
    lineage: Lineage | None
    rows: tuple[MapRow, ...]
    unused: tuple[Link, ...]


def knowledge_map(inputs: Inputs) -> MapView:
    """Make the knowledge map ready."""
    at = Listing(inputs.sitemap.reports[MAP], inputs)
    data = knowledge(inputs.catalog)
    return MapView(
        title="Knowledge map",
        home=at.home(),
        description="From which data, through which features, into which models, and what was measured of them.",
        lineage=whole(data.nodes, data.flows, inputs, at.here),
        rows=tuple(_map_row(row, at) for row in data.models),
        unused=tuple(at.link(one) for one in data.unused),
    )


def _map_row(row: ModelRow, at: Listing) -> MapRow:
    accountable = at.inputs.ownership.accountable(row.model)
    return MapRow(
        link=at.link(row.model),
        owner=at.owner(accountable) if accountable else None,
        datasets=tuple(at.link(one) for one in row.datasets),
        features=tuple(at.link(one) for one in row.features),
        upstream=tuple(at.link(one) for one in row.upstream),
        versions=tuple((one.version, chip(one.stage) if one.stage else None) for one in row.versions),
        evaluations=tuple(at.link(one) for one in row.evaluations),
    )
