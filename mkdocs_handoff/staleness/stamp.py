"""What a review leaves in a record: the day, who, and the fingerprint of each thing that was seen directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.staleness.evidence import Evidence
from mkdocs_handoff.staleness.watch import watched

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Record


class Stamper:
    """Makes the review fields of records as they stand now."""

    def __init__(self, catalog: Catalog, root: Path, history: History) -> None:
        """Take the project as it is read."""
        self._catalog = catalog
        self._root = root
        self._history = history
        self._evidence = Evidence(catalog, root, history)

    def stamp(self, record: Record, by: str, today: date) -> dict[str, Any]:
        """Return the fields that a review of today writes: `last_reviewed`, `reviewers`, `seen`.

        Args:
            record: What was reviewed.
            by: Who reviewed it, as a reference: `person:ann-lee`. Other reviewers that the record names stay.
            today: The day.
        """
        watch = watched(record, self._catalog, self._root, self._history)
        seen = {glob: self._evidence.digest(glob) for glob in watch.globs}
        targets = (*watch.records, *((watch.owner,) if watch.owner is not None else ()))
        seen.update({str(target): self._evidence.of(target) for target in targets})
        named: Any = record.get("reviewers")
        written = [one for one in named or () if isinstance(one, str)]
        fields: dict[str, Any] = {"last_reviewed": today.isoformat()}
        fields["reviewers"] = written if by in written else [*written, by]
        if seen:
            fields["seen"] = seen
        return fields
