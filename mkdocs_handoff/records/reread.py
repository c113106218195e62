"""A record as it was: read again from other texts of the same files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.records.assemble import Workshop, assemble
from mkdocs_handoff.records.forms import ValueFiles
from mkdocs_handoff.records.record import DECISION
from mkdocs_handoff.settings import Claim

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.records.sidecar import Sidecar
    from mkdocs_handoff.schema.kinds import Kind


def reread(
    record: Record,
    kind: Kind,
    document: Document,
    sidecar: Sidecar | None,
    text: Callable[[str], str | None],
    namespace: str,
) -> Record:
    """Return a record as it was, from a document of its file and the sidecar beside that as they were.

    Args:
        record: As it is: nothing of it is taken but its name, by which a sidecar may tell its fields.
        kind: Its kind.
        document: As `documents.take_apart` gives it.
        sidecar: The fields of a sidecar, if there was one.
        text: What gives the text that another file had, by path from the project's root; None where there was none.
        namespace: The repository's own.
    """

    def value_file(wanted: str) -> str | Finding:
        found = text(wanted)
        return Finding(Place(wanted), "file/unreadable", "was not there") if found is None else found

    if sidecar is not None:
        # What is read of the text here is less than what it was named by.
        sidecar = sidecar.of(str(record.identity)) or sidecar
    # Parsing Markdown is most of the work, and but for a decision's it says nothing that would count.
    body = document.body if kind.name == DECISION or kind.root.material else None
    shop = Workshop(namespace, None, ValueFiles(value_file))
    return assemble(kind, replace(document, body=body), sidecar, Claim(kind.name, ""), shop).record
