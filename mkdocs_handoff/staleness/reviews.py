"""Which commit brought a record's review: what it builds on was there to be seen, all else came after it.

A day alone does not tell: a branch that is merged after the review may bring commits that are dated before it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.history.worktree import Place
from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.records.documents import take_apart
from mkdocs_handoff.records.sidecar import read_sidecar
from mkdocs_handoff.staleness.entries import named, standing_in
from mkdocs_handoff.text.files import decode
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.contents import Missing, Request
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.history.log import Commit
    from mkdocs_handoff.records.record import Identity, Record

_ZONES = timedelta(days=1)
"""A review may be dated by the reviewer's clock, and its commit in UTC."""

_FIELD = "last_reviewed"
_LINE = re.compile(rf"(?:^|[{{,])[ \t]*[\"']?{_FIELD}[\"']?[ \t]*:[ \t]*[\"']?([0-9-]{{10}})", re.MULTILINE)


def review_commits(
    reviewed: Mapping[Identity, date], catalog: Catalog, history: History
) -> dict[Identity, tuple[Commit, bool]]:
    """Return the commit that brought each record's review, and whether that commit brought the record itself.

    A record that is not there has a review that is not committed yet, or that was written before history begins.

    Args:
        reviewed: Records and the days of their reviews.
        catalog: The records.
        history: What git knows.
    """
    found: dict[Identity, tuple[Commit, bool]] = {}
    asked: dict[Identity, tuple[Change, ...]] = {}
    oldest: dict[Identity, str] = {}
    if not history.readable:
        return found
    for identity, on in reviewed.items():
        record = catalog.records[identity]
        own, *beside = _files(record)
        trail = _trail(own, beside, history)
        if trail and day(trail[-1].commit.time) > on + _ZONES:  # it came after its review; or was renamed and edited
            trail = (*trail, *(change for change in history.past(own) if change not in trail))
        recent = tuple(change for change in trail if day(change.commit.time) >= on - _ZONES)
        if not recent or not all(map(history.whole, (own, *beside))):
            continue
        if len(recent) == 1 and all(history.place(path) is Place.COMMITTED for path in (own, *beside)):
            found[identity] = recent[0].commit, len(trail) == 1
        else:
            asked[identity] = recent
            oldest[identity] = trail[-1].commit.sha
    held = history.contents(list(dict.fromkeys(_requests(asked, catalog))))
    for identity, recent in asked.items():
        commit = _brought(catalog.records[identity], reviewed[identity], recent, held, catalog)
        if commit is not None:
            found[identity] = commit, commit.sha == oldest[identity]
    return found


def _brought(
    record: Record,
    on: date,
    recent: Sequence[Change],
    held: Mapping[Request, bytes | Missing],
    catalog: Catalog,
) -> Commit | None:
    """Return the oldest of the newest commits after which the record has its review."""
    found = None
    for change in recent:
        if _says(record, change, held, catalog) != on.isoformat():
            break
        found = change.commit
    return found


def _says(record: Record, change: Change, held: Mapping[Request, bytes | Missing], catalog: Catalog) -> str:
    """Return the review date that a record had after a commit."""
    own = _own_path(record, change)
    texts = [_text(held.get((change.commit.sha, path)), path) for path in (own + SIDECAR, own)]
    if len(catalog.files.get(record.source.path, ())) == 1:
        return next((match[1] for text in texts if (match := _LINE.search(text))), "")
    kind = catalog.kinds[record.kind]
    beside = read_sidecar(own + SIDECAR, texts[0]) if texts[0] else None
    entry = beside.of(str(record.identity)) if beside is not None and beside.by_record else None
    if entry is not None and _FIELD in entry.value:
        return str(entry.value[_FIELD] or "")
    standing = standing_in(catalog, record.source.path)
    for document in take_apart(own, texts[1], kind.list_key).documents:
        if named(document, kind.name, standing) == (record.kind, record.identity.name):
            return str(document.value.get(_FIELD) or "")
    return ""


def _requests(asked: Mapping[Identity, Sequence[Change]], catalog: Catalog) -> Iterable[Request]:
    for identity, recent in asked.items():
        for change in recent:
            own = _own_path(catalog.records[identity], change)
            yield change.commit.sha, own
            yield change.commit.sha, own + SIDECAR


def _own_path(record: Record, change: Change) -> str:
    own, beside = _split(record)
    return own if change.path in beside else change.path


def _split(record: Record) -> tuple[str, list[str]]:
    own, *beside = _files(record)
    return own, beside


def _files(record: Record) -> tuple[str, ...]:
    sidecar = record.source.sidecar
    return (record.source.path,) if sidecar is None else (record.source.path, sidecar.path)


def _trail(own: str, beside: Sequence[str], history: History) -> tuple[Change, ...]:
    """Return what commits did to a record's file and its sidecar, newest first, each commit once."""
    found = {change.commit.sha: change for path in (*beside, own) for change in history.trail(path)}
    if not beside:
        return tuple(found.values())
    return tuple(sorted(found.values(), key=lambda change: -change.commit.time))


def _text(held: bytes | Missing | None, path: str) -> str:
    text = decode(path, held) if isinstance(held, bytes) else ""
    return "" if isinstance(text, Finding) else text
