"""Readiness for people at a terminal, for a comment on a merge request, for spreadsheets and programs."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.asked.options import CSV, JSON, MARKDOWN
from mkdocs_handoff.cli.shown import tables, terminal
from mkdocs_handoff.cli.shown.quoting import code, markdown
from mkdocs_handoff.reports.readiness.check import Area, State
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.reports.readiness.check import Check, Readiness

COLUMNS = ("of", "area", "check", "state", "reason", "place", "mend", "ask", "waived_by", "waived_until")
"""The names of CSV."""

_ORDER = {state: number for number, state in enumerate((State.FAILED, State.UNKNOWN, State.WAIVED, State.PASSED))}
_COLOURS = {State.FAILED: terminal.RED, State.UNKNOWN: terminal.YELLOW, State.WAIVED: terminal.BLUE}
_ROOM = 60_000  # GitHub takes 65,536 characters
_NAMED, _MORE = 8, 12
_TO_BE_SIGNED = "to be signed"


def summary(found: Readiness) -> str:
    """Return the counts, and what holds it up, in a line."""
    counts, held = found.counts, found.holding_up
    told = f"{counts[State.PASSED]:,} of {len(found.checks):,} checks pass"
    if counts[State.WAIVED]:
        told += f", {counts[State.WAIVED]:,} waived"
    if found.to_be_signed:
        told += f", to be signed: {', '.join(check.path for check in found.to_be_signed)}"
    if found.over:
        told = f"{found.over}; {told}"
    if not held:
        return f"{told}; nothing {'is missing' if found.over else 'holds it up'}"
    names = ", ".join(check.path for check in held[:_NAMED])
    more = f" and {len(held) - _NAMED:,} more" if len(held) > _NAMED else ""
    if found.over:
        return f"{told}; {len(held):,} {'does' if len(held) == 1 else 'do'} not: {names}{more}"
    return f"{told}; {len(held):,} {'holds' if len(held) == 1 else 'hold'} it up: {names}{more}"


def verdict(found: Readiness) -> str:
    """Return in a few words how it stands; of a handoff that is over, first how it ended."""
    if found.ended:
        return f"not ready: {found.over}"
    if found.over:
        return f"{found.over}, {'nothing is missing' if found.ready else 'with something missing'}"
    if found.ready and found.to_be_signed:
        return "ready to be signed"
    return "ready" if found.ready else "not ready"


def word(check: Check) -> str:
    """Return the state of a check in words."""
    if check.to_be_signed:
        return _TO_BE_SIGNED
    return check.state if check.gates or check.signing or check.state is State.PASSED else "told"


class Shown:
    """Shows readiness.

    Args:
        catalog: Knows titles.
        root: The project's root: files are named as they can be opened from the current folder.
        today: The day.
    """

    def __init__(self, catalog: Catalog, root: Path, today: date) -> None:
        self._catalog = catalog
        self._root = root
        self._today = today

    def text(self, form: str, found: Sequence[Readiness]) -> str:
        """Return readiness in a format."""
        if form == JSON:
            return json.dumps(self._document(found), ensure_ascii=False, indent=2) + "\n"
        if form == CSV:
            return tables.as_csv(COLUMNS, [self._row(one, check) for one in found for check in one.checks])
        if form == MARKDOWN:
            return "\n".join(self._markdown(one, _ROOM // max(1, len(found))) for one in found)
        return "\n".join("".join(f"{line}\n" for line in self._table(one)) for one in found)

    def _place(self, place: Place | None) -> str:
        return "" if place is None else f"{self._path(place)}:{place.line}"

    def _path(self, place: Place) -> str:
        return files.shown(os.path.join(self._root, place.path))  # noqa: PTH118 - once a check

    def _title(self, found: Readiness) -> str:
        return f"{self._catalog.title(found.of)} ({found.of})"

    def _table(self, found: Readiness) -> Iterator[str]:
        colour, width = terminal.colour(), terminal.width()
        yield terminal.painted(
            f"{terminal.printable(self._title(found))}: {verdict(found)}", terminal.BOLD, colour=colour
        )
        for area in _areas(found):
            checks = found.area(area)
            passed = sum(check.state is State.PASSED for check in checks)
            yield ""
            yield terminal.painted(f"{area} ({passed} of {len(checks)})", terminal.BOLD, colour=colour)
            for check in sorted(checks, key=lambda one: (not one.holds_up, _ORDER[one.state])):
                yield from self._check(check, width, colour=colour)
        if found.not_asked:
            yield ""
            yield from terminal.wrapped(f"not asked here: {', '.join(found.not_asked)}", width)

    def _check(self, check: Check, width: int, *, colour: bool) -> Iterator[str]:
        shade = _COLOURS.get(check.state, "") if check.gates else ""
        named = f"{terminal.printable(check.name)}: {one_line(check.title)}"
        yield f"  {terminal.painted(f'{word(check):<7}', shade, colour=colour)}  {named}"
        if check.state is State.PASSED:
            return
        lines = [check.reason]
        if check.mend:
            lines.append(f"{self._place(check.place)}  {check.mend}")
        more = check.more if len({place for place, _ in check.more}) > 1 else ()
        lines += [f"  {self._place(place)}  {text}" for place, text in more[:_MORE]]
        if len(more) > _MORE:
            lines.append(f"  and {len(more) - _MORE:,} more: --format json lists all")
        if check.ask is not None:
            lines.append(f"ask {check.ask.text} ({check.ask.why})")
        if check.waived is not None:
            lines.append(_waived(check))
        for line in lines:
            indent = " " * (11 + len(line) - len(line.lstrip()))
            shown = terminal.wrapped(one_line(line, 1000), width - len(indent))
            yield from (f"{indent}{part}" for part in shown)

    def _markdown(self, found: Readiness, room: int) -> str:
        title = markdown(self._catalog.title(found.of))
        text = f"### {title}: {verdict(found)}{' as of' if found.over else ' on'} {self._today}\n\n"
        text += f"{markdown(summary(found), 2000)}\n"
        rows = [check for check in found.checks if check.state is not State.PASSED]
        rows.sort(key=lambda one: (not one.holds_up, _ORDER[one.state]))
        if rows:
            text += "\n| Check | State | What | Where | Ask |\n| --- | --- | --- | --- | --- |\n"
        for number, check in enumerate(rows):
            line = self._markdown_row(check)
            if len(text) + len(line) > room:
                return f"{text}\nAnd {len(rows) - number:,} more: `mkdocs-handoff readiness {found.of}` lists all.\n"
            text += line
        return text

    def _markdown_row(self, check: Check) -> str:
        what = markdown(check.reason, 400)
        if check.mend:
            what += f"<br>{markdown(check.mend, 400)}"
        if check.waived is not None:
            what += f"<br>{markdown(_waived(check), 400)}"
        where = code(self._place(check.place)) if check.place is not None else ""
        ask = markdown(check.ask.text) if check.ask is not None else ""
        return f"| {markdown(check.path)} | {word(check)} | {what} | {where} | {ask} |\n"

    def _row(self, found: Readiness, check: Check) -> tuple[str, ...]:
        waived = check.waived
        return (
            str(found.of),
            check.area,
            check.name,
            check.state,
            check.reason,
            self._place(check.place),
            check.mend,
            check.ask.text if check.ask is not None else "",
            str(waived.by or "") if waived is not None else "",
            waived.until if waived is not None else "",
        )

    def _document(self, found: Sequence[Readiness]) -> dict[str, Any]:
        return {"version": 1, "today": self._today.isoformat(), "readiness": [self._readiness(one) for one in found]}

    def _readiness(self, found: Readiness) -> dict[str, Any]:
        return {
            "of": str(found.of),
            "title": self._catalog.title(found.of),
            "ready": found.ready,
            "over": found.over or None,
            "subjects": [str(one) for one in found.subjects],
            "scope": found.scope,
            "counts": {state.value: found.counts[state] for state in _ORDER},
            "holding_up": [check.path for check in found.holding_up],
            "checks": [self._json(check) for check in found.checks],
            "not_asked": list(found.not_asked),
        }

    def _json(self, check: Check) -> dict[str, Any]:
        def at(place: Place | None) -> dict[str, Any] | None:
            return None if place is None else {"path": self._path(place), "line": place.line, "column": place.column}

        waived, ask = check.waived, check.ask
        return {
            "area": check.area.value,
            "name": check.name,
            "title": check.title,
            "state": check.state.value,
            "gates": check.gates,
            "signing": check.signing,
            "reason": check.reason,
            "about": str(check.about) if check.about is not None else None,
            "place": at(check.place),
            "mend": check.mend,
            "ask": {"who": str(ask.who) if ask.who else None, "text": ask.text, "why": ask.why} if ask else None,
            "waived": None
            if waived is None
            else {
                "by": waived.by.text if waived.by is not None else None,
                "reason": waived.reason,
                "until": waived.until or None,
                "place": at(waived.place),
            },
            "more": [{"place": at(place), "text": text} for place, text in check.more],
        }


def _areas(found: Readiness) -> list[Area]:
    """Return the areas that have checks; first those in which something holds it up."""
    held = {check.area for check in found.holding_up}
    return sorted((area for area in Area if found.area(area)), key=lambda area: area not in held)


def _waived(check: Check) -> str:
    if check.waived is None:
        return ""
    until = f" until {check.waived.until}" if check.waived.until else ""
    reason = one_line(check.waived.reason)
    return f"waived by {check.waived.by or 'nobody'}{until}{f': {reason}' if reason else ''}"
