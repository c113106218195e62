"""`mkdocs-handoff new`: a record's file, with a placeholder for each field that is still to be written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options
from mkdocs_handoff.cli.status import CLEAN, STOPPED, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from mkdocs_handoff.drafting.draft import Drafted, Wish
    from mkdocs_handoff.drafting.place import Spot
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.splice import FieldValue


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "new",
        help="write a new record, with a placeholder for each field that is needed",
        description="Write a new record of a kind, the project's own kinds included. In a terminal it asks for the "
        "title, the owner and the records that are referred to. It never writes over a file. Exit status: 0 written, "
        "1 not written, 2 could not run.",
    )
    parser.add_argument("kind", metavar="KIND", help="what the record describes: model, dataset, term, an own kind")
    parser.add_argument("name", metavar="NAME", help="its name in references; the file is called so")
    options.add_config(parser)
    parser.add_argument("--title", help="for people (default: the name in words)")
    parser.add_argument(
        "--owner",
        metavar="TEAM|PERSON",
        help="who answers for it (default: the file's code owner, else git's user, where a record describes them)",
    )
    parser.add_argument("--format", choices=("md", "yml"), default="", help="the file's form (default: as the others)")
    parser.add_argument("--dir", metavar="DIR", help="its folder, from the project's root")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="write a field; the value is YAML, the field may be dotted; may be repeated",
    )
    parser.add_argument(
        "--level",
        choices=("base", "handoff-ready"),
        default="handoff-ready",
        help="whose fields get a placeholder (default: handoff-ready)",
    )
    parser.add_argument("--no-input", action="store_true", help="ask nothing, in a terminal either")
    parser.add_argument("--dry-run", action="store_true", help="show the file, and write nothing")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Gather what is known, ask for the rest, write."""
    from mkdocs_handoff.cli.asked.projects import settled_projects  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.drafting.place import RefusedError, name_for, spot_for  # noqa: PLC0415
    from mkdocs_handoff.text.plain import one_line  # noqa: PLC0415

    for option, value in (("--title", given.title), ("--owner", given.owner), ("--dir", given.dir)):
        # In a script that is a variable which is not set: what would be taken instead is not what was meant.
        if value is not None and not one_line(value):
            raise UsageError(f"{option} is empty: write what is known, or leave the option away")
    (project,) = settled_projects(given.config, [])
    kind = _kind(project, given.kind)
    try:
        spot = spot_for(project, kind, name_for(kind, given.name), given.format, given.dir or "")
    except RefusedError as error:
        raise UsageError(str(error)) from None
    try:
        return _written(project, kind, spot, given)
    except KeyboardInterrupt:
        print("\nstopped: nothing was written")
        return STOPPED


def _written(project: Project, kind: Kind, spot: Spot, given: argparse.Namespace) -> int:
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.fields import assigned  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.newcomer import Asker  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.drafting.draft import Wish  # noqa: PLC0415
    from mkdocs_handoff.text.plain import one_line  # noqa: PLC0415

    asks = sys.stdin.isatty() and not given.no_input and not given.dry_run
    asker = Asker(project, kind, spot, day_given(""), asks=asks)
    fields: dict[str, FieldValue] = assigned(kind, given.set)
    if given.title is not None and "title" in fields:
        raise UsageError(f"--title {given.title!r}: `--set title=…` gives the title too; leave one away")
    written = fields.pop("title") if isinstance(fields.get("title"), str) else ""
    title = given.title or str(written) or asker.title(given.name)
    fields |= asker.owner(given.owner or "", fields, given.level)
    fields |= asker.references(fields, given.level)
    held = files.read(project.settings.root / spot.path) if spot.into else b""
    wish = Wish(one_line(title), fields, given.level, frozenset(asker.answered))
    made = _draft(project, kind, spot, wish, held)
    if given.dry_run:
        print("".join(f"{printable(line)}\n" for line in made.text.splitlines()), end="")
        return CLEAN
    _write(project, spot, made, held)
    _tell(project, spot, made, asker.why)
    print(f"To see it: {_shows(project, given.config)}")
    return CLEAN


def _kind(project: Project, word: str) -> Kind:
    from mkdocs_handoff.text.near import nearest  # noqa: PLC0415 - seldom

    kinds: Mapping[str, Kind] = project.catalog.kinds
    found = kinds.get(word.lower())
    if found is None:
        near = nearest(word.lower(), kinds)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(kinds)}; or write its schema first"
        raise UsageError(f"there is no kind {word!r}: {hint}")
    return found


def _draft(project: Project, kind: Kind, spot: Spot, wish: Wish, held: bytes) -> Drafted:
    from mkdocs_handoff.drafting.draft import draft  # noqa: PLC0415

    try:
        made = draft(project, kind, spot, wish, held.decode("utf-8"))
    except UnicodeDecodeError:
        raise UsageError(f"{spot.path} is no UTF-8: nothing is added to it") from None
    except ValueError as error:
        if not spot.into:
            raise UsageError(f"nothing was written: {error}") from None
        raise UsageError(f"{spot.path} cannot be added to: {error}. Write a file of its own with --dir") from None
    if made.findings:
        told = "\n".join(f"  {one.message}{f' - {one.hint}' if one.hint else ''}" for one in made.findings)
        raise UsageError(f"nothing was written, as lint would find this wrong with it:\n{told}")
    there = project.catalog.records.get(made.identity) if made.identity is not None else None
    if there is not None:  # a field gives it another name than its file has
        raise UsageError(f"{made.identity} is there already ({there.source.path})")
    return made


def _write(project: Project, spot: Spot, made: Drafted, held: bytes) -> None:
    from mkdocs_handoff.cli import files  # noqa: PLC0415

    root = project.settings.root
    if not spot.into:
        files.write_new(root, spot.path, made.text)
        return

    def added(now: bytes) -> bytes:
        if now != held:
            raise UsageError(f"{spot.path} changed meanwhile: nothing was written; try again")
        return made.text.encode()

    files.update(root / spot.path, added, within=root)


def _tell(project: Project, spot: Spot, made: Drafted, why: str) -> None:
    """Say what was written, and what is still to be."""
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415

    path = files.shown(project.settings.root / spot.path)
    print(printable(f"written: {path} ({made.identity}{', as an entry' if spot.into else ''})"))
    if why:
        print(printable(f"  {why}"))
    if made.placeholders:
        print(f"still to be written ({len(made.placeholders)}):")
        for one in made.placeholders:
            print(printable(f"  {path}:{one.line}  {one.name}  {_first(one.about)}".rstrip()))
    print('Nobody knows a value? Write `{unknown: "who was asked, and when"}` in its place.')


def _shows(project: Project, configuration: str | None) -> str:
    """Return the command that shows a project's pages: its builder, where it has a configuration of one."""
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE  # noqa: PLC0415

    root = project.settings.root
    named = [root / Path(configuration).name] if configuration else []
    usual = [root / name for name in CONFIGURATIONS]
    found = next((file for file in (*named, *usual) if file.name != OWN_FILE and file.is_file()), None)
    folder = files.shown(root)
    if found is None:
        return f"mkdocs-handoff preview{'' if folder == '.' else f' {folder}'}"
    builder = "properdocs" if found.name.startswith("properdocs") else "mkdocs"
    return f"{builder} serve" + ("" if folder == "." and found in usual else f" -f {files.shown(found)}")


def _first(text: str) -> str:
    found, stop, _ = text.partition(". ")
    return f"{found}." if stop else text
