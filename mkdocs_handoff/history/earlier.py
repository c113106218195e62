"""A work tree as a commit has it, beside the one that is on disk, and which files differ between the two.

Nothing is checked out: no filter and no hook runs, git's index is not touched, and nothing is written into the
repository. Files that do not differ are copied from disk, so that a partial clone need not hold what it never showed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.history import contents, git
from mkdocs_handoff.history.worktree import quiet
from mkdocs_handoff.text.files import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mkdocs_handoff.history.repository import Repository

_LINK, _SUBMODULE = "120000", "160000"
_MARKDOWN = (".md", ".markdown")
# What is read as text. Of a file of another sort that differs it matters only that it was there.
_READ = (
    *_MARKDOWN, ".yml", ".yaml", ".json", ".jsonl", ".csv", ".tsv", ".toml", ".txt", ".dvc", ".lock", "CODEOWNERS",
    "MLmodel",
)  # fmt: skip


def differing(repository: Repository, commit: str) -> frozenset[str]:
    """Return the files that differ between a commit and the disk, those that git does not know among them.

    Args:
        repository: Ready to be read.
        commit: By its full name.

    Returns:
        Paths from the work tree's root.

    Raises:
        UnreadableError: git cannot tell.
    """
    committed = _asked(repository, "diff-tree", "-r", "-z", "--no-renames", "--name-only", commit, repository.head)
    # `git status` and not `git diff`: that one writes the index, and somebody else's `git add` may fail on its lock.
    pending = _asked(
        repository, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--no-ahead-behind",
        "--ignore-submodules=dirty",
    )  # fmt: skip
    return frozenset((*committed.split("\0")[:-1], *(entry[3:] for entry in pending.split("\0")[:-1])))


def leaving(repository: Repository) -> frozenset[str]:
    """Return the files that the next commit takes away, be they on disk or not, as after `git rm --cached`.

    Args:
        repository: Ready to be read.

    Returns:
        Paths from the work tree's root.

    Raises:
        UnreadableError: git cannot tell.
    """
    told = _asked(
        repository, "diff-index", "--cached", "--diff-filter=D", "--no-renames", "--name-only", "-z", repository.head
    )
    return frozenset(told.split("\0")[:-1])


@contextmanager
def earlier(
    repository: Repository, commit: str, differ: Collection[str], pages: Collection[str] | None = None
) -> Iterator[Path]:
    """Give a folder that holds files of a commit; it is gone afterwards.

    What differs is there: text that a project may read as it was, everything else as an empty file of its name. Of what
    does not differ only such text is there: whether the rest exists can be seen on disk.

    Args:
        repository: Ready to be read.
        commit: By its full name.
        differ: The files that differ from it on disk, from the work tree's root.
        pages: The Markdown files that are wanted of those that do not differ; None: all.

    Raises:
        UnreadableError: git cannot give the files, as in a partial clone that lacks them.
    """
    with tempfile.TemporaryDirectory(prefix="mkdocs-handoff-") as folder:
        top = Path(folder).resolve() / (repository.top.name or "project")
        top.mkdir()
        _fill(repository, commit, differ, top, pages)
        yield top


def _fill(
    repository: Repository, commit: str, differ: Collection[str], top: Path, pages: Collection[str] | None
) -> None:
    entries = {
        path: facts
        for path, facts in _entries(repository, commit)
        if path in differ
        or facts[0] == _LINK
        or (path.endswith(_READ) and (pages is None or path in pages or not path.endswith(_MARKDOWN)))
    }
    wanted = [
        (commit, path)
        for path, (mode, size) in entries.items()
        if path in differ and (mode == _LINK or (path.endswith(_READ) and size <= MAX_BYTES))
    ]
    held = contents.contents(repository, wanted)
    lacking = [path for (_, path), content in held.items() if not isinstance(content, bytes)]
    if lacking:
        raise git.UnreadableError(f"git could not give {lacking[0]!r} as it was{_more(len(lacking))}")
    made: set[str] = set()
    # Links last: nothing is ever written through one.
    for path, (mode, size) in sorted(entries.items(), key=lambda entry: (entry[1][0] == _LINK, entry[0])):
        target = os.path.join(top, path)  # noqa: PTH118 - hot: a call per file of the repository
        above = os.path.dirname(target)  # noqa: PTH120
        if above not in made:
            os.makedirs(above, exist_ok=True)  # noqa: PTH103
            made.add(above)
        content = held.get((commit, path))
        if mode == _LINK:
            _link(repository.top / path, content, target)
        elif mode == _SUBMODULE:
            os.makedirs(target, exist_ok=True)  # noqa: PTH103
        elif path in differ:
            _write(target, content if isinstance(content, bytes) else b"", size)
        else:
            _copy(os.path.join(repository.top, path), target)  # noqa: PTH118


def _write(target: str, content: bytes, size: int = 0) -> None:
    with open(target, "wb") as file:  # noqa: PTH123 - hot
        file.write(content)
        if not content and size > MAX_BYTES:
            file.truncate(size)  # what is too large is too large in both, and takes no room


def _copy(path: str, target: str) -> None:
    with suppress(FileNotFoundError):  # a sparse checkout shows it neither here nor there
        size = os.stat(path).st_size  # noqa: PTH116
        if size > MAX_BYTES:
            _write(target, b"", size)
        else:
            shutil.copyfile(path, target, follow_symlinks=False)


def _link(now: Path, content: bytes | contents.Missing | None, target: str) -> None:
    with suppress(OSError):  # a system without links
        os.symlink(os.fsdecode(content) if isinstance(content, bytes) else os.readlink(now), target)  # noqa: PTH115, PTH211


def _entries(repository: Repository, commit: str) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the files of a commit with mode and size. A tree made by hand may name one outside: not those."""
    # A partial clone does not know how large what it lacks is.
    sizes = () if repository.partial else ("-l",)
    for entry in _asked(repository, "ls-tree", "-r", "-z", *sizes, "--full-tree", commit).split("\0")[:-1]:
        facts, _, path = entry.partition("\t")
        mode, _, _, size = f"{facts} 0".split()[:4]
        parts = path.split("/")
        if not any(part.lower() in ("", ".", "..", ".git") for part in parts) and "\\" not in path:
            yield path, (mode, int(size) if size.isdigit() else 0)


def _more(count: int) -> str:
    return f", and {count - 1:,} more" if count > 1 else ""


def _asked(repository: Repository, *arguments: str) -> str:
    answer = git.run(repository.top, *arguments, settings=quiet(repository))
    if answer.status:
        raise git.UnreadableError(answer.error)
    return answer.text
