"""`mkdocs-handoff capture`: what a machine knows of a model, taken from what lies in the repository."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from mkdocs_handoff.capture.found import Harvest
    from mkdocs_handoff.capture.merge import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity

_YES, _NO, _ALL, _QUIT = "yes", "no", "all", "quit"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "capture",
        help="fill a model's record with what lies in the repository: MLflow, DVC, metrics, lock files, checksums",
        description="Look for what says something of a model (or a pipeline): MLflow runs and MLmodel signatures, "
        "dvc.lock, .eval_results, metric files, lock files, the commit of the code, the files themselves. Show what "
        "would change, ask, and write it: as values from files, or marked as captured. What somebody wrote by hand "
        "stays. Exit status: 0 clean, 1 a file cannot be read, a value was refused, or --check finds a change, 2 could "
        "not run.",
    )
    parser.add_argument(
        "records", nargs="+", metavar="MODEL", help="a record's name (`churn`, `model:churn`), or its file"
    )
    parser.add_argument(
        "--from",
        dest="places",
        action="append",
        default=[],
        metavar="PATH",
        help="a file or folder of the project that belongs to it; may be repeated",
    )
    parser.add_argument("--run", dest="run_id", default="", metavar="ID", help="the MLflow run that made it")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="set what is shown, without being asked")
    how.add_argument("--dry-run", action="store_true", help="show, and write nothing")
    how.add_argument("--check", action="store_true", help="write nothing, and exit with 1 if something would change")
    parser.add_argument("--force", action="store_true", help="set also what is written by hand, or stated otherwise")
    options.add_format(parser, (options.TABLE, options.JSON))
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look, show, ask, write."""
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED, UsageError  # noqa: PLC0415
    from mkdocs_handoff.past import look_back  # noqa: PLC0415

    day = day_given(given.today)
    if given.yes and given.format == options.JSON:
        raise UsageError("--format json shows what would change, and writes nothing: leave out --yes")
    if len(given.records) > 1 and (given.places or given.run_id):
        raise UsageError("--from and --run belong to one record: name one")
    paths = [word for word in given.records if os.path.lexists(word)]
    (project,) = projects_with_records(given.config, paths[:1])
    places = tuple(_inside(project, place) for place in given.places)
    identities = [identity for word in given.records for identity in _meant(project, word)]
    capture = _Capture(given, project, look_back(project.settings, day).history, places)
    try:
        done = [capture.one(identity) for identity in dict.fromkeys(identities)]
    except KeyboardInterrupt:
        print()
        return STOPPED
    if given.format == options.JSON:
        import json  # noqa: PLC0415 - only who asks for it

        print(json.dumps({"version": 1, "records": capture.data}, ensure_ascii=False, indent=2))
    return CLEAN if all(done) else FINDINGS


class _Capture:
    """One run of the command."""

    def __init__(self, given: argparse.Namespace, project: Project, history: History, places: tuple[str, ...]) -> None:
        self.given = given
        self.project = project
        self.history = history
        self.places = places
        self.data: list[dict[str, object]] = []
        self.written: set[str] = set()

    def one(self, identity: Identity) -> bool:
        """Capture what belongs to one record; return whether all is well."""
        from mkdocs_handoff.capture.gather import gather, surroundings  # noqa: PLC0415
        from mkdocs_handoff.capture.merge import compare  # noqa: PLC0415
        from mkdocs_handoff.capture.written import Written  # noqa: PLC0415
        from mkdocs_handoff.cli.shown import captured as shown  # noqa: PLC0415
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

        self._read_again(identity)
        root, record = self.project.settings.root, self.project.catalog.records[identity]
        harvest = gather(surroundings(self.project, identity, self.places, self.given.run_id), self.history)
        _found_what_was_asked_for(harvest)
        written = Written(root, record)
        changes = compare(record, written, harvest.captured)
        wanted = [change for change in changes if change.sets(force=self.given.force)]
        if self.given.format == options.JSON:
            self.data.append(shown.as_data(identity, changes, harvest))
        else:
            self._show(identity, changes, harvest)
        well = not any(finding.severity == "error" for finding in harvest.findings)
        if self.given.check:
            return well and not wanted
        if self.given.dry_run or self.given.format == options.JSON or not wanted:
            return well
        if not self.given.yes and not sys.stdin.isatty():
            raise UsageError("nobody is there to be asked: --yes sets what is shown, --dry-run only shows it")
        chosen = wanted if self.given.yes else self._asked(wanted)
        if chosen:
            self._write(identity, chosen, harvest)
        return well and len(chosen) == len(wanted)

    def _show(self, identity: Identity, changes: Sequence[Change], harvest: Harvest) -> None:
        from mkdocs_handoff.cli.shown import captured as shown  # noqa: PLC0415
        from mkdocs_handoff.cli.shown import findings, terminal  # noqa: PLC0415

        colour = terminal.colour()
        print(terminal.painted(str(identity), terminal.BOLD, colour=colour))
        for line in shown.difference(changes, force=self.given.force, colour=colour):
            print(line)
        for line in shown.choices(harvest.choices):
            print(line)
        print(f"  {shown.summary(changes, force=self.given.force)}")
        for note in harvest.notes:
            print(terminal.printable(f"note: {note}"), file=sys.stderr)
        if harvest.findings:
            checked = findings.Checked(self.project, tuple(harvest.findings))
            print(findings.text(checked, colour=colour), end="", file=sys.stderr)

    def _asked(self, wanted: Sequence[Change]) -> list[Change]:
        """Ask field by field; return what is to be set."""
        from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

        groups: dict[str, list[Change]] = {}
        for change in wanted:
            groups.setdefault(change.captured.group, []).append(change)
        chosen: list[Change] = []
        answer = ""
        for number, (name, members) in enumerate(groups.items()):
            if answer != _ALL:
                left = len(groups) - number
                every = f"yes to [a]ll {left} fields, " if left > 1 else ""
                answer = _answer(f"Set {name} ({counted(len(members), 'value')})? [y]es, [n]o, {every}[q]uit: ")
            if answer == _QUIT:
                break
            if answer in (_YES, _ALL):
                chosen += members
        return chosen

    def _write(self, identity: Identity, chosen: Sequence[Change], harvest: Harvest) -> None:
        from mkdocs_handoff.capture.merge import fields  # noqa: PLC0415
        from mkdocs_handoff.capture.written import Written  # noqa: PLC0415
        from mkdocs_handoff.cli import files  # noqa: PLC0415
        from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.records.edit import EditError, write_fields  # noqa: PLC0415

        root, record = self.project.settings.root, self.project.catalog.records[identity]
        made = fields(Written(root, record), record, chosen, harvest.captured)
        try:
            path = write_fields(root, record, made)
        except EditError as error:
            raise UsageError(str(error)) from None
        self.written.update((path, record.source.path))
        print(printable(f"  {identity}: written to {files.shown(root / path)}"))

    def _read_again(self, identity: Identity) -> None:
        """Read the project again if a record stands in a file that was written."""
        from mkdocs_handoff.cli.asked.projects import read_again  # noqa: PLC0415

        if self.project.catalog.records[identity].source.path in self.written:
            self.project = read_again(self.project)
            self.written.clear()


def _found_what_was_asked_for(harvest: Harvest) -> None:
    """Let nobody believe that a run was looked at which is not there.

    Raises:
        UsageError: What was named is not there, or may be several.
    """
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    for choice in harvest.choices:
        if choice.asked:
            known = "; ".join(choice.among) or "none"
            raise UsageError(f"{choice.what}. {choice.hint} There are: {known}")


def _answer(question: str) -> str:
    """Ask until there is an answer; whoever ends the input quits."""
    while True:
        try:
            answer = input(question).strip().lower()
        except EOFError:
            print()
            return _QUIT
        for known in (_YES, _NO, _ALL, _QUIT):
            if answer in (known, known[0]):
                return known


def _inside(project: Project, place: str) -> str:
    """Return a file or folder that somebody names from the project's root.

    Raises:
        UsageError: It is not there, or not in the project.
    """
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.text.files import inside  # noqa: PLC0415

    root = project.settings.root
    if not os.path.lexists(place):
        raise UsageError(f"there is no file or folder {place!r}")
    relative = os.path.relpath(place, root).replace(os.sep, "/")
    try:
        within = not relative.startswith("..") and inside(root, root / relative)
    except OSError as error:
        raise UsageError(f"{place!r} cannot be read: {error.strerror or error}") from None
    if not within:
        raise UsageError(f"{place!r} is outside the project, and nothing is read there: copy it into the repository")
    return "" if relative == "." else relative


def _meant(project: Project, word: str) -> tuple[Identity, ...]:
    """Return the records that a word names: by name, or by their file.

    Raises:
        UsageError: It names none, may mean several, or one of a kind that nothing is captured for.
    """
    from mkdocs_handoff.capture.gather import takes  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    catalog = project.catalog
    if os.path.lexists(word):
        path = os.path.relpath(word, project.settings.root).replace(os.sep, "/")
        found: tuple[Identity, ...] = tuple(
            identity for identity, record in catalog.records.items() if record.source.path == path
        )
        if not found:
            raise UsageError(f"{word!r} holds no record; `mkdocs-handoff lint {word}` may tell why")
    else:
        # A model shares its name with what is made of it: among records of one name, those that can be filled.
        able = tuple(one for one in catalog.find(word) if takes(catalog, one))
        models = tuple(one for one in able if one.kind == "model") or able
        found = (
            models if len(models) == 1 else tuple(one for one in Names((catalog,), ()).record(word) if one is not None)
        )
    for identity in found:
        if not takes(catalog, identity):
            raise UsageError(
                f"{identity} is a {identity.kind}: nothing is captured for this kind, it has no `captured`"
            )
    return found
