"""Figures in prose, and whether one agrees with what is recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.words import alternatives

if TYPE_CHECKING:
    from mkdocs_handoff.statements.words import Words

NUMBER = r"(?<![\w.,$\u20ac\u00a3#-])(?P<number>\d{1,6}(?:\.\d{1,20})?|\.\d{1,20})(?![\w])(?![.,]\d)"
JOINED = NUMBER.replace(r"(?![\w])", r"(?![\d_])", 1)
"""The same with a unit that may be joined: "90ms"."""
NOT_ALONE = r"\s*(?:[\u2013\u2014/\u00b1^x\u00d7-]\s*\d|\+/-|\u00b1|(?:to|and|or|out of|of)\s+\.?\d)"
"""What makes a number in front of it one of two: a range, a fraction, one with its uncertainty."""
_NOT_ALONE = re.compile(NOT_ALONE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written.

    Attributes:
        text: With its sign of percent.
        value: The number.
        step: The value of one in its last digit.
        percent: Whether it is written as a percentage.
        about: Whether it is not meant to the digit.
    """

    text: str
    value: float
    step: float
    percent: bool = False
    about: bool = False


def percents(words: Words) -> str:
    """Return the regular expression of a sign of percent that may follow a number."""
    return rf"(?P<percent>\s?{alternatives(words['percent'])})?"


def figure(match: re.Match[str], *, about: bool = False) -> Figure:
    """Return the figure that a match of `NUMBER` holds."""
    digits = match["number"].replace(",", "")
    decimals = len(digits.partition(".")[2])
    sign = match["percent"] or ""
    return Figure(match["number"] + sign, float(digits), 10.0**-decimals, bool(sign), about)


def alone(text: str, end: int) -> bool:
    """Tell whether a number that ends here is one by itself: no range, no fraction, nothing with its uncertainty."""
    return _NOT_ALONE.match(text, end) is None


def agrees(written: Figure, recorded: float, *, share: bool, tolerance: float | None = None) -> bool:
    """Tell whether a figure says what is recorded, as far as it is written.

    Rounded and cut off both count; so does a figure with more digits than are recorded.

    Args:
        written: As it stands in prose.
        recorded: The value.
        share: Whether the value lies between 0 and 1, so that a percentage may mean it; it may be recorded as one.
        tolerance: How far the two may be apart; None: as the digits say.
    """
    value, step = written.value, written.step
    if share or written.percent:
        in_percent = written.percent or (share and value > 1)
        value, step = (value / 100, step / 100) if in_percent else (value, step)
        recorded_step = step_of(recorded) / (100 if abs(recorded) > 1 else 1)
        recorded = recorded / 100 if abs(recorded) > 1 else recorded
    else:
        recorded_step = step_of(recorded)
    if share and not written.percent and written.step == 1:
        step = 0.01  # "an accuracy of 1" is all of it, and not what is nearer to 1 than to 0
    apart = abs(value - recorded)
    if tolerance is not None:
        return apart <= tolerance + 1e-12
    if written.about:
        return apart <= max(2 * step, abs(recorded) * 0.03)
    rounded, cut_off = apart <= step / 2 * (1 + 1e-9), 0 <= recorded - value < step * (1 - 1e-9)
    return rounded or cut_off or apart <= recorded_step / 2 * (1 + 1e-9)


def step_of(recorded: float) -> float:
    """Return the value of one in the last digit of a recorded number."""
    shown = repr(recorded)
    if "e" in shown:
        return 0.0
    decimals = shown.partition(".")[2].rstrip("0")
    if abs(recorded) <= 1:
        decimals = decimals.ljust(2, "0")  # the zero of 0.90 is not kept: a share is taken to have two decimals
    return 10.0 ** -len(decimals) if len(decimals) <= 9 else 0.0
