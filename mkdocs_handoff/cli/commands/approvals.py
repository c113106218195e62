"""`mkdocs-handoff approvals`: from the answers of a forge's API to the file that tells who approved what."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.exchange.approvals import Answer


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "approvals",
        help="turn a forge's answers into the file of approvals",
        description="Turn recorded answers of a forge's API into the file that tells who approved which change. "
        "Asks no network: a CI job asks, with `gh` or `curl`, and the documentation has one. Exit status: 0 done, "
        "2 could not run.",
    )
    parser.add_argument("forge", choices=("github", "gitlab"), help="whose answers they are")
    parser.add_argument("files", nargs="+", metavar="FILE", help="answers, as JSON; `-` is standard input")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the file to write; what it tells of other requests stays (default: print, without what is there)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read answers, and print or write the file of approvals."""
    from mkdocs_handoff.cli import files  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.status import CLEAN, UsageError  # noqa: PLC0415
    from mkdocs_handoff.exchange import approvals  # noqa: PLC0415
    from mkdocs_handoff.history.approvals import APPROVED, NONE  # noqa: PLC0415
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    answers: list[Answer] = []
    for name in options.files:
        try:
            answers += approvals.parse(_text(name))
        except approvals.AnswerError as error:
            raise UsageError(f"{'standard input' if name == '-' else name}: {error}") from None
    try:
        found = (approvals.github if options.forge == "github" else approvals.gitlab)(answers)
    except approvals.AnswerError as error:
        raise UsageError(f"what is given {error}") from None
    kept = NONE
    output = Path(options.output) if options.output else None
    if output is not None and output.is_file():
        try:
            kept = approvals.load(_text(options.output))
        except approvals.AnswerError as error:
            raise UsageError(f"{options.output}: {error}; delete it to begin anew") from None
    every = approvals.merged(kept, found)
    text = approvals.dump(every)
    try:
        approvals.load(text)
    except approvals.AnswerError as error:  # a time or an address that the forge writes in a way nobody foresaw
        raise UsageError(f"the answers hold what cannot be used: it {error}") from None
    if output is None:
        print(text, end="")
    else:
        files.write(output, text.encode("utf-8", "replace"))
    approved = sum(one.state == APPROVED for request in found for one in request.approvals)
    counts = f"read {counted(len(found), 'request')} with {counted(approved, 'approval')}"
    holds = f"; holds {counted(len(every.requests), 'request')}" if output is not None else ""
    print(f"{options.output or 'standard output'}: {counts}{holds}", file=sys.stderr)
    if not found:
        what = "nothing" if not answers else "no request that was merged"
        print(
            f"mkdocs-handoff: the answers hold {what}: was the right project asked, for merged ones?", file=sys.stderr
        )
    return CLEAN


def _text(name: str) -> str:
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    try:
        return files.read(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8") from None
