"""What `--fix` did, or would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.shown.diff import diff
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.fixes.fixing import Fixed


def told(root: Path, fixed: Fixed, *, done: bool = True) -> Iterator[str]:
    """Yield a line for each finding that is mended (or would be), what is left and why, and a line that counts."""
    each, all_of_them = ("fixed", "fixed") if done else ("would fix", "would be fixed")
    for one in sorted(fixed.done, key=lambda finding: (finding.place, finding.rule)):
        yield f"{_where(root, one)}: {each} {one.rule} {printable(one.fix.message if one.fix else one.message)}"
    for one, why in fixed.left:
        yield f"{_where(root, one)}: left {one.rule} as it is: {printable(why)}"
    if fixed.foreign:
        held = list(dict.fromkeys(files.shown(root / one.place.path) for one in fixed.foreign))
        what = f"{counted(len(fixed.foreign), 'finding')} in {counted(len(held), 'adopted file')}"
        yield f"{what} can be mended where you name the file: mkdocs-handoff lint --fix {printable(held[0])}"
    if fixed.done:
        yield f"{counted(len(fixed.done), 'finding')} {all_of_them} in {counted(len(fixed.files), 'file')}"


def _where(root: Path, finding: Finding) -> str:
    return f"{files.shown(root / finding.place.path)}:{finding.place.line}:{finding.place.column}"


def difference(root: Path, fixed: Fixed) -> Iterator[str]:
    """Yield what would change, line by line."""
    for one in fixed.files:
        yield from diff(files.shown(root / one.path), one.before, one.after)
