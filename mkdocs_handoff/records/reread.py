"""A record as it was: read again from other texts of the same files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.records.assemble import Workshop, assemble
from mkdocs_handoff.records.forms import ValueFiles
from mkdocs_handoff.settings import Claim

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.records.sidecar import Sidecar
    from mkdocs_handoff.schema.kinds import Kind

DECISION = "decision"
"""The one kind of which a dialect reads fields that count in a fixed place of its prose."""


def reread(
    kind: Kind, document: Document, sidecar: Sidecar | None, text: Callable[[str], str | None], namespace: str
) -> Record:
    """Return a record as it was, from a document of its file and the sidecar beside that as they were.

    Args:
        kind: Its kind.
        document: As `documents.take_apart` gives it.
        sidecar: The fields of a sidecar, if there was one.
        text: What gives the text that another file had, by path from the project's root; None where there was none.
        namespace: The repository's own.
    """

    def value_file(wanted: str) -> str | Finding:
        found = text(wanted)
        return Finding(Place(wanted), "file/unreadable", "was not there") if found is None else found

    # Parsing Markdown is most of the work, and says nothing that would count.
    body = document.body if kind.name == DECISION or kind.root.material else None
    shop = Workshop(namespace, None, ValueFiles(value_file))
    return assemble(kind, replace(document, body=body), sidecar, Claim(kind.name, ""), shop).record
