"""`mkdocs-handoff single-points`: what only one person knows, and what is lost when somebody leaves."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.cli.asked.names import Names
    from mkdocs_handoff.reports.owners.contributors import Contributor
    from mkdocs_handoff.reports.owners.single_points import SinglePoints


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "single-points",
        help="list what only one person knows",
        description="List records that only one person knows, from owners, reviews and git authors together, what most "
        "depends on first; then, by person, what nobody else knows. Exit status: 0 listed, 2 could not run.",
    )
    options.add_format(parser, options.TABULAR)
    parser.add_argument(
        "--person",
        metavar="NAME",
        help="only what this person alone knows: a record's name, or that of somebody who made changes or reviewed",
    )
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the single points of knowledge."""
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415
    from mkdocs_handoff.cli.shown import points as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN  # noqa: PLC0415
    from mkdocs_handoff.past import look_back  # noqa: PLC0415
    from mkdocs_handoff.reports.owners.ownership import ownership  # noqa: PLC0415
    from mkdocs_handoff.reports.owners.single_points import single_points  # noqa: PLC0415

    day = day_given(given.today)
    (project,) = projects_with_records(given.config, ())
    catalog = project.catalog
    owned = ownership(catalog, day)
    found = single_points(catalog, owned, look_back(project.settings, day).history)
    points, lost, leaving = found.points, found.lost, found.leaving
    if given.person is not None:
        who = _person(given.person, Names((catalog,), (owned,)), found)
        points = tuple(one for one in points if one.only is not None and one.only.who == who)
        leaving = tuple(one for one in leaving if one.who == who)
        lost = ()
    if given.format == options.JSON:
        print(shown.as_json(points, lost, leaving, found.basis), end="")
        return CLEAN
    print(shown.rows(given.format, points, lost), end="")
    if given.format == options.TABLE:
        print(shown.leaving(leaving, after=bool(points or lost)), end="")
    print(shown.summary(points, lost, found.basis), file=sys.stderr)
    return CLEAN


def _person(text: str, names: Names, found: SinglePoints) -> Contributor:
    """Return who is asked for: a person's record, else somebody that the report knows by name only."""
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.reports.owners.contributors import Contributor  # noqa: PLC0415

    person = names.person(text)
    if person is not None:
        return Contributor(names.catalogs[0].title(person), person)
    named = {one.who for one in found.leaving if one.who.name.casefold() == text.casefold()}
    if len(named) == 1:
        return named.pop()
    if text in found.basis.nameless:
        return Contributor(text)
    raise UsageError(names.no_person(text))
