"""`mkdocs-handoff lint`: what is wrong with the records, where, and how to mend it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.project import Project


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "lint",
        help="check records against their schemas and each other",
        description="Check records against schemas and each other. Exit status: 0 clean, 1 errors, 2 could not run.",
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="report only what is in these files or folders (all are read all the same)",
    )
    options.add_config(parser)
    options.add_format(parser, ("text", "concise", options.JSON))
    parser.add_argument(
        "--level",
        choices=("base", "handoff-ready"),
        default="base",
        help="what is asked of every record (default: base)",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings too")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Check a project and print what was found."""
    from mkdocs_handoff.cli.asked.projects import open_projects  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.shown import findings, terminal  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS  # noqa: PLC0415
    from mkdocs_handoff.findings import Severity  # noqa: PLC0415

    projects = open_projects(given.config, given.paths, given.level)
    checked = [findings.Checked(project, _asked_for(project, given.paths)) for project in projects]
    every = [finding for one in checked for finding in one.findings]
    failing = [finding for finding in every if finding.severity is Severity.ERROR or given.strict]
    if given.format == options.JSON:
        print(findings.as_json(checked))
    elif given.format == "concise":
        print("".join(map(findings.concise, checked)), end="")
    else:
        print("".join(findings.text(one, colour=terminal.colour()) for one in checked), end="")
        for one in checked:
            print(findings.summary(one), file=sys.stderr)
    return FINDINGS if failing else CLEAN


# What is wrong with the settings or a schema may hide what is wrong with a record: it is told whatever is asked for.
_EVERYWHERE = ("settings/", "schema/")


def _asked_for(project: Project, paths: Sequence[str]) -> tuple[Finding, ...]:
    """Return the findings in the named files and folders; all of them where none is named."""
    wanted = [Path(os.path.relpath(path, project.settings.root)).as_posix() for path in paths]
    if not wanted:
        return project.findings
    return tuple(
        finding
        for finding in project.findings
        if finding.rule.startswith(_EVERYWHERE)
        or any(path in (".", finding.place.path) or finding.place.path.startswith(path + "/") for path in wanted)
    )
