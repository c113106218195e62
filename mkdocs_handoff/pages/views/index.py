"""The records of a kind, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import Cards, Column, Entries, Link, Marked, Table, Text, words
from mkdocs_handoff.pages.html.markup import Markdown
from mkdocs_handoff.pages.views.layout import Layout
from mkdocs_handoff.pages.views.life import life
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.pages.views.standing import verdict_chip
from mkdocs_handoff.pages.views.tables import fits
from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Block
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind

_OWN_COLUMNS = frozenset(("title", "description", "owners", "owner", "lifecycle"))
_LONGEST = 60
_VALUE = "value"


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
    home: Link


def index(name: str, inputs: Inputs) -> IndexView:
    """Make the index of a kind ready."""
    kind = inputs.catalog.kinds[name]
    at = Listing(inputs.sitemap.indexes[name], inputs)
    columns, rows = _table(kind, at)
    return IndexView(name, kind.title, kind.plural, kind.description, columns, rows, at.home())


def _table(kind: Kind, at: Listing) -> tuple[tuple[Column, ...], tuple[IndexRow, ...]]:
    names = [name for name in kind.summary if name not in _OWN_COLUMNS]
    columns = (
        Column("lifecycle", "Lifecycle"),
        Column("verdict", "Verdict"),
        Column("owner", "Owner"),
        *(Column(name, kind.root.child(name).title or name) for name in names),
    )
    records = at.inputs.catalog.of_kind(kind.name)
    rows = [_cells(record, names, kind, at) for record in records]
    used = [number for number in range(len(columns)) if any(row[number] is not None for row in rows)]
    return (
        tuple(columns[number] for number in used),
        tuple(
            IndexRow(at.link(record.identity), at.line(record.identity), tuple(row[number] for number in used))
            for record, row in zip(records, rows, strict=True)
        ),
    )


def _cells(record: Record, names: list[str], kind: Kind, at: Listing) -> tuple[Block | None, ...]:
    accountable = at.inputs.ownership.accountable(record.identity)
    layout = Layout(record, kind.root, at.inputs.catalog, at.here, Markdown(at.here, record.identity))
    fields = (layout.field(name) for name in names)
    standing = at.inputs.staleness.standings[record.identity]
    return (
        life(record, kind),
        verdict_chip(standing) if standing.verdict is not Verdict.HISTORICAL else None,
        at.owner(accountable) if accountable else None,
        *(None if field is None else _cell(field.block) for field in fields),
    )


def _cell(block: Block) -> Block:
    """Keep a table's cell short: of a mapping its reference, of a list of mappings the first; else so many words."""
    inner = block.block if isinstance(block, Marked) else block
    if isinstance(inner, Entries) and isinstance(inner.entries[0].block, Link):
        return inner.entries[0].block
    if isinstance(inner, Table | Cards):
        return Text(_first(inner))
    text = words(block)
    if fits(block) and len(text) <= _LONGEST:
        return block
    return Text(text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…")


def _first(block: Table | Cards) -> str:
    """Return what the first of several mappings is called, its `value` if it has one, and how many more there are."""
    if isinstance(block, Table):
        name, number = block.rows[0][0], len(block.rows)
        value = next(
            (cell for column, cell in zip(block.columns, block.rows[0], strict=True) if column.name == _VALUE), None
        )
    else:
        card, number = block.cards[0], len(block.cards)
        name, value = card.title, next((entry.block for entry in card.entries if entry.name == _VALUE), None)
    said = " ".join(words(one) for one in (name, value) if one is not None)
    return f"{said}, {number - 1} more" if number > 1 else said
