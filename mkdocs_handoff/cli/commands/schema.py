"""`mkdocs-handoff schema`: a kind's fields for editors and for people, made of its schema."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options
from mkdocs_handoff.cli.status import CLEAN, FINDINGS, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from mkdocs_handoff.project import Project

_VSCODE = "vscode"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "schema",
        help="print a kind's schema for editors, or its fields as a page",
        description="Print the schema of a kind as editors need it: one file, with stated gaps and values from files "
        "allowed anywhere, and the project's own record names offered in references. Exit status: 0 done, "
        "1 with --check: something is not as it would be written, 2 could not run.",
    )
    parser.add_argument(
        "kind", nargs="?", default="", metavar="KIND", help="default: one schema for all, told apart by `kind:`"
    )
    options.add_config(parser)
    options.add_format(parser, (options.JSON, options.MARKDOWN, _VSCODE), "; vscode: the editor's settings")
    parser.add_argument("--output", default="", metavar="DIR", help="write a file per kind there: only what changed")
    parser.add_argument("--check", action="store_true", help="with --output: write nothing, and tell what would change")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one, or write all."""
    from mkdocs_handoff.cli.asked.projects import settled_projects  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.text.near import nearest  # noqa: PLC0415

    if given.check and not given.output:
        raise UsageError("--check compares files: say where they are with --output DIR")
    (project,) = settled_projects(given.config, [])
    if given.kind and given.kind not in project.catalog.kinds:
        near = nearest(given.kind, project.catalog.kinds)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(project.catalog.kinds)}"
        raise UsageError(f"there is no kind {given.kind!r}: {hint}")
    if not given.output:
        print(_text(project, given), end="")
        return CLEAN
    if given.format == _VSCODE:
        raise UsageError("--format vscode is printed: put it into .vscode/settings.json yourself")
    return _write_all(project, given)


def _text(project: Project, given: argparse.Namespace) -> str:
    import json  # noqa: PLC0415

    from mkdocs_handoff.exchange import editors  # noqa: PLC0415

    if given.format == _VSCODE:
        files_of = editors.associations(project, within=_within(project.settings.root))
        return json.dumps({"yaml.schemas": files_of}, indent=2) + "\n"
    if given.format == options.MARKDOWN:
        pages = editors.field_pages(project)
        if not given.kind:
            raise UsageError("name a kind, or write all pages with --output DIR")
        return pages[f"{given.kind}.md"]
    return editors.written(editors.schemas(project)[given.kind or editors.ANY])


def _within(root: Path) -> str:
    """Return the project's folder in its repository, which is what an editor usually has open."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    found = root.relative_to(top).as_posix()
    return "" if found == "." else found


def _write_all(project: Project, given: argparse.Namespace) -> int:
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.exchange import editors  # noqa: PLC0415

    made: Mapping[str, str]
    made = editors.field_pages(project) if given.format == options.MARKDOWN else editors.schema_files(project)
    if given.kind:
        # What a schema refers to comes with it.
        wanted = (given.kind, editors.OFFERED)
        made = {name: text for name, text in made.items() if name.partition(".")[0] in wanted}
    folder = Path(given.output)
    own = project.settings.root / project.settings.schemas
    if os.path.realpath(folder) == os.path.realpath(own) and given.format == options.JSON:
        raise UsageError(f"{given.output} holds the project's own kinds: these schemas would replace them")
    changed = [name for name, text in made.items() if not _holds(folder / name, text)]
    if not given.check and changed:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{given.output} cannot be made: {error.strerror or error}") from None
        for name in changed:
            files.update(folder / name, lambda _, text=made[name]: text.encode(), within=folder)  # type: ignore[misc]
    for name in changed:
        print(printable(f"{'differs' if given.check else 'written'}: {files.shown(folder / name)}"))
    left = [] if given.kind or given.format == options.MARKDOWN else _left_over(folder, made)
    for name in left:
        print(printable(f"left over: {files.shown(folder / name)} is of no kind that there is"), file=sys.stderr)
    if given.check and left and not changed:
        print("delete what is left over, or keep other files elsewhere", file=sys.stderr)
        return FINDINGS
    if given.check and changed:
        print("write them again with the same command without --check", file=sys.stderr)
        return FINDINGS
    return CLEAN


def _left_over(folder: Path, made: Mapping[str, str]) -> list[str]:
    """Return the schemas of a folder that are none of those that were made: of a kind that is gone."""
    from mkdocs_handoff.schema.files import SUFFIX  # noqa: PLC0415 - `--help` needs none of this

    there = (path.name for path in folder.glob(f"*{SUFFIX}"))
    return sorted(name for name in there if name not in made)


def _holds(file: Path, text: str) -> bool:
    try:
        return file.read_bytes() == text.encode()
    except OSError:
        return False
