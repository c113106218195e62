"""What changed after a point in the past among the things that a record watches, as reasons with their evidence.

A fingerprint, where the review left one, says whether; history says who, when and what. Without a fingerprint history
says both. Where neither can, that is told: nothing that cannot be told counts as unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.staleness.covered import RecordFiles, covered_digest, covered_files
from mkdocs_handoff.staleness.differences import differences
from mkdocs_handoff.staleness.material import fingerprint, narrowed
from mkdocs_handoff.staleness.reasons import Found, files_reason, record_reason, unreadable
from mkdocs_handoff.staleness.verdict import About, Cause, Reason, Verdict
from mkdocs_handoff.staleness.versions import Archive
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.since import Since

_VERSIONS = 25
"""So many versions of a record are read to find the one that a review saw; older ones make the difference unknown."""

_COMMITS = 50
"""So many commits are kept as evidence that covered files changed."""


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
        self._records = RecordFiles(catalog)
        self._digests: dict[str, str] = {}
        self._found: dict[tuple[str, date | None, str, bool, bool], Found] = {}
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
            told.reasons.extend(self._gone(asked))
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

    def _gone(self, asked: Asked) -> Iterator[Reason]:
        """Yield that a record which the review saw is not there any more."""
        for name in asked.seen:
            kind, colon, rest = name.partition(":")
            if not colon or kind not in self._catalog.kinds or "/" in rest or self._catalog.find(name):
                continue
            cause = Cause(About.RECORD, name, f"{name} is gone")
            text = f"{name}, which the review saw, is not there any more"
            yield Reason(Verdict.SUSPECT, About.RECORD, text, cause)

    def _files(self, glob: str, asked: Asked, told: Told) -> None:
        since, seen = asked.since, asked.seen.get(glob, "")
        if seen and seen == self.digest(glob):
            return
        found = self._covered(glob, since)
        if seen and not found.changes and since.day is not None:  # the day of the review has more hours than one
            found = self._covered(glob, since, same_day=True)
        open_ = found.uncommitted if seen or since.uncommitted else ()
        if found.changes or open_:
            told.reasons.append(files_reason(glob, since, found, open_))
        elif seen and since.swept(glob, self._history):
            told.notes.append(f"{glob} was changed only by commits that do not count (sweeps, ignored revisions)")
        elif seen:
            known = found.known is Known.YES
            why = "and no commit since changed it: work that was not committed then"
            why = why if known else f"and {unreadable(found.known)} which commit changed it"
            text = f"{glob} differs from what the review saw, {why}"
            told.reasons.append(Reason(Verdict.SUSPECT, About.FILES, text, Cause(About.FILES, glob, glob), glob=glob))
        elif found.known is not Known.YES:
            told.blind.append(f"{unreadable(found.known)} whether {glob} changed {since.words}")

    def _covered(self, glob: str, since: Since, *, same_day: bool = False) -> Found:
        """Return what changed under a glob; many records cover the same code since the same commit."""
        key = (glob, since.day, since.commit, since.every, same_day)
        if key not in self._found:
            covered = since.covered(glob, self._history, same_day=same_day)
            # Records are watched by references.
            foreign = (
                [one for one in covered.changes if one.path not in self._records and one.was not in self._records]
                if covered
                else []
            )
            commits = list(dict.fromkeys(one.commit.sha for one in foreign))
            shown = frozenset(commits[:_COMMITS])
            self._found[key] = Found(
                covered.known,
                tuple(one for one in foreign if one.commit.sha in shown),
                len(commits) - len(shown),
                tuple(path for path in covered.uncommitted if path not in self._records),
            )
        return self._found[key]

    def _changed(self, target: Identity, asked: Asked, told: Told) -> _Compared | None:
        """Return what must be compared to tell whether a record changed; None where that is known already."""
        title = self._catalog.title(target)
        seen = asked.seen.get(str(target), "")
        if seen and seen == self.of(target, asked.heeded.get(target, ())):
            return None
        teller = asked.since.teller(self._history) if self._history.readable else None
        if teller is None:
            if seen:
                told.reasons.append(record_reason(target, self._catalog.title(target), asked.since, (), ()))
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
        before = tuple(change for change in trail if not teller(change))
        if after and not before:  # written then, or renamed and edited
            before = tuple(change for change in self.archive.past(target) if not teller(change))
        return _Compared(asked, target, after[:_VERSIONS], before[: max(1, count - len(after))])

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
                told.reasons.append(
                    record_reason(
                        target, self._catalog.title(target), since, one.after, self.archive.uncommitted(target)
                    )
                )
            elif one.after:
                born = day(one.after[-1].commit.time)
                told.notes.append(f"{self._catalog.title(target)} was written {since.words}, on {born}")
            return
        base = versions[place]
        if not base.known:
            if one.after:
                open_ = self.archive.uncommitted(target)
                told.reasons.append(record_reason(target, self._catalog.title(target), since, one.after, open_))
            else:
                told.blind.append(f"git cannot tell whether {self._catalog.title(target)} changed {since.words}")
            return
        if base.fingerprint == mark or (not base.fingerprint and not seen):
            return
        marks = [mark, *(version.fingerprint for version in versions[: place + 1])]
        open_ = self.archive.uncommitted(target) if marks[0] != marks[1] else ()
        made = tuple(versions[at].change for at in range(place) if marks[at + 1] != marks[at + 2])
        found = differences(base.fields, fields)
        told.reasons.append(record_reason(target, self._catalog.title(target), since, made, open_, found))
