"""How far a long run is, on one line of a terminal that goes away again."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY = 0.1
_FILES_AFTER, _BYTES_AFTER = 1.0, 0.3
_WIDTH = 30
_UNITS = ("B", "kB", "MB", "GB", "TB")


class Passing:
    """A line on standard error; nothing where that is no terminal, or where it takes but a moment.

    It is told of each step and looks at the clock: no thread, and no cost where nobody looks.

    Args:
        words: Makes the line of what is done and of how much there is.
        after: The seconds after which it is shown.
    """

    def __init__(self, words: Callable[[int, int], str], after: float) -> None:
        self._words, self._after = words, after
        self._begun = time.monotonic()
        self._last = 0.0
        self._shown = 0

    @property
    def progress(self) -> Callable[[int, int], None] | None:
        """What is told how far it is; None where nobody looks."""
        return self._told if sys.stderr.isatty() else None

    def _told(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._begun < self._after or (now - self._last < _EVERY and done + 1 < total):
            return
        self._last = now
        line = self._words(done, total)
        sys.stderr.write(f"\r{line:<{self._shown}}")
        sys.stderr.flush()
        self._shown = len(line)

    def gone(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write(f"\r{'':<{self._shown}}\r")
            sys.stderr.flush()
            self._shown = 0


def of_bytes() -> Passing:
    """Return a bar that is told of bytes."""
    return Passing(_bar, _BYTES_AFTER)


def of_files(what: str) -> Passing:
    """Return a count that is told of files; `what` is done to them."""
    return Passing(lambda done, total: f"{what}: {done + 1:,} of {total:,} files", _FILES_AFTER)


def _bar(done: int, total: int) -> str:
    share = done / total if total else 1.0
    full = "#" * int(share * _WIDTH)
    return f"[{full:<{_WIDTH}}] {int(share * 100):3} % of {size(total)}"


def size(count: float) -> str:
    """Return a number of bytes in a unit that fits: `512 B`, `1.2 GB`."""
    unit = 0
    while count >= 1000 and unit < len(_UNITS) - 1:
        count /= 1000
        unit += 1
    return f"{count:.0f} {_UNITS[unit]}" if not unit or count >= 100 else f"{count:.1f} {_UNITS[unit]}"
