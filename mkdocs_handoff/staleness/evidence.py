"""What changed after a point in the past among the things that a record watches, as reasons with their evidence.

A fingerprint, where the review left one, says whether; history says who, when and what. Without a fingerprint history
says both. Where neither can, that is told: nothing that cannot be told counts as unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.staleness.covered import covered_digest, covered_files
from mkdocs_handoff.staleness.differences import differences
from mkdocs_handoff.staleness.material import fingerprint, narrowed
from mkdocs_handoff.staleness.verdict import About, Cause, Reason, Verdict
from mkdocs_handoff.staleness.versions import Archive
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.facts import Change, Covered
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.differences import Difference
    from mkdocs_handoff.staleness.since import Since

_VERSIONS = 25
"""So many versions of a record are read to find the one that a review saw; older ones make the difference unknown."""

_SHORT = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one record: what it watches, since when, and what its last review saw."""

    identity: Identity
    globs: tuple[str, ...]
    records: tuple[Identity, ...]
    since: Since
    seen: Mapping[str, str] = field(default_factory=dict)
    heeded: Mapping[Identity, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Told:
    """What is answered.

    Attributes:
        reasons: What makes the record suspect.
        notes: What changed without making it so.
        blind: What could not be told.
    """

    reasons: list[Reason] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Compared:
    """A record that another one watches, and the versions that are needed to compare."""

    asked: Asked
    target: Identity
    after: tuple[Change, ...]
    before: tuple[Change, ...]

    @property
    def seen(self) -> str:
        """The fingerprint that the review left; empty without one."""
        return self.asked.seen.get(str(self.target), "")

    @property
    def heeded(self) -> tuple[str, ...]:
        """The fields that count; none: all that are material."""
        return self.asked.heeded.get(self.target, ())


class Evidence:
    """Finds out, for many records of a project at once, what changed."""

    def __init__(self, catalog: Catalog, root: Path, history: History) -> None:
        """Take a project and what git knows of it."""
        self._catalog = catalog
        self._root = root
        self._history = history
        self._records = frozenset((*catalog.files, *_sidecars(catalog)))
        self._digests: dict[str, str] = {}
        self.archive = Archive(catalog, history)

    def digest(self, glob: str) -> str:
        """Return the fingerprint of the files that a glob covers."""
        if glob not in self._digests:
            self._digests[glob] = covered_digest(covered_files(glob, self._root, self._history, self._records))
        return self._digests[glob]

    def of(self, identity: Identity, heeded: tuple[str, ...] = ()) -> str:
        """Return the fingerprint of a record, or of those of its material fields that are heeded."""
        fields, mark = self.archive.now(identity)
        return fingerprint(narrowed(fields, heeded)) if heeded else mark

    def tell(self, questions: Sequence[Asked]) -> dict[Identity, Told]:
        """Answer for many records at once: old versions are read together."""
        answers = {asked.identity: Told() for asked in questions}
        compared: list[_Compared] = []
        for asked in questions:
            told = answers[asked.identity]
            for glob in asked.globs:
                self._files(glob, asked, told)
            compared.extend(one for target in asked.records if (one := self._changed(target, asked, told)))
        # Most changes touch no field that counts: of those without a fingerprint the version of then says so alone.
        self.archive.read((one.target, one.before[0]) for one in compared if one.before and not one.seen)
        compared = [one for one in compared if one.seen or not one.before or self._differs(one)]
        self.archive.read((one.target, change) for one in compared for change in (*one.after, *one.before))
        for one in compared:
            self._compare(one, answers[one.asked.identity])
        return answers

    def _files(self, glob: str, asked: Asked, told: Told) -> None:
        seen = asked.seen.get(glob, "")
        if seen and seen == self.digest(glob):
            return
        covered = asked.since.covered(glob, self._history)
        changes = self._foreign(covered)
        if seen and not changes:  # the day of the review has more hours than one
            covered = asked.since.covered(glob, self._history, same_day=True)
            changes = self._foreign(covered)
        open_ = tuple(path for path in covered.uncommitted if path not in self._records)
        counting = open_ if seen or asked.since.uncommitted else ()
        if changes or counting:
            told.reasons.append(_files_reason(glob, asked.since, changes, counting))
        elif seen and covered.known is Known.YES:
            told.notes.append(f"{glob} was changed only by commits that do not count (sweeps, ignored revisions)")
        elif seen:
            text = f"{glob} differs from what the review saw; {_unreadable(covered.known)} which commit changed it"
            told.reasons.append(Reason(Verdict.SUSPECT, About.FILES, text, Cause(About.FILES, glob, glob), glob=glob))
        elif covered.known is not Known.YES:
            told.blind.append(f"{_unreadable(covered.known)} whether {glob} changed {asked.since.words}")

    def _foreign(self, covered: Covered) -> tuple[Change, ...]:
        """Return the changes of files that are no records: those are watched by references."""
        if not covered:
            return ()
        return tuple(change for change in covered.changes if change.path not in self._records)

    def _changed(self, target: Identity, asked: Asked, told: Told) -> _Compared | None:
        """Return what must be compared to tell whether a record changed; None where that is known already."""
        title = self._catalog.title(target)
        seen = asked.seen.get(str(target), "")
        if seen and seen == self.of(target, asked.heeded.get(target, ())):
            return None
        teller = asked.since.teller(self._history) if self._history.readable else None
        if teller is None:
            if seen:
                told.reasons.append(self._record_reason(target, asked.since, (), ()))
            else:
                told.blind.append(f"git cannot tell whether {title} changed {asked.since.words}")
            return None
        trail = self.archive.trail(target)
        after = tuple(change for change in trail if teller(change))
        open_ = self.archive.uncommitted(target)
        if not seen and not after:
            if not self._history.whole(self._catalog.records[target].source.path) and self._cut(asked):
                told.blind.append(f"the clone is too shallow to tell whether {title} changed {asked.since.words}")
                return None
            if not open_ or not asked.since.uncommitted or not trail:
                return None
        count = _VERSIONS if seen else len(after) + 1
        return _Compared(asked, target, after[:_VERSIONS], trail[len(after) :][: max(1, count - len(after))])

    def _cut(self, asked: Asked) -> bool:
        """Tell whether a shallow clone may begin after the point in question."""
        return self._history.cut_after(asked.since.day, asked.since.commit)

    def _differs(self, one: _Compared) -> bool:
        """Tell whether a record is not what it was at the point in question, or nobody knows what it was."""
        then = self.archive.version(one.target, one.before[0]).heeding(one.heeded)
        return not then.known or then.fingerprint != self.of(one.target, one.heeded)

    def _compare(self, one: _Compared, told: Told) -> None:
        target, since, seen, heeded = one.target, one.asked.since, one.seen, one.heeded
        fields, mark = narrowed(self.archive.now(target)[0], heeded), self.of(target, heeded)
        versions = [self.archive.version(target, change).heeding(heeded) for change in (*one.after, *one.before)]
        if seen:
            place = next((number for number, version in enumerate(versions) if version.fingerprint == seen), None)
        else:
            place = len(one.after) if one.before else None
        if place is None:
            if seen or len(one.after) == _VERSIONS:
                told.reasons.append(self._record_reason(target, since, one.after, self.archive.uncommitted(target)))
            elif one.after:
                born = day(one.after[-1].commit.time)
                told.notes.append(f"{self._catalog.title(target)} was written {since.words}, on {born}")
            return
        base = versions[place]
        if not base.known:
            if one.after:
                open_ = self.archive.uncommitted(target)
                told.reasons.append(self._record_reason(target, since, one.after, open_))
            else:
                told.blind.append(f"git cannot tell whether {self._catalog.title(target)} changed {since.words}")
            return
        if base.fingerprint == mark or (not base.fingerprint and not seen):
            return
        marks = [mark, *(version.fingerprint for version in versions[: place + 1])]
        open_ = self.archive.uncommitted(target) if marks[0] != marks[1] else ()
        made = tuple(versions[at].change for at in range(place) if marks[at + 1] != marks[at + 2])
        found = differences(base.fields, fields)
        told.reasons.append(self._record_reason(target, since, made, open_, found))

    def _record_reason(
        self,
        target: Identity,
        since: Since,
        changes: tuple[Change, ...],
        uncommitted: tuple[str, ...],
        found: tuple[Difference, ...] | None = None,
    ) -> Reason:
        title = self._catalog.title(target)
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


def _files_reason(glob: str, since: Since, changes: tuple[Change, ...], uncommitted: tuple[str, ...]) -> Reason:
    paths = tuple(dict.fromkeys((*(change.path for change in changes), *uncommitted)))
    shown = ", ".join(paths[:3]) + _more(len(paths) - 3)
    commits = tuple({change.commit.sha: change for change in changes}.values())
    text = f"{shown} changed {since.words}{_by(commits, uncommitted)}"
    if commits:
        newest = commits[0].commit
        cause = Cause(About.FILES, newest.sha[:10], newest.subject)
    else:
        cause = Cause(About.FILES, glob, glob)
    return Reason(Verdict.SUSPECT, About.FILES, text, cause, glob=glob, changes=changes, uncommitted=uncommitted)


def _by(commits: Sequence[Change], uncommitted: Sequence[str]) -> str:
    """Return who changed it and when, in words: the newest commit, and how many more there are."""
    if not commits:
        return " (not committed yet)" if uncommitted else ""
    newest = commits[0].commit
    told = f"{newest.sha[:10]} of {day(newest.time)} by {newest.name}, {newest.subject!r}"
    shas = {change.commit.sha for change in commits}
    return f" ({told}{f', and {len(shas) - 1} more' if len(shas) > 1 else ''})"


def _named(found: tuple[Difference, ...]) -> str:
    """Return in which fields a record differs; of one alone from what to what, if that is short."""
    if len(found) == 1 and len(str(found[0])) <= _SHORT:
        return str(found[0])
    names = dict.fromkeys(one.field for one in found)
    return ", ".join(list(names)[:3]) + _more(len(names) - 3)


def _more(number: int) -> str:
    return f" and {number} more" if number > 0 else ""


def _unreadable(known: Known) -> str:
    return "the clone is too shallow to tell" if known is Known.CUT else "git cannot tell"


def _sidecars(catalog: Catalog) -> Iterable[str]:
    return (record.source.sidecar.path for record in catalog.records.values() if record.source.sidecar is not None)
