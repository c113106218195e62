"""`mkdocs-handoff owners`: who answers for what, what nobody answers for, and whether CODEOWNERS says the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.cli.asked.names import Names
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.block import Block
    from mkdocs_handoff.reports.owners.codeowners import Comparison
    from mkdocs_handoff.reports.owners.ownership import Holder, Ownership


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "owners",
        help="list who answers for what, and hold it against CODEOWNERS",
        description="List the owners of records with what is wrong with them, or write the block of CODEOWNERS that "
        "says what the records say. Exit status: 0, 1 where --check finds something wrong, 2 could not run.",
    )
    options.add_format(parser, options.TABULAR)
    options.add_owner(parser, "only what this team or person owns, in any role")
    parser.add_argument("--codeowners", action="store_true", help="print the block of CODEOWNERS instead")
    parser.add_argument("--write", action="store_true", help="with --codeowners: put the block into the file")
    parser.add_argument(
        "--check",
        action="store_true",
        help="exit with 1 where a record has something wrong with its owners, or, with --codeowners, the block is out "
        "of date, or a file has no code owner or another one",
    )
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print who owns what, or the block of CODEOWNERS."""
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.past import look_back  # noqa: PLC0415
    from mkdocs_handoff.reports.owners import block as codeowners_block  # noqa: PLC0415
    from mkdocs_handoff.reports.owners import codeowners  # noqa: PLC0415
    from mkdocs_handoff.reports.owners.handles import Handles  # noqa: PLC0415
    from mkdocs_handoff.reports.owners.ownership import ownership  # noqa: PLC0415

    if given.write and not given.codeowners:
        raise UsageError("--write puts the block into CODEOWNERS: say --codeowners as well")
    if given.write and given.check:
        raise UsageError("--check changes nothing, and --write does: choose one")
    if given.codeowners and (given.owner or given.format != options.TABLE):
        raise UsageError("--codeowners has one form, and is about all owners: leave --owner and --format out")
    day = day_given(given.today)
    (project,) = projects_with_records(given.config, ())
    catalog, root, history = project.catalog, project.settings.root, look_back(project.settings, day).history
    owned = ownership(catalog, day)
    handles = Handles(catalog)
    written = codeowners.found(root, history)
    compared = codeowners.comparison(catalog, owned, handles, written, history) if written is not None else None
    if not given.codeowners:
        return _list(given, project, owned, compared)
    block = codeowners_block.block(catalog, owned, handles, history.repository.prefix if history.readable else "")
    return _block(given, project, history, compared, block)


def _list(given: argparse.Namespace, project: Project, owned: Ownership, compared: Comparison | None) -> int:
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.shown import owners as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS  # noqa: PLC0415
    from mkdocs_handoff.reports.owners.roster import roster  # noqa: PLC0415

    catalog = project.catalog
    rows = roster(catalog, owned, compared)
    if given.owner:
        asked = [_owner(text, Names((catalog,), (owned,)), owned) for text in given.owner]
        rows = tuple(row for row in rows if any(_who(one) in asked for one in (*row.accountable, *row.others)))
    if given.format == options.JSON:
        print(shown.as_json(rows, catalog, compared), end="")
    else:
        print(shown.rows(given.format, rows, catalog), end="")
        print(shown.summary(rows, compared), file=sys.stderr)
    return FINDINGS if given.check and any(row.troubles for row in rows) else CLEAN


def _owner(text: str, names: Names, owned: Ownership) -> Identity | str | None:
    """Return the team or person that is asked for; a name that nobody has written down as it stands."""
    return text if text in owned.unknown else names.owner(text)[0]


def _who(holder: Holder) -> Identity | str:
    return holder.identity if holder.identity is not None else holder.text


def _block(
    given: argparse.Namespace, project: Project, history: History, compared: Comparison | None, block: Block
) -> int:
    """Print, write or check the block of CODEOWNERS."""
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.shown import owners as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, UsageError  # noqa: PLC0415
    from mkdocs_handoff.reports.owners import block as codeowners_block  # noqa: PLC0415
    from mkdocs_handoff.reports.owners import codeowners  # noqa: PLC0415
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    top = codeowners.top(project.settings.root, history)
    file = files.shown(top / (compared.path if compared else codeowners_block.NEW))
    reasons: dict[str, list[str]] = {}
    for name, why in block.left_out:
        reasons.setdefault(why, []).append(name)
    for why, names in reasons.items():
        print(f"left out, because {why}: {', '.join(names)}", file=sys.stderr)
    before = files.read(file) if compared is not None else b""
    try:
        after = codeowners_block.put(before, block.lines)
    except codeowners_block.MarkerError as error:
        raise UsageError(f"{file}: {error}") from None
    if given.write:
        if after != before:
            _write(file, after, top)
        number = counted(sum(not line.startswith("#") for line in block.lines), "line")
        state = "is up to date" if after == before else "written"
        print(f"{file}: a block of {number} {state}", file=sys.stderr)
        return CLEAN
    if not given.check:
        print("".join(f"{line}\n" for line in block.lines), end="")
        return CLEAN
    if after != before:
        ours = any(line.strip() == block.lines[0].encode() for line in before.split(b"\n"))
        state = "the block is out of date" if ours else "there is no block of ours"
        print(f"{file}: {state}; `mkdocs-handoff owners --codeowners --write` mends it")
    differing = shown.differences(compared, project.catalog) if compared is not None else []
    print("".join(f"{line}\n" for line in differing), end="")
    return FINDINGS if after != before or differing else CLEAN


def _write(file: str, content: bytes, top: Path) -> None:
    """Write CODEOWNERS; where it is a link, what it links to must be in the repository."""
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(top)):
        raise UsageError(f"{file} is a link to a place outside the repository")
    try:
        Path(file).parent.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from None
    files.write(file, content)
