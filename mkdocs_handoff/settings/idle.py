"""Globs of `records:` that find nothing: a file was moved, or a folder is spelled otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.text.globs import matches
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.settings.model import Settings


def idle(settings: Settings, paths: Collection[str], place: Places | None) -> Iterator[Finding]:
    """Yield the globs of a project's own settings that match no file with a record.

    Args:
        settings: As read; what it extends is written for many projects, and left out.
        paths: The files that were read as records. Where there are none, that is told otherwise.
        place: Where settings stand.
    """
    if place is None or not paths:
        return
    for claim in settings.claims:
        if not claim.at or any(matches(path, claim.glob) for path in paths):
            continue
        where = place(claim.at)
        if where.path in settings.extended:
            continue
        first, *rest = claim.glob.removeprefix("./").removeprefix("/").split("/")
        near = "/".join((nearest(first, sorted({path.partition("/")[0] for path in paths})), *rest))
        right = any(matches(path, near) for path in paths)
        moved = "If its files were moved, write where they are now; else take it out."
        hint = f"Did you mean {near!r}?" if right else moved
        message = f"{claim.glob!r} claims no file as {claim.kind}"
        yield Finding(where, "settings/nothing", message, hint, Severity.WARNING)
