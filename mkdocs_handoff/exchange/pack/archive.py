"""From members to an archive: a zip file of the same bytes whenever and wherever it is made of the same members."""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mkdocs_handoff.text.whole import in_place_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
_UNIX = 3
_MODE = (stat.S_IFREG | 0o644) << 16
_COMPRESSED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".zip", ".gz", ".xz", ".bz2", ".woff", ".woff2", ".parquet")


class ClashError(Exception):
    """A file can have no place in a pack, or two different ones want the same; the text says which."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a pack: its path in the pack, with `/` between parts, and what it holds."""

    path: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its checksum, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


def ordered(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return members by path, each once.

    Raises:
        ClashError: Two have one path, or one but for case, and are not the same; or a name is no text.
    """
    kept: dict[str, Member] = {}
    for member in members:
        if not member.path.isprintable():  # nor is a byte that is no UTF-8
            raise ClashError(f"the name {member.path!r} cannot stand in an archive: rename the file")
        there = kept.setdefault(member.path.casefold(), member)
        if there != member:
            raise ClashError(f"two files of the pack would be called {member.path!r} and {there.path!r}")
    return tuple(sorted(kept.values(), key=lambda member: member.path))


def sums(members: Iterable[Member]) -> Member:
    """Return the file that `sha256sum -c` reads; a name with a backslash is written as `sha256sum` itself writes it."""
    lines = []
    for member in members:
        named = member.path.replace("\\", "\\\\")
        mark = "" if named == member.path else "\\"
        lines.append(f"{mark}{member.sha256}  {named}\n")
    return Member(SUMS, "".join(lines).encode())


def write(file: Path, folder: str, members: Iterable[Member], moment: int) -> None:
    """Write an archive whole, or not at all.

    Args:
        file: The archive, in a folder that is there; one that is there is replaced.
        folder: The folder in it that holds all members.
        members: In the order in which they are to stand there.
        moment: The time that all of them get, in seconds since 1970.

    Raises:
        OSError: It cannot be written; what was there is as it was.
    """
    when = _dos(moment)
    with in_place_of(file) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as made:
        for member in members:
            made.writestr(_info(f"{folder}/{member.path}", when), member.content, compresslevel=6)


def is_pack(file: Path) -> bool:
    """Tell whether a file is an archive that `write` made: one folder, with manifest and checksums."""
    try:
        with zipfile.ZipFile(file) as opened:
            names = opened.namelist()
    except (OSError, zipfile.BadZipFile, zlib.error, ValueError):
        return False
    tops = {name.partition("/")[0] for name in names}
    return len(tops) == 1 and {f"{top}/{one}" for top in tops for one in (MANIFEST, SUMS)} <= set(names)


def _info(name: str, when: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, when)
    info.create_system = _UNIX  # else it is the machine's
    info.external_attr = _MODE
    # What is compressed already would only take time.
    info.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_COMPRESSED) else zipfile.ZIP_DEFLATED
    return info


def _dos(moment: int) -> tuple[int, int, int, int, int, int]:
    """Return a moment, in UTC, as zip files can have it."""
    try:
        at = datetime.fromtimestamp(moment, UTC)
    except (OverflowError, OSError, ValueError):
        return _LATEST if moment > 0 else _EARLIEST
    return min(max((at.year, at.month, at.day, at.hour, at.minute, at.second // 2 * 2), _EARLIEST), _LATEST)
