"""The command line: which commands there are, and what becomes of an error nobody foresaw."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import traceback
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from mkdocs_handoff import __version__
from mkdocs_handoff.cli.status import COULD_NOT_RUN, STOPPED, UNREAD, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import TextIO


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: What stands behind the command's name; the process's own by default.

    Returns:
        0 clean, 1 findings, 2 the tool could not run.
    """
    parser, commands = _parser()
    options, strange = parser.parse_known_args(arguments)
    if strange:  # told with the options that this command takes, not with the list of all commands
        commands.choices[options.command].error(f"unrecognized arguments: {' '.join(strange)}")
    try:
        return int(options.run(options))
    except UsageError as error:
        from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415 - a message may quote what files hold

        print(f"mkdocs-handoff: {chr(10).join(map(printable, str(error).splitlines()))}", file=sys.stderr)
        return COULD_NOT_RUN


def run() -> None:
    """Run the process: the entry point of `mkdocs-handoff`."""
    _streams()
    signal.signal(signal.SIGTERM, _stop)
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # `mkdocs-handoff lint | head`
        _mute(sys.stdout)
        status = UNREAD
    except KeyboardInterrupt:
        print("mkdocs-handoff: stopped", file=sys.stderr)
        status = STOPPED
    except Exception as error:
        # Files that cannot be written are told of where they are written; what has no name is the output.
        if isinstance(error, OSError) and error.filename is None and error.errno in (errno.ENOSPC, errno.EIO):
            _mute(sys.stdout)
            print(f"mkdocs-handoff: standard output cannot be written: {error.strerror}", file=sys.stderr)
        else:
            traceback.print_exc()
            print(
                "mkdocs-handoff: this is a defect of the tool; please report it with the lines above", file=sys.stderr
            )
        status = COULD_NOT_RUN
    sys.exit(status)


def _streams() -> None:
    """Make the standard streams ones that every command can use."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started the process
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Messages quote what files hold, in any script: a terminal that cannot show a letter gets an escape. What
            # a program or a file takes is UTF-8 wherever it runs: JSON is nothing else (RFC 8259, section 8.1).
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _mute(stream: TextIO) -> None:
    """Let what is still to be written go nowhere: Python writes it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End as at Ctrl-C: what was begun is put back."""
    raise KeyboardInterrupt


def _parser() -> tuple[argparse.ArgumentParser, argparse._SubParsersAction[argparse.ArgumentParser]]:
    from mkdocs_handoff.cli.commands import (  # noqa: PLC0415 - each imports its own needs late
        adopt,
        approvals,
        capture,
        digest,
        generate,
        handoff,
        init,
        lineage,
        lint,
        new,
        owners,
        pack,
        preview,
        readiness,
        review,
        rule,
        schema,
        single_points,
        staleness,
        verify,
    )

    parser = argparse.ArgumentParser(
        prog="mkdocs-handoff",
        description="Model cards, decisions, glossary and owners in git, checked and linked.",
    )
    parser.add_argument("--version", action="version", version=f"mkdocs-handoff {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    for command in (
        preview,
        init,
        lint,
        rule,
        new,
        adopt,
        schema,
        staleness,
        review,
        digest,
        owners,
        readiness,
        single_points,
        lineage,
        approvals,
        handoff,
        verify,
        pack,
        generate,
        capture,
    ):
        command.add_to(commands)
    return parser, commands
