"""What the repository is called whose files are read, whatever folder it was cloned into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ORIGIN = re.compile(
    r'^[ \t]*\[remote[ \t]+"origin"\][^\n]*\n(?:(?![ \t]*\[)[^\n]*\n)*?[ \t]*url[ \t]*=([^\n]*)', re.MULTILINE
)
_HOST = re.compile(r"\A[\w+.-]+://[^/]*/?")
_GITDIR = re.compile(r"gitdir:[ \t]*([^\n]+)")


def repository(root: Path) -> str:
    """Return what a project is called, whatever folder it was cloned into; empty where nothing says it.

    At the top of a repository that is the last part of the address that it was cloned from (git's `origin`): in a fork
    the fork's, and nothing in a copy without one. A project in a folder of a repository is called as that folder, which
    is the same in every clone.

    Args:
        root: The project's root.
    """
    here = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if here is None:
        return ""
    if here != root:
        return root.name
    found = _ORIGIN.search(_read(_common(root / ".git") / "config") + "\n")
    return _last(found[1]) if found is not None else ""


def _last(address: str) -> str:
    """Return the last part of an address, and nothing where that may be a name and a password, or what is asked."""
    path = _HOST.sub("", re.split("[?#;]", address)[0].strip().strip('"')).rstrip("/").removesuffix("/.git")
    last = re.split(r"[/\\:]", path)[-1].removesuffix(".git")
    return "" if "@" in last or "=" in last else last


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
