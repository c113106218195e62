"""CODEOWNERS held against the records: what it leaves without an owner, and where it names others than they do."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import TEAM
from mkdocs_handoff.catalog.owners import ACCOUNTABLE
from mkdocs_handoff.history.codeowners import Codeowners, Mistake, Rule, assign, read
from mkdocs_handoff.reports.owners.ownership import asks_for_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.handles import Handles
    from mkdocs_handoff.reports.owners.ownership import Holder, Ownership


@dataclass(frozen=True, slots=True)
class Unowned:
    """A record file, or files that a record covers, that CODEOWNERS gives to nobody.

    Attributes:
        path: The file, or the glob, from the project's root.
        records: The records that are written in the file, or that cover by the glob: those that name an accountable
            owner, or whose kind asks for one.
        line: The line that takes the owners away; 0 where no line matches.
        files: How many files it is about.
        example: One of them.
    """

    path: str
    records: tuple[Identity, ...]
    line: int
    files: int = 1
    example: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A record file, or files that a record covers, whose code owners do not include the accountable owner.

    Attributes:
        path: The file, or the glob, from the project's root.
        records: Those with this accountable owner that are written in the file, or that cover by the glob.
        accountable: Who answers for them.
        owners: Whom CODEOWNERS names instead.
        line: The line that says so.
        files: How many files it is about.
        example: One of them.
    """

    path: str
    records: tuple[Identity, ...]
    accountable: Holder
    owners: tuple[str, ...]
    line: int
    files: int = 1
    example: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A line that decides about no file, because later lines match all that it matches. `by`: those lines."""

    rule: Rule
    by: tuple[int, ...]
    files: int


@dataclass(frozen=True)
class Comparison:
    """CODEOWNERS held against the records.

    Attributes:
        path: The file, from the repository's root.
        unowned: Record files without a code owner, then what records cover, by path.
        disagreeing: Record files with other code owners, then what records cover, by path.
        incomparable: Accountable owners without a handle, where code owners are named that no record has: they may be
            the same. With how many files it is about.
        unsure: The record files and covered files of those: nobody can tell whether they agree.
        given: By record file, to whom it is given, and by which line: one for whom a record is written (teams first),
            else the handle that the line has; nobody where that names addresses alone, which belong on no page.
        hidden: Lines that decide about nothing.
        idle: Lines that match nothing.
        strangers: Code owners that no team or person is written for, with the lines that name them.
        mistakes: Lines that GitHub passes over.
        complete: Whether git told which files there are; without it `hidden`, `idle` and covered files are not known.
    """

    path: str
    unowned: tuple[Unowned, ...] = ()
    disagreeing: tuple[Disagreement, ...] = ()
    incomparable: tuple[tuple[Holder, int], ...] = ()
    hidden: tuple[Hidden, ...] = ()
    idle: tuple[Rule, ...] = ()
    strangers: tuple[tuple[str, tuple[int, ...]], ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    complete: bool = True
    unsure: tuple[Disagreement, ...] = ()
    given: Mapping[str, tuple[Identity | str, int]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def agrees(self) -> bool:
        """Whether every file that needs a code owner has one, and the accountable owner is among them."""
        return not self.unowned and not self.disagreeing


def top(root: Path, history: History) -> Path:
    """Return the folder whose CODEOWNERS counts: the repository's root, or the project's where git is not asked."""
    return history.repository.top if history.readable else root


def found(root: Path, history: History) -> Codeowners | None:
    """Return the CODEOWNERS file of a project's repository, or None where there is none."""
    return read(top(root, history))


def comparison(
    catalog: Catalog, owned: Ownership, handles: Handles, written: Codeowners, history: History
) -> Comparison:
    """Hold CODEOWNERS against the records.

    A file needs a code owner where one of its records names an accountable owner, or is of a kind that asks for one: a
    glossary without owners says nothing that CODEOWNERS could repeat.

    A record's file agrees where its accountable owner is among the code owners; or a team is, of which the owner is a
    member or part; or someone is who is a member, or part, of the accountable team. A file that several records cover
    agrees where it does so for one of them: only one line of CODEOWNERS decides about it.

    Args:
        catalog: The records.
        owned: Who owns what.
        handles: Who is meant by a code owner.
        written: The CODEOWNERS file.
        history: What files there are, and where the project stands in its repository.
    """
    prefix = history.repository.prefix if history.readable else ""
    files = {_joined(prefix, path): path for path in catalog.files}
    covered = _covered(catalog, history)
    inside = {_joined(prefix, path) for _, paths in covered.values() for path in paths}
    tracked = history.tree.tracked if history.readable else frozenset()
    asked = assign(written.rules, {*files, *inside, *tracked})
    telling = _Telling(owned, handles, catalog)
    unowned: list[Unowned] = []
    for full, path in sorted(files.items()):
        telling.file(path, catalog.files[path], asked.deciding.get(full), unowned)
    answering: dict[str, set[Identity]] = defaultdict(set)
    for records, paths in (*covered.values(), *((held, (path,)) for path, held in catalog.files.items())):
        accountable = {holder.identity for holder, _ in telling.by_accountable(records) if holder.identity is not None}
        for path in paths:
            answering[path] |= accountable
    telling.answering = answering
    for glob, (records, paths) in covered.items():
        telling.glob(glob, records, {path: asked.deciding.get(_joined(prefix, path)) for path in paths}, unowned)
    lines: dict[str, list[int]] = defaultdict(list)
    for rule in written.rules:
        for owner in rule.owners:
            if not handles.meant(owner):
                lines[owner].append(rule.line)
    complete = history.readable
    return Comparison(
        written.path,
        tuple(unowned),
        tuple(telling.disagreeing),
        tuple((holder, count) for holder, count in telling.incomparable.items()),
        tuple(
            Hidden(rule, asked.hidden_by[rule.line], asked.matched[rule.line])
            for rule in written.rules
            if complete and rule.line in asked.hidden_by
        ),
        tuple(rule for rule in written.rules if complete and not asked.matched[rule.line]),
        tuple((owner, tuple(dict.fromkeys(named))) for owner, named in sorted(lines.items())),
        written.mistakes,
        complete,
        tuple(telling.unsure),
        MappingProxyType(dict(_given({path: asked.deciding.get(full) for full, path in files.items()}, handles))),
    )


def _given(deciding: Mapping[str, Rule | None], handles: Handles) -> Iterator[tuple[str, tuple[Identity | str, int]]]:
    for path, rule in deciding.items():
        if rule is None or not rule.owners:
            continue
        meant = [one for owner in rule.owners for one in handles.meant(owner)]
        named = [owner for owner in rule.owners if owner.startswith("@")]
        if meant:
            yield path, (min(meant, key=lambda one: one.kind != TEAM), rule.line)
        elif named:
            yield path, (min(named, key=lambda owner: "/" not in owner), rule.line)


def covering(catalog: Catalog) -> Mapping[str, tuple[Identity, ...]]:
    """Return the records that cover files, by glob, in the order of globs; retired ones cover nothing that matters."""
    globs: dict[str, list[Identity]] = defaultdict(list)
    for identity, record in catalog.records.items():
        written = record.get("covers")
        for glob in dict.fromkeys(written if isinstance(written, list) else ()):
            if isinstance(glob, str) and record.lifecycle != "retired":
                globs[glob].append(identity)
    return {glob: tuple(globs[glob]) for glob in sorted(globs)}


def _covered(catalog: Catalog, history: History) -> Mapping[str, tuple[tuple[Identity, ...], Collection[str]]]:
    held: Callable[[str], Collection[str] | None] = history.held
    return {glob: (records, held(glob) or ()) for glob, records in covering(catalog).items()}


def _joined(prefix: str, path: str) -> str:
    """Return a path from the repository's root."""
    return posixpath.normpath(prefix + path) if path.startswith("../") else prefix + path


class _Telling:
    """Collects what differs."""

    def __init__(self, owned: Ownership, handles: Handles, catalog: Catalog) -> None:
        self._owned = owned
        self._handles = handles
        self._catalog = catalog
        self._owing = {name for name, kind in catalog.kinds.items() if asks_for_owner(kind)}
        self._known: dict[tuple[Identity, tuple[str, ...]], bool] = {}
        self.answering: Mapping[str, Collection[Identity]] = {}
        self.disagreeing: list[Disagreement] = []
        self.incomparable: dict[Holder, int] = defaultdict(int)
        self.unsure: list[Disagreement] = []

    def file(self, path: str, records: tuple[Identity, ...], rule: Rule | None, unowned: list[Unowned]) -> None:
        """Tell of a record file, unless nothing that is written in it needs a code owner."""
        asking = self._asking(records)
        if not asking:
            return
        if rule is None or not rule.owners:
            unowned.append(Unowned(path, asking, rule.line if rule else 0, example=path))
            return
        for holder, theirs in self.by_accountable(records):
            self._compare(Disagreement(path, theirs, holder, rule.owners, rule.line, example=path))

    def glob(
        self, glob: str, records: tuple[Identity, ...], rules: Mapping[str, Rule | None], unowned: list[Unowned]
    ) -> None:
        """Tell of the files that records cover by a glob, in one entry for each line that decides about some."""
        asking = self._asking(records)
        if not asking:
            return
        by_line: dict[int, list[str]] = defaultdict(list)
        deciding: dict[int, Rule | None] = {}
        for path, rule in rules.items():
            line = rule.line if rule is not None else 0
            if rule is not None and any(self._agrees(owner, rule.owners) for owner in self.answering[path]):
                continue
            deciding[line] = rule
            by_line[line].append(path)
        for line, paths in sorted(by_line.items()):
            rule = deciding[line]
            if rule is None or not rule.owners:
                unowned.append(Unowned(glob, asking, line, len(paths), paths[0]))
                continue
            for holder, theirs in self.by_accountable(records):
                self._compare(Disagreement(glob, theirs, holder, rule.owners, line, len(paths), paths[0]))

    def _asking(self, records: Sequence[Identity]) -> tuple[Identity, ...]:
        """Return the records that name an accountable owner or whose kind asks for one; no retired ones."""
        return tuple(
            record
            for record in records
            if self._catalog.records[record].lifecycle != "retired"
            and (record.kind in self._owing or self._owned.accountable(record) is not None)
        )

    def by_accountable(self, records: Sequence[Identity]) -> Iterator[tuple[Holder, tuple[Identity, ...]]]:
        """Yield the accountable owners of records that are written down, each with what they answer for."""
        found: dict[Identity, tuple[Holder, list[Identity]]] = {}
        for record in records:
            if self._catalog.records[record].lifecycle == "retired":
                continue
            for holder in self._owned.holders.get(record, ()):
                if holder.role == ACCOUNTABLE and holder.identity is not None:
                    found.setdefault(holder.identity, (holder, []))[1].append(record)
        for holder, theirs in found.values():
            yield holder, tuple(theirs)

    def _compare(self, told: Disagreement) -> None:
        """Keep what differs; and apart from it what may, where the owner has no handle to be known by."""
        owner = told.accountable.identity
        if owner is None or self._agrees(owner, told.owners):
            return
        if not self._handles.written(owner) and any(not self._handles.meant(written) for written in told.owners):
            self.incomparable[told.accountable] += told.files
            self.unsure.append(told)
            return
        self.disagreeing.append(told)

    def _agrees(self, owner: Identity, written: tuple[str, ...]) -> bool:
        if (owner, written) not in self._known:
            meant = {identity for text in written for identity in self._handles.meant(text)}
            self._known[owner, written] = any(
                one == owner or self._belongs(one, owner) or self._belongs(owner, one) for one in meant
            )
        return self._known[owner, written]

    def _belongs(self, one: Identity, team: Identity) -> bool:
        """Tell whether a person is in a team today, or a team is part of it."""
        people = self._owned.membership
        return one in people.within(team)[1:] or any(member.person == one for member in people.people(team))
