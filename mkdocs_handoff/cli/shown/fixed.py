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

    from mkdocs_handoff.fixes.fixing import Fixed


def told(root: Path, fixed: Fixed, *, done: bool = True) -> Iterator[str]:
    """Yield a line for each finding that is mended (or would be), and one that counts them."""
    each, all_of_them = ("fixed", "fixed") if done else ("would fix", "would be fixed")
    for one in sorted(fixed.done, key=lambda finding: (finding.place, finding.rule)):
        where = f"{files.shown(root / one.place.path)}:{one.place.line}:{one.place.column}"
        yield f"{where}: {each} {one.rule} {printable(one.fix.message if one.fix else one.message)}"
    if fixed.done:
        yield f"{counted(len(fixed.done), 'finding')} {all_of_them} in {counted(len(fixed.files), 'file')}"


def difference(root: Path, fixed: Fixed) -> Iterator[str]:
    """Yield what would change, line by line."""
    for one in fixed.files:
        yield from diff(files.shown(root / one.path), one.before, one.after)
