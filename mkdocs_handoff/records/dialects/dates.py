"""Days as other formats write them."""

from __future__ import annotations

import re

from mkdocs_handoff.records.dialects import words
from mkdocs_handoff.records.dialects.marks import plain
from mkdocs_handoff.text.days import iso

_DAY = re.compile(r"(?<![\d.-])\d{4}-\d{2}-\d{2}(?![\d-])", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"[^\W\d_]+\.?,?\s(?:19|20)\d\d|(?:19|20)\d\d[-/.]\d\d?|(?:\d\d?[-/.]){2}(?:19|20)?\d\d")
_FIRST = re.compile(rf"[\W_]*({_DAY.pattern})")
_TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T|[ \t]+)\d{2}:\d{2}[^a-z]*", re.ASCII)


def day_in(text: str) -> str:
    """Return the first day of a text as year-month-day, or an empty string."""
    said = plain(text)
    found = _DAY.search(said)
    return found[0] if found else iso(said)


def day_or_text(text: str) -> str:
    """Return the day of a line that is one for a day; what can mean two, or a month, as it is: `05.01.2017`.

    Words around a day stay in the prose that they were read from.
    """
    said = plain(text)
    return day_in(said) or (said if len(said) <= 40 and _YEAR.search(said) else "")


def month_in(text: str) -> str:
    """Return a text that is a month, or a day that can mean two (`July 2026`, `05.01.2017`), or an empty string."""
    said = plain(text).rstrip(".")
    return said if _MONTH.fullmatch(said) else ""


def day_first(text: str) -> str:
    """Return the day that a text is or begins with, or an empty string: `until 2030-01-01` is another day."""
    said = plain(text)
    found = _FIRST.match(said)
    return found[1] if found else iso(said)


def day_of_status(text: str) -> str:
    """Return the day that a status is of (`Accepted — 2026-09-04`): the only one, right after its words or "on"."""
    said = plain(text)
    days = list(_DAY.finditer(said))
    return days[0][0] if len(days) == 1 and words.is_status(said[: days[0].start()]) else ""


def day_of_timestamp(text: str) -> str:
    """Return the day of a date with a time (`2021-04-12T15:00:00+01:00`); empty for everything else."""
    found = _TIMESTAMP.fullmatch(text.strip())
    return found[1] if found else ""
