"""What stands in a table and what in cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import (
    Block,
    Card,
    Chip,
    Column,
    Entries,
    Entry,
    Items,
    Link,
    Marked,
    Missing,
    Table,
    Text,
    leaf,
    words,
)

if TYPE_CHECKING:
    from mkdocs_handoff.schema.fields import Field

_HEADS = ("title", "name", "system", "where", "id", "metric", "path", "channel")


def fits(block: Block) -> bool:
    """Tell whether a block fits into a table's cell: a leaf, a few of them, or a mapping of two or three."""
    if leaf(block):
        return True
    if isinstance(block, Marked):
        return fits(block.block)
    if isinstance(block, Items):
        return all(leaf(item) for item in block.items)
    return isinstance(block, Entries) and len(block.entries) <= 3 and all(leaf(entry.block) for entry in block.entries)


def short(block: Block) -> bool:
    """Tell whether a block is so short that others can stand beside it in a line."""
    inner = block.block if isinstance(block, Marked) else block
    return isinstance(inner, Text | Chip | Link) and len(words(inner)) <= 40 and not getattr(inner, "note", "")


def columns_of(rows: list[tuple[Entry, ...]], inner: Field) -> tuple[Column, ...]:
    """Return the columns that any row fills, in the schema's order; unknown ones after them."""
    present: dict[str, Entry] = {}
    for row in rows:
        for entry in row:
            present.setdefault(entry.name, entry)
    order = [name for name in ("ref", *inner.fields) if name in present]
    order = list(dict.fromkeys([*order, *present]))
    numeric = dict.fromkeys(order, True)
    for row in rows:
        for entry in row:
            block = entry.block.block if isinstance(entry.block, Marked) else entry.block
            numeric[entry.name] &= isinstance(block, Missing) or (isinstance(block, Text) and block.style == "number")
    return tuple(Column(name, present[name].title, present[name].description, numeric[name]) for name in order)


def card_of(entries: tuple[Entry, ...]) -> Card:
    """Return a row as a card: what it calls itself at the top, with its states; the rest below."""
    head = next(
        (entry for name in ("ref", *_HEADS) for entry in entries if entry.name == name and leaf(entry.block)), None
    )
    chips = tuple(entry.block for entry in entries if isinstance(entry.block, Chip) and entry is not head)
    rest = tuple(entry for entry in entries if entry is not head and not isinstance(entry.block, Chip))
    return Card(head.block if head else None, rest, chips)


def filled(caption: str, columns: tuple[Column, ...], rows: list[tuple[Block | None, ...]]) -> Table:
    """Return a table without the columns that no row fills."""
    used = [number for number in range(len(columns)) if any(row[number] is not None for row in rows)]
    return Table(
        caption,
        tuple(columns[number] for number in used),
        tuple(tuple(row[number] for number in used) for row in rows),
    )
