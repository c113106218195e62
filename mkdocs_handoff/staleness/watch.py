"""What a record watches: covered files, records it rests on, its accountable owner."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.owners import ACCOUNTABLE, owners
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.staleness.verdict import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Record


def watched(record: Record, catalog: Catalog, root: Path, history: History) -> Watched:
    """Return what would make a record suspect if it changed.

    Args:
        record: The record.
        catalog: Resolves what it refers to.
        root: The project's root.
        history: Knows files that are gone.
    """
    seen = seen_of(record)
    given: Any = record.get("covers")
    written = dict.fromkeys(one for one in given or () if isinstance(one, str) and one.strip())
    globs = [glob for glob in written if glob in seen or _covers_any(glob, root, history)]
    named = (path for path in _artifacts(dict(record.fields)) if path not in written)
    artifacts = [path for path in named if path in seen or _covers_any(path, root, history)]
    targets = _targets(record, catalog)
    return Watched(
        globs=(*globs, *dict.fromkeys(artifacts)),
        records=tuple(targets),
        heeded=tuple((target, fields) for target, fields in targets.items() if fields),
        owner=accountable(record, catalog),
        nothing=tuple(glob for glob in written if glob not in globs),
    )


def _targets(record: Record, catalog: Catalog) -> dict[Identity, tuple[str, ...]]:
    """Return the records whose change makes this one suspect, with the fields that do; none: all that are material."""
    found: dict[Identity, tuple[str, ...]] = {}
    for relation in catalog.outgoing.get(record.identity, ()):
        target = relation.target
        if not relation.suspect or target == record.identity:
            continue
        known = found.get(target)
        every = known == () or not relation.heeded
        found[target] = () if every else tuple(sorted({*(known or ()), *relation.heeded}))
    return found


def accountable(record: Record, catalog: Catalog) -> Identity | None:
    """Return the team or person that answers for a record, if it names one that is written down."""
    first = next((owner for owner in owners(record) if owner.role == ACCOUNTABLE), None)
    target = catalog.targets.get((record.identity, first.path)) if first is not None else None
    return target if isinstance(target, Identity) else None


def seen_of(record: Record) -> dict[str, str]:
    """Return the fingerprints that the last review left (`seen`): by glob, or by a record's identity."""
    given: Any = record.get("seen")
    return {str(name): str(value) for name, value in given.items()} if isinstance(given, dict) else {}


def _covers_any(glob: str, root: Path, history: History) -> bool:
    """Tell whether a glob covers a file, or once did."""
    held = history.held(glob)
    if held is None:
        plain = glob.removeprefix("./").removeprefix("/")
        return any(char in plain for char in "*?[") or _is_there(plain.rstrip("/"), root)
    return bool(held) or bool(history.covered((glob,), -1))


def _is_there(path: str, root: Path) -> bool:
    return os.path.exists(os.path.join(root, path))  # noqa: PTH110, PTH118


def _artifacts(value: Any) -> Iterator[str]:
    """Yield the paths in the repository for which a checksum is written (CycloneDX: `alg` and `content`)."""
    if isinstance(value, dict):
        path = value.get("path")
        if isinstance(path, str) and (value.get("checksum") or value.get("content")) and _plain(path):
            yield path
        for inner in value.values():
            yield from _artifacts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _artifacts(inner)


def _plain(path: str) -> bool:
    """Tell whether a text is a path of the repository as a glob has it: no address, and no wildcard."""
    return not any(char in path for char in ":*?[") and not path.startswith(("/", "~", "../"))
