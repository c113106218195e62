"""The log of decisions: by number and date, with what each supersedes."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.checks import SUPERSEDED, SUPERSEDES
from mkdocs_handoff.records.record import DECISION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record

_DAY = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Supersession is read from either end, whichever says it.

    Attributes:
        folder: Where it stands, if decisions stand in several folders: each counts its own numbers.
    """

    identity: Identity
    title: str
    number: int | None
    date: str
    status: str
    supersedes: tuple[Identity, ...] = ()
    superseded_by: tuple[Identity, ...] = ()
    folder: str = ""


def decisions(catalog: Catalog) -> tuple[Decision, ...]:
    """Return the log, the newest first.

    In one folder by number, then by date; those without a number stand at the end. Numbers of several folders say
    nothing of each other: those go by date, without breaking the order of numbers in any of them.
    """
    older, newer = supersession(catalog)
    records = [record for record in catalog.records.values() if record.kind == DECISION]
    several = len({posixpath.dirname(record.source.path) for record in records}) > 1
    listed = [
        Decision(
            identity=record.identity,
            title=record.title,
            number=_number(record),
            date=str(record.get("date") or ""),
            status=str(record.get("status") or ""),
            supersedes=older.get(record.identity, ()),
            superseded_by=newer.get(record.identity, ()),
            folder=posixpath.dirname(record.source.path) if several else "",
        )
        for record in records
    ]
    listed.sort(key=lambda one: one.identity)
    listed.sort(key=lambda one: (-1 if one.number is None else one.number, one.date), reverse=True)
    if several:
        reached = _reached(listed)
        listed.sort(key=lambda one: reached[one.identity], reverse=True)
    return tuple(listed)


def _reached(listed: list[Decision]) -> dict[Identity, str]:
    """Return the latest date of each decision and of those with lower numbers in its folder.

    Whoever forgot a date, or changed an old decision later, does not break the order of numbers.
    """
    reached: dict[Identity, str] = {}
    latest: dict[str, str] = defaultdict(str)
    for one in reversed(listed):
        date = one.date if _DAY.match(one.date) else ""
        if one.number is not None:
            date = latest[one.folder] = max(latest[one.folder], date)
        reached[one.identity] = date
    return reached


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
