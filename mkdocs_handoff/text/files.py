"""From bytes on disk to text that can be parsed, or a finding that says why not."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.text.paths import gits

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 5_000_000
"""A record is read by people. What is larger is data, and belongs in a file that a record refers to."""

_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(root: Path, path: str) -> str | Finding:
    r"""Return a file's text, without byte-order mark and with `\n` line ends, or what keeps it from being read.

    Args:
        root: The project's root.
        path: The file, relative to it.
    """
    full = root / path
    try:
        if not inside(root, full):
            hint = "Copy the file into the repository, or leave it out with `exclude:`."
            return Finding(Place(path), "file/outside", "is a link to a place outside the project", hint)
        found = full.stat()
        if not stat.S_ISREG(found.st_mode):  # reading a pipe would wait for ever
            hint = "Put an ordinary file in its place, or leave it out with `exclude:`."
            return Finding(Place(path), "file/unreadable", "cannot be read: it is no ordinary file", hint)
        size = found.st_size
        if size > MAX_BYTES:
            message = f"has {size / 1e6:.1f} MB, and a record may have {MAX_BYTES / 1e6:.0f}"
            hint = "Keep data in a file of its own and refer to it: `{from: path#/pointer}`."
            return Finding(Place(path), "file/too-large", message, hint)
        data = full.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        hint = "Check that the file exists, that you may read it, and that links do not go in a circle."
        return Finding(Place(path), "file/unreadable", f"cannot be read: {_reason(error)}", hint)
    return decode(path, data)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def inside(root: Path, path: Path) -> bool:
    """Tell whether a path, links followed, stays below the root, and out of git's own folder there.

    Raises:
        OSError: It cannot be told: links go in a circle, nothing is there, the name is too long.
    """
    real_root = os.path.realpath(root)
    real = os.path.realpath(path, strict=True)
    if real == real_root:
        return True
    return real.startswith(real_root + os.sep) and not gits(real[len(real_root) :].replace(os.sep, "/"))


def decode(path: str, data: bytes) -> str | Finding:
    r"""Return the text in a file's bytes, without byte-order mark and with `\n` line ends, or why there is none."""
    if data.startswith(_UTF_16):
        hint = "Save the file as UTF-8."
        return Finding(Place(path), "file/encoding", "is UTF-16, and records are UTF-8", hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        if b"\0" in data[:8192]:
            return _binary(path)
        message = f"is not UTF-8: byte 0x{data[error.start]:02x}"
        return Finding(Place(path, line, column), "file/encoding", message, "Save the file as UTF-8.")
    if "\0" in text:
        return _binary(path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        hint = "Choose a side, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>."
        return Finding(Place(path, line), "file/merge-conflict", "holds an unresolved merge conflict", hint)
    return text


def _binary(path: str) -> Finding:
    hint = "Give it another ending, or leave it out with `exclude:`."
    return Finding(Place(path), "file/binary", "is a binary file, and not text", hint)
