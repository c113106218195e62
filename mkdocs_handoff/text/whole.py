"""Writing a file whole or not at all: who is stopped half-way leaves what was there."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def write_whole(
    file: Path, content: bytes, *, mode: int | None = None, ready: Callable[[Path], None] | None = None
) -> None:
    """Write a new file and put it in the old one's place: see `in_place_of`.

    Args:
        file: The file, in a folder that is there.
        content: What it is to hold.
        mode: Who may read and write it; by default whoever may with the old one, or with any new file.
        ready: Called with the file's real path just before it is replaced; what it raises leaves the old one.

    Raises:
        OSError: It cannot be written, or may not be; the old one is as it was.
    """
    with in_place_of(file, mode=mode, ready=ready) as new:
        new.write(content)


@contextmanager
def in_place_of(
    file: Path, *, mode: int | None = None, ready: Callable[[Path], None] | None = None
) -> Iterator[IO[bytes]]:
    """Give a new file to write into, which at the end takes the old one's place; a link stays a link.

    Args:
        file: The file, in a folder that is there.
        mode: Who may read and write it; by default whoever may with the old one, or with any new file.
        ready: Called with the file's real path just before it is replaced; what it raises leaves the old one.

    Raises:
        OSError: It cannot be written, or may not be; the old one is as it was.
    """
    target = Path(os.path.realpath(file))
    there = target.exists()
    if there and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    if mode is None:
        mode = stat.S_IMODE(target.stat().st_mode) if there else 0o666 & ~_umask()
    # Named before it is made: who is stopped in between leaves nothing behind.
    temporary = target.with_name(f".{_short(target.name)}-{os.urandom(6).hex()}")
    try:
        with open(temporary, "xb", opener=_for_us) as new:
            yield new
        temporary.chmod(mode)
        if ready is not None:
            ready(target)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _for_us(path: str, flags: int) -> int:
    """Open a file that nobody else may read yet."""
    return os.open(path, flags, 0o600)


def _short(name: str) -> str:
    """Return the beginning of a name: with more behind it, it is still one that a file may have."""
    return os.fsdecode(os.fsencode(name)[:100]) if len(os.fsencode(name)) > 100 else name


def _umask() -> int:
    """Return what new files are not allowed; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
