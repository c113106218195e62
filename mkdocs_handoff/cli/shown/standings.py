"""How records stand, for people at a terminal: what one cause made suspect together, then the others by risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.shown import terminal
from mkdocs_handoff.cli.shown.words import cause_in_words, owner_shown, why_of
from mkdocs_handoff.staleness.verdict import Verdict
from mkdocs_handoff.text.numbers import counted
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mkdocs_handoff.cli.asked.records import Asked
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.stale.groups import CauseGroup
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.verdict import Cause

_COLOURS = {
    Verdict.SUSPECT: terminal.RED,
    Verdict.STALE: terminal.YELLOW,
    Verdict.DUE: terminal.YELLOW,
    Verdict.UNKNOWN: terminal.BLUE,
}
_VERDICT = max(map(len, Verdict))
_LONGEST, _DAY, _GAP = 36, 10, "  "
_AS_ABOVE = ("as above",)
_LEAST = 56
"""Reasons have a column of their own where so much is left for it; else they stand below their record."""


def table(asked: Asked, named: Collection[Identity], width: int, *, colour: bool) -> str:
    """Return a project's records as text.

    Args:
        asked: What was asked for.
        named: Records that were named themselves: their notes are told as well.
        width: How many columns there are.
        colour: Whether to print colours.
    """
    return _Table(asked, named, width, colour=colour).text()


class _Table:
    def __init__(self, asked: Asked, named: Collection[Identity], width: int, *, colour: bool) -> None:
        self.asked = asked
        self.named = named
        self.colour = colour
        self.width = width
        self.records = _column([str(row.identity) for row in asked.rows])
        self.owners = _column([one_line(owner_shown(row)) for row in asked.rows])

    def text(self) -> str:
        shared = [(group, rows) for group, rows in self.asked.causes() if len(rows) > 1]
        causes = {group.cause for group, _ in shared}
        told: set[Identity] = set()
        lines: list[str] = []
        for group, rows in shared:
            lines += [*self._heading(group, len(rows))]
            above: list[str] = []
            for row in rows:
                why = self._why(row, group.cause, () if row.identity in told else causes)
                lines += self._row(row, _AS_ABOVE if why == above else why)
                above = why
                told.add(row.identity)
            lines.append("")
        others = [row for row in self.asked.rows if row.identity not in told]
        if shared and others:
            lines.append(terminal.painted("Others", terminal.BOLD, colour=self.colour))
        for row in others:
            lines += self._row(row, [one_line(text) for text in why_of(row)])
        if not self.asked.rows:
            changed = bool(self.asked.looked.base)
            lines.append(
                "This change makes no record suspect." if changed else "No record that is told of needs a look."
            )
        while lines and not lines[-1]:
            lines.pop()
        return "".join(f"{line}\n" for line in lines)

    def _heading(self, group: CauseGroup, number: int) -> Iterator[str]:
        name, text = cause_in_words(group)
        words = f"Cause: {one_line(name)} {one_line(text)} - {counted(number, 'record')}"
        for line in terminal.wrapped(words, self.width):
            yield terminal.painted(line, terminal.BOLD, colour=self.colour)

    def _why(self, row: StaleRow, cause: Cause | None, causes: Collection[Cause | None]) -> list[str]:
        """Return what is told of a record below a cause: its work, and once what no cause that is told of explains.

        Args:
            row: The record.
            cause: That below which it stands.
            causes: All that are told of; none where the record has been told of before.
        """
        return [
            one_line(reason.text)
            for reason in row.reasons
            if reason.cause == cause or (causes and reason.cause not in causes)
        ]

    def _row(self, row: StaleRow, why: Sequence[str]) -> Iterator[str]:
        cells = (
            f"{row.verdict:<{_VERDICT}}",
            terminal.padded(str(row.identity), self.records),
            terminal.padded(one_line(owner_shown(row)), self.owners),
            f"{row.due or ''!s:<{_DAY}}",
        )
        start = _GAP.join(cells)
        used = _VERDICT + self.records + self.owners + _DAY + 4 * len(_GAP)
        beside = self.width - used >= _LEAST and terminal.columns(start) + len(_GAP) == used
        indent = used if beside else 2 * len(_GAP)
        lines = [line for text in why or [""] for line in terminal.wrapped(text, self.width - indent)]
        notes = row.notes if row.identity in self.named else ()
        lines += [line for text in notes for line in terminal.wrapped(f"note: {one_line(text)}", self.width - indent)]
        painted = terminal.painted(start[:_VERDICT], _COLOURS.get(row.verdict, ""), colour=self.colour)
        start = painted + start[_VERDICT:]
        if beside:
            yield (start + _GAP + lines.pop(0)).rstrip()
        else:
            yield start.rstrip()
        for line in lines:
            yield " " * indent + line


def _column(texts: Sequence[str]) -> int:
    """Return the width of a column: of the longest text that is not too long."""
    sizes = [terminal.columns(text) for text in texts]
    return max((size for size in sizes if size <= _LONGEST), default=_LONGEST)
