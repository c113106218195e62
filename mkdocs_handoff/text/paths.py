"""Paths that people write in records: one rule says which file of the project each means."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

GIT = ".git"
"""What lies in a folder of this name is git's, and may hold credentials: nothing is read there."""


def located(written: str, folder: str, there: Callable[[str], bool] | None = None) -> str | None:
    """Return a path from the project's root, or None where it leads out of the project, or into git's own folder.

    A path counts from the project's root; one that begins with `./` or `../`, from the record's folder.

    Args:
        written: The path as somebody wrote it.
        folder: The record's, from the project's root.
        there: Tells whether something is at a path. With it, a path of nothing at the root that leads to something from
            the record's folder means that.
    """
    plain = written.replace("\\", "/")
    if not plain or plain.startswith("/") or ":" in plain.split("/", 1)[0] or "\0" in plain:
        return None
    beside = posixpath.normpath(posixpath.join(folder, plain))
    if plain.startswith(("./", "../")) or plain in (".", ".."):
        found = beside
    else:
        found = posixpath.normpath(plain)
        if there is not None and not leads_out(found) and not there(found) and not leads_out(beside) and there(beside):
            found = beside
    return None if leads_out(found) or gits(found) else found


def illegible(path: str) -> str:
    r"""Return a path that is not UTF-8 as it can be shown (`caf\xe9.md`); nothing for one that is.

    Of a byte that is none, Python makes half a character, which no page, address or report can hold (PEP 383).
    """
    if path.isascii():
        return ""
    written = os.fsencode(path)
    try:
        written.decode()
    except UnicodeDecodeError:
        return written.decode("utf-8", "backslashreplace")
    return ""


def leads_out(path: str) -> bool:
    """Tell whether a path from the root, in its plain form, leaves it."""
    return path == ".." or path.startswith(("../", "/"))


def gits(path: str) -> bool:
    """Tell whether a path is that of git's own folder, or of something in it."""
    return any(part.casefold() == GIT for part in path.split("/"))
