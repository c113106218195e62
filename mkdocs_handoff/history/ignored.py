"""Commits that blame is told to pass over: reformatting and the like, for which nobody looked at a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.history.repository import Repository

USUAL = ".git-blame-ignore-revs"
"""Read at the top of the work tree, named or not: GitHub and GitLab do the same."""


def ignored(repository: Repository) -> frozenset[str]:
    """Return the commits named in the file of the usual name and in those of git's setting `blame.ignoreRevsFile`."""
    named: list[str] = []
    for name in repository.ignoring:
        named = [*named, name] if name else []  # an empty name takes back those before it
    found: set[str] = set()
    for name in (*named, USUAL):
        try:
            text = (repository.top / os.path.expanduser(name)).read_text(encoding="utf-8", errors="replace")  # noqa: PTH111
        except (OSError, ValueError):
            continue
        found.update(word for line in text.splitlines() if (word := line.partition("#")[0].strip()))
    return frozenset(found)
