"""What is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.anchors import wanted_anchor
from mkdocs_handoff.pages.sitemap import WANTED
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports import wanted as report

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Link
    from mkdocs_handoff.pages.views.inputs import Inputs


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A record that somebody should write."""

    name: str
    kind: str
    anchor: str
    references: int
    askers: tuple[tuple[Link, str], ...]
    path: str


@dataclass(frozen=True)
class WantedView:
    """What is wanted."""

    title: str
    description: str
    home: Link
    rows: tuple[WantedRow, ...]


def wanted(inputs: Inputs) -> WantedView:
    """Make the page of wanted records ready."""
    at = Listing(inputs.sitemap.reports[WANTED], inputs)
    kinds = inputs.catalog.kinds
    rows = (
        WantedRow(
            one.wanted.name,
            kinds[one.kind].title if one.kind in kinds else one.kind,
            wanted_anchor(one.wanted),
            len(one.wanted.wanted_by),
            tuple((at.link(asker.record), ", ".join(map(str, asker.places))) for asker in one.askers),
            one.path,
        )
        for one in report.wanted(inputs.catalog)
    )
    told = "Records that others refer to and that nobody has written yet, the most wanted first."
    return WantedView("Wanted", told, at.home(), tuple(rows))
