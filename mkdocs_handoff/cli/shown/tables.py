"""Rows as text: aligned for a terminal, as Markdown, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked.options import CSV, MARKDOWN
from mkdocs_handoff.cli.shown import quoting, terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_GAP = "  "
_LONG = 2000  # a cell may hold several texts


def shown(form: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in one of the formats but JSON; empty where there are none, but for CSV, which keeps its head."""
    if form == CSV:
        return as_csv(head, rows)
    if not rows:
        return ""
    return as_markdown(head, rows) if form == MARKDOWN else as_table(head, rows, terminal.width())


def as_table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Return rows in columns that are aligned.

    Args:
        head: The columns' names.
        rows: Their cells.
        width: How many columns a terminal has: cells are broken into lines to fit. Where that does not help, a row's
            last cells stand below its first ones. None: any number.
    """
    lines = [[terminal.printable(cell) for cell in row] for row in ([word.upper() for word in head], *rows)]
    widths = [max(map(terminal.columns, column)) for column in zip(*lines, strict=True)]
    if width is not None:
        least = [max(_longest_word(cell) for cell in column) for column in zip(*lines, strict=True)]
        if sum(least) + len(_GAP) * (len(least) - 1) > width:
            return "".join(f"{line}\n" for row in lines[1:] for line in _stacked(lines[0], row, width))
        widths = _narrowed(widths, least, width - len(_GAP) * (len(widths) - 1))
    return "".join(f"{text}\n" for line in lines for text in _in_columns(line, widths))


def _longest_word(cell: str) -> int:
    return max(map(terminal.columns, cell.split()), default=0)


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return widths that fit: the widest columns give way first, and none below its longest word."""
    found = list(widths)
    while sum(found) > room:
        widest = max((at for at in range(len(found)) if found[at] > least[at]), key=lambda at: found[at])
        found[widest] -= 1
    return found


def _in_columns(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a row; a cell that fits stays as it is written."""
    parts = [
        [cell] if terminal.columns(cell) <= width else terminal.wrapped(cell, width)
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, parts))):
        texts = (part[number] if number < len(part) else "" for part in parts)
        yield _GAP.join(terminal.padded(text, width) for text, width in zip(texts, widths, strict=True)).rstrip()


def _stacked(head: Sequence[str], cells: Sequence[str], width: int) -> Iterator[str]:
    """Yield a row as lines: the first cells that fit beside each other, and each of the others below them."""
    beside = 1
    while beside < len(cells) and terminal.columns(_GAP.join(cells[: beside + 1])) <= width:
        beside += 1
    yield _GAP.join(cells[:beside]).rstrip()
    for name, cell in zip(head[beside:], cells[beside:], strict=True):
        if cell:
            yield from (f"{_GAP}{line}" for line in terminal.wrapped(f"{name.lower()}: {cell}", width - len(_GAP)))


def as_markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table of Markdown, with what would be markup in a cell as text."""
    lines = [_markdown_row(head), "|" + " --- |" * len(head), *map(_markdown_row, rows)]
    return "".join(f"{line}\n" for line in lines)


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Return rows as CSV (RFC 4180, but for `\n` at line ends); no cell is a formula to a spreadsheet."""
    import csv  # noqa: PLC0415 - only some want it
    import io  # noqa: PLC0415

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([quoting.cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _markdown_row(cells: Sequence[str]) -> str:
    return "".join(["|", *(f" {quoting.markdown(cell, _LONG)} |" for cell in cells)])
