"""git-lfs pointers: the small text that stands in for a large file where its content was not fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 1024
"""A pointer is smaller than this, by its specification."""

_BEGIN = (b"version https://git-lfs.github.com/spec/v1\n", b"version https://hawser.github.com/spec/v1\n")
_OID = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)
_SIZE = re.compile(rb"^size ([0-9]{1,19})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a pointer says of the file that it stands for.

    Attributes:
        oid: The SHA-256 of its content.
        size: Its bytes.
    """

    oid: str
    size: int


def pointer(head: bytes, size: int) -> Pointer | None:
    """Return what a git-lfs pointer says, or None for any other file.

    Args:
        head: The file's beginning: all of it, where it is small enough to be a pointer.
        size: The file's bytes.
    """
    if size >= LONGEST or not head.startswith(_BEGIN):
        return None
    text = head[:size].replace(b"\r\n", b"\n")
    oid, held = _OID.search(text), _SIZE.search(text)
    return Pointer(oid[1].decode(), int(held[1])) if oid and held else None
