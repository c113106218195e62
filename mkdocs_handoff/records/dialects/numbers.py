"""The number of a decision: in the name of its file, and before its title."""

from __future__ import annotations

import re

# `0007-x`, `ADR-0007-x`, `adr007_x`.
_NAMED = re.compile(r"(?:adr[-_ ]?)?(\d{1,6})(?:[-_. ]|$)", re.IGNORECASE)
# `2026-06-12-x`, `20260612-x`; `260612-142049-x` has a time. A file that is named by its day has no number.
_DAY = re.compile(
    r"(?:adr[-_ ]?)?((?:19|20)\d\d)(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?:[-_. T]|$)", re.IGNORECASE
)
_PREFIX = re.compile(r"adr[-_ ]?", re.IGNORECASE)
_STAMP = re.compile(r"\d{6}-\d{6}(?:[-_. ]|$)")
_TITLE = re.compile(
    r"(?:(?:ADR|Decision|Entscheidung|Decisión|Décision|决策)[-_ #]*)?"
    r"(?P<number>\d{4}-\d\d-\d\d|\d{6}-\d{6}|\d+)(?:\s*(?:：|[.:)](?=\s))\s*|\s+)(?:(?:[-–—]+|[|·])\s+)?(?=\S)",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?:ADR|Decision)\s*(?:：|:\s)\s*(?=\S)", re.IGNORECASE)


def number_of(stem: str) -> str:
    """Return the number in a file's name as it is written, or an empty string."""
    if day_of(stem) or _STAMP.match(stem):
        return ""
    found = _NAMED.match(stem)
    return found[1] if found else ""


def day_of(stem: str) -> str:
    """Return the day by which a file is named as year-month-day, or an empty string."""
    found = _DAY.match(stem)
    return f"{found[1]}-{found[3]}-{found[4]}" if found else ""


def names_of(number: str) -> list[str]:
    """Return the names by which others call a decision of a number: with zeros before it and without."""
    plain = str(int(number))
    spelled = dict.fromkeys((number, plain, plain.zfill(3), plain.zfill(4)))
    return [name for one in spelled for name in (f"adr-{one}", one)]


def also_called(stem: str) -> str:
    """Return how others call a file that has a number: with `ADR-` before it, or without; else an empty string."""
    if not number_of(stem):
        return ""
    prefix = _PREFIX.match(stem)
    return stem[prefix.end() :] if prefix else f"adr-{stem}"


def without_number(title: str, stem: str) -> str:
    """Return a title without the number before it, which stands on the page by itself, and the word for what it is.

    A bare number is one only where the file has it too: "3 ways to pay" keeps its own.
    """
    found = _TITLE.match(title)
    if found is None:
        word = _WORD.match(title)
        return title[word.end() :] if word else title
    number = found["number"]
    own = number_of(stem)
    ours = number.isdecimal() and bool(own) and int(number) == int(own)
    dated = not number.isdecimal() and (stem.startswith(number) or day_of(stem) == number)
    return title[found.end() :] if ours or dated else title
