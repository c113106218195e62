"""`mkdocs-handoff init`: from a repository as it is to one that is checked and published, asking before each step."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.adoption.step import Change, Step
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Settings

_SHOWN = 60


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "init",
        help="set up a repository: say what is in it that can be adopted, and write settings, hook and workflow",
        description="Look at a repository, say what can be adopted, and write what is needed to check and publish it, "
        "each file after showing it and asking. Nothing is overwritten: to files that are there lines are added, with "
        "all comments kept. Doing it twice changes nothing. Exit status: 0 done, 2 could not run.",
    )
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="the repository (default: this folder)")
    parser.add_argument("--ci", choices=("github", "gitlab"), help="write a workflow too")
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look, tell, and write step by step."""
    from mkdocs_handoff.adoption.found import lines  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.adoption.look import look  # noqa: PLC0415
    from mkdocs_handoff.adoption.settings import bare  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.answer import needs_somebody  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, STOPPED, UsageError  # noqa: PLC0415
    from mkdocs_handoff.settings.kinds import kinds_of  # noqa: PLC0415

    root = Path(os.path.abspath(given.path))  # noqa: PTH100 - links are not followed
    if not root.is_dir():
        raise UsageError(f"there is no folder {given.path!r}")
    settings = _settings(root)
    if not given.yes and not given.dry_run:
        needs_somebody("--yes")
    if settings.path and bare(root, settings.path):  # as good as none
        settings = replace(settings, path="")
    kinds, _ = kinds_of(settings)
    seen = look(root)
    found = lines(seen, kinds, settings, every=given.dry_run)
    print("found:" if found else "found: nothing that can be adopted")
    for line in found:
        print(printable(f"  {line}"))
    changed, left = 0, 0
    try:
        for step in _steps(root, settings, seen, kinds, given):
            changed += _taken(root, step, given)
            left += bool(step.by_hand)
    except KeyboardInterrupt:
        print("\nstopped: what was written before stays, each file whole")
        return STOPPED
    print(_after(root, changed, left, given))
    return CLEAN


def _settings(root: Path) -> Settings:
    """Return the settings; with errors in them there is nothing to build on.

    Raises:
        UsageError: They are wrong.
    """
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.findings import Severity  # noqa: PLC0415
    from mkdocs_handoff.settings import find_settings  # noqa: PLC0415

    found = find_settings(root)
    wrong = [one for one in found.findings if one.severity is Severity.ERROR]
    if wrong:
        told = "\n".join(f"  {one.place}: {one.message}" for one in wrong)
        raise UsageError(f"the settings that are there cannot be used; mend them first:\n{told}")
    return found.settings


def _steps(
    root: Path, settings: Settings, seen: Look, kinds: Mapping[str, Kind], given: argparse.Namespace
) -> Iterator[Step]:
    """Yield the steps; each is made when those before it have been written, or not."""
    from mkdocs_handoff.adoption import builder, forge, hooks  # noqa: PLC0415
    from mkdocs_handoff.adoption import settings as written  # noqa: PLC0415
    from mkdocs_handoff.adoption.baseline import baseline  # noqa: PLC0415
    from mkdocs_handoff.adoption.called import called  # noqa: PLC0415
    from mkdocs_handoff.adoption.globs import globs  # noqa: PLC0415
    from mkdocs_handoff.adoption.preview import claiming  # noqa: PLC0415
    from mkdocs_handoff.settings import OWN_FILE  # noqa: PLC0415

    found = globs(seen, settings, kinds)
    first = written.settings(root, settings, found)
    yield first
    yield builder.configuration(root, settings.docs_dir)
    path = settings.path or OWN_FILE
    yield hooks.hook(root, path)
    if given.ci:
        yield forge.forge(root, given.ci, path)
    # A dry run reads the project as it would be.
    project = _project(root, claiming(settings, found) if given.dry_run and first.changes else None)
    yield _editors(project, seen)
    yield baseline(project, seen)
    yield called(project)


def _editors(project: Project, seen: Look) -> Step:
    """Return the step for editors; schemas are long, and those of kinds that nobody writes in YAML help nobody."""
    from mkdocs_handoff.adoption.editor import editor, ours  # noqa: PLC0415
    from mkdocs_handoff.adoption.step import Step  # noqa: PLC0415
    from mkdocs_handoff.exchange import editors  # noqa: PLC0415

    records = [(record.source.path, record.kind) for record in project.catalog.records.values()]
    named = ours(editors.associations(project), records, seen, project.settings.exclude)
    if not named:
        return Step("")
    wanted = {*named, f"{editors.FOLDER}/{editors.OFFERED}{editors.SUFFIX}"}  # to which the others refer
    texts = {name: text for name, text in editors.schema_files(project).items() if f"{editors.FOLDER}/{name}" in wanted}
    return editor(project.settings.root, named, texts, editors.FOLDER)


def _project(root: Path, settings: Settings | None) -> Project:
    from mkdocs_handoff.project import load  # noqa: PLC0415
    from mkdocs_handoff.settings import Found, find_settings  # noqa: PLC0415

    return load(find_settings(root) if settings is None else Found(settings))


def _taken(root: Path, step: Step, given: argparse.Namespace) -> int:
    """Show a step, ask, and write it; return how many files were written."""
    from mkdocs_handoff.cli.asked.answer import agreed  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415

    if not (step.changes or step.note or step.by_hand):
        return 0
    print(f"\n{step.title}")
    if step.note:
        print(printable(f"  {step.note}"))
    for number, line in enumerate(step.by_hand):
        print(printable(f"  {line}" if number else f"  by hand: {line}"))
    if not step.changes:
        return 0
    for change in step.changes:
        for line in _shown(change, brief=step.brief):
            print(f"  {line}")
    if given.dry_run or not (given.yes or agreed("write this?")):
        return 0
    for change in step.changes:
        _write(root, change)
    return len(step.changes)


def _shown(change: Change, *, brief: bool) -> Iterator[str]:
    from mkdocs_handoff.cli.shown.diff import diff  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    if change.before is not None:
        yield from diff(change.path, change.before.decode("utf-8-sig", "replace"), change.after)
        return
    lines = change.after.splitlines()
    yield printable(f"new file {change.path} ({counted(len(lines), 'line')})")
    if not brief:
        yield from (printable(f"  | {line}") for line in lines[:_SHOWN])
        if len(lines) > _SHOWN:
            yield f"  | ... {counted(len(lines) - _SHOWN, 'more line')}"


def _write(root: Path, change: Change) -> None:
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    if change.before is None:
        files.write_new(root, change.path, change.after)
        return

    def added(now: bytes) -> bytes:
        if now != change.before:
            raise UsageError(f"{change.path} changed meanwhile: nothing was written there; try again")
        mark = b"\xef\xbb\xbf" if now.startswith(b"\xef\xbb\xbf") else b""
        return mark + change.after.encode()

    files.update(root / change.path, added, within=root)


def _after(root: Path, changed: int, left: int, given: argparse.Namespace) -> str:
    """Return what to type next."""
    from mkdocs_handoff.adoption.builder import configuration_of  # noqa: PLC0415
    from mkdocs_handoff.adoption.hooks import FILES  # noqa: PLC0415
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    by_hand = f"{counted(left, 'step')} left to be done by hand: see above" if left else ""
    if given.dry_run:
        return "\nnothing was written: this was a dry run" + (f"; {by_hand}" if left else "")
    if not changed:
        return f"\nnothing was written; {by_hand}" if left else "\nnothing to do"
    serve = "properdocs serve" if configuration_of(root).startswith("properdocs") else "mkdocs serve"
    following = ["`mkdocs-handoff lint`", f"`{serve}`"]
    if (root / ".git").exists():
        if any((root / name).is_file() for name in FILES):
            following.append("`pre-commit install` (or `prek install`)")
        following.append("commit")
    told = f"\n{counted(changed, 'file')} written. Next: {', '.join(following[:-1])}, and {following[-1]}"
    return told + (f"\n{by_hand}" if left else "")
