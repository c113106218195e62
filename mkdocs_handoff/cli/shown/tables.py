"""Rows as text: aligned for a terminal, as Markdown, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked.options import CSV, MARKDOWN
from mkdocs_handoff.cli.shown import quoting, terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_GAP = "  "
_LONG = 2000  # a cell may hold several texts


def shown(form: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in one of the formats but JSON; empty where there are none, but for CSV, which keeps its head."""
    if form == CSV:
        return as_csv(head, rows)
    if not rows:
        return ""
    return as_markdown(head, rows) if form == MARKDOWN else as_table(head, rows)


def as_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns that are aligned; the last may be of any length."""
    lines = [[terminal.printable(cell) for cell in row] for row in ([word.upper() for word in head], *rows)]
    widths = [max(map(terminal.columns, column)) for column in zip(*lines, strict=True)]
    return "".join(
        _GAP.join(terminal.padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )


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
