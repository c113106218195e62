"""Running pipelines again: what is shown and asked before, and what came of it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.cli.asked import options
from mkdocs_handoff.cli.commands.verify.verifying import say
from mkdocs_handoff.cli.shown import verified as shown
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.history.repository import State
from mkdocs_handoff.project import load
from mkdocs_handoff.records.edit import append_to
from mkdocs_handoff.running import compare, evidence
from mkdocs_handoff.running.environment import summary
from mkdocs_handoff.running.evidence import RUNS, duration, failure, result_of
from mkdocs_handoff.running.plan import plan_of
from mkdocs_handoff.running.run import run as run_commands
from mkdocs_handoff.running.worktree import WorktreeError, commit_of, worktree
from mkdocs_handoff.settings import OWN_FILE, find_settings
from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from mkdocs_handoff.cli.commands.verify.verifying import Verifying
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.running.compare import Comparison
    from mkdocs_handoff.running.plan import Plan
    from mkdocs_handoff.running.run import Ran

_TAIL = 12


class Again:
    """The pipelines that one run of the command runs.

    Attributes:
        runs: What came of each, as plain data.
    """

    def __init__(self, one: Verifying, given: argparse.Namespace) -> None:
        """Take the project, and what the user asked for."""
        self.one = one
        self.given = given
        self.runs: list[dict[str, Any]] = []
        self._entries: list[tuple[Identity, dict[str, Any]]] = []

    @property
    def same(self) -> int:
        """How many made the same again."""
        return sum(run["result"] in ("same", "within tolerance") for run in self.runs)

    def to_run(self, chosen: Sequence[Identity]) -> list[Identity]:
        """Return the pipelines to run, when they can be: there is a repository, and somebody to ask or a yes."""
        if not self.given.records:
            raise UsageError("--run needs to be told what: name pipelines, or models that name one (`reproduce:`)")
        found = [identity for identity in chosen if identity.kind == "pipeline"]
        if not found:
            raise UsageError("nothing that is named is a pipeline, or a model whose `reproduce` names one")
        if self.one.repository.state is not State.READY:
            raise UsageError(f"--run needs a commit to check out: {self.one.repository.state.value}")
        if not self.given.yes and not sys.stdin.isatty():
            raise UsageError("--run asks before it runs anything, and nobody is there to be asked: add --yes")
        return found

    def run_all(self, chosen: Sequence[Identity]) -> None:
        """Run pipelines one after the other; what came of those that ended is recorded, also if a later one cannot."""
        try:
            for identity in chosen:
                self.run(identity)
        except (KeyboardInterrupt, UsageError):
            self.write()
            raise

    def run(self, identity: Identity) -> None:
        """Show what a pipeline runs, ask, run it in a clean worktree, compare, and write what came of it."""
        try:
            commit = commit_of(self.one.repository, self.given.commit or "HEAD")
            with worktree(self.one.repository, commit) as tree:
                folder = (tree / self.one.repository.prefix).resolve()
                if not inside(tree, tree / self.one.repository.prefix):
                    raise UsageError(f"at commit {commit[:12]} the project's folder is a link out of the repository")
                project = self._as_of(folder)
                if identity not in project.catalog.records:
                    raise UsageError(f"commit {commit[:12]} has no {identity}: commit it first, or name another")
                plan = plan_of(project.catalog.records[identity], project.catalog, folder)
                self._show(plan, commit, folder)
                if not self.given.yes and not _agreed():
                    say("nothing was run")
                    return
                self._carry_out(plan, commit, folder)
        except WorktreeError as error:
            raise UsageError(str(error)) from None

    def _as_of(self, folder: Path) -> Project:
        """Return the project as the commit has it."""
        if not folder.is_dir():
            raise UsageError("that commit does not have the project's folder")
        name = self.one.project.settings.path
        there = name if name != OWN_FILE and (folder / name).is_file() else ""
        return load(find_settings(folder, there))

    def _show(self, plan: Plan, commit: str, folder: Path) -> None:
        """Say what is going to run, where, and what becomes of it."""
        if not plan.commands:
            raise UsageError(f"{plan.pipeline} declares no command at commit {commit[:12]}: there is nothing to run")
        for command in plan.commands:
            if "\0" in command.text:
                raise UsageError(f"the command of step {command.step!r} holds a NUL, and cannot be run")
        say(f"{plan.pipeline} at commit {commit}, in {folder} (a clean worktree, removed afterwards), runs:")
        for command in plan.commands:
            for line in command.text.splitlines():
                print(f"  [{printable(command.step)}] {printable(line)}", file=sys.stderr)
        told = [f"at most {duration(self.given.timeout)}", "with your rights, your environment and the network"]
        print(f"  {'; '.join(told)}", file=sys.stderr)
        for text in plan.unread:
            print(f"  tolerance {text!r} names no number: figures must be the same", file=sys.stderr)
        if plan.left_out:
            print(f"  left out, done by hand: {printable(', '.join(plan.left_out))}", file=sys.stderr)
        names = [one.path for one in plan.outputs] + [one.name for one in plan.figures]
        what = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
        compared = f"then compares {what}" if names else "no output with a path or a metric from a file to compare"
        print(f"  {printable(compared)}", file=sys.stderr)
        if commit == self.one.repository.head:
            dirty = self.one.uncommitted(everywhere=True)
            if dirty:
                some = ", ".join(dirty[:4]) + (" …" if len(dirty) > 4 else "")
                print(f"  uncommitted changes are not part of it: {printable(some)}", file=sys.stderr)

    def _carry_out(self, plan: Plan, commit: str, folder: Path) -> None:
        """Run, compare, print and record."""
        before = compare.look(folder, plan.outputs, plan.figures)
        surroundings = summary(folder, plan.lockfiles)
        stayed = compare.take_away(folder, before, plan.needed)
        handle, log = tempfile.mkstemp(prefix="mkdocs-handoff-verify-", suffix=".log")
        say(f"what the commands print goes to {log}")
        with os.fdopen(handle, "wb") as file:
            try:
                ran = run_commands(
                    plan.commands, folder, file, self.given.timeout, lambda one: say(f"running {printable(one.step)} …")
                )
            except OSError as error:
                raise UsageError(f"a command cannot be started: {error.strerror or error}") from None
        found = compare.compare(folder, before, stayed) if ran.failed is None else None
        run = _as_data(plan, commit, ran, found, surroundings, log)
        self.runs.append(run)
        if self.given.format != options.JSON:
            print(shown.run_rows(self.given.format, run), end="")
        say(_outcome(plan, ran, found, run))
        if ran.failed is not None:
            _tail(log)
        if self.one.record:
            item = evidence.entry(plan, ran, found, self.one.today, self.one.by, commit, surroundings)
            self._entries.append((plan.pipeline, item))

    def write(self) -> None:
        """Write what came of the pipelines that were run into their records, as these are now: a run may take hours.

        Raises:
            UsageError: One of them could not be written; all others were.
        """
        entries, self._entries = self._entries, []
        if entries:
            self.one.read_again()
        failed: list[str] = []
        for identity, item in entries:
            try:
                self.one.write(identity, lambda record, item=item: append_to(self.one.root, record, RUNS, item))
            except UsageError as error:
                failed.append(str(error))
        if failed:
            raise UsageError("\n".join(failed))


def _as_data(
    plan: Plan, commit: str, ran: Ran, found: Comparison | None, surroundings: dict[str, str], log: str
) -> dict[str, Any]:
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
    if ran.failed is not None or found is None:
        return f"{plan.pipeline} failed: {run['failure']}; what it printed is in {run['log']}"
    result = found.result or "ran, and nothing is written down to compare: give its outputs a path and a checksum"
    return f"{plan.pipeline} at {run['commit'][:12]}: {result}, after {duration(ran.seconds)}"


def _tail(log: str) -> None:
    """Print the last lines of a log."""
    with Path(log).open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 8000))
        lines = file.read().decode("utf-8", "replace").splitlines()[-_TAIL:]
    for line in lines:
        print(f"  | {printable(line)}", file=sys.stderr)


def _agreed() -> bool:
    """Ask at the terminal, beside what goes to standard output."""
    while True:
        print("Run this? [y]es, [n]o: ", end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline()
        if not answer or answer.strip().lower() in ("n", "no"):
            return False
        if answer.strip().lower() in ("y", "yes"):
            return True
