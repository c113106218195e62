"""What is to be written and removed in a generated folder: it holds what it should, and nobody's work is lost."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.text.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANIFEST = ".handoff-manifest.json"
"""Lists the files that are ours. Folders that hold it hold no records: `records.discover` does not enter them."""


class ManifestError(Exception):
    """The manifest is none of ours, or damaged."""


@dataclass(frozen=True)
class Refused:
    """A file that is left as it is, and why."""

    path: str
    why: str


@dataclass(frozen=True)
class Plan:
    """What is to be done in a generated folder. Paths are from there.

    Attributes:
        folder: The folder.
        files: What it should hold.
        new: Files that are not there yet.
        changed: Files of ours that should hold something else.
        removed: Files of ours that should not be there any more.
        refused: Files in our way that are not as we left them.
        listed: The manifest as it is.
    """

    folder: Path
    files: Mapping[str, bytes]
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def steps(self) -> Iterator[tuple[str, str]]:
        """What is to be done, by path: `new`, `changed` or `removed`, and the path."""
        found = {**dict.fromkeys(self.new, "new"), **dict.fromkeys(self.changed, "changed")}
        found |= dict.fromkeys(self.removed, "removed")
        return ((found[path], path) for path in sorted(found))

    @property
    def manifest(self) -> bytes:
        """The manifest as it should be."""
        return _manifest({path: (_sum(content),) for path, content in self.files.items()})

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        there = _read(self.folder / MANIFEST)
        return not (self.new or self.changed or self.removed or self.refused) and there == self.manifest


def plan(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> Plan:
    """Compare a folder with what it should hold. Nothing is written.

    A file counts as ours where the manifest lists it with the checksum that it has. One that holds what it should is
    left alone, whoever wrote it.

    Args:
        folder: The folder, which need not be there.
        files: What it should hold, by path from there.
        force: Whether files that others wrote or changed are written over.

    Raises:
        ManifestError: The manifest cannot be read as one.
        OSError: A file cannot be read.
    """
    listed = _listed(folder)
    new: list[str] = []
    changed: list[str] = []
    removed: list[str] = []
    refused: list[Refused] = []
    for path, content in files.items():
        full = folder / path
        if why := _blocked(folder, path):
            refused.append(Refused(path, why))
        elif not os.path.lexists(full):
            new.append(path)
        elif (there := full.read_bytes()) != content:
            if force or _sum(there) in listed.get(path, ()):
                changed.append(path)
            else:
                refused.append(Refused(path, "was edited by hand" if path in listed else "was there before"))
    for path, sums in listed.items():
        full = folder / path
        if path in files or not os.path.lexists(full):
            continue
        if why := _blocked(folder, path):
            refused.append(Refused(path, why))
        elif force or _sum(full.read_bytes()) in sums:
            removed.append(path)
        else:
            refused.append(Refused(path, "is no longer generated, and was edited by hand"))
    return Plan(folder, files, tuple(new), tuple(changed), tuple(removed), tuple(refused), listed)


def carry_out(found: Plan) -> None:
    """Write and remove what a plan says; whoever is stopped half-way leaves whole files, and the next run goes on.

    Raises:
        OSError: A file cannot be written or removed.
    """
    if found.is_current:
        return
    found.folder.mkdir(parents=True, exist_ok=True)
    # First both what the files held and what they will hold: each is ours, whenever this is interrupted.
    coming = {path: {*found.listed.get(path, ()), _sum(content)} for path, content in found.files.items()}
    both = {**found.listed, **{path: tuple(sorted(sums)) for path, sums in coming.items()}}
    write_whole(found.folder / MANIFEST, _manifest(both))
    for path in (*found.new, *found.changed):
        full = found.folder / path
        full.parent.mkdir(parents=True, exist_ok=True)
        write_whole(full, found.files[path])
    for path in found.removed:
        full = found.folder / path
        full.unlink(missing_ok=True)
        _prune(full.parent, found.folder)
    write_whole(found.folder / MANIFEST, found.manifest)


def _prune(folder: Path, top: Path) -> None:
    """Remove folders that nothing is left in."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _blocked(folder: Path, path: str) -> str:
    """Return why a path cannot be one of an ordinary file of ours, or nothing."""
    full = folder / path
    for above in full.relative_to(folder).parents:
        there = folder / above
        if above != Path() and there.is_symlink():
            return f"would be in {above.as_posix()}, which is a link"
        if os.path.lexists(there) and not there.is_dir():
            return f"would be in {above.as_posix()}, which is a file"
    if full.is_symlink():
        return "is a link"
    return "is no ordinary file" if os.path.lexists(full) and not full.is_file() else ""


def _listed(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the files that the manifest lists, with the checksums that make them ours."""
    content = _read(folder / MANIFEST)
    if content is None:
        return {}
    try:
        held: Any = json.loads(content)
        files = held["files"]
        found = {str(path): tuple([sums] if isinstance(sums, str) else map(str, sums)) for path, sums in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ManifestError(f"{MANIFEST} cannot be read as a list of generated files") from None
    # What leads out of the folder was not written by us.
    if any(path.startswith("/") or ".." in Path(path).parts or "\0" in path for path in found):
        raise ManifestError(f"{MANIFEST} names files outside its folder")
    return found


def _read(file: Path) -> bytes | None:
    if file.is_symlink():
        raise ManifestError(f"{MANIFEST} is a link")
    return file.read_bytes() if file.is_file() else None


def _manifest(files: Mapping[str, tuple[str, ...]]) -> bytes:
    listed = {path: sums[0] if len(sums) == 1 else list(sums) for path, sums in sorted(files.items())}
    return (
        json.dumps({"generator": "mkdocs-handoff generate", "files": listed}, indent=1, ensure_ascii=False) + "\n"
    ).encode()


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()
