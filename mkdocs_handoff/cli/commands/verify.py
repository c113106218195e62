"""`mkdocs-handoff verify`: whether files are what records state, and whether a pipeline makes the same again."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.artifacts.checked import Checked
    from mkdocs_handoff.history.repository import Repository
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.running.compare import Comparison
    from mkdocs_handoff.running.plan import Plan
    from mkdocs_handoff.running.run import Ran

_FORMATS = (options.TABLE, options.JSON, options.MARKDOWN)
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_HOUR = 3600.0
_TAIL = 12


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "verify",
        help="hold files against the checksums that records state; run a pipeline again",
        description="Read the files that records give checksums of, and compare. With --run, run the commands of a "
        "pipeline in a clean worktree, after showing them and asking, and compare what they make. Exit status: 0 all "
        "that is here matches, 1 something does not, 2 could not run.",
    )
    parser.add_argument(
        "records",
        nargs="*",
        metavar="RECORD",
        help="a record's name, its file, or a folder (default: all records); a model brings the pipeline that makes it",
    )
    options.add_format(parser, _FORMATS)
    parser.add_argument(
        "--record", action="store_true", help="write what was found into the records: `verified`, and `runs` of --run"
    )
    parser.add_argument(
        "--run", dest="running", action="store_true", help="run the pipelines that are named, or that make a model"
    )
    parser.add_argument("--yes", action="store_true", help="with --run: run what is shown without asking")
    parser.add_argument(
        "--commit", default="", metavar="REV", help="with --run: what is checked out and run (default: HEAD)"
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=_HOUR,
        metavar="TIME",
        help="with --run: how long all commands of a pipeline may take: 90, 45m, 2h (default: 1h)",
    )
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    found = re.fullmatch(r"(\d{1,7}(?:\.\d+)?)\s*([smh]?)", text.strip())
    if found is None or float(found[1]) <= 0:
        import argparse  # noqa: PLC0415

        raise argparse.ArgumentTypeError(f"{text!r} is no time: write seconds, or 45m, 2h")
    return float(found[1]) * _UNITS[found[2]]


def run(given: argparse.Namespace) -> int:
    """Check, run if asked, print, and write if asked."""
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.records import paths_among  # noqa: PLC0415
    from mkdocs_handoff.cli.shown import verified as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED, UsageError  # noqa: PLC0415

    if not given.running and (given.yes or given.commit):
        raise UsageError(f"{'--yes' if given.yes else '--commit'} is for --run")
    today = day_given(given.today)
    (project, *more) = projects_with_records(given.config, paths_among(given.records))
    if more:
        raise UsageError("the files that are named belong to several projects: name those of one")
    verifying = _Verifying(project, today, record=given.record)
    chosen = verifying.chosen(given.records)
    to_run = verifying.to_run(given, chosen) if given.running else []
    checked = verifying.check(chosen)
    if given.format != options.JSON:
        print(shown.rows(given.format, checked, verifying.shown), end="")
    try:
        for identity in to_run:
            verifying.run(identity, given)
    except KeyboardInterrupt:
        verifying.write_runs()
        _say("stopped: nothing runs any more, the worktree is removed, and nothing of this run was recorded")
        return STOPPED
    if given.format == options.JSON:
        commit = verifying.repository.head
        print(shown.as_json(checked, verifying.runs, today, commit, verifying.shown), end="")
    _say(shown.summary(checked))
    if given.record:
        verifying.write_runs()
        verifying.write_verified(checked)
    return CLEAN if verifying.good(checked, len(to_run)) else FINDINGS


@dataclass
class _Verifying:
    """One run of the command."""

    project: Project
    today: date
    record: bool
    runs: list[dict[str, Any]] = field(default_factory=list)
    _repository: Repository | None = None
    _by: str = ""
    _written: set[str] = field(default_factory=set)
    _entries: list[tuple[Identity, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        errors = self.project.errors
        if errors:
            _say(f"lint finds {len(errors):,} errors: what cannot be read is not verified (`mkdocs-handoff lint`)")
        if self.record:
            self._by = self._reviewer()

    @property
    def root(self) -> Path:
        return self.project.settings.root

    @property
    def repository(self) -> Repository:
        """What git says of the project's folder."""
        from mkdocs_handoff.history.repository import repository  # noqa: PLC0415

        if self._repository is None:
            self._repository = repository(self.root)
        return self._repository

    def shown(self, path: str) -> str:
        """Return a file of the project as it can be opened from the current folder."""
        from mkdocs_handoff.cli import files  # noqa: PLC0415

        return files.shown(os.path.join(self.root, path))  # noqa: PTH118 - once a row

    def chosen(self, words: Sequence[str]) -> list[Identity]:
        """Return the records that are asked for, each once, with the pipelines that make the models among them."""
        from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
        from mkdocs_handoff.cli.asked.records import paths_among  # noqa: PLC0415

        catalog = self.project.catalog
        if not words:
            return list(catalog.records)
        names, paths = Names((catalog,), ()), set(paths_among(words))
        found: dict[Identity, None] = {}
        for word in words:
            named = self._in(word) if word in paths else [one for one in names.record(word) if one is not None]
            for identity in named:
                found[identity] = None
                found.update(dict.fromkeys(self._made_by(identity)))
        return list(found)

    def _in(self, path: str) -> list[Identity]:
        """Return the records of a file or folder."""
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

        inside = os.path.relpath(path, self.root).replace(os.sep, "/")
        every = inside == "." or inside.split("/")[0] == ".."
        found = []
        for identity, record in self.project.catalog.records.items():
            layers = (record.source.layer, record.source.sidecar)
            held = [layer.path for layer in layers if layer is not None]
            if every or any(one == inside or one.startswith(f"{inside}/") for one in held):
                found.append(identity)
        if not found:
            raise UsageError(f"{path!r} holds no record; `mkdocs-handoff lint {path}` may tell why")
        return found

    def _made_by(self, identity: Identity) -> Iterator[Identity]:
        """Yield the pipeline that a record's `reproduce` names."""
        targets = self.project.catalog.targets
        for at in (("reproduce", "pipeline"), ("reproduce", "pipeline", "ref")):
            target = targets.get((identity, at))
            if target in self.project.catalog.records:
                yield target  # type: ignore[misc]

    def check(self, chosen: Sequence[Identity]) -> tuple[Checked, ...]:
        """Hold the files of records against what they state."""
        from mkdocs_handoff.artifacts.checked import check  # noqa: PLC0415
        from mkdocs_handoff.artifacts.stated import stated_by  # noqa: PLC0415
        from mkdocs_handoff.cli.shown.bar import Bar  # noqa: PLC0415

        catalog = self.project.catalog
        stated = [one for identity in chosen for one in stated_by(catalog.records[identity], catalog, self.root)]
        bar = Bar()
        try:
            return check(self.root, stated, bar.progress)
        finally:
            bar.gone()

    def good(self, checked: Sequence[Checked], asked: int) -> bool:
        """Tell whether nothing is wrong, and all that was to be run made the same."""
        from mkdocs_handoff.artifacts.checked import WRONG  # noqa: PLC0415

        same = [run for run in self.runs if run["result"] in ("same", "within tolerance")]
        return not any(one.state in WRONG for one in checked) and len(same) == asked

    def write_verified(self, checked: Sequence[Checked]) -> None:
        """Write what was found of their files into records."""
        from mkdocs_handoff.artifacts.checked import State  # noqa: PLC0415
        from mkdocs_handoff.artifacts.evidence import VERIFIED, verified  # noqa: PLC0415
        from mkdocs_handoff.records.edit import write_fields  # noqa: PLC0415

        by_record: dict[Identity, list[Checked]] = {}
        for one in checked:
            by_record.setdefault(one.stated.record, []).append(one)
        uncommitted = self._uncommitted() if by_record else ()
        for identity, found in by_record.items():
            if all(one.state is State.UNSTATED for one in found):
                continue
            kind = self.project.catalog.kinds[identity.kind]
            known = kind.root.fields.get(VERIFIED)
            if known is None or "matched" not in known.fields:  # an evaluation's `verified` is another thing
                _say(f"{identity}: not recorded, its kind has no place for it (`{VERIFIED}` with `matched` and `of`)")
                continue
            held = verified(found, self.today, self._by, self.repository.head, uncommitted)
            self._write(identity, lambda record, held=held: write_fields(self.root, record, {VERIFIED: held}))

    def to_run(self, given: argparse.Namespace, chosen: Sequence[Identity]) -> list[Identity]:
        """Return the pipelines to run, when they can be: there is a repository, and somebody to ask or a yes."""
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.history.repository import State  # noqa: PLC0415

        if not given.records:
            raise UsageError("--run needs to be told what: name pipelines, or models that name one (`reproduce:`)")
        found = [identity for identity in chosen if identity.kind == "pipeline"]
        if not found:
            raise UsageError("nothing that is named is a pipeline, or a model whose `reproduce` names one")
        if self.repository.state is not State.READY:
            raise UsageError(f"--run needs a commit to check out: {self.repository.state.value}")
        if not given.yes and not sys.stdin.isatty():
            raise UsageError("--run asks before it runs anything, and nobody is there to be asked: add --yes")
        return found

    def run(self, identity: Identity, given: argparse.Namespace) -> None:
        """Show what a pipeline runs, ask, run it in a clean worktree, compare, and write what came of it."""
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.running.plan import plan_of  # noqa: PLC0415
        from mkdocs_handoff.running.worktree import WorktreeError, commit_of, worktree  # noqa: PLC0415

        try:
            commit = commit_of(self.repository, given.commit or "HEAD")
            with worktree(self.repository, commit) as tree:
                folder = (tree / self.repository.prefix).resolve()
                project = self._as_of(folder)
                if identity not in project.catalog.records:
                    raise UsageError(f"commit {commit[:12]} has no {identity}: commit it first, or name another")
                plan = plan_of(project.catalog.records[identity], project.catalog, folder)
                self._show(plan, commit, folder, given)
                if not given.yes and not _agreed():
                    _say("nothing was run")
                    return
                self._carry_out(plan, commit, folder, given)
        except WorktreeError as error:
            raise UsageError(str(error)) from None

    def _as_of(self, folder: Path) -> Project:
        """Return the project as the commit has it."""
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.project import load  # noqa: PLC0415
        from mkdocs_handoff.settings import OWN_FILE, find_settings  # noqa: PLC0415

        if not folder.is_dir():
            raise UsageError("that commit does not have the project's folder")
        name = self.project.settings.path
        there = name if name != OWN_FILE and (folder / name).is_file() else ""
        return load(find_settings(folder, there))

    def _show(self, plan: Plan, commit: str, folder: Path, given: argparse.Namespace) -> None:
        """Say what is going to run, where, and what becomes of it."""
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.running.evidence import duration  # noqa: PLC0415

        if not plan.commands:
            raise UsageError(f"{plan.pipeline} declares no command at commit {commit[:12]}: there is nothing to run")
        _say(f"{plan.pipeline} at commit {commit}, in {folder} (a clean worktree, removed afterwards), runs:")
        for command in plan.commands:
            for line in command.text.splitlines():
                print(f"  [{_printable(command.step)}] {_printable(line)}", file=sys.stderr)
        told = [f"at most {duration(given.timeout)}", "with your rights, your environment and the network"]
        print(f"  {'; '.join(told)}", file=sys.stderr)
        if plan.left_out:
            print(f"  left out, done by hand: {_printable(', '.join(plan.left_out))}", file=sys.stderr)
        names = [one.path for one in plan.outputs] + [one.name for one in plan.figures]
        what = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
        compared = f"then compares {what}" if names else "no output with a path or a metric from a file to compare"
        print(f"  {_printable(compared)}", file=sys.stderr)
        if commit == self.repository.head:
            dirty = self._uncommitted(everywhere=True)
            if dirty:
                some = ", ".join(dirty[:4]) + (" …" if len(dirty) > 4 else "")
                print(f"  uncommitted changes are not part of it: {_printable(some)}", file=sys.stderr)

    def _carry_out(self, plan: Plan, commit: str, folder: Path, given: argparse.Namespace) -> None:
        """Run, compare, print and record."""
        import tempfile  # noqa: PLC0415

        from mkdocs_handoff.cli.shown import verified as shown  # noqa: PLC0415
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.running import compare, evidence  # noqa: PLC0415
        from mkdocs_handoff.running.environment import summary  # noqa: PLC0415
        from mkdocs_handoff.running.run import run as run_commands  # noqa: PLC0415

        before = compare.look(folder, plan.outputs, plan.figures)
        surroundings = summary(folder, plan.lockfiles)
        compare.take_away(folder, plan.outputs, plan.needed)
        handle, log = tempfile.mkstemp(prefix="mkdocs-handoff-verify-", suffix=".log")
        _say(f"what the commands print goes to {log}")
        with os.fdopen(handle, "wb") as file:
            try:
                ran = run_commands(
                    plan.commands, folder, file, given.timeout, lambda one: _say(f"running {_printable(one.step)} …")
                )
            except OSError as error:
                raise UsageError(f"a command cannot be started: {error.strerror or error}") from None
        found = compare.compare(folder, before) if ran.failed is None else None
        run = _as_data(plan, commit, ran, found, surroundings, log)
        self.runs.append(run)
        if given.format != options.JSON:
            print(shown.run_rows(given.format, run), end="")
        _say(_outcome(plan, ran, found, run))
        if ran.failed is not None:
            _tail(log)
        if self.record:
            item = evidence.entry(plan, ran, found, self.today, self._by, commit, surroundings)
            self._entries.append((plan.pipeline, item))

    def write_runs(self) -> None:
        """Write what came of the pipelines that were run into their records."""
        from mkdocs_handoff.records.edit import append_to  # noqa: PLC0415
        from mkdocs_handoff.running.evidence import RUNS  # noqa: PLC0415

        for identity, item in self._entries:
            self._write(identity, lambda record, item=item: append_to(self.root, record, RUNS, item))
        self._entries.clear()

    def _write(self, identity: Identity, change: Any) -> None:
        """Change a record's file; one that was written before is read again first."""
        from mkdocs_handoff.cli.asked.projects import read_again  # noqa: PLC0415
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.records.edit import EditError  # noqa: PLC0415

        record: Record | None = self.project.catalog.records.get(identity)
        if record is None or record.source.path in self._written:
            self.project = read_again(self.project)
            record = self.project.catalog.records.get(identity)
        if record is None:
            raise UsageError(f"{identity} is not there any more: nothing was written into it")
        try:
            path = change(record)
        except EditError as error:
            raise UsageError(str(error)) from None
        self._written.update((path, record.source.path))
        _say(f"{identity}: written to {self.shown(path)}")

    def _reviewer(self) -> str:
        """Return who works here, as git knows it: the person's record, else the name."""
        from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
        from mkdocs_handoff.history.user import user  # noqa: PLC0415
        from mkdocs_handoff.reports.owners.contributors import Contributors  # noqa: PLC0415

        name, email = user(self.root)
        if not name and not email:
            raise UsageError("--record writes who checked, and git does not know: `git config user.name 'Ann Lee'`")
        found = Contributors(self.project.catalog).find(name, email)
        return str(found.person) if found.person is not None else name or email

    def _uncommitted(self, *, everywhere: bool = False) -> tuple[str, ...]:
        """Return the files that are not committed as they are: of the project, or of the whole repository."""
        from mkdocs_handoff.history.repository import State  # noqa: PLC0415
        from mkdocs_handoff.running.worktree import WorktreeError, uncommitted  # noqa: PLC0415

        if self.repository.state is not State.READY:
            return ()
        try:
            paths = uncommitted(self.repository)
        except WorktreeError as error:
            _say(str(error))
            return ()
        prefix = self.repository.prefix
        return paths if everywhere else tuple(path[len(prefix) :] for path in paths if path.startswith(prefix))


def _as_data(
    plan: Plan, commit: str, ran: Ran, found: Comparison | None, surroundings: dict[str, str], log: str
) -> dict[str, Any]:
    from mkdocs_handoff.running.evidence import failure, result_of  # noqa: PLC0415

    return {
        "pipeline": str(plan.pipeline),
        "commit": commit,
        "result": result_of(ran, found) or None,
        "failure": failure(ran) or None,
        "seconds": round(ran.seconds, 3),
        "environment": surroundings,
        "checksums_match": found.checksums_match if found is not None else None,
        "metric_deltas": dict(found.deltas) if found is not None else {},
        "compared": [
            {"name": one.name, "outcome": one.outcome.value, "reason": one.reason}
            for one in (found.every if found is not None else ())
        ],
        "left_out": list(plan.left_out),
        "log": log,
    }


def _outcome(plan: Plan, ran: Ran, found: Comparison | None, run: dict[str, Any]) -> str:
    from mkdocs_handoff.running.evidence import duration  # noqa: PLC0415

    if ran.failed is not None or found is None:
        return f"{plan.pipeline} failed: {run['failure']}; what it printed is in {run['log']}"
    result = found.result or "ran, and nothing is written down to compare: give its outputs a path and a checksum"
    return f"{plan.pipeline} at {run['commit'][:12]}: {result}, after {duration(ran.seconds)}"


def _tail(log: str) -> None:
    """Print the last lines of a log."""
    from pathlib import Path  # noqa: PLC0415

    with Path(log).open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 8000))
        lines = file.read().decode("utf-8", "replace").splitlines()[-_TAIL:]
    for line in lines:
        print(f"  | {_printable(line)}", file=sys.stderr)


def _agreed() -> bool:
    """Ask at the terminal, beside what goes to standard output."""
    while True:
        print("Run this? [y]es, [n]o: ", end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline()
        if not answer or answer.strip().lower() in ("n", "no"):
            return False
        if answer.strip().lower() in ("y", "yes"):
            return True


def _printable(text: str) -> str:
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415

    return printable(text)


def _say(text: str) -> None:
    print(f"mkdocs-handoff: {_printable(text)}", file=sys.stderr, flush=True)
