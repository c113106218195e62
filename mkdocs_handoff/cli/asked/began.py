"""Where a change began that a user asks about: the commit at which it left a branch."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked.options import taken_for
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.history.base import USUAL, base
from mkdocs_handoff.history.repository import State

if TYPE_CHECKING:
    from mkdocs_handoff.history.repository import Repository


def began(repository: Repository, name: str) -> str:
    """Return the commit that a change builds on, by its full name.

    Args:
        repository: As git sees it.
        name: The branch that the change left, as `--changed` gives it; empty: the first of the usual ones.

    Raises:
        UsageError: git knows nothing here, or the commit cannot be found.
    """
    if repository.state is not State.READY:
        raise UsageError(f"what a change is cannot be told: {repository.state.value}")
    found = base(repository, name)
    if not found:
        what = f"{name!r} is no branch or commit that this one left" if name else f"there is none of {', '.join(USUAL)}"
        shallow = "; this clone is shallow, and needs `fetch-depth: 0`" if repository.boundary else ""
        path = f"; {taken_for(name, '--changed', 'BASE')}" if name and os.path.lexists(name) else ""
        raise UsageError(f"{what}: name where the change began, `--changed origin/main`{shallow}{path}")
    if not name and found == repository.head and repository.boundary:
        # The only branch that a shallow clone has is the one that is checked out: nothing differs from itself.
        raise UsageError(
            "this clone is shallow, and the branch that the change left is not in it: it needs `fetch-depth: 0` at "
            "actions/checkout, `GIT_DEPTH: 0` at GitLab; then name where the change began, `--changed origin/main`"
        )
    return found
