"""Files that a user names: read, or written whole. What goes wrong is told by their names."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.status import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

STANDARD_INPUT = "-"
_TRIES = 20


class _ChangedError(Exception):
    """A file changed between reading and writing it."""


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


def update(name: str | Path, change: Callable[[bytes], bytes], *, within: Path | None = None) -> None:
    """Read a file that may not be there yet, and write what becomes of it; who writes meanwhile loses nothing.

    Args:
        name: The file.
        change: Given what the file holds, returns what it is to hold; asked again when it changed meanwhile.
        within: The folder that the file must not lead out of by a link; None where the user named the file.

    Raises:
        UsageError: It cannot be read or written, or leads out of the folder; what was there is as it was.
    """
    if os.path.lexists(name):
        if within is not None and not os.path.realpath(name).startswith(os.path.realpath(within) + os.sep):
            raise UsageError(f"{name} leads out of the project by a link: nothing is written there")
        if not Path(name).is_file():
            raise UsageError(f"{name} is no file that can be written")
    for _ in range(_TRIES):
        held = read_if_there(name)
        try:
            write(name, change(held), holding=held)
        except _ChangedError:
            continue
        return
    raise UsageError(f"{name} changes all the time: nothing was written")


def write_new(root: Path, path: str, text: str) -> None:
    """Write a new file of a project, with the folders above it; never over one that is there, nor through a link.

    Args:
        root: The project's root.
        path: The file, from there.
        text: What it is to hold.

    Raises:
        UsageError: It is there, cannot be written, or would be outside the project.
    """
    from mkdocs_handoff.text.files import inside  # noqa: PLC0415 - few write
    from mkdocs_handoff.text.whole import write_whole  # noqa: PLC0415

    target = root / path

    def ready(real: Path) -> None:
        if os.path.lexists(target) or os.path.lexists(real):
            raise FileExistsError(f"{path} appeared meanwhile")

    try:
        if os.path.lexists(target):
            raise UsageError(f"{path} is there already: nothing is written over it")
        there = target.parent
        while not os.path.lexists(there):
            there = there.parent
        if not inside(root, there):
            raise UsageError(f"{path} would be in a folder outside the project: nothing is written there")
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text.encode(), ready=ready)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from None


def write(name: str | Path, content: bytes, *, holding: bytes | None = None) -> None:
    """Write a file whole: it is never there in half. A link stays one, and the file keeps who may read it.

    Args:
        name: The file.
        content: What it is to hold.
        holding: What it must still hold; nothing for one that is not there. None: whatever it holds.

    Raises:
        UsageError: It cannot be written; what was there is as it was.
    """
    from mkdocs_handoff.text.whole import write_whole  # noqa: PLC0415 - few write

    folder = Path(name).parent
    if not folder.is_dir():
        raise UsageError(f"{name} cannot be written: there is no folder {folder.as_posix()}")

    def unchanged(target: Path) -> None:
        if holding is not None and read_if_there(target) != holding:
            raise _ChangedError

    try:
        write_whole(Path(name), content, ready=unchanged)
    except OSError as error:
        raise UsageError(f"{name} cannot be written: {error.strerror or error}") from None
