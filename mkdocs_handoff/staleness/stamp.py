"""What a review leaves in a record: the day, who, and the fingerprint of each thing that was seen directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.owners import gone
from mkdocs_handoff.staleness.evidence import Evidence
from mkdocs_handoff.staleness.verdict import About
from mkdocs_handoff.staleness.watch import seen_of, watched

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.staleness.verdict import Reason


class Stamper:
    """Makes the review fields of records as they stand now."""

    def __init__(self, catalog: Catalog, root: Path, history: History, today: date) -> None:
        """Take the project as it is read, and the day of the review."""
        self._catalog = catalog
        self._root = root
        self._history = history
        self._today = today
        self._evidence = Evidence(catalog, root, history)

    def review(self, record: Record, by: str) -> dict[str, Any]:
        """Return the fields that a review of the whole record writes: `last_reviewed`, `reviewers`, `seen`.

        Args:
            record: What was reviewed.
            by: Who reviewed it, as a reference: `person:ann-lee`. Other reviewers that the record names stay; a list
                that says more than names is left as it is.
        """
        watch = watched(record, self._catalog, self._root, self._history)
        seen = {glob: self._evidence.digest(glob) for glob in watch.globs}
        heeded = dict(watch.heeded)
        seen.update({str(target): self._evidence.of(target, heeded.get(target, ())) for target in watch.records})
        # Only of an owner who is gone: that is what the reviewer knows. One who leaves later is news.
        if watch.owner is not None and gone(self._catalog.records[watch.owner], self._today) is not None:
            seen[str(watch.owner)] = self._evidence.of(watch.owner)
        named: Any = record.get("reviewers")
        written = list(named or ())
        fields: dict[str, Any] = {"last_reviewed": self._today.isoformat()}
        if by not in written and all(isinstance(one, str) for one in written):
            fields["reviewers"] = [*written, by]
        if seen or record.get("seen"):
            fields["seen"] = seen
        return fields

    def settle(self, record: Record, reasons: Iterable[Reason]) -> dict[str, Any]:
        """Return the field that answers some reasons and leaves the rest of the record unreviewed: `seen`."""
        seen = seen_of(record)
        heeded = dict(watched(record, self._catalog, self._root, self._history).heeded)
        for reason in reasons:
            if reason.about is About.FILES and reason.glob:
                seen[reason.glob] = self._evidence.digest(reason.glob)
            elif reason.target is None and reason.cause is not None:  # a record that is gone
                seen.pop(reason.cause.name, None)
            elif reason.target is not None:
                seen[str(reason.target)] = self._evidence.of(reason.target, heeded.get(reason.target, ()))
        return {"seen": seen}
