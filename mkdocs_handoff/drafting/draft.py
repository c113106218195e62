"""The text of a new record: what is known, and a placeholder for each field that a level demands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.passages import passages
from mkdocs_handoff.catalog.resolve import Resolver
from mkdocs_handoff.drafting.lacking import PLACEHOLDER, completed, placeholders, spelled
from mkdocs_handoff.drafting.offered import candidates, written
from mkdocs_handoff.handoffs.draft import Draft, text_of
from mkdocs_handoff.records.assemble import Workshop, assemble
from mkdocs_handoff.records.documents import MARKDOWN, take_apart
from mkdocs_handoff.records.forms import ValueFiles
from mkdocs_handoff.schema.demand import demanded
from mkdocs_handoff.schema.described import example, type_of
from mkdocs_handoff.schema.overview import told
from mkdocs_handoff.schema.validate import BASE, READY, Validators
from mkdocs_handoff.text.append import append_item
from mkdocs_handoff.text.files import read_text
from mkdocs_handoff.text.scalars import Quoted
from mkdocs_handoff.text.splice import set_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.drafting.place import Spot
    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.splice import FieldValue

_LISTED = 8
_EXAMPLE_LINES = 12
_FIRST = ("kind", "id", "title", "owners", "lifecycle")
_NEW = "draft"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What is still to be written, and where.

    Attributes:
        line: Of the file, from 1.
        name: The field, as a path where it stands in another, or the heading of the section.
        about: What belongs there.
    """

    line: int
    name: str
    about: str


@dataclass(frozen=True)
class Wish:
    """What is asked for.

    Attributes:
        title: For people.
        fields: What is known already, by field; numbers and booleans as `yaml.Plain`.
        level: Whose demands become placeholders.
        meant: Fields whose references are meant as they stand, though no record has that name.
    """

    title: str
    fields: Mapping[str, FieldValue] = field(default_factory=lambda: MappingProxyType({}))
    level: str = READY
    meant: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Drafted:
    """A record that is to be written.

    Attributes:
        text: What the file is to hold.
        placeholders: What is still to be written, from top to bottom.
        findings: What else lint would find wrong with it: something of what was asked for is not right.
        identity: Whose record it is, as lint would read it; None where it would read none.
    """

    text: str
    placeholders: tuple[Placeholder, ...]
    findings: tuple[Finding, ...]
    identity: Identity | None = None


def open_fields(kind: Kind, level: str, fields: Mapping[str, FieldValue]) -> tuple[Field, ...]:
    """Return the fields that a level demands and that nothing is known of, as the kind's pages have them."""
    wanted: dict[str, None] = {}
    for path, instead in demanded(kind, level).items():
        if len(path) == 1 and not fields.keys() & {path[0], *instead}:
            wanted[path[0]] = None
    return tuple(kind.root.fields[name] for name in _order(kind) if name in wanted and name in kind.root.fields)


def draft(project: Project, kind: Kind, spot: Spot, wish: Wish, held: str = "") -> Drafted:
    """Return the record's text.

    Args:
        project: Whose records may be referred to.
        kind: The record's.
        spot: Where it will stand.
        wish: What is known of it.
        held: What the file holds that it becomes an entry of.

    Raises:
        ValueError: A field cannot be written, or that file cannot be added to.
    """
    known: dict[str, FieldValue] = {}
    if "lifecycle" in kind.root.fields and "lifecycle" not in wish.fields:
        known["lifecycle"] = _NEW
    known |= wish.fields
    markdown = spot.path.endswith(MARKDOWN)
    todo = open_fields(kind, wish.level, {"title": wish.title, **known})
    fields = {**completed(kind, wish.level, known), **{shape.name: PLACEHOLDER for shape in todo}}
    title = Quoted(wish.title)
    if spot.into:
        entry = {"title": title, **_sorted(kind, fields)}
        own = {"id": fields["id"]} if "id" in fields else {}
        if spot.keyed is None:
            text = append_item(held, kind.list_key, {"id": spot.name, **own, **entry}, spot.document)
        else:
            text = set_fields(held, {spot.name: {**own, **entry}}, spot.document, spot.keyed)
    else:
        order = _order(kind)
        hints = {shape.name: tuple(_hints(project.catalog, shape)) for shape in todo}
        about = {shape.name: _about(shape) for shape in todo}
        sections = _sections(kind, wish.level) if markdown else []
        body = "\n\n".join([f"# {wish.title}", *(f"## {title}\n\n{PLACEHOLDER}" for title, _ in sections)])
        filled = Draft({"title": title, **fields}, hints, body)
        text = text_of(filled, about, markdown=markdown, order=order, apart=True)
    return _checked(project, kind, spot, text, wish)


def _order(kind: Kind) -> tuple[str, ...]:
    """Return a kind's fields in the order in which a reader meets them: in the box of facts, then by groups."""
    grouped = (name for group in kind.groups for name in group.fields)
    return tuple(dict.fromkeys((*_FIRST, "description", *kind.facts, *grouped, *kind.root.fields)))


def _sorted(kind: Kind, fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    order = _order(kind)
    return {
        name: fields[name]
        for name in sorted(fields, key=lambda name: order.index(name) if name in order else len(order))
        if name not in ("id", "title")
    }


def _about(shape: Field) -> str:
    about, _ = told(shape.description)
    return f"{(about or shape.title).rstrip('.')}."


def _hints(catalog: Catalog, shape: Field) -> Iterator[str]:
    """Yield what helps to fill a field in: what it takes, which records there are, an example."""
    if shape.question:
        yield f"Ask: {shape.question}"
    if shape.choices:
        yield f"It is {type_of(shape)}."
    reference = shape.reference
    if reference is not None:
        there = [] if reference.any_kind else [written(one, reference) for one in candidates(catalog, reference)]
        more = f", and {len(there) - _LISTED} more" if len(there) > _LISTED else ""
        if there:
            yield f"There are: {', '.join(there[:_LISTED])}{more}"
    # The name of a record that is nobody's helps little where there are others to choose from.
    if shape.examples and (reference is None or not candidates(catalog, reference)):
        # The last one is the fullest where a list or mapping is meant, and the rarest of plain words.
        full = isinstance(shape.examples[-1], dict | list)
        lines = example(shape.name, shape.examples[-1] if full else shape.examples[0])
        if len(lines) <= _EXAMPLE_LINES:
            yield "For example:"
            yield from (f"  {line}" for line in lines)


def _sections(kind: Kind, level: str) -> list[tuple[str, str]]:
    """Return the headings of a body: those that a level demands, and all of a kind whose prose is what counts."""
    asked = (BASE, READY) if level == READY else (BASE,)
    return [
        (section.title, section.description) for section in kind.sections if kind.prose_first or section.level in asked
    ]


def _checked(project: Project, kind: Kind, spot: Spot, text: str, wish: Wish) -> Drafted:
    """Read a text as lint would, and tell what it finds: placeholders, and what else there is."""
    root = project.settings.root
    shop = Workshop(project.settings.namespace, Validators(), ValueFiles(partial(read_text, root)), wish.level)
    parts = take_apart(spot.path, text, kind.list_key)
    document = parts.documents[-1] if parts.documents else None
    if document is None:
        return Drafted(text, (), tuple(parts.findings))
    if spot.into and not document.entry:
        raise ValueError(f"with it the file would not be read as entries any more, but as one {kind.title.lower()}")
    layer = document.layer
    todo = {path: layer.place(path) for path in placeholders(document.value)}
    found = [Placeholder(place.line, spelled(path), _about(kind.root.at(path))) for path, place in todo.items()]
    made = assemble(kind, document, None, spot.claim, shop)
    described = {section.title: section.description for section in kind.sections}
    found += [
        Placeholder(heading.line, f"## {heading.title}", described.get(heading.title, ""))
        for heading in (made.record.body.headings if made.record.body is not None else ())
        if heading.text.strip() == PLACEHOLDER
    ]
    # Within a field, other values may stand on the placeholder's line.
    lines = {one.line for one in found} - {place.line for path, place in todo.items() if len(path) > 1}
    sections = any(one.name.startswith("## ") for one in found)
    others = [
        finding
        for finding in (*parts.findings, *made.findings, *_references(project.catalog, kind, made.record, wish.meant))
        if finding.place.line not in lines
        and finding.place not in todo.values()
        and not (sections and finding.rule == "section/missing")
    ]
    return Drafted(text, tuple(sorted(found, key=lambda one: one.line)), tuple(others), made.record.identity)


def _references(catalog: Catalog, kind: Kind, record: Record, meant: Collection[str]) -> list[Finding]:
    """Return what is wrong with the records that a new one names, but for those that are meant as they stand."""
    fields = {name: value for name, value in record.fields.items() if name not in meant}
    named = replace(record, fields=MappingProxyType(fields))
    resolver = Resolver(catalog.index, catalog.kinds, catalog.namespace)
    resolver.record(named, passages(named, kind.root))
    return resolver.findings
