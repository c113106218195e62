"""The log of decisions: by number and date, with what each supersedes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.checks import SUPERSEDED, SUPERSEDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record

DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Supersession is read from either end, whichever says it."""

    identity: Identity
    title: str
    number: int | None
    date: str
    status: str
    supersedes: tuple[Identity, ...] = ()
    superseded_by: tuple[Identity, ...] = ()


def decisions(catalog: Catalog) -> tuple[Decision, ...]:
    """Return the log, the newest first: by number, then by date; those without a number stand at the end."""
    older, newer = supersession(catalog)
    listed = [
        Decision(
            identity=record.identity,
            title=record.title,
            number=_number(record),
            date=str(record.get("date") or ""),
            status=str(record.get("status") or ""),
            supersedes=older.get(record.identity, ()),
            superseded_by=newer.get(record.identity, ()),
        )
        for record in catalog.records.values()
        if record.kind == DECISION
    ]
    listed.sort(key=lambda one: one.identity)
    listed.sort(key=lambda one: (one.number if one.number is not None else -1, one.date), reverse=True)
    return tuple(listed)


def supersession(
    catalog: Catalog,
) -> tuple[Mapping[Identity, tuple[Identity, ...]], Mapping[Identity, tuple[Identity, ...]]]:
    """Return what each record supersedes, and what supersedes it."""
    older: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    newer: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    for relations in catalog.outgoing.values():
        for relation in relations:
            if relation.name in (SUPERSEDES, SUPERSEDED):
                ends = (relation.source, relation.target)
                new, old = ends if relation.name == SUPERSEDES else ends[::-1]
                older[new][old] = None
                newer[old][new] = None
    return (
        {identity: tuple(sorted(found)) for identity, found in older.items()},
        {identity: tuple(sorted(found)) for identity, found in newer.items()},
    )


def _number(record: Record) -> int | None:
    number = record.get("number")
    if isinstance(number, bool):
        return None
    if isinstance(number, int):
        return number
    return int(number) if isinstance(number, str) and number.isascii() and number.isdigit() else None
