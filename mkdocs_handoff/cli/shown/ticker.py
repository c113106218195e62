"""That a long run is alive, on one line of a terminal that goes away again."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY, _AFTER = 0.1, 1.0


class Ticker:
    """Counts on standard error; nothing where that is no terminal, or where it takes but a moment.

    It is told of each file and looks at the clock: no thread, and no cost where nobody looks.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._begun = time.monotonic()
        self._last = 0.0
        self._shown = 0

    @property
    def progress(self) -> Callable[[int, int], None] | None:
        """What is told how far it is; None where nobody looks."""
        return self._told if sys.stderr.isatty() else None

    def _told(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._begun < _AFTER or (now - self._last < _EVERY and done + 1 < total):
            return
        self._last = now
        line = f"{self._what}: {done + 1:,} of {total:,} files"
        sys.stderr.write(f"\r{line:<{self._shown}}")
        sys.stderr.flush()
        self._shown = len(line)

    def gone(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write(f"\r{'':<{self._shown}}\r")
            sys.stderr.flush()
            self._shown = 0
