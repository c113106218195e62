"""Running declared commands, one after the other: with an end, without questions, and with nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_GRACE = 3.0
"""So many seconds a command has to end by itself once it was asked to."""

# What a hook exports would lead a command's git to another repository (`git rev-parse --local-env-vars`).
_GIT = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """What one step runs.

    Attributes:
        step: The step's name.
        text: As it is declared: one or several lines of a shell.
    """

    step: str
    text: str


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of running commands.

    Attributes:
        seconds: How long all of it took.
        failed: The command that did not end well.
        status: Its exit status; below zero, the signal that ended it.
        timed_out: Whether the time was up.
    """

    seconds: float
    failed: Command | None = None
    status: int = 0
    timed_out: bool = False


def run(
    commands: Sequence[Command],
    folder: Path,
    log: BinaryIO,
    timeout: float,
    started: Callable[[Command], None] | None = None,
) -> Ran:
    """Run commands in a folder until one fails.

    Each runs in a shell that stops at the first line that fails, in a group of processes of its own, with nothing to
    read. When it ends, when the time is up and when the user interrupts, whatever of the group still runs is ended.

    Args:
        commands: In their order.
        folder: Where they run.
        log: Takes what they print.
        timeout: The seconds that all of them together may take.
        started: Called as each begins.

    Raises:
        KeyboardInterrupt: The user interrupted; nothing runs any more.
        OSError: A command cannot be started at all.
    """
    begun = time.monotonic()
    for command in commands:
        if started is not None:
            started(command)
        log.write(f"$ {command.text.strip()}\n".encode("utf-8", "surrogateescape"))
        log.flush()
        left = timeout - (time.monotonic() - begun)
        status = _one(command.text, folder, log, left) if left > 0 else None
        taken = time.monotonic() - begun
        if status is None:
            return Ran(taken, command, timed_out=True)
        if status:
            return Ran(taken, command, status)
    return Ran(time.monotonic() - begun)


def environment() -> dict[str, str]:
    """Return the environment of commands: the user's, without what would lead git to another repository."""
    return {name: value for name, value in os.environ.items() if name not in _GIT}


def _one(text: str, folder: Path, log: BinaryIO, timeout: float) -> int | None:
    """Run one command; return its exit status, or None where its time was up."""
    posix = os.name == "posix"
    process = subprocess.Popen(  # noqa: S603 - shown to the user, who said yes
        ["/bin/sh", "-e", "-c", text] if posix else text,
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        shell=not posix,
        start_new_session=posix,
        creationflags=0 if posix else getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what still runs of a command's group: gently, and then for certain."""
    if os.name != "posix":
        process.kill()
        process.wait()
        return
    if _signalled(process, signal.SIGTERM):
        until = time.monotonic() + _GRACE
        try:
            while time.monotonic() < until and _signalled(process, 0):
                process.poll()
                time.sleep(0.02)
        finally:  # whoever interrupts a second time does not want to wait
            _signalled(process, signal.SIGKILL)
    process.wait()


def _signalled(process: subprocess.Popen[bytes], number: int) -> bool:
    """Send a signal to a command's group; return whether there still is one."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True
