"""`mkdocs-handoff adopt`: a sidecar beside an adopted file, with what a handoff asks for and the file does not say."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.adoption.sidecar import Lacking
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record


_FEW = 4


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "adopt",
        help="write a sidecar beside an adopted file, naming what it does not say",
        description="Write FILE.handoff.yml beside a record's file: the fields that a handoff asks for and that the "
        "file does not have, as comments with what to ask, and who may be its owner (from CODEOWNERS and git). The "
        "file is not touched. What a sidecar holds already stays; what it does not speak of is added below. Exit "
        "status: 0 done, 2 could not run.",
    )
    parser.add_argument("record", metavar="RECORD", help="a record's name (`churn`, `model:churn`), or its file")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="write what is shown, without being asked")
    how.add_argument("--dry-run", action="store_true", help="show, and write nothing")
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look, show, ask, write."""
    from mkdocs_handoff.adoption.sidecar import lacking  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.answer import agreed, needs_somebody  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.diff import diff  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN  # noqa: PLC0415
    from mkdocs_handoff.drafting.owner import suggestion  # noqa: PLC0415
    from mkdocs_handoff.records.discover import SIDECAR  # noqa: PLC0415

    # A file below the folder one is in belongs to the project there, with or without settings.
    elsewhere = os.path.lexists(given.record) and os.path.relpath(given.record).startswith("..")
    (project,) = projects_with_records(given.config, [given.record] if elsewhere else [])
    record = project.catalog.records[_meant(project, given.record)]
    if not given.yes and not given.dry_run:
        needs_somebody("--yes")
    path = record.source.path + SIDECAR
    held = _held(project, path)
    fields = lacking(project.catalog.kinds[record.kind], record)
    found = suggestion(project, record.source.path, day_given(""))
    text = _text(record, fields, str(found.owner) if found.owner is not None else "", found.why, held, path)
    if text == held:
        if fields:
            named = ", ".join(one.name for one in fields)
            print(printable(f"{path} speaks of all that {record.identity} lacks: {named}"))
        else:
            print(printable(f"{record.identity} has all that a handoff asks for: nothing to add"))
        return CLEAN
    for line in diff(path, held, text):
        print(line)
    if given.dry_run:
        return CLEAN
    if not given.yes and not agreed(f"Write {files.shown(project.settings.root / path)}?"):
        return CLEAN
    _write(project, path, held, text)
    print(printable(f"{record.identity}: written to {files.shown(project.settings.root / path)}"))
    return CLEAN


def _meant(project: Project, word: str) -> Identity:
    """Return the one record that a word names: by name, or by its file.

    Raises:
        UsageError: It names none, or may mean several.
    """
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    catalog = project.catalog
    if not os.path.lexists(word):
        (found,) = Names((catalog,), ()).record(word)
        if found is None:
            raise UsageError(f"there is no record {word!r}")
        return found
    path = os.path.relpath(word, project.settings.root).replace(os.sep, "/")
    held = [identity for identity, record in catalog.records.items() if record.source.path == path]
    if not held:
        raise UsageError(f"{word!r} holds no record; `mkdocs-handoff lint {word}` may tell why")
    if len(held) > 1:
        few = ", ".join(map(str, held[:_FEW])) + (", …" if len(held) > _FEW else "")
        raise UsageError(f"{word!r} holds {len(held)} records ({few}): name one of them")
    return held[0]


def _text(record: Record, fields: tuple[Lacking, ...], owner: str, why: str, held: str, path: str) -> str:
    """Return what the sidecar is to hold; of a file of several records, it names the one to which it adds.

    Raises:
        UsageError: What it holds leaves no place for that.
    """
    from mkdocs_handoff.adoption.sidecar import text_of  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.records.edit import several  # noqa: PLC0415
    from mkdocs_handoff.records.entries import entry, put  # noqa: PLC0415

    if not several(record.source.layer):
        return text_of(record, fields, owner, why, held)
    name = str(record.identity)
    before = entry(held, name) or ""
    after = text_of(record, fields, owner, why, before)
    try:
        return held if after == before else put(held, name, after)
    except ValueError as error:
        raise UsageError(f"{path}: {error}; write them below `{name}:`") from None


def _held(project: Project, path: str) -> str:
    """Return what a sidecar holds, byte for byte; nothing where it is not there.

    Raises:
        UsageError: It is no file of the project, or cannot be read.
    """
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.text.files import inside  # noqa: PLC0415

    root = project.settings.root
    file = root / path
    try:
        if not inside(root, file.parent) or (os.path.lexists(file) and not inside(root, file)):
            raise UsageError(f"{path} leads out of the project, and nothing is written there")
        return file.read_bytes().decode("utf-8") if os.path.lexists(file) else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None


def _write(project: Project, path: str, held: str, text: str) -> None:
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    def made(now: bytes) -> bytes:
        if now != held.encode("utf-8"):
            raise UsageError(f"{path} has changed in the meantime; nothing was written")
        return text.encode("utf-8")

    files.update(project.settings.root / path, made, within=project.settings.root)
