"""One review: what is shown of a record, the answer, and what is written of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked.projects import read_again
from mkdocs_handoff.cli.shown.evidence import shown
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED, UsageError
from mkdocs_handoff.past import look_back
from mkdocs_handoff.records.edit import EditError, write_fields
from mkdocs_handoff.staleness.stamp import Stamper
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mkdocs_handoff.cli.asked.looked import Looked
    from mkdocs_handoff.records.record import Identity, Record

YES, NO, ALL, QUIT = "yes", "no", "all", "quit"


class Review:
    """One run of the command in one project: it is read again where a file that was written holds more records."""

    def __init__(self, looked: Looked, by: str, done: list[str]) -> None:
        self.looked = looked
        self.project = looked.project
        self.by = by
        self.done = done
        self.written: set[str] = set()

    def review(self, identity: Identity, left: int, *, still_true: bool) -> str:
        """Show how a record stands, ask whether it still holds, write that it does; return the answer.

        Args:
            identity: The record.
            left: How many there are from this one on.
            still_true: Whether to take yes for an answer.
        """
        self.reread(identity)
        record, looked = self.record(identity), self.looked
        fields = self.stamper().review(record, self.by)  # of what is shown: what changes meanwhile was not looked at
        alone = len(self.project.catalog.files.get(record.source.path, ())) <= 1
        print("\n".join(shown(record, looked.standings[identity], looked.history, alone=alone)))
        every = f"yes to [a]ll {left:,} that are left, " if left > 1 else ""
        known = (YES, NO, *([ALL] if every else []), QUIT)
        answer = YES if still_true else ask(f"Still true? [y]es, [n]o, {every}[q]uit: ", known)
        if answer in (YES, ALL):
            if not still_true:
                self.unchanged({identity: fields.get("seen")}, lambda stamper, one: stamper.review(one, self.by))
            self.write(identity, fields)
            if "reviewers" not in fields and self.by not in map(str, self.record(identity).get("reviewers") or ()):
                print(f"  `reviewers` says more than names: add {self.by} there yourself")
        elif answer == NO:
            print(f"  left as it is; mend {self.file(self.record(identity).source.path)}, then review it")
        return answer

    def record(self, identity: Identity) -> Record:
        """Return a record as it was last read."""
        return self.project.catalog.records[identity]

    def file(self, path: str) -> str:
        """Return a file's path as the user sees it."""
        return self.looked.shown(path)

    def stamper(self) -> Stamper:
        """Return what makes the fields of a review."""
        root, today = self.project.settings.root, self.looked.report.today
        return Stamper(self.project.catalog, root, self.looked.history, today)

    def reread(self, identity: Identity) -> None:
        """Read the project again if a record stands in a file that was written."""
        path = self.record(identity).source.path
        if path not in self.written:
            return
        self.project = read_again(self.project)
        if identity not in self.project.catalog.records:
            raise self._stopped(f"{self.file(path)} changed meanwhile, and {identity} is not in it any more")

    def unchanged(
        self, seen: Mapping[Identity, object], made: Callable[[Stamper, Record], Mapping[str, object]]
    ) -> None:
        """Stop where something that was shown changed while somebody was asked.

        Args:
            seen: The fingerprints of what was shown, by record.
            made: Makes the fields of a record as it is now.
        """
        now, today = read_again(self.project), self.looked.report.today
        stamper = Stamper(now.catalog, now.settings.root, look_back(now.settings, today).history, today)
        for identity, looked_at in seen.items():
            record = now.catalog.records.get(identity)
            if record is None or made(stamper, record).get("seen") != looked_at:
                raise self._stopped(f"{identity}, or what it watches, changed while you were asked; look at it again")

    def write(self, identity: Identity, fields: dict[str, object]) -> None:
        """Write the fields of a review into a record."""
        record = self.record(identity)
        try:
            path = write_fields(self.project.settings.root, record, fields)  # type: ignore[arg-type]
        except EditError as error:
            raise self._stopped(str(error)) from None
        self.written.update((path, record.source.path))
        self.done.append(str(identity))
        print(printable(f"  {identity}: written to {self.file(path)}"))

    def _stopped(self, why: str) -> Exception:
        """Return the error that ends the run, with what was written before it."""
        return UsageError(why + (f"\nwritten before that: {', '.join(self.done)}" if self.done else ""))


def one_by_one(chosen: Sequence[tuple[Review, Identity]], *, still_true: bool) -> int:
    """Review records until somebody has enough; return the exit status."""
    answers: list[str] = []
    for number, (review, identity) in enumerate(chosen):
        if number:
            print()
        left = len(chosen) - number
        try:
            answers.append(review.review(identity, left, still_true=still_true or ALL in answers))
        except KeyboardInterrupt:
            print()
            left_as_is(left)
            return STOPPED
        if answers[-1] == QUIT:
            left_as_is(left)
            break
    return CLEAN if {YES, ALL}.issuperset(answers) else FINDINGS


def ask(question: str, answers: Sequence[str]) -> str:
    """Ask until there is one of some answers, or its first letter; whoever ends the input quits."""
    while True:
        try:
            answer = input(question).strip().lower()
        except EOFError:
            print()
            return QUIT
        for known in answers:
            if answer in (known, known[0]):
                return known


def left_as_is(number: int) -> None:
    """Say how many records were not settled."""
    print(f"stopped: {counted(number, 'record')} left as {'it is' if number == 1 else 'they are'}")
