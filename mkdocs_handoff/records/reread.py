"""A record as it was: read again from other texts of the same files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.records.assemble import Workshop, assemble
from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.records.documents import take_apart
from mkdocs_handoff.records.forms import ValueFiles
from mkdocs_handoff.records.sidecar import read_sidecar
from mkdocs_handoff.settings import Claim

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind

DECISION = "decision"
"""The one kind of which a dialect reads fields that count in a fixed place of its prose."""


def reread(record: Record, kind: Kind, path: str, text: Callable[[str], str | None], namespace: str) -> Record | None:
    """Return a record as other texts have it, or None where they hold no such record.

    Args:
        record: As it is now: it says what to look for where a file holds several.
        kind: Its kind.
        path: How its own file was called.
        text: What gives the text that a file had, by path from the project's root; None where there was none.
        namespace: The repository's own.
    """
    held = text(path)
    if held is None:
        return None
    parts = take_apart(path, held, kind.list_key)
    beside = text(path + SIDECAR)
    sidecar = read_sidecar(path + SIDECAR, beside) if beside is not None and len(parts.documents) == 1 else None

    def value_file(wanted: str) -> str | Finding:
        found = text(wanted)
        return Finding(Place(wanted), "file/unreadable", "was not there") if found is None else found

    shop = Workshop(namespace, None, ValueFiles(value_file))
    for document in parts.documents:
        # Parsing Markdown is most of the work, and says nothing that would count.
        body = document.body if kind.name == DECISION or kind.root.material else None
        made = assemble(kind, replace(document, body=body), sidecar, Claim(kind.name, ""), shop).record
        if len(parts.documents) == 1 or made.identity == record.identity:
            return made
    return None
