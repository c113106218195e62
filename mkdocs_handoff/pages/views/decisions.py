"""The log of decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports.decisions import decisions

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Chip, Link
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.reports.decisions import Decision


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in a log. The folder is told where there are several, for each has its own number 1."""

    link: Link
    number: str
    date: str
    status: Chip | None
    supersedes: tuple[Link, ...]
    superseded_by: tuple[Link, ...]
    folder: str


@dataclass(frozen=True)
class LogView:
    """The log of decisions."""

    kind: str
    title: str
    description: str
    rows: tuple[DecisionRow, ...]
    home: Link


def log(name: str, inputs: Inputs) -> LogView:
    """Make the log of decisions ready, which are of the kind of that name."""
    kind = inputs.catalog.kinds[name]
    at = Listing(inputs.sitemap.indexes[name], inputs)
    rows = tuple(row(one, at) for one in decisions(inputs.catalog))
    return LogView(name, kind.plural, kind.description, rows, at.home())


def row(one: Decision, at: Listing) -> DecisionRow:
    """Return a decision as a row of a log."""
    return DecisionRow(
        at.link(one.identity),
        "" if one.number is None else str(one.number),
        one.date,
        chip(one.status) if one.status else None,
        tuple(at.link(other) for other in one.supersedes),
        tuple(at.link(other) for other in one.superseded_by),
        one.folder,
    )
