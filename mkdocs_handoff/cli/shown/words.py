"""How records stand and what made them suspect, in words that tables, comments and messages share."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.staleness.verdict import Verdict
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.reports.stale.groups import CauseGroup
    from mkdocs_handoff.reports.stale.rows import StaleRow

SHA = 10
"""So many letters of a commit's name are shown: as many as `review --cause` is given."""


def in_words(rows: Iterable[StaleRow]) -> str:
    """Return how many records there are, and how many of each verdict, the gravest first."""
    every = list(rows)
    counts = Counter(row.verdict for row in every)
    unwatched = sum(row.standing.unwatched for row in every if row.verdict is Verdict.FRESH)
    told = [f"{counts[verdict]:,} {verdict}" for verdict in Verdict if counts[verdict]]
    if unwatched:
        said = f"{counts[Verdict.FRESH]:,} {Verdict.FRESH}"
        told[told.index(said)] = f"{said} ({unwatched:,} of them unwatched)"
    number = counted(len(every), "record")
    return f"{number}: {', '.join(told)}" if told else number


def owner_of(row: StaleRow) -> str:
    """Return a record's accountable owner, as it can be asked for; empty where there is none."""
    return str(row.owner) if row.owner is not None else row.owner_text


def owner_shown(row: StaleRow) -> str:
    """Return a record's accountable owner for people; a team or person without one answers for its own record."""
    return owner_of(row) or ("itself" if row.kind in (TEAM, PERSON) else "nobody")


def why_of(row: StaleRow) -> tuple[str, ...]:
    """Return the reasons for a verdict; of a fresh record, what fresh means there."""
    if row.reasons:
        return tuple(reason.text for reason in row.reasons)
    if row.standing.unwatched:
        return ("unwatched: nothing would tell that it no longer holds",)
    return ("nothing that it watches changed",)


def cause_in_words(group: CauseGroup) -> tuple[str, str]:
    """Return a cause as the name that `review --cause` takes, and what there is to say of it; neither is quoted."""
    cause = group.cause
    name = cause.name if cause is not None else ""
    if not group.changes:
        return name, f"{group.title}{' (not committed yet)' if group.uncommitted else ''}"
    named = next((change.commit for change in group.changes if change.commit.sha.startswith(name)), None)
    newest = named or group.changes[0].commit
    dated = f"{moment_of(newest.time)[:10]} {newest.name}".strip()
    if named is not None:
        return name, f"{dated}: {group.title}"
    return name, f"{group.title} ({newest.sha[:SHA]} of {dated}: {newest.subject})"


def moment_of(time: int) -> str:
    """Return the day and hour of a commit in UTC; empty for a clock beyond the years that there are."""
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=time)).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        return ""
