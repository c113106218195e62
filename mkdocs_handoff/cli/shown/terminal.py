"""What a terminal needs: its width, colours, words broken into lines that fit, and nothing that it would obey."""

from __future__ import annotations

import os
import shutil
import sys

RED, YELLOW, BLUE, BOLD, RESET = "\033[31m", "\033[33m", "\033[34m", "\033[1m", "\033[0m"
_PIPED, _NARROWEST, SOURCE = 120, 50, 160


def colour() -> bool:
    """Tell whether to print colours: only where a person looks at it (https://no-color.org, https://force-color.org).

    Who sets both NO_COLOR and FORCE_COLOR gets none, as with Python itself.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def width() -> int:
    """Return how many columns there are; 120 where no terminal says so."""
    return max(_NARROWEST, shutil.get_terminal_size((_PIPED, 24)).columns)


def room() -> int:
    """Return how many columns a line of a file may take: all of a terminal's; 160 where standard output is none."""
    return width() if sys.stdout.isatty() else SOURCE


def painted(words: str, code: str, *, colour: bool) -> str:
    """Return words in a colour."""
    return f"{code}{words}{RESET}" if colour and code else words


def printable(text: str) -> str:
    """Return a text with a space for each character that a terminal would obey; the others keep their places."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def columns(text: str) -> int:
    """Return how many columns a text takes: letters of East Asia two, marks that stand on others none."""
    if text.isascii():
        return len(text)
    import unicodedata  # noqa: PLC0415 - most text is ASCII

    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def padded(text: str, to: int) -> str:
    """Return a text with spaces behind it, up to so many columns; a longer one stays as it is, to be copied."""
    return text + " " * (to - columns(text))


def wrapped(text: str, to: int) -> list[str]:
    """Return a text in lines of so many columns; a longer word (a path) has a line of its own, and is not cut."""
    lines: list[str] = []
    used = 0
    for word in text.split():
        size = columns(word)
        if lines and used + 1 + size <= to:
            lines[-1] += f" {word}"
            used += 1 + size
        else:
            lines.append(word)
            used = size
    return lines or [""]
