"""What changed, as reasons: sentences with dates and names, and the evidence behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.staleness.verdict import About, Cause, Reason, Verdict
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.differences import Difference
    from mkdocs_handoff.staleness.since import Since

_SHORT = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What changed under a glob: the newest commits' changes, how many commits there are more, what is uncommitted."""

    known: Known
    changes: tuple[Change, ...]
    more: int
    uncommitted: tuple[str, ...]


def record_reason(
    target: Identity,
    title: str,
    since: Since,
    changes: tuple[Change, ...],
    uncommitted: tuple[str, ...],
    found: tuple[Difference, ...] | None = None,
) -> Reason:
    """Return that a record changed: in which fields (None: nobody can tell), by which commits."""
    told = f": {_named(found)}" if found else ", difference unknown"
    text = f"{title} changed {since.words}{told}{_by(changes, uncommitted)}"
    return Reason(
        Verdict.SUSPECT,
        About.RECORD,
        text,
        Cause(About.RECORD, str(target), title),
        target,
        changes=changes,
        uncommitted=uncommitted,
        differences=found,
    )


def files_reason(glob: str, since: Since, found: Found, uncommitted: tuple[str, ...]) -> Reason:
    """Return that covered files changed: which, and by which commits."""
    moved = {one.path: one.was for one in found.changes if one.was}
    paths = tuple(dict.fromkeys((*(one.path for one in found.changes), *uncommitted)))
    shown = ", ".join(f"{path} (moved from {moved[path]})" if path in moved else path for path in paths[:3])
    commits = tuple({change.commit.sha: change for change in found.changes}.values())
    text = f"{shown}{_more(len(paths) - 3)} changed {since.words}{_by(commits, uncommitted, found.more)}"
    if commits:
        newest = commits[0].commit
        cause = Cause(About.FILES, newest.sha[:10], newest.subject)
    else:
        cause = Cause(About.FILES, glob, glob)
    return Reason(
        Verdict.SUSPECT,
        About.FILES,
        text,
        cause,
        glob=glob,
        changes=found.changes,
        more=found.more,
        uncommitted=uncommitted,
    )


def _by(commits: Sequence[Change], uncommitted: Sequence[str], more: int = 0) -> str:
    """Return who changed it and when, in words: the newest commit, and how many more there are."""
    if not commits:
        return " (not committed yet)" if uncommitted else ""
    newest = commits[0].commit
    told = f"{newest.sha[:10]} of {day(newest.time)} by {newest.name}, {newest.subject!r}"
    others = len({change.commit.sha for change in commits}) - 1 + more
    open_ = ", and more is not committed yet" if uncommitted else ""
    return f" ({told}{f', and {others:,} more' if others else ''}{open_})"


def _named(found: tuple[Difference, ...]) -> str:
    """Return in which fields a record differs; of one alone from what to what, if that is short."""
    if len(found) == 1 and len(str(found[0])) <= _SHORT:
        return str(found[0])
    names = dict.fromkeys(one.field for one in found)
    return ", ".join(list(names)[:3]) + _more(len(names) - 3)


def _more(number: int) -> str:
    return f" and {number} more" if number > 0 else ""


def unreadable(known: Known) -> str:
    """Return in words why a change cannot be told."""
    return "the clone is too shallow to tell" if known is Known.CUT else "git cannot tell"
