"""A record, made ready for its template."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from markupsafe import escape

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.handoffs.handoff import handing_over
from mkdocs_handoff.handoffs.words import HANDOFF, OPEN
from mkdocs_handoff.pages.html.addresses import Addresses
from mkdocs_handoff.pages.html.blocks import Items, Rich, leaf
from mkdocs_handoff.pages.html.excerpts import sentences
from mkdocs_handoff.pages.html.markup import Markdown
from mkdocs_handoff.pages.html.untitled import headless
from mkdocs_handoff.pages.views import facts, glance, handoff, lineage, provenance
from mkdocs_handoff.pages.views.additions import ADDITIONS
from mkdocs_handoff.pages.views.attention import attention
from mkdocs_handoff.pages.views.divergence import diverged_view
from mkdocs_handoff.pages.views.layout import SECTION, Layout
from mkdocs_handoff.pages.views.life import life
from mkdocs_handoff.pages.views.observed import observed_view
from mkdocs_handoff.pages.views.problems import problem
from mkdocs_handoff.pages.views.reading_path import button
from mkdocs_handoff.pages.views.relations import related
from mkdocs_handoff.pages.views.standing import standing
from mkdocs_handoff.pages.views.trail import trail
from mkdocs_handoff.reports.glossary import uses
from mkdocs_handoff.reports.knowledge import MODEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.pages.html.blocks import Block, Chip, Entry, Link, Table
    from mkdocs_handoff.pages.views.attention import Attention
    from mkdocs_handoff.pages.views.facts import Section
    from mkdocs_handoff.pages.views.glance import Card
    from mkdocs_handoff.pages.views.handoff import HandoffView
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.lineage import Lineage
    from mkdocs_handoff.pages.views.measured import MeasuredView
    from mkdocs_handoff.pages.views.observed import ObservedView
    from mkdocs_handoff.pages.views.problems import Problem
    from mkdocs_handoff.pages.views.provenance import Told
    from mkdocs_handoff.pages.views.reading_path import Button
    from mkdocs_handoff.pages.views.relations import Related
    from mkdocs_handoff.pages.views.standing import StandingView
    from mkdocs_handoff.pages.views.trail import TrailView
    from mkdocs_handoff.records.record import Identity, Record


@dataclass(frozen=True)
class RecordView:
    """A record, ready to be shown.

    Attributes:
        kind: The kind's name; `kind_title` and `plural` are for people; `index` is the address of the kind's index.
        facts: The fields of the box at the top.
        sections: The page's groups of fields, in order.
        outgoing: What it refers to, by relation; `incoming`: what refers to it.
        uses: Records that use it, if it is a term.
        origins: Values that were computed, inferred or imported.
        gaps: What is stated to be missing.
        glance: Answers to a reader's first questions, if the kind has them.
        measured: What each evaluation of a model measured.
        standing: Its verdict.
        trail: The changes of its file.
        attention: What a team or person should look at, by risk.
        prose_headless: Whether the prose stands below sections, and begins with text that stands under no heading.
        handoff: What is computed of a handoff; None for every other kind.
        observed: What was observed of a model over time; None where it names no observations.
        diverged: How far the models of a handoff are from what it was agreed on; None where none is observed.
        more: Tables and lists that reports add, by name.
        entries: All shown fields by name, for templates that place them themselves.
        reading: What leads to the reading path of a model or a handoff.
        moving: The handoffs that it is a subject of and that are not over.
    """

    kind: str
    kind_title: str
    plural: str
    index: str
    identity: str
    title: str
    description: Rich | None
    lifecycle: Chip
    level: str
    ages: bool
    reviewed: str
    reviewers: tuple[Block, ...]
    review_every: str
    facts: tuple[Entry, ...]
    sections: tuple[Section, ...]
    lineage: Lineage | None
    outgoing: tuple[Related, ...]
    incoming: tuple[Related, ...]
    uses: tuple[Link, ...]
    origins: tuple[Told, ...]
    gaps: tuple[Told, ...]
    problems: tuple[Problem, ...]
    path: str
    line: int
    prose: bool
    prose_first: bool
    prose_headless: bool
    standing: StandingView
    trail: TrailView
    attention: Attention | None = None
    glance: tuple[Card, ...] = ()
    measured: tuple[MeasuredView, ...] = ()
    handoff: HandoffView | None = None
    observed: ObservedView | None = None
    diverged: Table | None = None
    more: Mapping[str, Block] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    reading: Button | None = None
    moving: tuple[Link, ...] = ()

    @property
    def observed_after(self) -> str:
        """The id of the section after which what was observed stands: that of the evaluations or of what is watched."""
        names = ("evaluations", "metrics", "evaluation_data", "monitors", "guardrails")
        return next((one.anchor for name in names for one in self.sections if name in one.names), "")

    @property
    def measured_in(self) -> str:
        """The id of the section in which what was measured belongs: the one with the evaluations; empty without one."""
        names = ("evaluations", "metrics", "evaluation_data")
        return next((one.anchor for name in names for one in self.sections if name in one.names), "")


def view(identity: Identity, inputs: Inputs) -> RecordView:
    """Make a record ready for its template."""
    record = inputs.catalog.records[identity]
    kind = inputs.catalog.kinds[identity.kind]
    here = Addresses(inputs.sitemap.records[identity], inputs.sitemap, inputs.prose, inputs.root)
    markdown = Markdown(here, identity)
    layout = Layout(record, kind.root, inputs.catalog, here, markdown)
    lead = _lead(record, layout, markdown)
    made = facts.entries(layout, kind)
    more = ADDITIONS[identity.kind](record, inputs, layout) if identity.kind in ADDITIONS else {}
    if identity.kind == TERM and lead is not None and lead.text == record.get("definition"):
        made.pop("definition", None)
        if record.get("short_description") == lead.text:  # where the definition was read from
            made.pop("short_description", None)
    # A report's table of a field is better than the field: it stands in its place.
    made.update({name: replace(made[name], block=more.pop(name)) for name in tuple(more) if name in made})
    holders = inputs.ownership.holders.get(identity, ())
    sections = facts.sections(kind, made, layout)
    far = layout.prose and not kind.prose_first and (bool(sections) or identity.kind == MODEL)
    if lead is None and far:
        lead = _beginning(record)
    anchors = {name: section.anchor for section in sections for name in section.names}
    cards: tuple[Card, ...] = ()
    measured: tuple[MeasuredView, ...] = ()
    if identity.kind == MODEL:
        cards, measured = glance.model(record, inputs, layout, made, anchors)
    return RecordView(
        kind=kind.name,
        kind_title=kind.title,
        plural=kind.plural,
        index=here.index(kind.name),
        identity=str(identity),
        title=record.title,
        description=lead,
        lifecycle=life(record, kind),
        level=record.level,
        ages=bool(kind.ages),
        reviewed=_text(record.get("last_reviewed")),
        reviewers=_leaves(made.get("reviewers")),
        review_every=_text(record.get("review_every")),
        facts=facts.facts(kind, made, holders, layout),
        sections=sections,
        lineage=lineage.around(identity, inputs, here),
        outgoing=related(inputs.catalog.outgoing.get(identity, ()), layout.links, outgoing=True),
        incoming=related(inputs.catalog.incoming.get(identity, ()), layout.links, outgoing=False),
        uses=tuple(layout.links.link(one) for one in uses(inputs.catalog, identity)) if identity.kind == TERM else (),
        origins=tuple(provenance.origins(record, layout, kind)),
        gaps=tuple(provenance.gaps(record, layout)),
        problems=tuple(problem(finding) for finding in inputs.findings.get(str(identity), ())),
        path=record.source.path,
        line=_line(record),
        prose=layout.prose,
        prose_first=kind.prose_first,
        prose_headless=far and record.body is not None and headless(record.body, record.title),
        standing=standing(identity, inputs, layout.links),
        trail=trail(identity, inputs, layout.links),
        attention=attention(identity, inputs, layout.links) if identity.kind in (TEAM, PERSON) else None,
        glance=cards,
        measured=measured,
        handoff=handoff.view(identity, inputs, layout) if identity.kind == HANDOFF else None,
        observed=observed_view(inputs, layout),
        diverged=diverged_view(inputs, layout) if identity.kind == HANDOFF else None,
        more=more,
        entries=made,
        reading=button(identity, inputs, here),
        moving=tuple(
            layout.links.link(one.identity) for one in handing_over(inputs.catalog, identity) if one.status in OPEN
        ),
    )


def _lead(record: Record, layout: Layout, markdown: Markdown) -> Rich | None:
    """Return the lines under the title: a description, a term's definition; nothing that the prose shows anyway."""
    names = ("description", "definition") if record.kind == TERM else ("description",)
    for name in names:
        value = record.get(name)
        text = "\n\n".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(text, str) and text.strip() and not _in_prose(record, name, layout):
            return Rich(markdown.html(text, record.source.path), text)
    return None


def _beginning(record: Record) -> Rich | None:
    """Return the first sentences of a prose that stands far below, as plain words."""
    told = sentences(record.description)
    return Rich(escape(told), told) if told and not told.endswith(":") else None


def _in_prose(record: Record, name: str, layout: Layout) -> bool:
    """Whether a field was read from the text that the page shows."""
    origin = record.origins.get((name,))
    return origin is not None and origin.how == "inferred" and layout.prose and bool(SECTION.fullmatch(origin.source))


def _line(record: Record) -> int:
    """Return the line on which a record begins; a file of its own need not be read again for it."""
    layer = record.source.layer
    return record.source.place().line if layer.prefix or layer.document else layer.first_line


def _leaves(entry: Entry | None) -> tuple[Block, ...]:
    """Return the parts of a field that fit into a line."""
    block = entry.block if entry is not None else None
    items = block.items if isinstance(block, Items) else (block,)
    return tuple(item for item in items if item is not None and leaf(item))


def _text(value: object) -> str:
    return "" if value is None else str(value)
