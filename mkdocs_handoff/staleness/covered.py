"""What covered files hold: one digest a glob, the same on every machine that has the same commit.

The digest is over sorted paths and git's names of what the files hold: SHA-1 of `blob SIZE`, a NUL and the bytes. Git
keeps them ready, so that nothing is read; where there is no git they are reckoned from the files. It does not matter
then whether a clone turned line ends round or left large files behind a pointer (`.gitattributes`).

Records do not count, though a glob may cover their files: a record is watched by a reference to it, and stamping a
review must make no other record suspect.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.staleness.material import digest
from mkdocs_handoff.text.globs import fixed_part, matches, pattern

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History

_NAME_LENGTH = 40  # SHA-1; what a repository of another hash calls a file only such a repository can know
_ELSEWHERE = "-"
_PASSED_OVER = frozenset(("__pycache__", "node_modules"))


class RecordFiles:
    """The files of records: those that there are, and those that would be where records of a kind are."""

    def __init__(self, catalog: Catalog) -> None:
        """Take the records that there are."""
        beside = (record.source.sidecar for record in catalog.records.values())
        self._known = dict.fromkeys((*catalog.files, *(one.path for one in beside if one is not None)), True)
        self._globs = tuple(glob for kind in catalog.kinds.values() for glob in kind.globs)

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or not path:
            return False
        if path not in self._known:
            # One that was renamed or deleted was a record all the same.
            self._known[path] = any(matches(path.removesuffix(SIDECAR), glob) for glob in self._globs)
        return self._known[path]


def covered_files(glob: str, root: Path, history: History, records: Container[str]) -> dict[str, str]:
    """Return the files that a glob covers now, each with git's name of what it holds, sorted by path.

    Args:
        glob: From the project's root; a folder covers all that is in it.
        root: The project's root.
        history: Says which files belong to the repository; without it all files on disk do, but hidden ones.
        records: The files of records, which do not count.
    """
    held = history.held(glob)
    named = dict.fromkeys(_on_disk(glob, root), "") if held is None else held
    found = {path: name if len(name) == _NAME_LENGTH else _name(root, path) for path, name in named.items()}
    return {path: name for path, name in sorted(found.items()) if name and path not in records}


def covered_digest(files: dict[str, str]) -> str:
    """Return the fingerprint of what `covered_files` gives."""
    return digest(sorted(files.items()))


def _name(root: Path, path: str) -> str:
    """Return git's name of what a file holds; empty where it cannot be read."""
    full = os.path.join(root, path)  # noqa: PTH118 - a Path would drop what `..` passes through
    try:
        if os.path.islink(full):  # noqa: PTH114
            held = os.fsencode(os.readlink(full))  # noqa: PTH115
            return hashlib.sha1(b"blob %d\0" % len(held) + held, usedforsecurity=False).hexdigest()
        if os.path.isdir(full):  # noqa: PTH112 - a submodule at another commit than the last one has
            return _ELSEWHERE
        with open(full, "rb") as file:  # noqa: PTH123
            named = hashlib.sha1(b"blob %d\0" % os.fstat(file.fileno()).st_size, usedforsecurity=False)
            while block := file.read(1 << 20):
                named.update(block)
            return named.hexdigest()
    except OSError:
        return ""


def _on_disk(glob: str, root: Path) -> Iterator[str]:
    plain = glob.removeprefix("./").removeprefix("/").rstrip("/")
    wild = any(char in plain for char in "*?[")
    start = fixed_part(plain) if wild else plain
    top = os.path.join(root, start)  # noqa: PTH118
    if not f"{os.path.realpath(top)}{os.sep}".startswith(f"{os.path.realpath(root)}{os.sep}"):
        return  # what is outside the project belongs to it only where a repository says so
    if os.path.isfile(top) and not wild:  # noqa: PTH113
        yield plain
        return
    match = pattern(plain).fullmatch if wild else None
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in _PASSED_OVER)
        inner = os.path.relpath(folder, root).replace(os.sep, "/")
        for name in names:
            path = name if inner == "." else f"{inner}/{name}"
            if match is None or match(path):
                yield path
