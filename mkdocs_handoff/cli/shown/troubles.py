"""What keeps verdicts from being whole, and how to mend it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.history.repository import State
from mkdocs_handoff.text.numbers import counted
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.cli.asked.looked import Looked
    from mkdocs_handoff.history.repository import Repository

_DEEPEN = "`git fetch --unshallow`, or `fetch-depth: 0` at actions/checkout, `GIT_DEPTH: 0` at GitLab"


def warn(looked: Iterable[Looked]) -> None:
    """Say on standard error, each thing once, what keeps the verdicts from being whole."""
    for text in dict.fromkeys(text for one in looked for text in troubles(one)):
        print(f"mkdocs-handoff: {text}", file=sys.stderr)


def troubles(looked: Looked) -> Iterator[str]:
    """Yield what keeps the verdicts of a project from being whole."""
    repository, errors = looked.history.repository, looked.project.errors
    if repository.state not in (State.READY, State.OFF):
        yield f"no history: {_blindness(repository)}; verdicts rest on review dates and fingerprints alone"
    if looked.report.shallow:
        yield f"this clone is shallow, and what is older than it reaches is unknown: {_DEEPEN}"
    if errors:
        unread = looked.project.records.broken
        what = (
            "a file that cannot be read has no verdict"
            if unread
            else "every file was read, but what is wrong may hide a change"
        )
        yield f"lint finds {counted(len(errors), 'error')}: {what} (`mkdocs-handoff lint`)"


def uncountable(looked: Looked) -> str:
    """Return why the day's counts of a project would be wrong, and how to mend it; empty where they hold.

    A project that wants no history has none to miss.
    """
    repository = looked.history.repository
    if repository.state not in (State.READY, State.OFF):
        mend = "count in a clone with its history, or set `history: false` where there is none"
        return f"history cannot be read, and counts without it mislead: {_blindness(repository)}; {mend}"
    if looked.report.shallow:
        return f"this clone is shallow, and counts of what it does not reach mislead: {_DEEPEN}"
    return ""


def _blindness(repository: Repository) -> str:
    """Return in words why git could not be asked."""
    hint = one_line(repository.hint)
    return (
        f"{repository.state.value} ({hint})"
        if hint and repository.state is State.UNREADABLE
        else repository.state.value
    )
