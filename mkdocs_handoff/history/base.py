"""The commit that a branch builds on: where it left the branch that it is to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.history import git

if TYPE_CHECKING:
    from mkdocs_handoff.history.repository import Repository

USUAL = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""The branches that changes usually go to, the first that there is."""


def base(repository: Repository, name: str = "") -> str:
    """Return the commit at which what is checked out left a branch, by its full name; empty where none can be found.

    Args:
        repository: Ready to be read.
        name: A branch, tag or commit; empty: the first of the usual branches.
    """
    for one in (name,) if name else USUAL:
        commit = _asked(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{one}^{{commit}}")
        if commit:
            return _asked(repository, "merge-base", "HEAD", commit)
    return ""


def _asked(repository: Repository, *arguments: str) -> str:
    answer = git.run(repository.top, *arguments)
    return "" if answer.status else answer.text.strip().split("\n")[0]
