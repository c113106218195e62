"""Files that a user names: read, or written whole. What goes wrong is told by their names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mkdocs_handoff.cli.status import UsageError

STANDARD_INPUT = "-"


def shown(path: str | Path) -> str:
    """Return a path as it can be opened from the current folder."""
    return os.path.relpath(path).replace(os.sep, "/")


def read(name: str | Path) -> bytes:
    """Return what a file holds; `-` is standard input.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from None


def read_if_there(name: str | Path) -> bytes:
    """Return what a file holds, and nothing of one that is not there yet.

    Raises:
        UsageError: It is there, and cannot be read.
    """
    return read(name) if os.path.lexists(name) else b""


def write(name: str | Path, content: bytes) -> None:
    """Write a file whole: it is never there in half. A link stays one, and the file keeps who may read it.

    Raises:
        UsageError: It cannot be written; what was there is as it was.
    """
    from mkdocs_handoff.text.whole import write_whole  # noqa: PLC0415 - few write

    folder = Path(name).parent
    if not folder.is_dir():
        raise UsageError(f"{name} cannot be written: there is no folder {folder.as_posix()}")
    try:
        write_whole(Path(name), content)
    except OSError as error:
        raise UsageError(f"{name} cannot be written: {error.strerror or error}") from None
