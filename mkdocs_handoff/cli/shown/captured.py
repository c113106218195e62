"""What a capture would set, field by field: before, after, and the file that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.capture.merge import State, told
from mkdocs_handoff.cli.shown import terminal
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.text.numbers import counted
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_handoff.capture.found import Choice, Harvest
    from mkdocs_handoff.capture.merge import Change

_SIGNS = {State.NEW: "+", State.CHANGED: "~", State.FILLS: "+", State.KEPT: "!", State.SAME: " "}
_GREEN = "\033[32m"
_COLOURS = {State.NEW: _GREEN, State.FILLS: _GREEN, State.CHANGED: terminal.YELLOW, State.KEPT: terminal.BLUE}
_LONGEST = 100


def difference(changes: Sequence[Change], *, force: bool, colour: bool = False) -> Iterator[str]:
    """Yield a line per value that differs from the record, grouped by the field that is asked about, then its source.

    Args:
        changes: All of a record.
        force: Whether what is written by hand is set too.
        colour: Whether a terminal shows it.
    """
    told_of = [change for change in changes if change.state is not State.SAME]
    width = max((terminal.columns(printable(change.field)) for change in told_of), default=0)
    for change in told_of:
        setting = change.sets(force=force)
        sign = "~" if setting and change.state is State.KEPT else _SIGNS[change.state]
        line = (
            f"  {sign} {terminal.padded(printable(change.field), min(width, 40))}  {_values(change, setting=setting)}"
        )
        yield terminal.painted(line, _COLOURS.get(change.state, ""), colour=colour)
        yield f"      {printable(_source(change, setting=setting))}"


def _values(change: Change, *, setting: bool) -> str:
    after = one_line(told(change.captured.reads), _LONGEST)
    if change.state is State.NEW or change.before is None:
        return printable(after)
    before = one_line(told(change.before), _LONGEST)
    return printable(f"{before} -> {after}" if setting else f"{before} (kept; captured: {after})")


def _source(change: Change, *, setting: bool) -> str:
    source = f"from {change.captured.source}"
    if change.state is State.FILLS:
        return f"{source}; it fills a gap ({change.why})"
    if change.state is State.KEPT:
        return f"{source}; {change.why}{', and overwritten (--force)' if setting else ''}"
    return source


def choices(found: Sequence[Choice]) -> Iterator[str]:
    """Yield what is left to choose, with what there is."""
    for one in found:
        yield printable(f"  ? {one.what}: it may be any of these, or none. {one.hint}")
        yield from (printable(f"      {name}") for name in one.among)


def summary(changes: Sequence[Change], *, force: bool) -> str:
    """Return in one line what a capture comes to."""
    sets = sum(1 for change in changes if change.sets(force=force))
    same = sum(1 for change in changes if change.state is State.SAME)
    kept = sum(1 for change in changes if change.state is State.KEPT and not change.sets(force=force))
    forced = any(change.sets(force=True) for change in changes if change.state is State.KEPT) and not force
    parts = [f"{counted(sets, 'value')} to set" if sets else "nothing to set"]
    parts += [f"{same:,} as they are"] if same else []
    parts += [f"{kept:,} kept as written{' (--force sets them too)' if forced else ''}"] if kept else []
    return ", ".join(parts)


def as_data(identity: object, changes: Sequence[Change], harvest: Harvest) -> dict[str, Any]:
    """Return a record's capture as plain data."""
    return {
        "record": str(identity),
        "values": [
            {
                "field": change.field,
                "state": change.state.name.lower(),
                "before": change.before,
                "after": change.captured.reads,
                "source": change.captured.source,
                "how": change.captured.how,
                "why": change.why,
            }
            for change in changes
        ],
        "choices": [{"what": one.what, "among": list(one.among), "hint": one.hint} for one in harvest.choices],
        "findings": [
            {
                "path": finding.place.path,
                "line": finding.place.line,
                "column": finding.place.column,
                "severity": finding.severity,
                "rule": finding.rule,
                "message": finding.message,
                "hint": finding.hint,
            }
            for finding in harvest.findings
        ],
        "notes": list(harvest.notes),
    }
