"""Running git: the only module that does. It asks nobody, reads no network and runs no programs of a repository.

A repository's own configuration can name programs that git starts (`core.fsmonitor`, `diff.external`, hooks,
filters, `gpg.program`) and settings that change what git prints. The first are switched off, the second are set, on
each command line, so that an answer depends on the commits alone. Replace refs and grafts are passed over: they do
not travel with a clone, and two people would read two histories.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class GitMissingError(Exception):
    """git is not installed."""


class UnreadableError(Exception):
    """git could not answer; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a git process said.

    Attributes:
        status: Its exit status.
        out: What it printed.
        error: What it said on standard error, without spaces around it.
    """

    status: int
    out: bytes
    error: str

    @property
    def text(self) -> str:
        """What it printed, as text; bytes that are no UTF-8 come back as they were when encoded in the same way."""
        return self.out.decode("utf-8", "surrogateescape")


# What a hook or a caller exports would lead git to another repository, index or object store. As pre-commit's
# `no_git_env` has it; of the rest only what decides whether a repository is found and trusted at all is kept.
_KEPT = (
    "GIT_EXEC_PATH", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
    "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
)  # fmt: skip

_SETTINGS = (
    # programs
    "core.fsmonitor=",
    f"core.hooksPath={os.devnull}",
    "core.pager=",
    "log.showSignature=false",
    # what is printed, and what is counted
    "advice.graftFileDeprecated=false",
    "core.quotepath=off",
    f"diff.orderFile={os.devnull}",
    "log.showRoot=true",
    "trailer.separators=:",
)

_BLOCK = 1 << 20


def environment(settings: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
    """Return the environment in which git runs: no prompts, no locks, no network, no other repository, no locale.

    Args:
        settings: Names and values that override the configuration. Here, and not on the command line, because a
            name may hold a `=`.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT or name.startswith(("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"))
    }
    if settings:
        given = kept.get("GIT_CONFIG_COUNT", "")
        first = int(given) if given.isdecimal() else 0
        for number, (name, value) in enumerate(settings, first):
            kept[f"GIT_CONFIG_KEY_{number}"] = name
            kept[f"GIT_CONFIG_VALUE_{number}"] = value
        kept["GIT_CONFIG_COUNT"] = str(first + len(settings))
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        # Without this git hands over each commit by itself: 20,000 system calls for 20,000 commits.
        "GIT_FLUSH": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        # Partial clones fetch what they lack: git 2.45 and later can be told not to; earlier ones find no transport.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
    }


def program() -> str:
    """Return where git is.

    Looked up here, in absolute folders only: a lookup by the system may begin in the project's own folder (on
    Windows always,
    elsewhere with `.` in PATH), and a repository could bring its own `git` along.

    Raises:
        GitMissingError: It is nowhere.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, name)  # noqa: PTH118 - runs per process; a Path costs more than the question
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113, PTH117
            return path
    raise GitMissingError


def run(folder: Path, *arguments: str, given: bytes | None = None, settings: Sequence[tuple[str, str]] = ()) -> Answer:
    """Run git in a folder and return what it said.

    Args:
        folder: Where.
        arguments: Of git.
        given: What it reads from standard input.
        settings: Overrides of the configuration beside those that always hold.

    Raises:
        GitMissingError: git is not installed.
        OSError: The folder cannot be entered.
    """
    done = subprocess.run(  # noqa: S603 - arguments as a list, no shell
        _command(arguments),
        cwd=folder,
        env=environment(settings),
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())


def stream(folder: Path, *arguments: str) -> Iterator[bytes]:
    """Run git in a folder and give what it prints in blocks, so that a long history is never held as one text.

    It prints into a file without a name, not into a pipe: both would cost more CPU by some percent when the reader is
    woken for every few commits.

    Raises:
        GitMissingError: git is not installed.
        OSError: The folder cannot be entered.
        UnreadableError: It failed; that is known before anything is given.
    """
    with tempfile.TemporaryFile(buffering=0) as printed:
        done = subprocess.run(  # noqa: S603 - arguments as a list, no shell
            _command(arguments),
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            raise UnreadableError(done.stderr.decode("utf-8", "replace").strip())
        printed.seek(0)
        while block := printed.read(_BLOCK):
            yield block


def _command(arguments: Sequence[str]) -> list[str]:
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    return [program(), "--no-pager", *settings, *arguments]
