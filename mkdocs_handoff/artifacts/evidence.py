"""What is written into a record when its files were held against its checksums: the field `verified`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts.checked import AGREES, State
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from mkdocs_handoff.artifacts.checked import Checked

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
        uncommitted: The files that differ from it, from the project's root.
    """
    matched, of = counts(checked)
    found = {"on": today.isoformat(), "by": by, "commit": commit[:_COMMIT], "matched": matched, "of": of}
    found["note"] = "; ".join(_notes(checked, uncommitted))
    return {
        name: Plain(value) if isinstance(value, int) else str(value) for name, value in found.items() if value != ""
    }


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
