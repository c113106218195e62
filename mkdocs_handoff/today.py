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
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise DateError(f"{written!r} is no day: write it as 2026-11-23") from None
    given = environment.get(EPOCH, "")
    if given:
        try:
            return day(int(given))
        except (ValueError, OverflowError):
            raise DateError(f"{EPOCH} is {given!r}, and should be a number of seconds since 1970") from None
    return datetime.now(UTC).date()


def day(moment: int) -> date:
    """Return the day, in UTC, of a moment in seconds since 1970.

    Raises:
        OverflowError: It lies beyond the years that there are.
    """
    return date(1970, 1, 1) + timedelta(seconds=moment)


def moment(of: date) -> int:
    """Return the last second of a day, in UTC, in seconds since 1970."""
    return ((of - date(1970, 1, 1)).days + 1) * 86_400 - 1
