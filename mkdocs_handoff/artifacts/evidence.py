"""What is written into a record when its files were held against its checksums: the field `verified`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts.checked import AGREES, State
from mkdocs_handoff.history import git
from mkdocs_handoff.history.repository import State as Standing
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from mkdocs_handoff.artifacts.checked import Checked
    from mkdocs_handoff.history.repository import Repository

VERIFIED = "verified"
"""The field: `on`, `by`, `commit`, `matched`, `of` and `note`."""

_NAMED = 3
_COMMIT = 12


def counts(checked: Iterable[Checked]) -> tuple[int, int]:
    """Return how many checksums their files have, and how many are stated; a file without one does not count."""
    states = [one.state for one in checked if one.state is not State.UNSTATED]
    return sum(state in AGREES for state in states), len(states)


def verified(
    checked: Collection[Checked], today: date, by: str, commit: str, uncommitted: Collection[str]
) -> dict[str, str]:
    """Return what `verified` is to hold of one record.

    Args:
        checked: What was found of its files.
        today: The day.
        by: Who checked: a reference, or a name.
        commit: The commit that is checked out; empty without one.
        uncommitted: The files that differ from it, or that it does not have, from the project's root.
    """
    matched, of = counts(checked)
    found = {"on": today.isoformat(), "by": by, "commit": commit[:_COMMIT], "matched": matched, "of": of}
    found["note"] = "; ".join(_notes(checked, uncommitted))
    return {
        name: Plain(value) if isinstance(value, int) else str(value) for name, value in found.items() if value != ""
    }


def untracked(repository: Repository, checked: Iterable[Checked]) -> tuple[str, ...]:
    """Return the files that were looked at and that git does not have, ignored or never added: no commit holds them.

    What a `dvc.lock` tells of is left out: there the commit holds the checksum, and DVC the file.

    Args:
        repository: Of the project; without one nothing is told.
        checked: What was found of the files.
    """
    files = {
        one.stated.file
        for one in checked
        if one.stated.file and one.state in AGREES and not one.stated.kept and not one.stated.directory
    }
    if repository.state is not Standing.READY or not files:
        return ()
    answer = git.run(repository.top, "ls-files", "-z", "--recurse-submodules")
    if answer.status:
        return ()
    known = set(answer.text.split("\0"))
    return tuple(sorted(file for file in files if repository.prefix + file not in known))


def _notes(checked: Collection[Checked], uncommitted: Collection[str]) -> Iterable[str]:
    """Yield what the two numbers do not say."""
    others = [one for one in checked if one.state not in AGREES and one.state is not State.UNSTATED]
    for one in others[:_NAMED]:
        yield f"{one.stated.path or one.stated.at[0]}: {one.state}"
    if len(others) > _NAMED:
        yield f"{len(others) - _NAMED} more that do not match or are not here"
    pointers = sum(one.state is State.POINTER for one in checked)
    if pointers:
        yield f"{pointers} by pointer alone, the content is not here"
    changed = {one.stated.file for one in checked} & set(uncommitted)
    if changed:
        yield f"not committed: {', '.join(sorted(changed)[:_NAMED])}"
