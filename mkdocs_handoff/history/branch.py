"""The commits that lead to what is checked out: which count, when each was made, and a path's past through renames."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.history import order
from mkdocs_handoff.history.ignored import ignored
from mkdocs_handoff.history.log import Commit, Log
from mkdocs_handoff.history.people import Person, mapped
from mkdocs_handoff.history.reach import Held, reach

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mkdocs_handoff.history.repository import Repository

BULK = 100
"""A commit of more files than this is a sweep: it says of no single file that somebody looked at it."""

_ALWAYS = 1 << 62

Names = tuple[str, str]
"""A path, and its name before a rename, or an empty text. From the work tree's root."""


@dataclass
class Branch:
    """Raw facts as they are read today.

    Attributes:
        repository: As git sees it.
        log: The raw facts; it may hold other branches' commits as well.
        bulk: More files than this make a commit a sweep.
        today: What is dated more than a day later was dated by a wrong clock (a day, because it may be tomorrow
            where the commit was made). None: all clocks are believed.
    """

    repository: Repository
    log: Log = field(default_factory=Log)
    bulk: int = BULK
    today: date | None = None

    def counts(self, number: int) -> bool:
        """Tell whether a commit is substantive: no sweep, not ignored, and not where a shallow clone begins."""
        return bool(self._counting[number])

    def newest(self, numbers: Sequence[int]) -> int:
        """Return the last of some commits, ascending, of which there is at least one."""
        return order.newest(self.log, numbers, believed=self._believed, sorted_=self._sorted)

    def substantive(self, numbers: Iterable[int]) -> list[int]:
        """Return those of some commits that are substantive, and those with which a shallow clone begins."""
        counting, boundary = self._counting, self.boundary
        if self._all_count:
            return list(numbers)
        return [number for number in numbers if counting[number] or number in boundary]

    def commit(self, number: int) -> Commit:
        """Return a commit, its author as `.mailmap` has it."""
        if number not in self._commits:
            found = self.log.commit(number)
            person = self._people.get((found.name, found.email))
            self._commits[number] = found._replace(name=person[0], email=person[1]) if person else found
        return self._commits[number]

    def number(self, sha: str) -> int | None:
        """Return the number of a commit of this branch, or None."""
        number = self._index.get(sha.encode("utf-8", "surrogateescape"))
        return number if number is not None and self.part[number] else None

    def holds(self, number: int) -> Held:
        """Return which commits a commit holds: itself, and what it builds on."""
        if number not in self._held:
            self.prepare((number,))
        return self._held[number]

    def prepare(self, numbers: Iterable[int]) -> None:
        """Find out at once what many commits hold."""
        self._held.update(reach(self.log, (one for one in numbers if one not in self._held), self.part))

    def moment(self, number: int) -> int:
        """Return the earliest moment at which a commit can have been made; of the future: after all."""
        return _ALWAYS if number in self.late else self.moments[number]

    def numbers_of(self, path: str) -> Iterable[int]:
        """Return the commits that changed a file, under any name it had, or begin a shallow clone, ascending."""
        if path in self.log.moves:
            return sorted(number for number, names in self.past(path).items() if not all(was for _, was in names))
        numbers = self.log.paths.get(path, [])
        return numbers if self._pure else [number for number in numbers if self.part[number]]

    def past(self, path: str) -> dict[int, list[Names]]:
        """Return what each commit did to a file: its name then, and the name before where it was renamed.

        What happened to an older name after the rename is another file's, unless a side did it that knew nothing of
        the rename.
        """
        log, part = self.log, self.part
        found: dict[int, list[Names]] = defaultdict(list)
        waiting, seen = [(path, -1)], {(path, -1)}
        while waiting:
            name, until = waiting.pop()
            for number, was in [*((one, "") for one in log.paths.get(name, ())), *log.moves.get(name, ())]:
                if not part[number] or (until >= 0 and order.builds_on(log, number, until)):
                    continue
                if (name, was) not in found[number]:
                    found[number].append((name, was))
                if was and (was, number) not in seen:
                    seen.add((was, number))
                    waiting.append((was, number))
        return dict(found)

    def dated(self, path: str) -> tuple[list[int], list[int]]:
        """Return the substantive commits that changed what stood at a path: their moments, ascending, and numbers."""
        if path not in self._dated:
            numbers = [one for one in self.log.paths.get(path, ()) if self.part[one] and self.counts(one)]
            pairs = sorted((self.moment(number), number) for number in numbers)
            self._dated[path] = [moment for moment, _ in pairs], [number for _, number in pairs]
        return self._dated[path]

    def numbered(self, path: str, *, every: bool = False) -> list[int]:
        """Return the substantive commits that changed what stood at a path, or every one, ascending."""
        if (path, every) not in self._numbered:
            found = (one for one in self.log.paths.get(path, ()) if self.part[one] and one not in self.boundary)
            self._numbered[path, every] = sorted(one for one in found if every or self.counts(one))
        return self._numbered[path, every]

    @cached_property
    def _counting(self) -> bytearray:
        """A byte for each commit: 1 where it is substantive."""
        bulk = self.bulk
        found = bytearray([files <= bulk for files in self.log.files])
        for number in (*self.ignored, *self.boundary):
            found[number] = 0
        return found

    @cached_property
    def _all_count(self) -> bool:
        return 0 not in self._counting

    @cached_property
    def part(self) -> bytearray:
        """A byte for each commit of the log: 1 where it is part of this branch."""
        if self._pure:
            return bytearray(b"\1") * len(self.log.heads)
        return order.reachable(self.log, self._index[self.repository.head.encode("ascii")])

    @cached_property
    def moments(self) -> array[int]:
        """For each commit the latest time of it and what it builds on, wrong clocks left out."""
        return order.moments(self.log, self._until)

    @cached_property
    def late(self) -> frozenset[int]:
        """The commits that are dated after today."""
        until, times = self._until, self.log.times
        if until is None or max(times, default=0) <= until:
            return frozenset()
        return frozenset(number for number, time in enumerate(times) if time > until)

    @cached_property
    def boundary(self) -> frozenset[int]:
        """The commits with which a shallow clone begins."""
        return self._numbers(self.repository.boundary)

    @cached_property
    def ignored(self) -> frozenset[int]:
        """The commits that blame is told to pass over."""
        return self._numbers(ignored(self.repository))

    @cached_property
    def _pure(self) -> bool:
        return self.log.tips == [self.repository.head]

    @cached_property
    def _believed(self) -> bool:
        """Whether no commit is dated before what it builds on."""
        return self.log.times == self.log.latest

    @cached_property
    def _sorted(self) -> bool:
        """Whether commits were made in the order of their numbers."""
        times = self.log.times.tolist()
        return times == sorted(times)

    @cached_property
    def _until(self) -> int | None:
        if self.today is None:
            return None
        return int(datetime.combine(self.today + timedelta(days=2), clock(), UTC).timestamp()) - 1

    @cached_property
    def _index(self) -> dict[bytes, int]:
        return self.log.numbers()

    @cached_property
    def _people(self) -> Mapping[Person, Person]:
        """Each name and e-mail of the log as `.mailmap` has it today; empty where there is none."""
        if not self.repository.mailmap and not (self.repository.top / ".mailmap").exists():
            return {}
        return mapped(self.repository.top, {self.log.person(number) for number in range(len(self.log.heads))})

    @cached_property
    def _commits(self) -> dict[int, Commit]:
        return {}

    @cached_property
    def _held(self) -> dict[int, Held]:
        return {}

    @cached_property
    def _numbered(self) -> dict[tuple[str, bool], list[int]]:
        return {}

    @cached_property
    def _dated(self) -> dict[str, tuple[list[int], list[int]]]:
        return {}

    def _numbers(self, shas: Iterable[str]) -> frozenset[int]:
        wanted = {sha.encode("ascii", "replace") for sha in shas}
        return frozenset(self._index[sha] for sha in wanted if sha in self._index) if wanted else frozenset()
