"""Which records a user asks for: by name, file, owner, kind and verdict."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked.names import Names
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.reports.stale.groups import QUIET
from mkdocs_handoff.reports.stale.report import narrowed
from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mkdocs_handoff.cli.asked.looked import Looked
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.stale.groups import CauseGroup
    from mkdocs_handoff.reports.stale.rows import StaleRow


@dataclass(frozen=True)
class Asked:
    """What of a project was asked for.

    Attributes:
        looked: The project.
        scope: The records that were asked for, whatever their verdicts.
        rows: Those of them that are told, by risk.
    """

    looked: Looked
    scope: tuple[StaleRow, ...]
    rows: tuple[StaleRow, ...]

    def causes(self) -> Iterator[tuple[CauseGroup, tuple[StaleRow, ...]]]:
        """Yield what made records suspect, each with those of them that are told, by risk."""
        told = {row.identity for row in self.rows}
        for group in self.looked.report.by_cause:
            rows = tuple(one.row for one in group.members if one.row.identity in told)
            if group.cause is not None and rows:
                yield group, rows


def paths_among(words: Sequence[str]) -> list[str]:
    """Return those of a user's words that are files or folders; the others name records."""
    return [word for word in words if os.path.lexists(word)]


def scope(
    projects: Sequence[Looked], words: Sequence[str], owners: Sequence[str], kinds: Sequence[str]
) -> tuple[tuple[StaleRow, ...], ...]:
    """Return, of each project, the rows of the records that are asked for, whatever their verdicts, by risk.

    Args:
        projects: Those that were read.
        words: Records, files and folders; none: all records.
        owners: Teams and persons of which one must answer for a record; none: it does not matter who does.
        kinds: The kinds of which it must be one; none: any.

    Raises:
        UsageError: A name means nothing, or may mean several things; a file or folder holds no record.
    """
    names = Names.of(projects)
    names.check_kinds(kinds)
    owning = [names.owner(text) for text in owners]
    named = records_named(projects, words)
    _hold_records(projects, paths_among(words))
    files = [_below(one, paths_among(words)) for one in projects]
    return tuple(
        tuple(
            row
            for row in _answered([found[number] for found in owning], one)
            if (not kinds or row.kind in kinds)
            and (not words or row.identity in named[number] or files[number] & _files(row.record))
        )
        for number, one in enumerate(projects)
    )


def records_named(projects: Sequence[Looked], words: Sequence[str]) -> tuple[frozenset[Identity], ...]:
    """Return, of each project, the records that are named themselves.

    Raises:
        UsageError: A name means nothing, or may mean several records.
    """
    names, paths = Names.of(projects), set(paths_among(words))
    found = [names.record(word) for word in words if word not in paths]
    return tuple(frozenset(identity for each in found if (identity := each[number])) for number in range(len(projects)))


def to_review(projects: Sequence[Looked], words: Sequence[str]) -> tuple[tuple[Looked, Identity], ...]:
    """Return the records to review in the order in which they are named, each once; of a file, those that it holds.

    What does not age is passed over in a file that holds more.

    Raises:
        UsageError: A name means nothing, or may mean several records; a file holds none; a record does not age.
    """
    names, paths = Names.of(projects), set(paths_among(words))
    chosen: dict[tuple[int, Identity], None] = {}
    for word in words:
        if word in paths:
            found = [(number, identity) for number, one in enumerate(projects) for identity in _in_file(one, word)]
        else:
            found = [(number, one) for number, one in enumerate(names.record(word)) if one is not None]
        if not found:
            raise _recordless(word)
        aging = [(number, identity) for number, identity in found if _ages(projects[number], identity)]
        if not aging:
            number, identity = found[0]
            why = projects[number].standings[identity].reasons[0].text
            raise UsageError(f"{identity} is historical ({why}): there is nothing to review")
        chosen.update(dict.fromkeys(aging))
    return tuple((projects[number], identity) for number, identity in chosen)


def wanted(
    rows: Sequence[StaleRow], verdicts: Collection[Verdict], named: Collection[Identity], *, every: bool
) -> tuple[StaleRow, ...]:
    """Return the rows of some verdicts; without any, those that ask for something and those that are named.

    Args:
        rows: In scope.
        verdicts: Those that are asked for.
        named: Records that are named themselves.
        every: Whether those are asked for as well that ask for nothing.
    """
    if verdicts:
        return tuple(row for row in rows if row.verdict in verdicts)
    return tuple(row for row in rows if every or row.verdict not in QUIET or row.identity in named)


def _answered(owners: Sequence[Identity | None], one: Looked) -> tuple[StaleRow, ...]:
    if not owners:
        return one.report.every
    known = [owner for owner in owners if owner is not None]
    answering = {row.identity for owner in known for row in narrowed(one.report, owner, verdicts=Verdict)}
    return tuple(row for row in one.report.every if row.identity in answering)


def _ages(one: Looked, identity: Identity) -> bool:
    return one.standings[identity].verdict is not Verdict.HISTORICAL


def _in_file(one: Looked, path: str) -> list[Identity]:
    """Return the records of a file; a folder is not reviewed with one answer."""
    if Path(path).is_dir():
        raise UsageError(f"{path!r} is a folder: name the records to review, or their files")
    below = _below(one, [path])
    return [identity for identity, record in one.project.catalog.records.items() if below & _files(record)]


def _hold_records(projects: Sequence[Looked], paths: Sequence[str]) -> None:
    """Refuse a file or folder in which no project has a record."""
    held = [{path for record in one.project.catalog.records.values() for path in _files(record)} for one in projects]
    for path in paths:
        if not any(_below(one, [path]) & known for one, known in zip(projects, held, strict=True)):
            raise _recordless(path)


def _recordless(path: str) -> UsageError:
    return UsageError(f"{path!r} holds no record; `mkdocs-handoff lint {path}` may tell why")


def _files(record: Record) -> set[str]:
    """Return the files of a record, and the folders that they are in."""
    source = record.source
    paths = [source.path, *([source.sidecar.path] if source.sidecar is not None else [])]
    return {".", *paths, *(str(parent) for path in paths for parent in Path(path).parents)}


def _below(one: Looked, paths: Sequence[str]) -> set[str]:
    """Return files and folders as the project's records have them; of a folder above it, the whole project."""
    relative = (Path(os.path.relpath(path, one.project.settings.root)).as_posix() for path in paths)
    return {"." if path == ".." or path.endswith("/..") else path for path in relative}
