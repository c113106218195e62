"""`mkdocs-handoff handoff`: begin a handoff, sign it, complete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command, and what it can do."""
    parser = commands.add_parser(
        "handoff",
        help="begin a handoff, sign it, complete it",
        description="Write a new handoff with everything that the records already tell, sign it for a side, or "
        "complete it: then the receiving team owns what moved. Exit status: 0 done, 1 not done, with what is in the "
        "way, 2 could not run.",
    )
    deeds = parser.add_subparsers(title="what to do", required=True, metavar="DEED")
    _start(deeds)
    _sign(deeds)
    _complete(deeds)


def _start(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = deeds.add_parser(
        "start",
        help="write the record of a new handoff, filled in as far as the records tell",
        description="Write the record of a new handoff: what moves, both teams and their people, the playbook's steps, "
        "acceptance criteria drafted from evaluations, checksums, playbooks and decisions, access, and what is to be "
        "asked. What nobody has written yet stands there as a comment. Nothing is ever overwritten.",
    )
    parser.add_argument("models", nargs="+", metavar="MODEL", help="what moves: models' names, or their files")
    parser.add_argument("--to", required=True, metavar="TEAM", help="the team that takes over")
    parser.add_argument(
        "--from", dest="giver", default="", metavar="TEAM", help="the team that hands over (default: who owns)"
    )
    parser.add_argument(
        "--playbook",
        default="",
        metavar="PLAYBOOK",
        help="the playbook to follow (default: the only one for a migration)",
    )
    parser.add_argument("--by", default="", metavar="PERSON", help="who begins it: named first of their team")
    parser.add_argument("--name", default="", metavar="NAME", help="the record's name (default: MODEL-to-TEAM)")
    _add_answers(parser)
    parser.set_defaults(run=_run_start)


def _sign(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = deeds.add_parser(
        "sign",
        help="sign a handoff for one side",
        description="Show what is signed, ask, and add the signature to the record, with a fingerprint of each thing "
        "that is signed. When both sides have signed and all criteria are passed or waived, it can be accepted.",
    )
    parser.add_argument("handoff", metavar="HANDOFF", help="the handoff's name, or its file")
    parser.add_argument(
        "--for", dest="role", required=True, choices=("from", "to", "approver"), help="which side signs"
    )
    parser.add_argument(
        "--stands-in-for",
        default="",
        choices=("from", "to"),
        help="with --for approver: the side that no longer exists",
    )
    parser.add_argument("--by", default="", metavar="PERSON", help="who signs (default: whom git's user is)")
    parser.add_argument("--statement", default="", metavar="TEXT", help="what is said with it")
    parser.add_argument("--accept", action="store_true", help="accept it, where nothing is in the way any more")
    _add_answers(parser)
    parser.set_defaults(run=_run_sign)


def _complete(deeds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = deeds.add_parser(
        "complete",
        help="make the receiving team the owner of what moved",
        description="Make the receiving team the accountable owner in the record of each subject, and close the "
        "handoff. All changes are shown first.",
    )
    parser.add_argument("handoff", metavar="HANDOFF", help="the handoff's name, or its file")
    _add_answers(parser)
    parser.set_defaults(run=_run_complete)


def _add_answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do it without being asked")
    parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")
    options.add_today(parser)
    options.add_config(parser)


def _run_start(given: argparse.Namespace) -> int:
    from mkdocs_handoff.cli.commands.handoff import start  # noqa: PLC0415 - `--help` needs none of this

    return start.run(given)


def _run_sign(given: argparse.Namespace) -> int:
    from mkdocs_handoff.cli.commands.handoff import sign  # noqa: PLC0415

    return sign.run(given)


def _run_complete(given: argparse.Namespace) -> int:
    from mkdocs_handoff.cli.commands.handoff import complete  # noqa: PLC0415

    return complete.run(given)
