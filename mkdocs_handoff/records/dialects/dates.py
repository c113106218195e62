"""Days as other formats write them."""

from __future__ import annotations

import re

from mkdocs_handoff.records.dialects.marks import plain
from mkdocs_handoff.text.days import iso

_DAY = re.compile(r"(?<![\d.-])\d{4}-\d{2}-\d{2}(?![\d-])", re.ASCII)
_TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T|[ \t]+)\d{2}:\d{2}[^a-z]*", re.ASCII)


def day_in(text: str) -> str:
    """Return the first day of a text as year-month-day, or what else the text says of a day, or an empty string.

    Text around a day stays in the prose that it was read from. What has no day that can mean only one, and still a
    year, is given as it is: `05.01.2017`.
    """
    said = plain(text)
    if found := _DAY.search(said):
        return found[0]
    return iso(said) or (said if len(said) <= 40 and re.search(r"(?:19|20)\d\d", said) else "")


def day_of_timestamp(text: str) -> str:
    """Return the day of a date with a time (`2021-04-12T15:00:00+01:00`); empty for everything else."""
    found = _TIMESTAMP.fullmatch(text.strip())
    return found[1] if found else ""
