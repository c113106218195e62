"""The first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import Link, Text
from mkdocs_handoff.pages.html.excerpts import first_sentence
from mkdocs_handoff.pages.sitemap import HOME, MAP, OWNERSHIP, PROBLEMS, STALENESS, WANTED
from mkdocs_handoff.pages.views.attention import asking
from mkdocs_handoff.pages.views.decisions import row
from mkdocs_handoff.pages.views.glance import code_owner
from mkdocs_handoff.pages.views.life import life
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports.start import start

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Chip
    from mkdocs_handoff.pages.views.attention import Count
    from mkdocs_handoff.pages.views.decisions import DecisionRow
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.start import Start


@dataclass(frozen=True, slots=True)
class KindCard:
    """A kind on the first page."""

    link: Link
    description: str
    count: int


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A model on the first page.

    Attributes:
        given: To whom CODEOWNERS gives its file, where no owner is accountable.
    """

    link: Link
    line: str
    lifecycle: Chip
    versions: tuple[str, ...]
    owner: Link | None
    given: Link | Text | None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A team or person to ask."""

    link: Link
    line: str
    accountable: int
    other: int


@dataclass(frozen=True)
class HomeView:
    """The first page."""

    title: str
    description: str
    kinds: tuple[KindCard, ...]
    models: tuple[ModelCard, ...]
    contacts: tuple[ContactCard, ...]
    latest: tuple[DecisionRow, ...]
    start: Start
    asking: tuple[Count, ...]
    staleness: str
    ownership: str
    map: str
    wanted: str
    problems: str
    decisions: str


def home(inputs: Inputs) -> HomeView:
    """Make the first page ready."""
    at = Listing(inputs.sitemap.reports[HOME], inputs)
    data = start(inputs.project, inputs.ownership)
    records, kinds = inputs.catalog.records, inputs.catalog.kinds
    return HomeView(
        title=inputs.home,
        description="What there is, who answers for it, and where to begin.",
        kinds=tuple(
            KindCard(
                Link(kinds[one.kind].plural, at.here.index(one.kind)),
                first_sentence(kinds[one.kind].description),
                one.records,
            )
            for one in data.kinds
        ),
        models=tuple(
            ModelCard(
                at.link(one.model),
                at.line(one.model),
                life(records[one.model], kinds[one.model.kind]),
                one.versions,
                at.owner(one.accountable) if one.accountable else None,
                None if one.accountable else _given(records[one.model], inputs, at),
            )
            for one in data.models
        ),
        contacts=tuple(
            ContactCard(at.link(one.identity), at.line(one.identity), one.accountable, one.other)
            for one in data.contacts
        ),
        latest=tuple(row(one, at) for one in data.latest),
        start=data,
        asking=asking(inputs.stale.counts),
        staleness=at.here.report(STALENESS),
        ownership=at.here.report(OWNERSHIP),
        map=at.here.report(MAP),
        wanted=at.here.report(WANTED),
        problems=at.here.report(PROBLEMS),
        decisions=at.here.index("decision"),
    )


def _given(record: Record, inputs: Inputs, at: Listing) -> Link | Text | None:
    given = code_owner(record, inputs)
    if given is None:
        return None
    return Text(given[0]) if isinstance(given[0], str) else at.link(given[0])
