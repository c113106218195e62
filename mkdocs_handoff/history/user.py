"""Who works here: the name and address that git writes into commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.history import git
from mkdocs_handoff.history.people import mapped

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.history.people import Person


def user(folder: Path) -> Person:
    """Return the name and address of git's user in a folder, as `.mailmap` has them; empty where git knows none."""
    try:
        name, email = (git.run(folder, "config", "--get", key).text.strip() for key in ("user.name", "user.email"))
        return mapped(folder, [(name, email)]).get((name, email), (name, email))
    except (git.GitMissingError, OSError):
        return "", ""
