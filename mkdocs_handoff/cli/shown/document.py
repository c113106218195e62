"""How records stand, for programs and spreadsheets: JSON with all evidence, CSV with a line a record."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.cli.shown import tables
from mkdocs_handoff.cli.shown.words import moment_of, owner_of
from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mkdocs_handoff.cli.asked.looked import Looked
    from mkdocs_handoff.cli.asked.records import Asked
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.reports.stale.groups import CauseGroup
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.verdict import Reason

COLUMNS = (
    "verdict", "record", "title", "kind", "lifecycle", "stage", "owner", "owner_title", "reviewed", "due", "unwatched",
    "dependents", "reasons", "notes", "path", "line",
)  # fmt: skip


def as_json(asked: Sequence[Asked], today: date) -> str:
    """Return one JSON document: what was looked at, and the records and causes of all projects in order."""
    document = {
        "version": 1,
        "today": today.isoformat(),
        "counts": _counts(row for one in asked for row in one.scope),
        "projects": [_project(one) for one in asked],
        "records": [_record(row, one.looked) for one in asked for row in one.rows],
        "causes": [_cause(group, rows, one.looked) for one in asked for group, rows in one.causes()],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(asked: Sequence[Asked]) -> str:
    """Return a line a record below a line of names."""
    return tables.as_csv(COLUMNS, (_cells(row, one.looked) for one in asked for row in one.rows))


def _cells(row: StaleRow, looked: Looked) -> list[str]:
    record = _record(row, looked)
    record["reasons"] = "; ".join(reason["text"] for reason in record["reasons"])
    record["notes"] = "; ".join(record["notes"])
    record["unwatched"] = "yes" if record["unwatched"] else "no"
    return [str("" if record[name] is None else record[name]) for name in COLUMNS]


def _counts(rows: Iterable[StaleRow]) -> dict[str, int]:
    every = list(rows)
    counts = Counter(row.verdict for row in every)
    unwatched = sum(row.standing.unwatched for row in every if row.verdict is Verdict.FRESH)
    return {"records": len(every), **{verdict.value: counts[verdict] for verdict in Verdict}, "unwatched": unwatched}


def _project(one: Asked) -> dict[str, Any]:
    repository = one.looked.history.repository
    return {
        "path": one.looked.name,
        "namespace": one.looked.project.settings.namespace,
        "history": {
            "state": repository.state.name.lower().replace("_", "-"),
            "text": repository.state.value,
            "shallow": one.looked.report.shallow,
            "commit": repository.head,
        },
        "errors": len(one.looked.project.errors),
        "counts": _counts(one.scope),
    }


def _record(row: StaleRow, looked: Looked) -> dict[str, Any]:
    standing = row.standing
    return {
        "record": str(row.identity),
        "project": looked.name,
        "title": row.title,
        "kind": row.kind,
        "lifecycle": row.lifecycle,
        "stage": row.stage,
        "path": looked.shown(row.path),
        "line": row.line,
        "owner": owner_of(row) or None,
        "owner_title": row.owner_text or None,
        "teams": [str(team) for team in row.teams],
        "dependents": row.dependents,
        "verdict": row.verdict.value,
        "unwatched": standing.unwatched,
        "reviewed": _iso(standing.reviewed),
        "clock": _iso(standing.clock),
        "due": _iso(standing.due),
        "owner_leaves": _iso(standing.departs),
        "watched": {
            "globs": list(standing.watched.globs),
            "records": [str(one) for one in standing.watched.records],
            "nothing": list(standing.watched.nothing),
        },
        "reasons": [_reason(reason) for reason in row.reasons],
        "notes": list(row.notes),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _reason(reason: Reason) -> dict[str, Any]:
    cause, found = reason.cause, reason.differences
    return {
        "verdict": reason.verdict.value,
        "about": reason.about.value,
        "text": reason.text,
        "cause": cause.name if cause is not None else None,
        "target": str(reason.target) if reason.target is not None else None,
        "glob": reason.glob or None,
        "commits": _commits(reason.changes),
        "uncommitted": list(reason.uncommitted),
        "differences": None
        if found is None
        else [{"field": one.field, "before": one.before, "after": one.after} for one in found],
    }


def _commits(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the commits of changes in their order, each once with the paths that it changed."""
    paths: dict[str, dict[str, None]] = {}
    for change in changes:
        paths.setdefault(change.commit.sha, {})[change.path] = None
    commits = {change.commit.sha: change.commit for change in changes}
    return [
        {
            "sha": sha,
            "time": moment_of(commits[sha].time) or None,
            "author": commits[sha].name,
            "subject": commits[sha].subject,
            "paths": sorted(paths[sha]),
        }
        for sha in paths
    ]


def _cause(group: CauseGroup, rows: Sequence[StaleRow], looked: Looked) -> dict[str, Any]:
    cause = group.cause
    return {
        "project": looked.name,
        "about": cause.about.value if cause is not None else None,
        "name": cause.name if cause is not None else None,
        "title": group.title,
        "commits": _commits(group.changes),
        "uncommitted": list(group.uncommitted),
        "records": [str(row.identity) for row in rows],
    }
