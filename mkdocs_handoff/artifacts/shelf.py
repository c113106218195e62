"""The files that statements are about: each is read once, whatever is stated of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts import algorithms, digest, lfs
from mkdocs_handoff.artifacts.digest import UnreadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mkdocs_handoff.artifacts.digest import Digests
    from mkdocs_handoff.artifacts.lfs import Pointer
    from mkdocs_handoff.artifacts.stated import Stated

    Progress = Callable[[int, int], None]
    """Called with the bytes read so far, and with all that there are to read."""


@dataclass(slots=True)
class Held:
    """A file that is to be read, or why it is not."""

    names: set[str] = field(default_factory=set)
    trouble: UnreadError | None = None
    real: Path | None = None
    size: int = 0
    digests: Digests | None = None
    pointer: Pointer | None = None


class Shelf:
    """The files that statements are about, each read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.held: dict[str, Held] = {}
        self.folders: dict[str, tuple[str, ...] | UnreadError] = {}

    def want(self, one: Stated) -> None:
        """Note what a statement needs to be known of which file."""
        if one.directory:
            for path in self._folder(one.file):
                self._file(f"{one.file}/{path}").names.update(_needed(one))
        elif one.parts:
            for file in one.parts:
                self._file(file).names.add(algorithms.SHA_256)
        elif one.file:
            held = self._file(one.file)
            # A file of another size is another file: it need not be read.
            if one.content and (one.size in (None, held.size) or held.size < lfs.LONGEST):
                held.names.update(_needed(one))

    def read(self, progress: Progress | None) -> None:
        """Read all files, links to the same one as one."""
        by_file: dict[Path, list[Held]] = {}
        for held in self.held.values():
            if held.real is not None and (held.names or held.size < lfs.LONGEST):
                by_file.setdefault(held.real, []).append(held)
        total = sum(ones[0].size for ones in by_file.values())
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress(done, max(total, done))

        for file, ones in by_file.items():
            names = sorted({name for held in ones for name in held.names})
            try:
                found = digest.digests(file, names, told if progress is not None else None)
            except UnreadError as error:
                for held in ones:
                    held.trouble = error
                continue
            for held in ones:
                held.digests, held.size = found, found.size
                held.pointer = lfs.pointer(found.head, found.size)

    def paths(self, folder: str) -> tuple[str, ...] | UnreadError:
        """Return the files of a folder, from there, or why they are not known."""
        return self.folders[folder]

    def _folder(self, folder: str) -> tuple[str, ...]:
        if folder not in self.folders:
            try:
                self.folders[folder] = tuple(sorted(digest.files_below(self.root, folder)))
            except UnreadError as error:
                self.folders[folder] = error
        found = self.folders[folder]
        return found if isinstance(found, tuple) else ()

    def _file(self, path: str) -> Held:
        if path not in self.held:
            held = self.held[path] = Held()
            try:
                held.real = digest.real(self.root, path)
                held.size = digest.size(held.real)
            except UnreadError as error:
                held.trouble = error
        return self.held[path]


def _needed(one: Stated) -> tuple[str, ...]:
    """Return the algorithms that a statement is checked with: the MD5 of DVC 1 and 2 may be either of two."""
    if one.directory or one.alg == algorithms.LEGACY:
        legacy = (algorithms.LEGACY,) if one.alg == algorithms.LEGACY else ()
        return (algorithms.MD5, *legacy)
    return (one.alg,)
