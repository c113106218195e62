"""A clean worktree at a commit, in a temporary folder, that is gone again whatever happens.

What the commands of a pipeline do is theirs; until they start, nothing that a repository names runs. Hooks are off, and
so are filters (`filter.NAME.smudge`, `.process`) that the repository's own configuration names: files come as commits
have them. Filters of the user's own configuration do run, as at any checkout: git-lfs, once installed for the user,
fetches what it keeps. Submodules are not fetched. Nothing is fetched from a remote: a commit that is not here is told.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.history import git
from mkdocs_handoff.history.worktree import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.history.repository import Repository


class WorktreeError(Exception):
    """A worktree cannot be made; the text says why."""


def commit_of(repository: Repository, revision: str) -> str:
    """Return the full name of the commit that a branch, tag or name means.

    Raises:
        WorktreeError: It means none that is here.
    """
    wanted = f"{revision}^{{commit}}"
    answer = git.run(repository.top, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if answer.status or not answer.text.strip():
        raise WorktreeError(f"{revision!r} is no commit, branch or tag of this repository")
    return answer.text.strip()


def uncommitted(repository: Repository) -> tuple[str, ...]:
    """Return the files that differ from the last commit, and those that git does not know, from the work tree's root.

    Raises:
        WorktreeError: git cannot tell.
    """
    answer = git.run(
        repository.top, "status", "--porcelain=v1", "-z", "--untracked-files=normal", "--no-renames",
        "--no-ahead-behind", "--ignore-submodules=dirty", settings=quiet(repository),
    )  # fmt: skip
    if answer.status:
        raise WorktreeError(f"git cannot tell what is not committed: {answer.error}")
    return tuple(entry[3:] for entry in answer.text.split("\0") if entry)


@contextmanager
def worktree(repository: Repository, commit: str) -> Iterator[Path]:
    """Give the root of a clean worktree; it is removed at the end, also when the user interrupts or ends the program.

    Args:
        repository: Ready to be read.
        commit: Its full name.

    Raises:
        WorktreeError: git cannot make it.
    """
    with _ended_softly():
        folder = Path(tempfile.mkdtemp(prefix="mkdocs-handoff-")).resolve()
        tree = folder / repository.top.name  # some tools name things after their folder
        try:
            answer = git.run(
                repository.top, "worktree", "add", "--detach", str(tree), commit,
                settings=(*quiet(repository), ("core.sparseCheckout", "false")),  # commands may read it all
            )  # fmt: skip
            if answer.status:
                raise WorktreeError(f"git cannot check out {commit[:12]}: {answer.error or 'it does not say why'}")
            yield tree
        finally:
            with _undisturbed():
                _remove(repository, folder, tree)


def _remove(repository: Repository, folder: Path, tree: Path) -> None:
    """Remove the folder, and git's note of it."""
    git.run(repository.top, "worktree", "remove", "--force", "--force", str(tree))
    if folder.exists():
        _writable(folder)
        shutil.rmtree(folder, ignore_errors=True)
    git.run(repository.top, "worktree", "prune")


def _writable(folder: Path) -> None:
    """Make folders writable that a command left read-only, as package managers do."""
    for here, folders, _ in os.walk(folder):
        for name in folders:
            path = Path(here, name)
            if not path.is_symlink():
                path.chmod(0o700)


@contextmanager
def _ended_softly() -> Iterator[None]:
    """Take the wish to end the program (`kill`, a closed terminal) as an interrupt: what is to be removed, is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in names}
    # Whoever ignores a hang-up (`nohup`) goes on ignoring it.
    changed = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    for number in changed:
        signal.signal(number, interrupted)
    try:
        yield
    finally:
        for number, handler in changed.items():
            signal.signal(number, handler)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let nobody interrupt what puts things in order: it takes a moment."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
