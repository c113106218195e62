"""What a change does to a file, line by line."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.shown.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterator


def diff(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified difference, as they can be printed; none where nothing changes."""
    old, new = (text.replace("\r\n", "\n").replace("\r", "\n").splitlines() for text in (before, after))
    for line in unified_diff(old, new, path, path, lineterm="", n=2):
        yield printable(line)
