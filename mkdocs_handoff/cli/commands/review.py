"""`mkdocs-handoff review`: what changed since a record's last review, and the answer whether it still holds."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from mkdocs_handoff.cli.asked.looked import Looked
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.staleness.stamp import Stamper
    from mkdocs_handoff.staleness.verdict import Cause, Reason

_YES, _NO, _ALL, _QUIT = "yes", "no", "all", "quit"
_COMMIT = re.compile(r"[0-9a-f]{4,64}")
"""A commit's name, or so much of it that it may tell it from others."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "review",
        help="show what changed since a record's review, and write that it still holds",
        description="Show what changed since the last review of records, ask whether they still hold, and write day, "
        "reviewer and fingerprints into them. Exit status: 0 all settled, 1 some answered with no or not at all, 2 "
        "could not run.",
    )
    parser.add_argument(
        "records",
        nargs="*",
        metavar="RECORD",
        help="a record's name (`churn`, `model:churn`) or its file; of a file with several, each is asked about",
    )
    parser.add_argument(
        "--by", required=True, metavar="PERSON", help="who reviews: a person's (or team's) name, `ann` or `person:ann`"
    )
    parser.add_argument(
        "--cause",
        metavar="CAUSE",
        help="settle, with one answer, what a cause made suspect: a commit, a record or an owner, as `staleness` names "
        "it (any commit that is told there will do). Only this is settled; the review date stays",
    )
    parser.add_argument("--still-true", action="store_true", help="answer yes, without being asked")
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Show, ask, write."""
    from mkdocs_handoff.cli.asked import records  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.looked import look  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.troubles import warn  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    if bool(given.records) == bool(given.cause):
        raise UsageError("name records to review, or a cause to settle (`--cause`), and not both")
    if not given.still_true and not sys.stdin.isatty():
        raise UsageError("nobody is there to be asked: read the records, then add --still-true")
    today = day_given(given.today)
    looked = look(given.config, records.paths_among(given.records), today)
    chosen = records.to_review(looked, given.records)
    involved = [one for one in looked if given.cause or any(project is one for project, _ in chosen)]
    reviewers = Names.of(involved).reviewer(given.by, today)
    done: list[str] = []  # across projects: what was written when one cannot be
    reviews = {one.name: _Review(one, by, done) for one, by in zip(involved, reviewers, strict=True)}
    warn(involved)
    if given.cause:
        (review,) = reviews.values()
        return review.settle(given.cause, still_true=given.still_true)
    return _one_by_one([(reviews[project.name], identity) for project, identity in chosen], given.still_true)


def _one_by_one(chosen: Sequence[tuple[_Review, Identity]], still_true: bool) -> int:  # noqa: FBT001 - as given
    """Review records until somebody has enough; return the exit status."""
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED  # noqa: PLC0415

    answers: list[str] = []
    for number, (review, identity) in enumerate(chosen):
        if number:
            print()
        left = len(chosen) - number
        try:
            answers.append(review.review(identity, left, still_true=still_true or _ALL in answers))
        except KeyboardInterrupt:
            print()
            _left(left)
            return STOPPED
        if answers[-1] == _QUIT:
            _left(left)
            break
    return CLEAN if {_YES, _ALL}.issuperset(answers) else FINDINGS


class _Review:
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
        from mkdocs_handoff.cli.shown.evidence import shown  # noqa: PLC0415

        self._read_again(identity)
        record, looked = self._record(identity), self.looked
        fields = self._stamper().review(record, self.by)  # of what is shown: what changes meanwhile was not looked at
        alone = len(self.project.catalog.files.get(record.source.path, ())) <= 1
        print("\n".join(shown(record, looked.standings[identity], looked.history, alone=alone)))
        every = f"yes to [a]ll {left:,} that are left, " if left > 1 else ""
        known = (_YES, _NO, *([_ALL] if every else []), _QUIT)
        answer = _YES if still_true else _asked(f"Still true? [y]es, [n]o, {every}[q]uit: ", known)
        if answer in (_YES, _ALL):
            if not still_true:
                self._unchanged({identity: fields.get("seen")}, lambda stamper, one: stamper.review(one, self.by))
            self._write(identity, fields)
            if "reviewers" not in fields and self.by not in map(str, self._record(identity).get("reviewers") or ()):
                print(f"  `reviewers` says more than names: add {self.by} there yourself")
        elif answer == _NO:
            print(f"  left as it is; mend {self._file(self._record(identity).source.path)}, then review it")
        return answer

    def settle(self, name: str, *, still_true: bool) -> int:
        """Settle what one cause made suspect; return the exit status."""
        from mkdocs_handoff.cli.status import STOPPED  # noqa: PLC0415

        cause, members = self._cause(name)
        self._tell(name, cause, members)
        try:
            return self._settle(cause, members, still_true=still_true)
        except KeyboardInterrupt:
            print()
            _left(len(members) - len(self.done))
            return STOPPED

    def _tell(self, name: str, cause: Cause, members: Sequence[Identity]) -> None:
        """Show what a cause is, how to mend it, and what rests on it."""
        from mkdocs_handoff.cli.shown import settling  # noqa: PLC0415
        from mkdocs_handoff.cli.shown.evidence import evidence  # noqa: PLC0415
        from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415

        reasons = [reason for identity in members for reason in self._reasons(identity, cause)]
        print(printable(f"Cause: {cause.name} {cause.title}"))
        if not _begins(cause.name, name):
            print(printable(f"  {name} is told there"))
        gone = _gone(cause, reasons)
        if gone is not None:
            print(printable(f"  {settling.mending(gone, self.project.catalog, self.looked.report.today)}"))
        print("\n".join(evidence(self._fullest(cause, members))))
        covered = settling.covering(cause, reasons)
        if covered:
            print(f"  {covered}")
        print(f"{_resting(len(members))}:")
        for identity in members:
            print(printable(f"  {identity} ({self._file(self._record(identity).source.path)})"))

    def _settle(self, cause: Cause, members: Sequence[Identity], *, still_true: bool) -> int:
        from mkdocs_handoff.cli.shown.settling import unmended  # noqa: PLC0415
        from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
        from mkdocs_handoff.cli.status import CLEAN, FINDINGS  # noqa: PLC0415

        stamper = self._stamper()
        fields = {
            identity: stamper.settle(self._record(identity), self._reasons(identity, cause)) for identity in members
        }
        those = "Is it" if len(members) == 1 else f"Are all {len(members):,} of them"
        answer = _YES if still_true else _asked(f"{those} still true? [y]es, [n]o: ", (_YES, _NO, _QUIT))
        if answer != _YES:
            which = "it" if len(members) == 1 else "them one by one"
            print(f"nothing was written; review {which}: mkdocs-handoff review RECORD --by {self.by}")
            return FINDINGS
        if not still_true:
            self._unchanged(
                {identity: made["seen"] for identity, made in fields.items()},
                lambda stamper, one: stamper.settle(one, self._reasons(one.identity, cause)),
            )
        for identity in members:
            self._read_again(identity)
            self._write(identity, fields[identity])
        if _gone(cause, self._reasons(members[0], cause)) is not None:
            print(printable(unmended(members)))
        return CLEAN

    def _cause(self, name: str) -> tuple[Cause, tuple[Identity, ...]]:
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.staleness.causes import causes  # noqa: PLC0415

        known = causes(self.looked.standings)
        exact = [cause for cause in known if cause.name == name]
        begun = [cause for cause in known if _begins(cause.name, name)]
        found = exact or begun or [cause for cause in known if self._tells(cause, known[cause], name)]
        if len(found) != 1:
            listed = "\n".join(
                f"  {cause.name}  {cause.title}: {_resting(len(known[cause]))}" for cause in found or known
            )
            which = "may mean several causes" if found else "is no cause of suspicion"
            raise UsageError(f"{name!r} {which}" + (f"; there are:\n{listed}" if listed else ": no record is suspect"))
        return found[0], known[found[0]]

    def _tells(self, cause: Cause, members: Sequence[Identity], name: str) -> bool:
        """Tell whether a commit is told below a cause that another one names, or a glob below one of a commit."""
        reasons = (reason for identity in members for reason in self._reasons(identity, cause))
        return any(
            reason.glob == name or any(_begins(change.commit.sha, name) for change in reason.changes)
            for reason in reasons
        )

    def _fullest(self, cause: Cause, members: Sequence[Identity]) -> list[Reason]:
        """Return why a cause made records suspect, of each thing that they watch once: with most evidence."""
        fullest: dict[tuple[str, Identity | None], Reason] = {}
        for reason in (reason for identity in members for reason in self._reasons(identity, cause)):
            of = (reason.glob, reason.target)
            if of not in fullest or _amount(reason) > _amount(fullest[of]):
                fullest[of] = reason
        return list(fullest.values())

    def _reasons(self, identity: Identity, cause: Cause) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.looked.standings[identity].reasons if reason.cause == cause)

    def _record(self, identity: Identity) -> Record:
        return self.project.catalog.records[identity]

    def _file(self, path: str) -> str:
        return self.looked.shown(path)

    def _stamper(self) -> Stamper:
        from mkdocs_handoff.staleness.stamp import Stamper  # noqa: PLC0415

        root, today = self.project.settings.root, self.looked.report.today
        return Stamper(self.project.catalog, root, self.looked.history, today)

    def _read_again(self, identity: Identity) -> None:
        """Read the project again if a record stands in a file that was written."""
        from mkdocs_handoff.cli.asked.projects import read_again  # noqa: PLC0415

        path = self._record(identity).source.path
        if path not in self.written:
            return
        self.project = read_again(self.project)
        if identity not in self.project.catalog.records:
            raise self._stopped(f"{self._file(path)} changed meanwhile, and {identity} is not in it any more")

    def _unchanged(
        self, seen: Mapping[Identity, object], made: Callable[[Stamper, Record], Mapping[str, object]]
    ) -> None:
        """Stop where something that was shown changed while somebody was asked.

        Args:
            seen: The fingerprints of what was shown, by record.
            made: Makes the fields of a record as it is now.
        """
        from mkdocs_handoff.cli.asked.projects import read_again  # noqa: PLC0415
        from mkdocs_handoff.past import look_back  # noqa: PLC0415
        from mkdocs_handoff.staleness.stamp import Stamper  # noqa: PLC0415

        now, today = read_again(self.project), self.looked.report.today
        stamper = Stamper(now.catalog, now.settings.root, look_back(now.settings, today).history, today)
        for identity, shown in seen.items():
            record = now.catalog.records.get(identity)
            if record is None or made(stamper, record).get("seen") != shown:
                raise self._stopped(f"{identity}, or what it watches, changed while you were asked; look at it again")

    def _write(self, identity: Identity, fields: dict[str, object]) -> None:
        from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
        from mkdocs_handoff.records.edit import EditError, write_fields  # noqa: PLC0415

        record = self._record(identity)
        try:
            path = write_fields(self.project.settings.root, record, fields)  # type: ignore[arg-type]
        except EditError as error:
            raise self._stopped(str(error)) from None
        self.written.update((path, record.source.path))
        self.done.append(str(identity))
        print(printable(f"  {identity}: written to {self._file(path)}"))

    def _stopped(self, why: str) -> Exception:
        """Return the error that ends the run, with what was written before it."""
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

        return UsageError(why + (f"\nwritten before that: {', '.join(self.done)}" if self.done else ""))


def _asked(question: str, answers: Sequence[str]) -> str:
    """Ask until there is one of some answers, or its first letter; whoever ends the input quits."""
    while True:
        try:
            answer = input(question).strip().lower()
        except EOFError:
            print()
            return _QUIT
        for known in answers:
            if answer in (known, known[0]):
                return known


def _left(number: int) -> None:
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    print(f"stopped: {counted(number, 'record')} left as {'it is' if number == 1 else 'they are'}")


def _resting(number: int) -> str:
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    return f"{counted(number, 'record')} rest{'s' if number == 1 else ''} on it"


def _begins(whole: str, name: str) -> bool:
    """Tell whether what a user typed means a name: a commit's may be longer or shorter, every other is the same."""
    if not (_COMMIT.fullmatch(whole) and _COMMIT.fullmatch(name)):
        return whole == name
    return whole.startswith(name) or name.startswith(whole)


def _gone(cause: Cause, reasons: Sequence[Reason]) -> Identity | None:
    """Return the owner who left, where that is a cause."""
    from mkdocs_handoff.staleness.verdict import About  # noqa: PLC0415

    return reasons[0].target if cause.about is About.OWNER and reasons else None


def _amount(reason: Reason) -> int:
    return len(reason.changes) + len(reason.uncommitted) + len(reason.differences or ())
