"""Single points of knowledge: what only one person knows, and what stops being known when somebody leaves.

Who knows a record, of the people who are still there:

- its owners, in whatever role; a team counts through the people who are in it today;
- who reviewed it: the field `reviewers`, and `Reviewed-by` of the commits that changed its file;
- who made at least a quarter of the substantive changes of its file, or of what it `covers`, each counted by commits.
  With a lower bar a corrected typo would hide that only one person knows a model; with a higher one two people who
  really share the work would count as nobody. Co-authors count as authors. Programs that commit know nothing.

People are one across these sources by e-mail address, GitHub login or full name of their record. Who has no record is
known by name, and counts as still there: nobody wrote that they left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.owners.contributors import Contributor, Contributors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.history.log import Commit
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.owners.ownership import Ownership

SHARE = 0.25
"""Who made such a part of the changes of something knows it."""

_EVER = -(1 << 62)
"""Before every commit."""


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody who knows a record. `how`: what shows it, for people."""

    who: Contributor
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A record that only one person knows, or nobody any more.

    Attributes:
        only: The one; None where all who knew it are gone.
        gone: Those who knew it and are gone.
        dependents: The records that depend on it directly: they refer to it by a relation that spreads suspicion or
            carries lineage.
    """

    record: Identity
    only: Knower | None
    gone: tuple[Knower, ...]
    dependents: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What nobody else knows, should somebody leave; `dependents` counts the records that depend on any of it."""

    who: Contributor
    points: tuple[Point, ...]
    dependents: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What the report rests on.

    Attributes:
        records: How many records were asked about.
        known: Of how many anybody is known who knows or knew them.
        history: Why git could not be asked; empty where it could.
        shallow: Whether the clone is shallow: who made older changes is not known.
        nameless: The names of people without a record.
    """

    records: int
    known: int
    history: str = ""
    shallow: bool = False
    nameless: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[str, ...]:
        """What could not be asked, in sentences."""
        said = []
        if self.history:
            said.append(f"Git could not be asked who made changes and reviewed them: {self.history}.")
        if self.shallow:
            said.append("This is a shallow clone: who made older changes is not known. Fetch the full history.")
        if self.records > self.known:
            missing = self.records - self.known
            who = "1 record has" if missing == 1 else f"{missing:,} records have"
            said.append(f"{who} neither owners, reviews nor authors that are known.")
        if self.nameless:
            names = ", ".join(self.nameless[:8]) + (", …" if len(self.nameless) > 8 else "")
            said.append(f"Known by name only, and taken to be still there: {names}. A record in `people/` says more.")
        return tuple(said)


@dataclass(frozen=True)
class SinglePoints:
    """Single points of knowledge.

    Attributes:
        points: What one person alone knows, what most depends on first.
        lost: What nobody knows any more, in the same order.
        leaving: By person: what is lost with them, the most first.
        basis: What all this rests on.
    """

    points: tuple[Point, ...]
    lost: tuple[Point, ...]
    leaving: tuple[Leaving, ...]
    basis: Basis


def single_points(catalog: Catalog, owned: Ownership, history: History) -> SinglePoints:
    """Compute what only one person knows."""
    asked = [
        record
        for record in catalog.records.values()
        if record.kind not in (TEAM, PERSON, TERM) and record.lifecycle != "retired"
    ]
    knowledge = _Knowledge(catalog, owned, history)
    points: list[Point] = []
    lost: list[Point] = []
    known = 0
    for record in asked:
        knowers = knowledge.of(record)
        known += bool(knowers)
        gone = owned.membership.gone
        here = [one for one in knowers if one.who.person not in gone]
        if not knowers or len(here) > 1:
            continue
        point = Point(
            record.identity,
            here[0] if here else None,
            tuple(one for one in knowers if one.who.person in gone),
            _dependents(record.identity, catalog),
        )
        (points if here else lost).append(point)
    points.sort(key=lambda one: (-len(one.dependents), one.record))
    lost.sort(key=lambda one: (-len(one.dependents), one.record))
    basis = Basis(
        len(asked),
        known,
        "" if history.readable else history.repository.state.value,
        bool(history.readable and history.repository.boundary),
        tuple(sorted(knowledge.nameless)),
    )
    return SinglePoints(tuple(points), tuple(lost), _leaving(points), basis)


def _leaving(points: Iterable[Point]) -> tuple[Leaving, ...]:
    by_person: dict[Contributor, list[Point]] = defaultdict(list)
    for point in points:
        if point.only is not None:
            by_person[point.only.who].append(point)
    found = [
        Leaving(who, tuple(theirs), len({one for point in theirs for one in point.dependents}))
        for who, theirs in by_person.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.points), -one.dependents, one.who.name)))


def _dependents(identity: Identity, catalog: Catalog) -> tuple[Identity, ...]:
    found = {one.source for one in catalog.incoming.get(identity, ()) if one.suspect or one.lineage}
    return tuple(sorted(found - {identity}))


class _Knowledge:
    """Asks all sources who knows a record."""

    def __init__(self, catalog: Catalog, owned: Ownership, history: History) -> None:
        self._catalog = catalog
        self._owned = owned
        self._history = history
        self._people = Contributors(catalog)
        self._known: dict[tuple[str, str], Contributor | None] = {}
        self._files: dict[str, tuple[Mapping[Contributor, float], tuple[Contributor, ...]]] = {}
        self._covers: dict[tuple[str, ...], Mapping[Contributor, float]] = {}
        self.nameless: set[str] = set()

    def of(self, record: Record) -> tuple[Knower, ...]:
        """Return who knows a record, those who are gone as well."""
        found: dict[Contributor, dict[str, None]] = defaultdict(dict)
        for who, how in self._all(record):
            found[who][how] = None
        self.nameless.update(who.name for who in found if who.person is None)
        return tuple(Knower(who, tuple(how)) for who, how in found.items())

    def _all(self, record: Record) -> Iterator[tuple[Contributor, str]]:
        for holder in self._owned.holders.get(record.identity, ()):
            yield from self._behind(holder.identity, holder.role)
        yield from self._reviewers(record)
        sidecar = record.source.sidecar
        for path in (record.source.path, *((sidecar.path,) if sidecar is not None else ())):
            shares, reviewers = self._file(path)
            for who in reviewers:
                yield who, "reviewed a change of it"
            for who, share in shares.items():
                if share >= SHARE:
                    yield who, f"made {share:.0%} of the changes of {path}"
        written = record.get("covers")
        globs = tuple(glob for glob in (written if isinstance(written, list) else ()) if isinstance(glob, str))
        for who, share in self._covered(globs).items():
            if share >= SHARE:
                yield who, f"made {share:.0%} of the changes of what it covers"

    def _behind(self, owner: Identity | None, how: str) -> Iterator[tuple[Contributor, str]]:
        """Yield the people behind a team or person."""
        if owner is None:
            return
        if owner.kind == PERSON:
            yield self._person(owner), how
            return
        title = self._catalog.title(owner)
        for member in self._owned.membership.people(owner):
            who = self._person(member.person) if member.person is not None else self._people.find(member.text)
            yield self._joined(who), f"{how}, as a member of {title}"

    def _reviewers(self, record: Record) -> Iterator[tuple[Contributor, str]]:
        written = record.get("reviewers")
        for number, name in enumerate(written if isinstance(written, list) else ()):
            target = self._catalog.targets.get((record.identity, ("reviewers", number)))
            if isinstance(target, Identity):
                yield from self._behind(target, "reviewer")
            elif isinstance(name, str):
                yield self._joined(self._people.find(*_parted(name))), "reviewer"

    def _file(self, path: str) -> tuple[Mapping[Contributor, float], tuple[Contributor, ...]]:
        """Return the part of a file's changes that each author made, and who reviewed any."""
        if path not in self._files:
            trail = self._history.trail(path)
            commits = {one.commit.sha: one.commit for one in trail if one.substantive}
            reviewers = (
                who for one in trail for who in self._from_trailers(one.commit, "reviewed-by") if who is not None
            )
            self._files[path] = self._shares(commits.values()), tuple(dict.fromkeys(reviewers))
        return self._files[path]

    def _covered(self, globs: tuple[str, ...]) -> Mapping[Contributor, float]:
        """Return the part of the changes that each author made of what globs cover."""
        if globs not in self._covers:
            found = self._history.covered(globs, _EVER) if globs else None
            changes = found.changes if found is not None and found.known is not Known.NOT else ()
            self._covers[globs] = self._shares({one.commit.sha: one.commit for one in changes}.values())
        return self._covers[globs]

    def _shares(self, commits: Iterable[Commit]) -> Mapping[Contributor, float]:
        counts: Counter[Contributor] = Counter()
        total = 0
        for commit in commits:
            authors = {self._author(commit.name, commit.email), *self._from_trailers(commit, "co-authored-by")}
            people = {one for one in authors if one is not None}
            total += bool(people)  # what a program did nobody need know
            counts.update(people)
        return {who: counts[who] / total for who in sorted(counts, key=lambda one: one.name)}

    def _from_trailers(self, commit: Commit, key: str) -> Iterator[Contributor | None]:
        for trailer in commit.trailers:
            name, _, value = trailer.partition(":")
            if name.strip().lower() == key and value.strip():
                yield self._author(*_parted(value))

    def _author(self, name: str, email: str) -> Contributor | None:
        """Return who a commit names; None for a program."""
        if (name, email) not in self._known:
            robot = name.endswith("[bot]") or "[bot]@" in email
            self._known[name, email] = None if robot else self._joined(self._people.find(name, email))
        return self._known[name, email]

    def _joined(self, who: Contributor) -> Contributor:
        """Return one and the same for all names under which a person goes."""
        return self._person(who.person) if who.person is not None else who

    def _person(self, identity: Identity) -> Contributor:
        return Contributor(self._catalog.title(identity), identity)


def _parted(text: str) -> tuple[str, str]:
    """Return name and address of `Ann Lee <ann@example.org>`."""
    name, _, rest = text.partition("<")
    email = rest.partition(">")[0].strip()
    return name.strip() or email.partition("@")[0], email
