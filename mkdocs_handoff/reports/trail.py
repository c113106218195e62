"""The audit trail of a record: each change of its file, by whom, when, and who looked at it."""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.history.approvals import APPROVED, GITLAB
from mkdocs_handoff.history.worktree import Place
from mkdocs_handoff.reports.owners.contributors import Contributor, Contributors
from mkdocs_handoff.text.plain import one_line
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.approvals import Approvals, Request
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.history.log import Commit
    from mkdocs_handoff.records.record import Identity, Record

SHOWN = 20
"""A page lists so many changes; who needs all of them asks git."""

_SHORT = 8

TRAILERS = {
    "co-authored-by": "with",
    "reviewed-by": "reviewed by",
    "acked-by": "acknowledged by",
    "signed-off-by": "signed off by",
}

# What a forge's merge button writes; the last number of a subject is the request that brought it, others are quoted.
_SQUASHED = re.compile(r"\s*\((?:pull request )?([#!][1-9]\d{0,9})\)$")
_MERGED = re.compile(r"Merge pull request (#[1-9]\d{0,9}) from |Merged PR ([1-9]\d{0,9}): ")

_PLACES = {
    Place.MODIFIED: "{} differs from the last commit; what changed since is not listed.",
    Place.MOVED: "{} was renamed since the last commit.",
    Place.ADDED: "{} is added, but not committed yet.",
    Place.UNTRACKED: "{} is not committed yet.",
    Place.DELETED: "{} is deleted.",
    Place.SUBMODULE: "{} is in a submodule, which has a history of its own.",
    Place.OUTSIDE: "{} lies outside the repository.",
    Place.UNKNOWN: "Git does not know {}.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody had to do with a change: `reviewed by` whom, and when where that is known."""

    what: str
    who: tuple[Contributor, ...]
    day: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit's change of a record's file.

    Attributes:
        commit: Its full id; `short` is the beginning of it.
        day: When it was committed, in UTC; None where the clock was beyond all years.
        late: Whether that is after today: a clock was wrong.
        subject: In one line, without the request's number at its end.
        did: What it did, if it is no ordinary change: a rename, part of a sweep.
        request: `pull request #12`, or `#12` where only the subject names it; `url` is its page.
        parts: From trailers, then from approvals.
        signature: How it is signed; empty for not at all, None where that could not be read.
    """

    commit: str
    short: str
    day: date | None
    late: bool
    author: Contributor
    subject: str
    did: str
    request: str
    url: str
    parts: tuple[Part, ...]
    signature: str | None


@dataclass(frozen=True, slots=True)
class Trail:
    """The changes of a record's file and its sidecar, newest first.

    Attributes:
        entries: The newest of them, at most `SHOWN`.
        total: How many there are.
        notes: What else is to be known: sentences.
        reason: Why there is no history to ask; then there are no entries.
    """

    entries: tuple[Entry, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def earlier(self) -> int:
        """How many changes are not listed."""
        return self.total - len(self.entries)


Paths = tuple[str, ...]
Changed = tuple["Commit", tuple["Change", ...]]
"""A commit, and what it did to one or two files."""


class Trails:
    """The trails of all records, each made when it is asked for; records of one file share theirs.

    Args:
        catalog: Whose records, and whose people.
        history: What git knows.
        approvals: Who approved what.
        today: What is dated later was dated by a wrong clock.
    """

    def __init__(self, catalog: Catalog, history: History, approvals: Approvals, today: date) -> None:
        self._catalog = catalog
        self._history = history
        self._approvals = approvals
        self._today = today
        self._made: dict[Paths, Trail] = {}
        self._parts: dict[tuple[str, ...], tuple[Part, ...]] = {}

    def of(self, identity: Identity) -> Trail:
        """Return the trail of a record."""
        if not self._history.readable:
            return Trail(reason=self._history.repository.state.value)
        paths = _paths(self._catalog.records[identity])
        if paths not in self._made:
            self._made[paths] = self._trail(paths)
        return self._made[paths]

    def _trail(self, paths: Paths) -> Trail:
        newest, total = self._changes[paths]
        notes = []
        held = len(self._catalog.files.get(paths[0], ()))
        if held > 1:
            notes.append(f"The file holds {held:,} records: these are the changes of all of it.")
        notes += [_placed(path, self._history.place(path), own=path == paths[0]) for path in paths]
        if not all(self._history.whole(path) for path in paths):
            notes.append(f"{'Earlier' if total else 'All'} changes lie before this shallow clone begins.")
        entries = tuple(self._entry(commit, changes) for commit, changes in newest)
        return Trail(entries, total, tuple(note for note in notes if note))

    def _entry(self, commit: Commit, changes: Sequence[Change]) -> Entry:
        subject, reference = told(commit.subject)
        request = self._approvals.of(commit.sha, reference)
        made = _day(commit.time)
        return Entry(
            commit.sha,
            commit.sha[:_SHORT],
            made,
            made is None or made > self._today + timedelta(days=1),
            self._people.find(commit.name, commit.email),
            subject or "(no subject)",
            self._did(commit, changes),
            reference if request is None else _request(request),
            "" if request is None else request.url,
            (*self._from_trailers(commit.trailers), *(self._approvals_of(request) if request else ())),
            self._signatures.get(commit.sha),
        )

    def _did(self, commit: Commit, changes: Sequence[Change]) -> str:
        if any(change.substantive for change in changes):
            return ""
        renamed = [change.was for change in changes if change.was]
        if renamed:
            return f"renamed from {one_line(renamed[0])}"
        if commit.files > self._history.branch.bulk:
            return f"part of a sweep over {commit.files:,} files"
        return "named in .git-blame-ignore-revs"

    def _from_trailers(self, trailers: tuple[str, ...]) -> tuple[Part, ...]:
        if trailers not in self._parts:
            found: dict[str, dict[Contributor, None]] = {what: {} for what in TRAILERS.values()}
            for trailer in trailers:
                key, _, value = trailer.partition(":")
                what = TRAILERS.get(key.strip().lower())
                name, _, email = value.partition("<")
                if what and value.strip():
                    who = self._people.find(name.strip() or email.partition("@")[0], email.partition(">")[0])
                    found[what][who] = None
            self._parts[trailers] = tuple(Part(what, tuple(who)) for what, who in found.items() if who)
        return self._parts[trailers]

    def _approvals_of(self, request: Request) -> Iterable[Part]:
        for one in request.approvals:
            who = self._people.find(one.name, one.email, one.by)
            yield Part(_STATES[one.state], (who,), one.at[:10], one.url)

    @cached_property
    def _changes(self) -> Mapping[Paths, tuple[list[Changed], int]]:
        """The newest changes of all records' files, and how many each has."""
        found: dict[Paths, tuple[list[Changed], int]] = {}
        for record in self._catalog.records.values():
            paths = _paths(record)
            if paths not in found:
                changes = _together([self._history.trail(path) for path in paths])
                found[paths] = changes[:SHOWN], len(changes)
        return found

    @cached_property
    def _signatures(self) -> Mapping[str, str]:
        """How the commits of all pages are signed: asked once, because a process for each page costs more than it."""
        shown = {commit.sha: None for newest, _ in self._changes.values() for commit, _ in newest}
        return self._history.signatures(list(shown)) if shown else {}

    @cached_property
    def _people(self) -> Contributors:
        return Contributors(self._catalog)


def told(subject: str) -> tuple[str, str]:
    """Return a subject in one line, and the request that it names: `#12`, on GitLab `!12`, or nothing.

    GitHub's and Bitbucket's merge and squash commits name it, Azure's as `Merged PR 12: …`; GitLab's merges only in
    their body, which history does not keep.
    """
    shown = one_line(subject)
    squashed = _SQUASHED.search(shown)
    if squashed:
        return shown[: squashed.start()] or shown, squashed[1]
    merged = _MERGED.match(shown)
    return shown, (merged[1] or f"#{merged[2]}") if merged else ""


def _paths(record: Record) -> Paths:
    sidecar = record.source.sidecar
    return (record.source.path,) if sidecar is None else (record.source.path, sidecar.path)


def _together(trails: Sequence[Sequence[Change]]) -> list[Changed]:
    """Bring the changes of a record's files together, a commit once, newest first."""
    found: dict[str, list[Change]] = {}
    for change in heapq.merge(*trails, key=lambda one: -one.commit.time):
        found.setdefault(change.commit.sha, []).append(change)
    return [(changes[0].commit, tuple(changes)) for changes in found.values()]


def _placed(path: str, place: Place, *, own: bool) -> str:
    named = "the file" if own else f"the sidecar {one_line(path)}"
    told_ = _PLACES.get(place, "").format(named)
    return told_[:1].upper() + told_[1:]


def _day(time: int) -> date | None:
    try:
        return day(time)
    except OverflowError:
        return None


def _request(request: Request) -> str:
    return f"{'merge' if request.forge == GITLAB else 'pull'} request {request.reference}"


_STATES = {
    APPROVED: "approved by",
    "outdated": "outdated approval by",
    "late": "approved after the merge by",
    "own": "own approval by",
    "changes-requested": "changes requested by",
    "dismissed": "dismissed review by",
}
