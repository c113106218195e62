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
        yield (
            "this clone is shallow, and what is older than it reaches is unknown: `git fetch --unshallow`, or "
            "`fetch-depth: 0` at actions/checkout, `GIT_DEPTH: 0` at GitLab"
        )
    if errors:
        number = counted(len(errors), "error")
        yield f"lint finds {number}: a file that cannot be read has no verdict (`mkdocs-handoff lint`)"


def _blindness(repository: Repository) -> str:
    """Return in words why git could not be asked."""
    hint = one_line(repository.hint)
    return (
        f"{repository.state.value} ({hint})"
        if hint and repository.state is State.UNREADABLE
        else repository.state.value
    )
