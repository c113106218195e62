"""A record, made ready for its template."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.relations import MENTIONED, MENTIONS
from mkdocs_handoff.pages import facts, glance
from mkdocs_handoff.pages.addresses import Addresses
from mkdocs_handoff.pages.blocks import Items, Rich, leaf
from mkdocs_handoff.pages.diagrams import Node, draw
from mkdocs_handoff.pages.layout import SECTION, Layout, chip
from mkdocs_handoff.pages.markup import Markdown
from mkdocs_handoff.pages.more import MORE
from mkdocs_handoff.pages.view import Lineage, Problem, RecordView, Related, Told
from mkdocs_handoff.reports.glossary import uses
from mkdocs_handoff.reports.knowledge import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.pages.blocks import Block, Entry, Link
    from mkdocs_handoff.pages.desk import Desk
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.text.yaml import Path

MOST = 40
"""So many boxes has a drawing of lineage at most."""

_COUNTED = 400


def view(identity: Identity, desk: Desk) -> RecordView:
    """Make a record ready for its template."""
    record = desk.catalog.records[identity]
    kind = desk.catalog.kinds[identity.kind]
    here = Addresses(desk.sitemap.records[identity], desk.sitemap, desk.prose, desk.root)
    markdown = Markdown(here, identity)
    layout = Layout(record, kind.root, desk.catalog, here, markdown)
    lead = _lead(record, layout, markdown)
    made = facts.entries(layout, kind)
    more = MORE[identity.kind](record, desk, layout) if identity.kind in MORE else {}
    if identity.kind == TERM and lead is not None and lead.text == record.get("definition"):
        made.pop("definition", None)
    # A report's table of a field is better than the field: it stands in its place.
    made.update({name: replace(made[name], block=more.pop(name)) for name in tuple(more) if name in made})
    holders = desk.ownership.holders.get(identity, ())
    sections = facts.sections(kind, made, layout)
    anchors = {name: section.anchor for section in sections for name in section.names}
    cards: tuple[glance.Card, ...] = ()
    measured: tuple[glance.MeasuredView, ...] = ()
    if identity.kind == MODEL:
        cards, measured = glance.model(record, desk, layout, made, anchors)
    return RecordView(
        kind=kind.name,
        kind_title=kind.title,
        plural=kind.plural,
        index=here.index(kind.name),
        identity=str(identity),
        title=record.title,
        description=lead,
        lifecycle=chip(record.lifecycle),
        level=record.level,
        reviewed=_text(record.get("last_reviewed")),
        reviewers=_leaves(made.get("reviewers")),
        review_every=_text(record.get("review_every")),
        facts=facts.facts(kind, made, holders, layout),
        sections=sections,
        lineage=_lineage(identity, desk, here),
        outgoing=_related(desk.catalog.outgoing.get(identity, ()), layout, outgoing=True),
        incoming=_related(desk.catalog.incoming.get(identity, ()), layout, outgoing=False),
        uses=tuple(layout.link(one) for one in uses(desk.catalog, identity)) if identity.kind == TERM else (),
        origins=tuple(_origins(record, layout)),
        gaps=tuple(_gaps(record, layout)),
        problems=tuple(problem(finding) for finding in desk.findings.get(str(identity), ())),
        path=record.source.path,
        line=_line(record),
        prose=layout.prose,
        prose_first=kind.prose_first,
        glance=cards,
        measured=measured,
        more=more,
        entries=made,
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


def problem(finding: Finding) -> Problem:
    """Return a finding as a page shows it."""
    return Problem(finding.severity.value, finding.message, finding.hint, finding.rule, str(finding.place))


def _lineage(identity: Identity, desk: Desk, here: Addresses) -> Lineage | None:
    found, flows = desk.catalog.lineage.around(identity, MOST)
    if len(found) < 2:
        return None
    more = len(desk.catalog.lineage.around(identity, _COUNTED)[0]) - len(found) if len(found) >= MOST else 0
    kinds = desk.catalog.kinds
    nodes = [
        Node(str(one), kinds[one.kind].title, desk.catalog.title(one), here.record(one), current=one == identity)
        for one in sorted(found)
    ]
    plurals = {kind.title: kind.plural for kind in kinds.values()}
    svg = draw(nodes, [(str(source), str(target)) for source, target in flows], name="1", plurals=plurals)
    return Lineage(svg, more)


def _related(relations: Iterable[Relation], layout: Layout, *, outgoing: bool) -> tuple[Related, ...]:
    """Group relations by name, in order of appearance; what prose mentions stands last."""
    grouped: dict[str, dict[tuple[Identity, str], None]] = {}
    for relation in relations:
        name, other = (relation.name, relation.target) if outgoing else (relation.inverse, relation.source)
        version = relation.version if outgoing else ""
        grouped.setdefault(name, {})[other, version] = None
    last = (MENTIONS, MENTIONED)
    return tuple(
        Related(name, _links(grouped[name], layout)) for name in sorted(grouped, key=lambda name: name in last)
    )


def _links(found: dict[tuple[Identity, str], None], layout: Layout) -> tuple[Link, ...]:
    links = (layout.link(identity, version) for identity, version in sorted(found))
    return tuple(links)


def _origins(record: Record, layout: Layout) -> Iterable[Told]:
    for path, origin in record.origins.items():
        if path not in (("id",), ("title",)) and not layout.root.at(path[:1]).hidden:
            yield Told(label(path, layout), origin.how, origin.source)


def _gaps(record: Record, layout: Layout) -> Iterable[Told]:
    for path, gap in record.gaps.items():
        yield Told(label(path, layout), "not known" if gap.why == "unknown" else "does not apply", gap.reason)


def label(path: Path, layout: Layout) -> str:
    """Return a field's way from the record, in the words of its schema: `Metrics 2, Value`."""
    words: list[str] = []
    shape = layout.root
    for step in path:
        shape = shape.child(step)
        if isinstance(step, int):
            words[-1:] = [f"{words[-1]} {step + 1}"] if words else [str(step + 1)]
        else:
            words.append(shape.title or step.replace("_", " ").replace("-", " ").capitalize())
    return ", ".join(words)
