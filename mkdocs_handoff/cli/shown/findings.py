"""Findings as text: for people, for other programs, for a terminal's clickable lines."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.asked.projects import nothing_found
from mkdocs_handoff.cli.shown import terminal
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.text.files import read_text
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mkdocs_handoff.project import Project

_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Checked:
    """A project, and those of its findings that were asked for."""

    project: Project
    findings: tuple[Finding, ...]

    def shown(self, finding: Finding) -> str:
        """Return a finding's file as it can be opened from the current folder."""
        return files.shown(os.path.join(self.project.settings.root, finding.place.path))  # noqa: PTH118 - once a finding


def concise(checked: Checked) -> str:
    """Return a line per finding: `path:line:column: severity family/rule message`."""
    return "".join(f"{_line(checked, finding)}\n" for finding in checked.findings)


def text(checked: Checked, *, colour: bool = False) -> str:
    """Return findings with the source line, a caret below it, and the hint."""
    lines = []
    root = checked.project.settings.root
    source = lru_cache(maxsize=64)(lambda path: _lines(root, path))
    for finding in checked.findings:
        lines.append(_line(checked, finding, colour=colour))
        shown = source(finding.place.path)
        if 0 < finding.place.line <= len(shown):
            lines.extend(_excerpt(shown[finding.place.line - 1], finding, colour=colour))
        if finding.hint:
            lines.append(f"  {terminal.painted('hint:', terminal.BLUE, colour=colour)} {finding.hint}")
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def summary(checked: Checked) -> str:
    """Return one closing line: what was read, and what was found."""
    project, counts = checked.project, Counter(finding.severity for finding in checked.findings)
    read = f"{counted(len(project.catalog.records), 'record')} in {counted(len(project.records.read), 'file')}"
    if not project.records.read:
        return nothing_found(project)
    found = (
        ", ".join(counted(counts[severity], severity) for severity in Severity if counts[severity]) or "nothing to mend"
    )
    more = "; mkdocs-handoff rule NAME explains a rule" if checked.findings else ""
    return f"{read}: {found}{more}"


def as_json(checked: Sequence[Checked]) -> str:
    """Return findings as one JSON document: a version, what was read, and the findings of all projects in order."""
    import json  # noqa: PLC0415 - only who asks for it

    document = {
        "version": 1,
        "records": sum(len(one.project.catalog.records) for one in checked),
        "files": sum(len(one.project.records.read) for one in checked),
        "findings": [
            {
                "path": one.shown(finding),
                "line": finding.place.line,
                "column": finding.place.column,
                "severity": finding.severity,
                "rule": finding.rule,
                "message": finding.message,
                "hint": finding.hint,
                "record": finding.subject,
            }
            for one in checked
            for finding in one.findings
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _line(checked: Checked, finding: Finding, *, colour: bool = False) -> str:
    weight = terminal.painted(
        finding.severity, terminal.RED if finding.severity is Severity.ERROR else terminal.YELLOW, colour=colour
    )
    where = f"{checked.shown(finding)}:{finding.place.line}:{finding.place.column}"
    return (
        f"{terminal.painted(where, terminal.BOLD, colour=colour)}: {weight} {finding.rule} {printable(finding.message)}"
    )


def _excerpt(line: str, finding: Finding, *, colour: bool) -> list[str]:
    """Return the source line and a caret; tabs and control characters are made to take one place each."""
    column = min(finding.place.column - 1, len(line))
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = printable(line[start : start + _WIDTH])
    number = str(finding.place.line)
    caret = " " * (column - start) + "^"
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {terminal.painted(caret, terminal.RED, colour=colour)}"]


def _lines(root: Path, path: str) -> list[str]:
    content = read_text(root, path)
    return content.split("\n") if isinstance(content, str) else []
