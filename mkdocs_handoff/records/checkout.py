"""What the repository is called whose files are read, whatever folder it was cloned into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ORIGIN = re.compile(
    r'^[ \t]*\[remote[ \t]+"origin"\][^\n]*\n(?:(?![ \t]*\[)[^\n]*\n)*?[ \t]*url[ \t]*=([^\n]*)', re.MULTILINE
)
_GITDIR = re.compile(r"gitdir:[ \t]*([^\n]+)")


def repository(root: Path) -> str:
    """Return the last part of the address that a repository was cloned from, empty where it has none.

    A folder within a repository has its own name in every clone.

    Args:
        root: The project's root.
    """
    here = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if here is None:
        return ""
    if here != root:
        return root.name
    address = _ORIGIN.search(_read(_common(root / ".git") / "config") + "\n")
    return re.split(r"[/\\:]", address[1].strip().strip('"').rstrip("/"))[-1].removesuffix(".git") if address else ""


def _common(git: Path) -> Path:
    """Return the folder that holds a repository's configuration; of a worktree another one says where that is."""
    told = _GITDIR.match(_read(git)) if git.is_file() else None
    if told is None:
        return git
    own = git.parent / told[1].strip()
    return own / (_read(own / "commondir").strip() or ".")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
