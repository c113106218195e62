"""Dates that are written in another form than year-month-day, and can mean one day only."""

from __future__ import annotations

import re
from datetime import date

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/. ])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", re.ASCII)
_TOGETHER = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)
_TIME = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:[Zz]|[-+]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]+([A-Za-z]{3,9})\.?,?[ -]+(\d{4})", re.ASCII)
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})", re.ASCII)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def iso(text: str) -> str:
    """Return the day that a text means as year-month-day; empty where it may mean two, or none that exists.

    With the year first it is year, month, day in every country. With the year last, day and month are told apart only
    where one of the numbers is no month, or both are the same. Of a point in time it is the day that is written.
    """
    if found := _YEAR_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text) or _TIME.fullmatch(text):
        return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        meant = {day for day in (_day(year, first, second), _day(year, second, first)) if day}
        return meant.pop() if len(meant) == 1 else ""
    if found := _DAY_MONTH.fullmatch(text):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    return ""


def _month(word: str) -> int:
    named = word.lower()
    named = "sep" if named == "sept" else named
    found = [number for number, month in enumerate(_MONTHS, 1) if named in (month, month[:3])]
    return found[0] if found else 0


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
