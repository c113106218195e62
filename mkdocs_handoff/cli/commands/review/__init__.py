"""`mkdocs-handoff review`: what changed since a record's last review, and the answer whether it still holds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "review",
        help="show what changed since a record's review, and write that it still holds",
        description="Show what changed since the last review of records, ask whether they still hold, and write day, "
        "reviewer and fingerprints into them. Exit status: 0 all settled, 1 some answered with no or not at all, 2 "
        "could not run.",
    )
    parser.add_argument(
        "records",
        nargs="*",
        metavar="RECORD",
        help="a record's name (`churn`, `model:churn`) or its file; of a file with several, each is asked about",
    )
    parser.add_argument(
        "--by", required=True, metavar="PERSON", help="who reviews: a person's (or team's) name, `ann` or `person:ann`"
    )
    parser.add_argument(
        "--cause",
        metavar="CAUSE",
        help="settle, with one answer, what a cause made suspect: a commit, a record or an owner, as `staleness` names "
        "it (any commit that is told there will do). Only this is settled; the review date stays",
    )
    parser.add_argument("--still-true", action="store_true", help="answer yes, without being asked")
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Show, ask, write."""
    from mkdocs_handoff.cli.asked import records  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.looked import look  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.commands.review.reviewing import Review, one_by_one  # noqa: PLC0415
    from mkdocs_handoff.cli.commands.review.settling import settle  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.troubles import warn  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    if bool(given.records) == bool(given.cause):
        raise UsageError("name records to review, or a cause to settle (`--cause`), and not both")
    if not given.still_true and not sys.stdin.isatty():
        raise UsageError("nobody is there to be asked: read the records, then add --still-true")
    today = day_given(given.today)
    looked = look(given.config, records.paths_among(given.records), today)
    chosen = records.to_review(looked, given.records)
    involved = [one for one in looked if given.cause or any(project is one for project, _ in chosen)]
    reviewers = Names.of(involved).reviewer(given.by, today)
    done: list[str] = []  # across projects: what was written when one cannot be
    reviews = {one.name: Review(one, by, done) for one, by in zip(involved, reviewers, strict=True)}
    warn(involved)
    if given.cause:
        (review,) = reviews.values()
        return settle(review, given.cause, still_true=given.still_true)
    return one_by_one([(reviews[project.name], identity) for project, identity in chosen], still_true=given.still_true)
