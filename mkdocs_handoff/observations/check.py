"""What lint tells of observations: files that are not there, columns that they lack, thresholds that cannot be read.

Of a file only its beginning is read. What is wrong further down is told on the model's page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.observations.baselines import baseline
from mkdocs_handoff.observations.files import Refusal, head_of
from mkdocs_handoff.observations.limits import limits
from mkdocs_handoff.observations.read import TIMES, lacks, metrics_of, time_column
from mkdocs_handoff.observations.sources import FIELD, observations
from mkdocs_handoff.observations.thresholds import Unread
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path as Folder

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.observations.sources import Observations
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path


def check(catalog: Catalog, root: Folder) -> Iterator[Finding]:
    """Yield what is wrong with the observations of all records.

    Args:
        catalog: All records.
        root: The project's root.
    """
    for record in catalog.records.values():
        if FIELD in record.fields:
            told: set[Path] = set()
            for one in observations(record):
                yield from _entry(record, one, catalog, root, told)


def files(catalog: Catalog) -> tuple[str, ...]:
    """Return the files of observations that records name and that lie in the project, from its root."""
    found = (one.file for record in catalog.records.values() if FIELD in record.fields for one in observations(record))
    return tuple(sorted({path for path in found if path}))


def _entry(record: Record, one: Observations, catalog: Catalog, root: Folder, told: set[Path]) -> Iterator[Finding]:
    begins = head_of(root, one.file)
    if isinstance(begins, Refusal):
        severity = Severity.ERROR if begins.rule == "observations/outside" else Severity.WARNING
        message = f"{one.written!r} {begins.message}"
        place = record.source.place((*one.path, "file"))
        yield Finding(place, begins.rule, message, begins.hint, severity, str(record.identity))
        return
    if not one.time and not time_column(one, begins.columns):
        hint = f"Name it: `time: {_first(begins.columns)}`."
        message = f"{one.written!r} has no column {', '.join(TIMES[:-1])} or {TIMES[-1]}"
        yield _warning(record, (*one.path, "file"), "observations/column", message, hint)
    for path, name in lacks(one, begins.columns):
        near = nearest(name, begins.columns)
        has = ", ".join(begins.columns[:12]) + (", …" if len(begins.columns) > 12 else "")
        hint = f"Did you mean {near!r}?" if near else f"It has: {has}."
        message = f"there is no column {name!r} in {one.written!r}"
        yield _warning(record, (*one.path, *path), "observations/column", message, hint)
    for metric in metrics_of(one, begins.columns):
        agreed = baseline(catalog, record.identity, metric)
        better = agreed.higher_is_better if agreed is not None else None
        for limit in limits(record, metric, catalog, unit=one.unit, higher_is_better=better):
            found = limit.threshold
            if isinstance(found, Unread) and limit.path not in told and limit.what != "decision threshold":
                told.add(limit.path)
                message = f"the threshold {found.text!r} cannot be held against what is observed: {found.why}"
                yield _warning(record, (*limit.path, "threshold"), "observations/threshold", message, found.hint)


def _first(columns: Iterable[str]) -> str:
    return next(iter(columns), "day")


def _warning(record: Record, path: Path, rule: str, message: str, hint: str) -> Finding:
    return Finding(record.source.place(path), rule, message, hint, Severity.WARNING, str(record.identity))
