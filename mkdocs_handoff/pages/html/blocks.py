"""Blocks: what a record's values look like on a page, before anything is HTML.

A template asks a block's `form` and shows it; `_macros.html` shows every form. Text in blocks is plain and untrusted;
only `html` is safe already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Union

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text. `style` is empty, `number`, `code`, `hash`, `date`, `lines` or `muted`.

    `exact` is the number as it is written, where the text is a rounded one.
    """

    form: ClassVar[str] = "text"
    text: str
    style: str = ""
    unit: str = ""
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A word out of a few: a status. Its `tone` (`good`, `info`, `warn`, `quiet` or none) never tells more than it."""

    form: ClassVar[str] = "chip"
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class VerdictChip:
    """A verdict, and the days on which it will be another one: a script in the page shows the one of the reader's day.

    `due` is the last day on which the record holds, `departs` the day on which its accountable owner leaves; both are
    empty where there is none.
    """

    form: ClassVar[str] = "verdict"
    text: str
    tone: str = ""
    due: str = ""
    departs: str = ""


@dataclass(frozen=True, slots=True)
class Rich:
    """Markdown, made safe HTML. `text` is what was written."""

    form: ClassVar[str] = "rich"
    html: Markup
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Code that is copied as it stands: a command."""

    form: ClassVar[str] = "code"
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A reference or an address.

    `state` is `record`, `wanted` (nobody has written it yet), `external`, `mail`, `phone`, or `plain` (no address).
    `note` stands behind it.
    """

    form: ClassVar[str] = "link"
    text: str
    href: str = ""
    hint: str = ""
    state: str = "record"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A stated gap: `why` is `unknown` or `not-applicable`."""

    form: ClassVar[str] = "missing"
    why: str
    reason: str

    @property
    def lead(self) -> str:
        """The words that stand before the reason."""
        return "Not known" if self.why == "unknown" else "Does not apply"


@dataclass(frozen=True, slots=True)
class Marked:
    """A value that was not written: `how` it came (`computed`, `inferred`, `imported`), and from where."""

    form: ClassVar[str] = "marked"
    block: Block
    how: str
    source: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A value that the page's prose shows: not shown twice, only pointed to."""

    form: ClassVar[str] = "elsewhere"
    where: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list. `inline` items are short, and stand in one line."""

    form: ClassVar[str] = "items"
    items: tuple[Block, ...]
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column."""

    name: str
    title: str
    description: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A list of mappings: one row each. `None` is an empty cell."""

    form: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Block | None, ...], ...]

    @property
    def lines(self) -> list[tuple[Block | None, list[tuple[bool, Block | None]]]]:
        """The rows, each as its first cell and the others, with whether they hold numbers."""
        numeric = [column.numeric for column in self.columns[1:]]
        return [(row[0], list(zip(numeric, row[1:], strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Entry:
    """A named value. `anchor` is its id, where references lead to it."""

    name: str
    title: str
    block: Block
    description: str = ""
    how: str = ""
    source: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping."""

    form: ClassVar[str] = "entries"
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One of several mappings that are too wide for a table: its heading, an id to link to, and the rest of it."""

    title: Block | None
    entries: tuple[Entry, ...]
    chips: tuple[Block, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """A list of mappings, each as a block of its own; `numbered` ones are steps that are done in order."""

    form: ClassVar[str] = "cards"
    cards: tuple[Card, ...]
    numbered: bool = False


Leaf = Text | Chip | VerdictChip | Rich | Link | Missing | Elsewhere
Block = Union[Leaf, Code, Marked, Items, Table, Entries, Cards]  # noqa: UP007 - the classes above name it before it exists


def leaf(block: Block) -> bool:
    """Tell whether a block fits into a line or a cell."""
    inner = block.block if isinstance(block, Marked) else block
    return isinstance(inner, Text | Chip | VerdictChip | Rich | Link | Missing | Elsewhere)


def words(block: Block) -> str:
    """Return a block as plain text, for search and descriptions."""
    if isinstance(block, Text):
        return f"{block.text} {block.unit}".rstrip()
    if isinstance(block, Marked):
        return words(block.block)
    if isinstance(block, Missing):
        return f"{block.lead}: {block.reason}"
    if isinstance(block, Items):
        return ", ".join(words(item) for item in block.items)
    if isinstance(block, Entries):
        return "; ".join(f"{entry.title}: {words(entry.block)}" for entry in block.entries)
    if isinstance(block, Table):
        return "; ".join(" ".join(words(cell) for cell in row if cell is not None) for row in block.rows)
    if isinstance(block, Cards):
        told = (([words(card.title)] if card.title else []) + [words(Entries(card.entries))] for card in block.cards)
        return "; ".join(": ".join(filter(None, both)) for both in told)
    return "" if isinstance(block, Elsewhere) else block.text
