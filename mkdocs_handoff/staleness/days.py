"""Review intervals: from the day of a review to the day on which the next one is due."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_WORDS = re.compile(r"([1-9][0-9]{0,5}) (day|week|month|year)s?")
_ISO = re.compile(r"P((?:[0-9]{1,6}[YMWD])+)")
_PART = re.compile(r"([0-9]+)([YMWD])")


def due(start: date, interval: str) -> date | None:
    """Return the last day on which a review holds.

    Args:
        start: The day of the review.
        interval: As `review_every` has it: `6 months`, or an ISO 8601 duration in whole days, `P6M`.

    Returns:
        None where the interval is none, or leads beyond the years that there are.
    """
    parts = _parts(interval.strip())
    months = sum(number * {"Y": 12, "M": 1}.get(unit, 0) for number, unit in parts)
    days = sum(number * {"W": 7, "D": 1}.get(unit, 0) for number, unit in parts)
    if not months and not days:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return None
    # The 31st of a month, a month later, is that month's last day.
    moved = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    try:
        return moved + timedelta(days=days)
    except OverflowError:
        return None


def _parts(interval: str) -> list[tuple[int, str]]:
    words = _WORDS.fullmatch(interval)
    if words:
        return [(int(words[1]), words[2][0].upper())]
    iso = _ISO.fullmatch(interval)
    return [(int(number), unit) for number, unit in _PART.findall(iso[1])] if iso else []
