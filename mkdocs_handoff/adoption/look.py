"""A look at a repository: which of its files are something that is known. Nothing but first bytes is read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.detect import MARKDOWN, YAML, Detected, detect, is_catalog, promising
from mkdocs_handoff.adoption.heads import HEAD
from mkdocs_handoff.history import git
from mkdocs_handoff.text.files import inside
from mkdocs_handoff.text.paths import illegible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SHOWN = frozenset((".github", ".gitlab", ".eval_results"))
"""Hidden folders in which something of ours may be."""

_CATALOG = 4_000_000
"""Up to how many bytes of a catalog are read: a description of an interface in it may stand before all that is ours."""

_SKIPPED = frozenset(("node_modules", "__pycache__", "site-packages", "vendor"))
_FOREIGN = frozenset(("pyvenv.cfg", "sitemap.xml.gz", ".handoff-manifest.json"))
# A pipe would wait for whoever writes into it, and a link may lead anywhere.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that is something."""

    path: str
    detected: Detected


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a repository showed.

    Attributes:
        seen: The files that are something, by path.
        others: The paths of Markdown and YAML files that are nothing that is known: no glob may claim them.
    """

    seen: tuple[Seen, ...]
    others: tuple[str, ...]


def look(root: Path) -> Look:
    """Look at all files of a folder that git knows or would add; at all files where there is no git.

    Folders that are hidden, hold other people's packages or are built are passed over.

    Args:
        root: The project's root.
    """
    seen: list[Seen] = []
    others: list[str] = []
    for path in sorted(_listed(root)):
        # What has a name that is not UTF-8 can be named in no settings.
        if not promising(path) or path.rpartition("/")[2].startswith(".") or illegible(path):
            continue
        head = head_of(root, path)
        if head is None:  # deleted, and still in git's index
            continue
        found = detect(path, head)
        # A folder above it may be a link as well.
        if found is not None and inside(root, root / path):
            seen.append(Seen(path, found))
        elif path.lower().endswith((*MARKDOWN, *YAML)):
            others.append(path)
    return Look(tuple(seen), tuple(others))


def head_of(root: Path, path: str) -> str | None:
    """Return what tells what a file is: its first bytes, and of a catalog of Backstage all; None where it is no file.

    Args:
        root: The project's root.
        path: From there.
    """
    full = os.path.join(root, path)  # noqa: PTH118 - hot: a call per file
    try:
        handle = os.open(full, _FLAGS)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return None
            head = os.read(handle, HEAD)
            if len(head) == HEAD and is_catalog(path, head):
                while len(head) < _CATALOG and (more := os.read(handle, _CATALOG - len(head))):
                    head += more
        finally:
            os.close(handle)
    except (OSError, ValueError):
        return None
    return head.decode("utf-8", "replace").replace("\r\n", "\n")


def _listed(root: Path) -> Iterable[str]:
    """Return the files of a folder."""
    found = _by_git(root)
    if not found:
        return _walked(str(root))
    foreign = {path.rpartition("/")[0] + "/" for path in found if path.rpartition("/")[2] in _FOREIGN and "/" in path}
    kept = {path for path in found if not _passed_over(path)}
    return {path for path in kept if not any(path.startswith(folder) for folder in foreign)} if foreign else kept


def _by_git(root: Path) -> list[str]:
    """Return what git has and would add; nothing where it cannot tell."""
    try:
        answer = git.run(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except (git.GitMissingError, git.UnreadableError, OSError):
        return []
    return [path for path in answer.text.split("\0") if path] if answer.status == 0 else []


def _passed_over(path: str) -> bool:
    return any(part in _SKIPPED or (part.startswith(".") and part not in _SHOWN) for part in path.split("/")[:-1])


def _walked(root: str) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        lead = os.path.relpath(folder, root).replace(os.sep, "/")
        if lead != "." and not _FOREIGN.isdisjoint(names):
            folders.clear()
            continue
        folders[:] = sorted(
            name for name in folders if name not in _SKIPPED and (not name.startswith(".") or name in _SHOWN)
        )
        yield from (name if lead == "." else f"{lead}/{name}" for name in names)
