"""`mkdocs-handoff verify`: whether files are what records state, and whether a pipeline makes the same again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.cli.commands.verify.again import Again
    from mkdocs_handoff.cli.commands.verify.verifying import Verifying

_FORMATS = (options.TABLE, options.JSON, options.MARKDOWN)
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_HOUR = 3600.0


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
    from mkdocs_handoff.cli.commands.verify.verifying import Verifying, say  # noqa: PLC0415
    from mkdocs_handoff.cli.shown import verified as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED, UsageError  # noqa: PLC0415

    named = {"--yes": given.yes, "--commit": given.commit, "--timeout": given.timeout}
    if not given.running and any(named.values()):
        raise UsageError(f"{next(name for name, value in named.items() if value)} is for --run")
    given.timeout = given.timeout or _HOUR
    today = day_given(given.today)
    (project, *more) = projects_with_records(given.config, paths_among(given.records))
    if more:
        raise UsageError("the files that are named belong to several projects: name those of one")
    verifying = Verifying(project, today, record=given.record)
    chosen = verifying.chosen(given.records)
    again = _again(verifying, given)
    to_run = again.to_run(chosen) if again is not None else []
    checked = verifying.check(chosen)
    if given.format != options.JSON:
        print(shown.rows(given.format, checked, verifying.shown), end="")
    try:
        if again is not None:
            again.run_all(to_run)
    except KeyboardInterrupt:
        say("stopped: nothing runs any more, the worktree is removed, and nothing of this run was recorded")
        return STOPPED
    if given.format == options.JSON:
        commit = verifying.repository.head
        print(shown.as_json(checked, again.runs if again is not None else [], today, commit, verifying.shown), end="")
    say(shown.summary(checked))
    if given.record:
        if again is not None:
            again.write()
        verifying.write_verified(checked)
    same = again is None or again.same == len(to_run)
    return CLEAN if verifying.good(checked) and same else FINDINGS


def _again(verifying: Verifying, given: argparse.Namespace) -> Again | None:
    """Return what runs pipelines, if some are to be run: nothing of it is even loaded otherwise."""
    if not given.running:
        return None
    from mkdocs_handoff.cli.commands.verify.again import Again  # noqa: PLC0415

    return Again(verifying, given)
