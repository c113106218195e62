"""`mkdocs-handoff staleness`: which records may no longer hold, why, and what to look at first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Sequence
    from datetime import date

    from mkdocs_handoff.cli.asked.looked import Looked
    from mkdocs_handoff.cli.asked.records import Asked
    from mkdocs_handoff.records.record import Identity

VERDICTS = ("suspect", "stale", "due", "unknown", "fresh", "historical")
"""`staleness.verdict.Verdict`, which `--help` need not load."""

_GRAVE = VERDICTS[:4]
_SETTLED = "-"  # no FILE behind --append: what the settings say


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "staleness",
        help="tell which records may no longer hold, and why",
        description="Tell which records may no longer hold: what changed after their review, and whose review is due. "
        "Exit status: 0, 1 where --fail-on says so, 2 could not run.",
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="RECORD|PATH",
        help="tell only of these records, and of those in these files or folders",
    )
    options.add_format(parser, options.TABULAR)
    options.add_owner(parser, "only what this team (itself or by its people) or person answers for")
    parser.add_argument("--kind", action="append", default=[], help="only records of this kind; may be repeated")
    parser.add_argument(
        "--verdict",
        action="append",
        default=[],
        choices=VERDICTS,
        help="only records of this verdict; may be repeated (default: all but fresh and historical)",
    )
    parser.add_argument("--all", action="store_true", help="fresh and historical records too")
    parser.add_argument(
        "--changed",
        nargs="?",
        const="",
        metavar="BASE",
        help="only what this change makes suspect: what differs from where it left BASE (default: origin/HEAD, "
        "origin/main, main, ...), and what is not committed; with --format markdown a comment's text",
    )
    parser.add_argument(
        "--fail-on",
        choices=_GRAVE,
        metavar="VERDICT",
        help=f"exit with 1 where a record that is told of has this verdict or a graver one: {' > '.join(_GRAVE)}",
    )
    parser.add_argument(
        "--append",
        nargs="?",
        const=_SETTLED,
        metavar="FILE",
        help="add the day's counts of the whole project to a file (default: `trend` of the settings)",
    )
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look at how records stand, and print it."""
    from mkdocs_handoff.cli.asked import looked as looking  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked import records  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.troubles import warn  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, UsageError  # noqa: PLC0415
    from mkdocs_handoff.staleness.verdict import GRAVITY, Verdict  # noqa: PLC0415

    today = day_given(given.today)
    if given.changed is not None and given.append is not None:
        raise UsageError("--append counts the whole project, and --changed looks at a part of it")
    looked = looking.look(given.config, records.paths_among(given.words), today, given.changed)
    if given.append is not None:
        _check_trend(given.append, looked)
    warn(looked)
    named = records.records_named(looked, given.words)
    verdicts = {Verdict(name) for name in given.verdict}
    told = [
        records.Asked(one, rows, records.wanted(rows, verdicts, names, every=given.all))
        for one, rows, names in zip(
            looked, records.scope(looked, given.words, given.owner, given.kind), named, strict=True
        )
    ]
    if given.append is not None:
        _append(given.append, looked)
    _print(given.format, told, named, today)
    grave = GRAVITY[Verdict(given.fail_on)] if given.fail_on else -1
    return FINDINGS if any(GRAVITY[row.verdict] <= grave for one in told for row in one.rows) else CLEAN


def _print(form: str, told: Sequence[Asked], named: Sequence[Collection[Identity]], today: date) -> None:
    from mkdocs_handoff.cli.shown import comment, document, standings, terminal, words  # noqa: PLC0415

    if form == options.MARKDOWN:
        changed = any(one.looked.base for one in told)
        print(comment.change(told) if changed else comment.standings(told, today), end="")
    elif form == options.JSON:
        print(document.as_json(told, today), end="")
    elif form == options.CSV:
        print(document.as_csv(told), end="")
    else:
        for number, (one, names) in enumerate(zip(told, named, strict=True)):
            if len(told) > 1:
                print(f"{chr(10) if number else ''}{one.looked.name}:")
            print(standings.table(one, names, terminal.width(), colour=terminal.colour()), end="")
        for one in told:
            where = f"{one.looked.name}: " if len(told) > 1 else ""
            hidden = len(one.scope) - len(one.rows)
            more = f"; {hidden:,} not shown (--all shows every one)" if hidden else ""
            print(f"{where}{words.in_words(one.scope)}{more}", file=sys.stderr)
        if any(one.rows for one in told):
            print(
                "still true? mkdocs-handoff review RECORD --by PERSON, or --cause CAUSE for all of one", file=sys.stderr
            )


def _check_trend(name: str, looked: Sequence[Looked]) -> None:
    """Refuse counts that would be wrong for ever, and a word behind --append that was meant as a path or a record."""
    from pathlib import Path  # noqa: PLC0415

    from mkdocs_handoff.cli.shown.troubles import uncountable  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    for one in looked:
        why = uncountable(one)
        if why:
            raise UsageError(f"nothing is added to the trend: {why}")
    if name == _SETTLED:
        return
    if Path(name).is_dir():
        raise UsageError(f"{name} is a folder, and holds no trend; {options.taken_for(name, '--append', 'FILE')}")
    if not Path(name).exists() and any(one.project.catalog.find(name) for one in looked):
        raise UsageError(f"{name} is a record, and holds no trend; {options.taken_for(name, '--append', 'FILE')}")
    if len(looked) > 1:
        raise UsageError(f"{name} can hold the trend of one project, and these are {len(looked)}")


def _append(name: str, looked: Sequence[Looked]) -> None:
    """Add the day of each project to its trend; a file that is named is that of one project."""
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.reports.links import Lineages  # noqa: PLC0415
    from mkdocs_handoff.reports.progress import by_team, progress  # noqa: PLC0415
    from mkdocs_handoff.reports.stale import trend  # noqa: PLC0415

    for one in looked:
        file = one.shown(one.project.settings.trend) if name == _SETTLED else name
        lineages = Lineages(one.project.catalog, one.project.settings.root)
        everything, teams = progress(
            one.project.catalog, one.report.ownership, one.whole, one.history, one.report.today, lineages
        )
        point = trend.point(
            (row.standing for row in one.report.every),
            one.report.today,
            unowned=len(one.report.ownership.unowned),
            commit=one.history.repository.head,
            progress=by_team(everything, teams),
        )

        def added(held: bytes, file: str = file, point: trend.Point = point) -> bytes:
            points, problems = trend.read(held.decode("utf-8", "replace"))
            if problems and not points:  # a record, by a slip: `--append models/churn.md`
                taken = f"; {options.taken_for(name, '--append', 'FILE')}" if name != _SETTLED else ""
                raise UsageError(f"{file} is no file of a trend: {problems[0]}{taken}")
            for problem in problems:
                print(f"mkdocs-handoff: {file}: {problem}; it stays as it is", file=sys.stderr)
            return trend.appended(held, point)

        files.update(file, added, within=one.project.settings.root if name == _SETTLED else None)
