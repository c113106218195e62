"""The options that mend findings or put them aside: `--fix`, `--diff` and the baseline's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

WRITE, UPDATE = "write", "update"


def add_fixing(parser: argparse.ArgumentParser) -> None:
    """Add `--fix` and `--diff`."""
    parser.add_argument(
        "--fix",
        action="store_true",
        help="mend what can be mended safely, and say what: dates, misspelt and older names of fields, references. "
        "Another tool's files are edited only where they are named one by one",
    )
    parser.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")


def add_baseline(parser: argparse.ArgumentParser) -> None:
    """Add the options of the baseline."""
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--write-baseline",
        dest="baseline",
        action="store_const",
        const=WRITE,
        help="write all findings (of the PATHs, where there are some) into the baseline: they are not told any more",
    )
    choice.add_argument(
        "--update-baseline",
        dest="baseline",
        action="store_const",
        const=UPDATE,
        help="take out of the baseline what is gone; nothing is added",
    )
    choice.add_argument(
        "--no-baseline", dest="baseline", action="store_const", const="none", help="tell what the baseline holds, too"
    )
