"""Findings as text: for people, and a line each for a terminal's clickable places."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked.projects import nothing_found
from mkdocs_handoff.cli.shown import terminal
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.text.files import read_text
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mkdocs_handoff.cli.shown.findings.checked import Checked

_MANY = 10
"""From so many findings on, how often each rule was broken is told at the end."""
_TOLD = 10
"""References to one deleted record that are told of."""


def concise(checked: Checked) -> str:
    """Return a line per finding: `path:line:column: severity family/rule message`."""
    return "".join(f"{_line(checked, finding)}\n" for finding in checked.findings)


def text(checked: Checked, *, colour: bool = False, width: int = terminal.SOURCE) -> str:
    """Return findings with the source line, a caret below it, and the hint.

    Args:
        checked: What was found.
        colour: Whether a person looks at it.
        width: How many columns a source line and what stands before it may take.
    """
    lines = []
    root = checked.project.settings.root
    source = lru_cache(maxsize=64)(lambda path: _lines(root, path))
    for finding in checked.findings:
        lines.append(_line(checked, finding, colour=colour))
        shown = source(finding.place.path)
        if 0 < finding.place.line <= len(shown):
            lines.extend(_excerpt(shown[finding.place.line - 1], finding, width, colour=colour))
        if finding.hint:
            lines.append(f"  {terminal.painted('hint:', terminal.BLUE, colour=colour)} {printable(finding.hint)}")
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def gone(checked: Checked) -> str:
    """Return what a change took away: each record, and who refers to it all the same."""
    touched = checked.touched
    lines = []
    for one in touched.gone if touched is not None else ():
        now = f"; is it {one.now} now?" if one.now else ""
        lines.append(f"{checked.opened(one.path)}: {one.identity} is gone{now}")
        for asker in one.asked_by[:_TOLD]:
            place = asker.place
            lines.append(f"  {asker.record} refers to it: {checked.opened(place.path)}:{place.line}:{place.column}")
        if len(one.asked_by) > _TOLD:
            lines.append(f"  and {len(one.asked_by) - _TOLD:,} more references")
        elif not one.asked_by and one.now_path != one.path:  # of one that is renamed where it stands others tell
            lines.append("  nothing refers to it")
    return "".join(f"{printable(line)}\n" for line in lines)


def by_rule(checked: Sequence[Checked]) -> str:
    """Return a line per rule with how often it was broken, most often first; nothing where that is plain to see."""
    counts = Counter((finding.rule, finding.severity) for one in checked for finding in one.findings)
    if sum(counts.values()) < _MANY or len(counts) < 2:
        return ""
    rows = sorted(counts.items(), key=lambda row: (row[0][1] != Severity.ERROR, -row[1], row[0]))
    width = max(len(f"{count:,}") for count in counts.values())
    return "".join(f"{count:>{width},}  {severity:<7}  {rule}\n" for (rule, severity), count in rows)


def summary(checked: Checked) -> str:
    """Return one closing line: what was read, and what was found."""
    project, counts = checked.project, Counter(finding.severity for finding in checked.findings)
    read = f"{counted(len(project.catalog.records), 'record')} in {counted(len(project.records.read), 'file')}"
    if not project.records.read and not counts and (checked.touched is None or not checked.touched.gone):
        return nothing_found(project)
    found = (
        ", ".join(counted(counts[severity], severity) for severity in Severity if counts[severity]) or "nothing to mend"
    )
    if checked.touched is not None:
        read += f"; {counted(len(checked.touched.paths), 'file')} changed since {checked.touched.base[:10]}"
        away = sum(map(checked.elsewhere, checked.findings))
        found += f", {away:,} of them in files that did not change" if away else ""
    held = sum(put.external for put in checked.aside)
    aside = [f"{held:,} in the baseline"] if held else []
    aside += [f"{len(checked.aside) - held:,} ignored by comments"] if len(checked.aside) > held else []
    found += f" (and {', '.join(aside)})" if aside else ""
    fixable = _fixable(checked)
    found += f"; {fixable:,} can be mended with --fix" if fixable else ""
    more = "; mkdocs-handoff rule NAME explains a rule" if checked.findings else ""
    return f"{read}: {found}{more}"


def _fixable(checked: Checked) -> int:
    """Return how many findings `--fix` mends without being told to edit another tool's files."""
    with_fix = [finding.place.path for finding in checked.findings if finding.fix is not None]
    records = checked.project.records.records if with_fix else ()
    foreign = {one.source.path for one in records if one.source.path in with_fix and adopted(one)}
    return sum(path not in foreign for path in with_fix)


def _line(checked: Checked, finding: Finding, *, colour: bool = False) -> str:
    weight = terminal.painted(
        finding.severity, terminal.RED if finding.severity is Severity.ERROR else terminal.YELLOW, colour=colour
    )
    where = f"{printable(checked.shown(finding))}:{finding.place.line}:{finding.place.column}"
    return (
        f"{terminal.painted(where, terminal.BOLD, colour=colour)}: {weight} {finding.rule} {printable(finding.message)}"
    )


def _excerpt(line: str, finding: Finding, width: int, *, colour: bool) -> list[str]:
    """Return the source line and a caret; tabs and control characters are made to take one place each.

    A letter of East Asia takes two columns, and the caret keeps below its place.
    """
    column = min(finding.place.column - 1, len(line))
    number = str(finding.place.line)
    room = max(1, width - len(f"  {number} | "))
    takes = terminal.columns(line)
    fit = room * len(line) // takes if takes > room else len(line)
    start = max(0, min(column - fit // 2, len(line) - fit))
    shown = printable(line[start : start + fit])
    caret = " " * terminal.columns(shown[: column - start]) + "^"
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {terminal.painted(caret, terminal.RED, colour=colour)}"]


def _lines(root: Path, path: str) -> list[str]:
    content = read_text(root, path)
    return content.split("\n") if isinstance(content, str) else []
