"""Globs of `covers:` that match no file on disk: a slip there is silent, because nothing is watched by it."""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.text.globs import pattern
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog

COVERS = "covers"
_WILD = "*?["
_SKIPPED = frozenset({".git", "node_modules", "__pycache__"})
_TAIL = re.compile(r"[*?\]]")
_SUBMODULE = re.compile(r"^\s*path\s*=\s*(.+?)\s*$", re.MULTILINE)


def check(catalog: Catalog, root: Path) -> Iterator[Finding]:
    """Yield a finding for each glob of a record that is not retired, where it matches no file.

    Args:
        catalog: The records.
        root: The project's root, from which globs go.
    """
    disk: _Disk | None = None
    told: dict[str, tuple[str, str] | None] = {}
    for identity, record in catalog.records.items():
        globs: Any = record.get(COVERS)
        if not isinstance(globs, list) or record.lifecycle == "retired":
            continue
        for number, glob in enumerate(globs):
            if not isinstance(glob, str) or not glob.strip():
                continue
            if glob not in told:
                disk = disk or _Disk(root)
                told[glob] = _nothing(glob, disk)
            if (wrong := told[glob]) is not None:
                place = record.source.place((COVERS, number))
                yield Finding(place, "covers/nothing", *wrong, Severity.WARNING, str(identity))


def _nothing(glob: str, disk: _Disk) -> tuple[str, str] | None:
    """Return message and hint for a glob that matches no file; None for one that does."""
    if disk.holds(glob):
        return None
    plain = _plain(glob)
    if disk.base(plain) is None:
        whose = "the repository" if disk.git else "the project, and it stands in no git repository"
        return f"{glob!r} in 'covers' leads out of {whose}", "Name files inside of it: nobody would see others change."
    meant = next((one for one in _meant(glob, disk) if one != glob and disk.holds(one)), "")
    hint = f"Did you mean `{meant}`?" if meant else _why(plain, disk)
    if glob.startswith("/"):
        hint = f"A leading `/` means the project's root: it looks for `{plain}` there. {hint}"
    return f"{glob!r} in 'covers' matches no file", hint


def _why(plain: str, disk: _Disk) -> str:
    known, missing = disk.reached(plain)
    if missing:
        return f"There is no `{known + missing}`; globs go from the project's root."
    if plain[len(known) :] in ("", "**"):
        return f"There is no file in `{known.rstrip('/')}`."
    return f"Nothing in `{known.rstrip('/') or '.'}` is of this name; `*` stays within a folder, `**` crosses folders."


def _meant(glob: str, disk: _Disk) -> Iterator[str]:
    """Yield what a glob may have been meant to be."""
    plain = _plain(glob)
    lead = "../" * _leads(plain)
    yield lead + posixpath.normpath(plain[len(lead) :].replace("\\", "/"))
    mended = plain
    for _ in plain.split("/"):
        known, missing = disk.reached(mended)
        folder = mended[len(known) + len(missing) :].startswith("/")
        there = disk.names(known, folders=folder) if missing else []
        # `scr` is too short for `nearest`, and still nothing but `src`.
        near = nearest(missing, there) or next((one for one in there if sorted(one) == sorted(missing)), "")
        if not near:
            break
        mended = known + near + mended[len(known) + len(missing) :]
    yield mended
    # Whoever thinks of the repository's root writes the same without what leads there.
    yield from ("../" * more + plain for more in range(1, disk.depth + 1))


def _plain(glob: str) -> str:
    return glob.removeprefix("./").removeprefix("/")


def _leads(plain: str) -> int:
    """Return how many folders above the root a glob begins."""
    number = 0
    while plain.startswith("../", 3 * number):
        number += 1
    return number


class _Disk:
    """The files of the git work tree around a project, or of the project without one; each folder is read once."""

    def __init__(self, root: Path) -> None:
        here = os.path.realpath(root)
        above = [here]
        while os.path.dirname(above[-1]) != above[-1]:  # noqa: PTH120
            above.append(os.path.dirname(above[-1]))  # noqa: PTH120
        depth = next((number for number, one in enumerate(above) if os.path.lexists(os.path.join(one, ".git"))), None)  # noqa: PTH118
        self.git = depth is not None
        self.depth = depth or 0
        self._bases = above[: self.depth + 1]
        self._read: dict[str, Mapping[str, bool]] = {}
        self._absent: list[str] | None = None

    def base(self, plain: str) -> str | None:
        """Return the folder at which a glob begins, or None where that is outside."""
        number = _leads(plain)
        return self._bases[number] if number < len(self._bases) else None

    def holds(self, glob: str) -> bool:
        """Tell whether a glob matches a file, as `history.coverage` has it."""
        plain = _plain(glob)
        base = self.base(plain)
        if base is None:
            return False
        inner = plain[3 * _leads(plain) :]
        if not any(char in inner for char in _WILD):
            inner = inner.rstrip("/")
            found = not inner or self._has(base, inner)
        else:
            found = self._matching(base, inner.split("/"))
        return found or self._in_submodule(base, inner)

    def reached(self, plain: str) -> tuple[str, str]:
        """Return the folders of a glob that are there, with a trailing `/`, and its next part if that is missing."""
        folder = self.base(plain)
        start = 3 * _leads(plain)
        if folder is None:
            return plain[:start], ""
        for part in plain[start:].rstrip("/").split("/"):
            if any(char in part for char in _WILD):
                break
            if part not in (listed := self._listed(folder)):
                return plain[:start], part
            start += len(part) + 1
            if not listed[part]:
                break
            folder = f"{folder}/{part}"
        return plain[:start], ""

    def names(self, known: str, *, folders: bool) -> list[str]:
        """Return what is in a folder that `reached` gave: its folders, or all."""
        base = self.base(known) or ""
        inside = known[3 * _leads(known) :].rstrip("/")
        listed = self._listed(f"{base}/{inside}" if inside else base)
        return [name for name, folder in listed.items() if folder or not folders]

    def _has(self, base: str, path: str) -> bool:
        folder, _, name = f"{base}/{path}".rpartition("/")
        there = self._listed(folder).get(name)
        return there is not None and (not there or self._below(f"{folder}/{name}", "**"))

    def _matching(self, folder: str, parts: list[str]) -> bool:
        """Go down part by part, so that no folder is read that cannot match."""
        first, *rest = parts
        if "**" in first:
            return self._below(folder, "/".join(parts))
        listed = self._listed(folder)
        if not any(char in first for char in _WILD):
            names = [first] if first in listed else []
        else:
            match = pattern(first).fullmatch
            names = [name for name in listed if match(name) and (not rest or not _passed_over(name, first))]
        if not rest:
            return any(not listed[name] for name in names)
        return any(listed[name] and self._matching(f"{folder}/{name}", rest) for name in names)

    def _below(self, folder: str, glob: str) -> bool:
        match = pattern(glob).fullmatch
        tail = _TAIL.split(glob)[-1]
        named = [part for part in glob.split("/") if part.startswith(".") or part in _SKIPPED]
        start = len(folder) + 1
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            for name, inner in self._listed(here).items():
                if inner:
                    if not _passed_over(name) or any(pattern(part).fullmatch(name) for part in named):
                        waiting.append(f"{here}/{name}")
                elif name.endswith(tail) or "/" in tail:
                    path = f"{here}/{name}"
                    if match(path, start):
                        return True
        return False

    def _listed(self, folder: str) -> Mapping[str, bool]:
        """Return the names in a folder, each with whether it is a folder; git has a link to one as a file."""
        if folder not in self._read:
            try:
                with os.scandir(folder or "/") as entries:
                    self._read[folder] = {one.name: one.is_dir(follow_symlinks=False) for one in entries}
            except (OSError, ValueError):
                self._read[folder] = {}
        return self._read[folder]

    def _in_submodule(self, base: str, inner: str) -> bool:
        """Tell whether a glob leads into a submodule: it may not be checked out, and then nobody can look."""
        if self._absent is None:
            self._absent = []
            try:
                with open(os.path.join(self._bases[-1], ".gitmodules"), encoding="utf-8", errors="replace") as file:  # noqa: PTH118, PTH123
                    self._absent = [f"{self._bases[-1]}/{path}/" for path in _SUBMODULE.findall(file.read())]
            except OSError:
                pass
        wanted = f"{base}/{inner}/"
        return any(wanted.startswith(one) and not self._listed(one.rstrip("/")) for one in self._absent)


def _passed_over(name: str, part: str = "") -> bool:
    """Tell whether a folder is looked into only where a glob names it."""
    return name in _SKIPPED or (name.startswith(".") and not part.startswith("."))
