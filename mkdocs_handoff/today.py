"""Which day it is: one value a run, taken once and handed on, so that the same input gives the same output."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EPOCH = "SOURCE_DATE_EPOCH"


class DateError(Exception):
    """A day was given that is none; the text says what is wrong."""


def today(written: str, environment: Mapping[str, str]) -> date:
    """Return the day that counts as today, in UTC: a colleague's clock and that of CI agree on it.

    Args:
        written: As `--today` has it, `YYYY-MM-DD`; empty where it is not given.
        environment: Of the process. `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/)
            comes before the clock.

    Raises:
        DateError: Neither is a day.
    """
    if written:
        found = day_of(written)
        if found is None:
            raise DateError(f"{written!r} is no day: write it as 2026-11-23")
        return found
    given = environment.get(EPOCH, "")
    if given:
        if not given.isascii() or not given.isdigit() or len(given) > 11:
            raise DateError(f"{EPOCH} is {given!r}, and should be a number of seconds since 1970")
        return day(int(given))
    return datetime.now(UTC).date()


def day_of(value: object) -> date | None:
    """Return the day that a value means, `YYYY-MM-DD`; None where it means none."""
    if not isinstance(value, str) or len(value) != 10 or value[4] + value[7] != "--":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def day(moment: int) -> date:
    """Return the day, in UTC, of a moment in seconds since 1970; the first or last there is, of one beyond them."""
    try:
        return date(1970, 1, 1) + timedelta(seconds=moment)
    except OverflowError:
        return date.max if moment > 0 else date.min


def moment(of: date) -> int:
    """Return the last second of a day, in UTC, in seconds since 1970."""
    return ((of - date(1970, 1, 1)).days + 1) * 86_400 - 1
