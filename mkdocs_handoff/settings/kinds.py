"""The kinds of a project: ours, those of what it extends, and its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mkdocs_handoff import resources
from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.schema.files import COMMON, SUFFIX, read_files
from mkdocs_handoff.schema.kinds import load_kinds
from mkdocs_handoff.text import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.schema.files import SchemaFile
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings.model import Settings

    Folder = tuple[Path, str]

_HINT = "The lock holds; take this file away, give your kind another name, or talk to whoever keeps that."
_PIECE = "The lock holds for its kinds; give your piece another name, or talk to whoever keeps that."


def kinds_of(settings: Settings) -> tuple[Mapping[str, Kind], tuple[Finding, ...]]:
    """Return the kinds of a project by name, in their order on pages, and what is wrong with their schemas.

    Where the settings of a layer lock `schemas`, its kinds and ours stay as they are there.
    """
    ours = resources.folder("schemas"), "schemas of mkdocs-handoff"
    own = settings.root / settings.schemas
    theirs = _others([*settings.layers, *([(own, settings.schemas)] if own.is_dir() else [])], ours[0])
    kinds, findings = load_kinds([ours, *theirs]) if theirs else _shipped(*ours)
    if not settings.schemas_locks:
        return kinds, findings
    held: dict[str, Kind] = {}
    pieces: dict[tuple[str, bool], Any] = {}
    refused: list[Finding] = []
    for lock in settings.schemas_locks:
        within = [ours, *(one for one in theirs if one[0] in lock.folders)]
        known, _ = load_kinds(within)
        shared = _pieces(within)
        added = {name for name in known if name not in held}
        new = {name: piece for name, piece in shared.items() if name not in pieces}
        without = [ours, *(one for one in theirs if one[0] not in lock.folders)]
        refused += _replacing(without, added, new, lock.path)
        held = {**known, **held}
        pieces = {**shared, **pieces}
    every = sorted({**kinds, **held}.values(), key=lambda kind: (kind.order, kind.name))
    return {kind.name: kind for kind in every}, (*findings, *refused)


@lru_cache(maxsize=1)
def _shipped(folder: Path, shown: str) -> tuple[Mapping[str, Kind], tuple[Finding, ...]]:
    """Return our kinds alone: they stay as they are while a process runs, which serves and checks many times."""
    return load_kinds([(folder, shown)])


def _others(folders: Iterable[Folder], ours: Path) -> list[Folder]:
    return [one for one in folders if not one[0].samefile(ours)]


def _pieces(folders: Iterable[Folder]) -> dict[tuple[str, bool], Any]:
    """Return what kinds share, each by its name and whether nobody annotated it: such pieces take none of ours."""
    return {
        (name, one.foreign): piece
        for one in read_files(folders)
        if not isinstance(one, Finding) and one.name == COMMON
        for name, piece in one.pieces.items()
    }


def _replacing(
    folders: Iterable[Folder], kinds: Iterable[str], pieces: Mapping[tuple[str, bool], Any], lock: str
) -> Iterator[Finding]:
    """Yield a finding for each schema that would replace one that is locked, and for each shared piece.

    Args:
        folders: Ours, and those that are held against the lock.
        kinds: The names of those that are locked.
        pieces: What they share.
        lock: The settings that say so.
    """
    for one in read_files(folders):
        if isinstance(one, Finding):
            shown, ours, foreign = one.place.path, False, False
        else:
            shown, ours, foreign = one.shown, not one.own, one.foreign
        name = shown.rpartition("/")[2].removesuffix(SUFFIX)
        if ours:
            continue
        if not isinstance(one, Finding) and one.name == COMMON:
            yield from _changing(one, pieces, lock)
        elif name in kinds and not foreign:
            message = f"the schema of the kind {name!r} is locked by {lock}"
            yield Finding(Place(shown), "settings/locked", message, _HINT)


def _changing(file: SchemaFile, pieces: Mapping[tuple[str, bool], Any], lock: str) -> Iterator[Finding]:
    text = ""
    for name, piece in file.pieces.items():
        locked = pieces.get((name, file.foreign), piece)
        if locked != piece:
            text = text or file.path.read_text(encoding="utf-8-sig")
            at = Place(file.shown, *yaml.locate(text, 0, ("$defs", name), key=True))
            message = f"the piece {name!r} that kinds share is locked by {lock}"
            yield Finding(at, "settings/locked", message, _PIECE)
