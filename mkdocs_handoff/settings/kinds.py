"""The kinds of a project: ours, those of what it extends, and its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff import resources
from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.schema.files import SUFFIX
from mkdocs_handoff.schema.kinds import load_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings.model import Settings


def kinds_of(settings: Settings) -> tuple[Mapping[str, Kind], tuple[Finding, ...]]:
    """Return the kinds of a project by name, in their order on pages, and what is wrong with their schemas.

    Where the settings of a layer lock `schemas`, its kinds and ours stay as they are there.
    """
    ours = resources.folder("schemas"), "schemas of mkdocs-handoff"
    own = settings.root / settings.schemas
    theirs = [*settings.layers, *([(own, settings.schemas)] if own.is_dir() else [])]
    kinds, findings = load_kinds([ours, *_others(theirs, ours[0])])
    if settings.schemas_lock is None:
        return kinds, findings
    number, lock = settings.schemas_lock
    held, _ = load_kinds([ours, *_others(theirs[:number], ours[0])])
    every = sorted({**kinds, **held}.values(), key=lambda kind: (kind.order, kind.name))
    refused = tuple(_replacing(_others(theirs[number:], ours[0]), held, lock))
    return {kind.name: kind for kind in every}, (*findings, *refused)


def _others(folders: Iterable[tuple[Path, str]], ours: Path) -> list[tuple[Path, str]]:
    return [one for one in folders if not one[0].samefile(ours)]


def _replacing(folders: Iterable[tuple[Path, str]], held: Mapping[str, Kind], lock: str) -> Iterator[Finding]:
    """Yield a finding for each schema that would replace one that is locked."""
    for folder, shown in folders:
        for path in sorted(folder.glob("*" + SUFFIX)):
            name = path.name.removesuffix(SUFFIX)
            if name in held:
                message = f"the schema of the kind {name!r} is locked by {lock}"
                hint = (
                    "The lock holds; take this file away, give your kind another name, or talk to whoever keeps that."
                )
                yield Finding(Place(f"{shown}/{path.name}"), "settings/locked", message, hint)
