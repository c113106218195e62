"""What a reviewer should know of a record: the verdict, its reasons, and each piece of evidence once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.cli.shown.words import SHA
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.staleness.verdict import Reason, Standing

_COMMITS, _PATHS, _WATCHED = 8, 3, 6


def shown(record: Record, standing: Standing, history: History, *, alone: bool) -> Iterator[str]:
    """Yield what a reviewer should know: the verdict, what changed, what watches nothing, who changed the record.

    Args:
        record: The record.
        standing: How it stands.
        history: What git knows.
        alone: Whether its file holds no other record.
    """
    yield printable(f"{record.title} ({standing.identity}, {record.source.path}): {standing.verdict}")
    yield from evidence(standing.reasons)
    if not standing.watched:
        yield "  nothing is watched: no `covers:`, and no reference that spreads suspicion"
    elif not any(reason.cause for reason in standing.reasons):
        watched = (*standing.watched.globs, *map(str, standing.watched.records))
        listed = ", ".join(watched[:_WATCHED])
        yield printable(f"  nothing changed of what it watches: {listed}{_more(len(watched) - _WATCHED)}")
    reviewed = standing.reviewed
    own = [
        change
        for change in history.changes(record.source.path)
        if reviewed is not None and day(change.commit.time) > reviewed
    ]
    if own:
        yield f"  {'the record itself' if alone else 'its file, which holds other records too,'} changed since:"
        yield from (f"    {commit(change)}" for change in own[:_COMMITS])
        if len(own) > _COMMITS:
            yield f"    and {len(own) - _COMMITS} more"
    yield from (printable(f"  note: {note}") for note in standing.notes)


def evidence(reasons: Iterable[Reason]) -> Iterator[str]:
    """Yield each reason, with its commits, the files that are not committed, and the fields that differ.

    A commit that is the evidence of several reasons is described once.
    """
    told: set[str] = set()
    for reason in reasons:
        yield printable(f"  {reason.verdict}: {_bare(reason)}")
        paths: dict[str, list[str]] = {}
        for change in reason.changes:
            paths.setdefault(change.commit.sha, []).append(change.path)
        one_file = len({change.path for change in reason.changes}) == 1
        commits = {change.commit.sha: change for change in reason.changes}
        for sha, change in list(commits.items())[:_COMMITS]:
            line = f"{sha[:SHA]}, as above" if sha in told else commit(change)
            where = f" ({', '.join(paths[sha][:_PATHS])}{_more(len(paths[sha]) - _PATHS)})"
            yield printable(f"    {line}{'' if one_file else where}")
            told.add(sha)
        if len(commits) > _COMMITS:
            yield f"    and {len(commits) - _COMMITS} more commits"
        yield from (printable(f"    not committed yet: {path}") for path in reason.uncommitted)
        yield from (printable(f"    {difference}") for difference in reason.differences or ())


def commit(change: Change) -> str:
    """Return a commit in a line: id, day, author, subject."""
    made = change.commit
    return printable(f"{made.sha[:SHA]} {day(made.time)} {made.name}: {made.subject}")


def _bare(reason: Reason) -> str:
    """Return a reason without the evidence in its sentence: what is listed below it is not said twice."""
    text = reason.text
    if reason.changes:
        text = text.partition(f" ({reason.changes[0].commit.sha[:SHA]} of ")[0]
    elif reason.uncommitted:
        text = text.removesuffix(" (not committed yet)")
    if reason.differences:
        text = text.partition(f": {reason.differences[0].field}")[0]
    return text


def _more(number: int) -> str:
    return f" and {number} more" if number > 0 else ""
