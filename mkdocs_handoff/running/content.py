"""What stands in the files of a folder in which commands run: checksums and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts import algorithms, digest, lfs
from mkdocs_handoff.artifacts.digest import Trouble, UnreadError
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records.forms import ValueFiles, point
from mkdocs_handoff.text.files import read_text
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FIGURES = (".json", ".csv", ".yml", ".yaml")
NOTHING = object()
"""Stands for a value that is not there: `null` is one that is."""


def checksum(folder: Path, path: str, alg: str) -> str:
    """Return the checksum of a file, or of a folder's files with their names; empty where there is none.

    A git-lfs pointer stands for its content.
    """
    try:
        found = digest.digests(digest.real(folder, path), (alg,))
        held = lfs.pointer(found.head, found.size) if alg == algorithms.SHA_256 else None
        return held.oid if held is not None else found.values[alg]
    except UnreadError as error:
        if error.trouble is not Trouble.FOLDER:
            return ""
    running = algorithms.begun(alg)
    try:
        for name in sorted(digest.files_below(folder, path)):
            one = digest.digests(digest.real(folder, f"{path}/{name}"), (alg,)).values[alg]
            running.update(f"{one}  {name}\n".encode("utf-8", "surrogateescape"))
    except UnreadError:
        return ""
    return running.hexdigest()


def values(folder: Path) -> ValueFiles:
    """Return what reads the files of a folder that hold values."""
    return ValueFiles(lambda path: read_text(folder, path))


def value_of(files: ValueFiles, file: str, pointer: str) -> Any:
    """Return the value at a place of a file; `NOTHING` where there is none."""
    held = files.get(file)
    if isinstance(held, Finding):
        return NOTHING
    try:
        return point(held, pointer)
    except Exception:
        return NOTHING


def figures_in(files: ValueFiles, path: str) -> dict[str, Any] | None:
    """Return what stands in a file of figures, by name; None for any other file."""
    held = files.get(path) if path.lower().endswith(_FIGURES) else None
    return None if held is None or isinstance(held, Finding) else dict(_leaves(held, ""))


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{name}.{number}" if name else str(number))
    else:
        yield name, value


def number(value: Any) -> float | None:
    """Return a value as a number, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Plain):
        found = value.number()
        return None if found is None else float(found)
    return float(value) if isinstance(value, int | float) else None
