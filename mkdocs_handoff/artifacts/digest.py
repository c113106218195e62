"""The checksums of a file, from one reading, however large it is; and of no file outside the project."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts import algorithms
from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    Progress = Callable[[int], None]

BUFFER = 256 * 1024
"""So much is read at a time: it stays in the processor's cache. `benchmarks/verify.py` measures it."""

HEAD = 1024
"""So much of a file's beginning is kept: a git-lfs pointer is smaller."""


class Trouble(StrEnum):
    """Why a file is not read."""

    MISSING = "there is no such file"
    OUTSIDE = "a link leads out of the project"
    FOLDER = "it is a folder"
    SPECIAL = "it is no ordinary file"
    UNREADABLE = "it cannot be read"


class UnreadError(Exception):
    """A file that is not read.

    Attributes:
        trouble: Why.
        reason: The same for people, with what the system says.
    """

    def __init__(self, trouble: Trouble, more: str = "") -> None:
        self.trouble = trouble
        self.reason = f"{trouble.value}: {more}" if more else trouble.value
        super().__init__(self.reason)


@dataclass(frozen=True, slots=True)
class Digests:
    """What a file was when it was read.

    Attributes:
        size: Its bytes.
        values: Checksums in hexadecimal digits, by algorithm.
        head: Its beginning.
    """

    size: int
    values: Mapping[str, str] = field(default_factory=dict)
    head: bytes = b""


def real(root: Path, path: str) -> Path:
    """Return where a file really is, links followed.

    Args:
        root: The project's root.
        path: The file, from there.

    Raises:
        UnreadError: There is none, it is no ordinary file, or it is not below the root.
    """
    full = root / path
    try:
        if not inside(root, full):
            raise UnreadError(Trouble.OUTSIDE)
        mode = full.stat().st_mode
    except FileNotFoundError:
        raise UnreadError(Trouble.MISSING) from None
    except NotADirectoryError:
        raise UnreadError(Trouble.MISSING) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise UnreadError(Trouble.UNREADABLE, _said(error)) from None
    if stat.S_ISDIR(mode):
        raise UnreadError(Trouble.FOLDER)
    if not stat.S_ISREG(mode):
        raise UnreadError(Trouble.SPECIAL)
    return full.resolve()


def size(file: Path) -> int:
    """Return how large a file is; 0 where it went away meanwhile."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def digests(file: Path, names: Collection[str], progress: Progress | None = None) -> Digests:
    """Read a file once and return its checksums.

    Args:
        file: Where it really is (`real`).
        names: The algorithms.
        progress: Called with the number of bytes of each piece that was read.

    Raises:
        UnreadError: It cannot be read, or became something else since.
    """
    try:
        handle = os.open(file, os.O_RDONLY | _SAFELY)
    except OSError as error:
        raise UnreadError(Trouble.UNREADABLE, _said(error)) from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnreadError(Trouble.SPECIAL)
        return _read(handle, names, progress)
    except OSError as error:
        raise UnreadError(Trouble.UNREADABLE, _said(error)) from None
    finally:
        os.close(handle)


# No waiting for a pipe, and no following of a link that was put in the file's place after it was looked at.
_SAFELY = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOCTTY"))


def _read(handle: int, names: Collection[str], progress: Progress | None) -> Digests:
    running = {name: algorithms.begun(name) for name in names}
    updates = [one.update for one in running.values()]
    buffer = bytearray(BUFFER)
    view = memoryview(buffer)
    head, total = b"", 0
    with os.fdopen(handle, "rb", buffering=0, closefd=False) as file:
        while got := file.readinto(buffer):
            piece = view if got == BUFFER else view[:got]
            for update in updates:
                update(piece)
            if len(head) < HEAD:
                head += bytes(piece[: HEAD - len(head)])
            total += got
            if progress is not None:
                progress(got)
    return Digests(total, {name: one.hexdigest() for name, one in running.items()}, head)


def files_below(root: Path, folder: str) -> Iterator[str]:
    """Yield the files of a folder from there, in any order, each with `/` between its parts.

    Args:
        root: The project's root.
        folder: From the root.

    Raises:
        UnreadError: It is outside the project, is no folder, or holds a link to a folder, which would have to be
            followed.
    """
    full = root / folder
    try:
        if not inside(root, full):
            raise UnreadError(Trouble.OUTSIDE)
    except FileNotFoundError:
        raise UnreadError(Trouble.MISSING) from None
    except (OSError, ValueError) as error:
        raise UnreadError(Trouble.UNREADABLE, _said(error)) from None
    if not full.is_dir():
        raise UnreadError(Trouble.MISSING)
    for here, folders, names in os.walk(full):
        relative = os.path.relpath(here, full)
        for name in folders:
            if os.path.islink(os.path.join(here, name)):  # noqa: PTH114, PTH118 - a Path per file is slow
                raise UnreadError(Trouble.SPECIAL, f"{name!r} in it is a link to a folder")
        for name in names:
            path = name if relative == "." else f"{relative}/{name}"
            yield path.replace(os.sep, "/")


def _said(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
