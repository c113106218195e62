"""`mkdocs-handoff digest`: what a team should know of its records once a week, as a message for chat or mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "digest",
        help="write a team's weekly message on what may no longer hold",
        description="Write a short message for chat or mail: what may no longer hold of what a team answers for, what "
        "is new, what to look at first. Exit status: 0 written, 2 could not run.",
    )
    options.add_owner(parser, "whose message: a message for each", required=True)
    options.add_format(parser, ("text", options.MARKDOWN), "; text is safe in every chat")
    parser.add_argument(
        "--days", type=_days, default=7, metavar="N", help="what began in so many days is new (default: 7)"
    )
    parser.add_argument(
        "--files-url",
        default="",
        metavar="URL",
        help="where the repository's files are shown (https://github.com/ORG/NAME/blob/main): links records to them",
    )
    parser.add_argument(
        "--site-url", default="", metavar="URL", help="an address to name at the end: the site's report"
    )
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print a message for each owner."""
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.looked import look  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.message import Message  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.troubles import warn  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN  # noqa: PLC0415
    from mkdocs_handoff.reports.stale.digest import digest  # noqa: PLC0415

    files, site = _address(given.files_url, "--files-url").rstrip("/"), _address(given.site_url, "--site-url")
    looked = look(given.config, (), day_given(given.today))
    (one,) = looked
    warn(looked)
    names = Names.of(looked)
    owners = [owner for text in given.owner for owner in names.owner(text) if owner is not None]
    digests = [digest(one.report, one.project.catalog, owner, given.days) for owner in dict.fromkeys(owners)]
    message = Message(one, files, site, markdown=given.format == options.MARKDOWN)
    print("\n".join("".join(f"{line}\n" for line in message.lines(each)) for each in digests), end="")
    return CLEAN


def _days(text: str) -> int:
    import argparse  # noqa: PLC0415

    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 3660:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return int(text)


def _address(text: str, option: str) -> str:
    """Return an address that a message may hold."""
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    if text and (not text.startswith(("https://", "http://")) or set(text) & set(" <>()[]\"'`\\\n\t")):
        raise UsageError(f"{option} is {text!r}, and should begin with https:// and hold no spaces or brackets")
    return text
