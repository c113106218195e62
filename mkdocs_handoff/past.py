"""What a run knows beside the records: what git knows of the project's paths, and which day it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.history import store
from mkdocs_handoff.history.history import History, history, unasked

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_handoff.settings import Settings


@dataclass(frozen=True)
class Past:
    """What git knows, and the day from which it is looked at."""

    history: History
    today: date


def look_back(settings: Settings, today: date) -> Past:
    """Ask git what it knows of a project, unless its settings want none of it."""
    if not settings.history:
        return Past(unasked(), today)
    return Past(history(settings.root, store.folder(), bulk=settings.sweep, today=today), today)
