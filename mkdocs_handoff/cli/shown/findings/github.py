"""Findings as annotations of GitHub Actions: commands that the runner reads in what a step prints.

The runner shows ten errors and ten warnings of a step beside the lines of a pull request; the log has all of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.shown.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.cli.shown.findings.checked import Checked
    from mkdocs_handoff.findings import Finding

SHOWN = 10
"""Annotations of a severity that GitHub shows of one step."""


def as_annotations(checked: Sequence[Checked]) -> str:
    """Return a line per finding: `::error file=…,line=…,col=…,title=…::message`."""
    return "".join(f"{_annotation(one, finding)}\n" for one in checked for finding in one.findings)


def left_out(checked: Sequence[Checked]) -> str:
    """Return in words that GitHub will not show all; empty where it will."""
    counts = Counter(finding.severity for one in checked for finding in one.findings)
    if all(count <= SHOWN for count in counts.values()):
        return ""
    return (
        f"GitHub shows {SHOWN} errors and {SHOWN} warnings of a step beside the lines; this log has all. "
        "`--format sarif` takes them to code scanning, which shows more"
    )


def _annotation(one: Checked, finding: Finding) -> str:
    path, place = one.published(finding), finding.place
    properties = {"file": path, "line": place.line, "col": place.column, "title": f"mkdocs-handoff {finding.rule}"}
    inner = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    # The log shows the message alone: what stands where has to be in it.
    message = f"{path}:{place.line}:{place.column}: {finding.rule} {printable(finding.message)}"
    if finding.hint:
        message += f"\nhint: {printable(finding.hint)}"
    return f"::{finding.severity} {inner}::{_data(message)}"


def _data(text: str) -> str:
    """Escape as the runner's `unescapeData` takes back: `%` first, or it would be escaped twice."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape as `unescapeProperty` takes back: what ends a property, too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
