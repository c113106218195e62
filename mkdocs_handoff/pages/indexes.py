"""Indexes: the records of a kind as a table, the log of decisions, the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.pages.blocks import Block, Column, Link, Rich, Text, words
from mkdocs_handoff.pages.layout import Layout, chip, fits
from mkdocs_handoff.pages.markup import Markdown
from mkdocs_handoff.pages.reports import DecisionRow, decision
from mkdocs_handoff.pages.viewpoint import Viewpoint
from mkdocs_handoff.reports.decisions import DECISION, decisions
from mkdocs_handoff.reports.glossary import glossary

if TYPE_CHECKING:
    from mkdocs_handoff.pages.desk import Desk
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.glossary import Term
    from mkdocs_handoff.schema.kinds import Kind

_OWN_COLUMNS = frozenset(("title", "description", "owners", "owner", "lifecycle"))
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A record: its link, a line of what it is, and a cell for each column; `None` is an empty one."""

    link: Link
    line: str
    cells: tuple[Block | None, ...]


@dataclass(frozen=True)
class IndexView:
    """The records of a kind."""

    kind: str
    kind_title: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[IndexRow, ...]
    home: str


@dataclass(frozen=True)
class LogView:
    """The log of decisions."""

    kind: str
    title: str
    description: str
    rows: tuple[DecisionRow, ...]
    home: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A term in the glossary."""

    link: Link
    anchor: str
    definition: Rich | None
    synonyms: tuple[str, ...]
    discouraged: tuple[str, ...]
    category: str
    uses: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """The terms under one letter."""

    letter: str
    anchor: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True)
class GlossaryView:
    """The glossary, A to Z."""

    kind: str
    title: str
    description: str
    letters: tuple[LetterView, ...]
    home: str


def index(name: str, desk: Desk) -> IndexView | LogView | GlossaryView:
    """Make the index of a kind ready."""
    kind = desk.catalog.kinds[name]
    at = Viewpoint(desk.sitemap.indexes[name], desk)
    home = at.here.report("home")
    if name == DECISION:
        rows = tuple(decision(one, at) for one in decisions(desk.catalog))
        return LogView(name, kind.plural, kind.description, rows, home)
    if name == TERM:
        return GlossaryView(name, kind.plural, kind.description, _letters(desk, at), home)
    columns, listed = _table(kind, at)
    return IndexView(name, kind.title, kind.plural, kind.description, columns, listed, home)


def _table(kind: Kind, at: Viewpoint) -> tuple[tuple[Column, ...], tuple[IndexRow, ...]]:
    names = [name for name in kind.summary if name not in _OWN_COLUMNS]
    columns = (
        Column("lifecycle", "Lifecycle"),
        Column("owner", "Owner"),
        *(Column(name, kind.root.child(name).title or name) for name in names),
    )
    records = at.desk.catalog.of_kind(kind.name)
    rows = [_cells(record, names, kind, at) for record in records]
    used = [number for number in range(len(columns)) if any(row[number] is not None for row in rows)]
    return (
        tuple(columns[number] for number in used),
        tuple(
            IndexRow(at.link(record.identity), at.line(record.identity), tuple(row[number] for number in used))
            for record, row in zip(records, rows, strict=True)
        ),
    )


def _cells(record: Record, names: list[str], kind: Kind, at: Viewpoint) -> tuple[Block | None, ...]:
    accountable = at.desk.ownership.accountable(record.identity)
    layout = Layout(record, kind.root, at.desk.catalog, at.here, Markdown(at.here, record.identity))
    fields = (layout.field(name) for name in names)
    return (
        chip(record.lifecycle),
        at.holder(accountable) if accountable else None,
        *(None if field is None else _cell(field.block) for field in fields),
    )


def _cell(block: Block) -> Block:
    """Keep a table's cell short: what does not fit becomes words."""
    text = words(block)
    if fits(block) and len(text) <= _LONGEST:
        return block
    return Text(text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…")


def _letters(desk: Desk, at: Viewpoint) -> tuple[LetterView, ...]:
    return tuple(
        LetterView(
            one.letter,
            f"handoff-letter-{one.letter.lower() if one.letter != '#' else 'other'}",
            tuple(_term(term, desk, at) for term in one.terms),
        )
        for one in glossary(desk.catalog)
    )


def _term(term: Term, desk: Desk, at: Viewpoint) -> TermView:
    path = desk.catalog.records[term.identity].source.path
    html = Markdown(at.here, term.identity).html(term.definition, path, terms=False) if term.definition else None
    namespace = f"{term.identity.namespace}~" if term.identity.namespace else ""
    return TermView(
        at.link(term.identity),
        f"handoff-term-{namespace}{term.identity.name}",
        None if html is None else Rich(html, term.definition),
        term.synonyms,
        term.discouraged,
        term.category,
        tuple(at.link(one) for one in term.uses),
    )
