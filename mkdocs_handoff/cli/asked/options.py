"""The options that several commands have, in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

TABLE, JSON, CSV, MARKDOWN = "table", "json", "csv", "markdown"
TABULAR = (TABLE, JSON, CSV, MARKDOWN)
"""The formats of a command that prints rows; the first is the usual one."""


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add `--config`."""
    parser.add_argument(
        "-f",
        "--config",
        metavar="FILE",
        help="the builder's configuration or handoff.yml (default: looked for upwards)",
    )


def add_today(parser: argparse.ArgumentParser) -> None:
    """Add `--today`: `asked.day` reads it."""
    parser.add_argument(
        "--today",
        default="",
        metavar="DAY",
        help="the day that counts as today, as 2026-11-23 (default: SOURCE_DATE_EPOCH, or the clock)",
    )


def add_format(parser: argparse.ArgumentParser, choices: tuple[str, ...], more: str = "") -> None:
    """Add `--format`.

    Args:
        parser: The command's.
        choices: What there is, the usual one first.
        more: What else is to be known.
    """
    text = f"how it is printed{more} (default: {choices[0]})"
    parser.add_argument("--format", choices=choices, default=choices[0], help=text)


def add_owner(parser: argparse.ArgumentParser, text: str, *, required: bool = False) -> None:
    """Add `--owner`: `asked.names` tells whom it means.

    Args:
        parser: The command's.
        text: What the command does with a team or person.
        required: Whether one must be named.
    """
    parser.add_argument(
        "--owner",
        action="append",
        default=[],
        required=required,
        metavar="TEAM|PERSON",
        help=f"{text}; may be repeated",
    )


def add_commit_day(parser: argparse.ArgumentParser) -> None:
    """Add `--today` to a command that writes the same again as long as nothing is committed."""
    parser.add_argument(
        "--today",
        default="",
        metavar="DAY",
        help="the day that counts as today, as 2026-11-23 (default: SOURCE_DATE_EPOCH, or the day of the commit)",
    )


def taken_for(word: str, option: str, value: str) -> str:
    """Return that an option, whose value may be left out, took the word behind it: probably a path that was meant."""
    return f"{option} took {word} as its {value}: write paths before options, or `{option}={value}`"
