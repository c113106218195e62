"""Thresholds as people write them: `above 0.70 or below 0.40`, `0.40 to 0.70`, `> 5 %`, `0.05`.

A threshold says at which value something is no longer normal: `above 5 %` is crossed by 6 %. A range says what is
normal, and is crossed on both sides. What is not of these forms is not guessed at: it is told, with why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

LARGEST = 1e300
"""No value is as large: what is drawn has room for its distance from any other."""

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_UNIT = r"(?:\s*(?P<{0}>[^\s\d.,;+-][^\s,;]*))?"
_WORDS = {
    "above": (">", "over", "above", "more than", "greater than"),
    "from": (">=", "≥"),
    "below": ("<", "under", "below", "less than", "fewer than"),
    "to": ("<=", "≤"),
}
_SIDES = {word: side for side, words in _WORDS.items() for word in words}
_WORD = "|".join(sorted(map(re.escape, _SIDES), key=len, reverse=True))
_COMPARISON = re.compile(rf"(?P<word>{_WORD})\s*(?P<number>{_NUMBER}){_UNIT.format('unit')}")
_RANGE = re.compile(
    rf"(?:within|outside)?\s*(?P<low>{_NUMBER}){_UNIT.format('low_unit')}\s*(?:to|\u2013|\.\.)\s*"
    rf"(?P<high>{_NUMBER}){_UNIT.format('high_unit')}"
)
_BARE = re.compile(rf"(?P<number>{_NUMBER}){_UNIT.format('unit')}")
_JOIN = re.compile(r"\s*(?:,\s*or\b|,|\bor\b)\s*")
_EITHER = re.compile(r"(?:at least|at most|no more than|no less than|minimum|maximum|min|max)\b.*|=.*")
_LOW = frozenset(("below", "to"))
_FORMS = "`above 0.7`, `below 0.4 or above 0.7`, `0.4 to 0.7` (what is normal), or a number beside `normal`"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where normal ends.

    Attributes:
        text: As it is written.
        above: Values above it have crossed; None: there is no such side. `above_too`: so has the value itself.
        below: Values below it have crossed; `below_too` likewise.
    """

    text: str
    above: float | None = None
    below: float | None = None
    above_too: bool = False
    below_too: bool = False

    def crossed(self, value: float) -> bool:
        """Tell whether a value has crossed it."""
        if self.above is not None and (value > self.above or (self.above_too and value == self.above)):
            return True
        return self.below is not None and (value < self.below or (self.below_too and value == self.below))

    @property
    def lines(self) -> tuple[float, ...]:
        """The values at which it lies, the lower one first."""
        return tuple(dict.fromkeys(one for one in (self.below, self.above) if one is not None))

    def side(self, value: float) -> str:
        """Return the side on which a value has crossed it, in words; empty where it has not."""
        if not self.crossed(value):
            return ""
        return self._above() if self.below is None or value > self.below else self._below()

    def __str__(self) -> str:
        return " or ".join(filter(None, (self._below(), self._above())))

    def _above(self) -> str:
        return "" if self.above is None else f"{'at or above' if self.above_too else 'above'} {figure(self.above)}"

    def _below(self) -> str:
        return "" if self.below is None else f"{'at or below' if self.below_too else 'below'} {figure(self.below)}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A threshold of which it is not known what crosses it.

    Attributes:
        why: What is missing or wrong; `hint` says how to write it.
        at: The value that it names, where it names one without a side.
    """

    text: str
    why: str
    hint: str
    at: float | None = None

    @property
    def lines(self) -> tuple[float, ...]:
        """The value at which it lies, if there is one."""
        return () if self.at is None else (self.at,)


def figure(value: float) -> str:
    """Return a number as it stands in sentences and drawings: four significant decimals at most."""
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e6:
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return f"{value:.4g}"


def threshold(
    written: Any, *, unit: str = "", normal: Any = None, higher_is_better: bool | None = None
) -> Threshold | Unread:
    """Read a threshold.

    Args:
        written: A number or a text.
        unit: The unit of the observed values. A percentage is a fraction of 1, unless the unit is `%`.
        normal: The ordinary value, a number or a range: it tells the side of a bare number, and must not be
            beyond the threshold.
        higher_is_better: Which side of a bare number is bad, where nothing is said of the ordinary value.
    """
    text = " ".join(str(written).split())
    words = text.strip(" .").casefold()
    usual = _usual(normal, unit)
    try:
        found = _read(text, words, unit, usual, higher=higher_is_better)
    except _UnitError as error:
        return Unread(text, str(error), "Write the number in the unit of the observed values.")
    if isinstance(found, Threshold):
        if found.above is not None and found.below is not None and found.above < found.below:
            return Unread(text, "every value would cross it", f"Write it as {_FORMS}.")
        if usual is not None and any(map(found.crossed, usual)):
            why = f"it is crossed {found}, and so by the value that is normal ({normal})"
            return Unread(
                text, why, "A threshold says at which value it is no longer normal: turn it round, or mend `normal`."
            )
    return found


class _UnitError(Exception):
    """A number is in another unit than what is observed."""


def _read(
    text: str, words: str, unit: str, usual: tuple[float, float] | None, *, higher: bool | None
) -> Threshold | Unread:
    between = _RANGE.fullmatch(words)
    if between:
        low = _value(between["low"], between["low_unit"] or between["high_unit"], unit)
        high = _value(between["high"], between["high_unit"], unit)
        if low <= high:
            return Threshold(text, above=high, below=low)
        return Unread(text, "the range ends before it begins", "Write the lower number first.")
    bare = _BARE.fullmatch(words)
    if bare:
        return _sided(text, _value(bare["number"], bare["unit"], unit), usual, higher=higher)
    if _EITHER.fullmatch(words):
        why = "it can be read as what is normal and as what is not"
        return Unread(text, why, f"Write it as {_FORMS}.")
    sides: dict[str, float] = {}
    for part in _JOIN.split(words.replace("at or above", ">=").replace("at or below", "<=")):
        found = _COMPARISON.fullmatch(part)
        side = _SIDES[found["word"]] if found else ""
        if found is None or side in sides:
            return Unread(text, "it is no threshold that a program can read", f"Write it as {_FORMS}.")
        sides[side] = _value(found["number"], found["unit"], unit)
    if {"above", "from"} <= set(sides) or {"below", "to"} <= set(sides):
        return Unread(text, "it names one side twice", f"Write it as {_FORMS}.")
    if (
        higher is not None
        and usual is None
        and text[0] in "<>≤≥"
        and set(sides) <= ({"above", "from"} if higher else _LOW)
    ):
        why = f"it says what is no longer normal, and of this metric {'more' if higher else 'less'} was asked for"
        return Unread(text, why, f"Write `{'below' if higher else 'above'} {text.lstrip('<>=≤≥ ')}`.")
    return Threshold(
        text,
        above=sides.get("above", sides.get("from")),
        below=sides.get("below", sides.get("to")),
        above_too="from" in sides,
        below_too="to" in sides,
    )


def _sided(text: str, at: float, usual: tuple[float, float] | None, *, higher: bool | None) -> Threshold | Unread:
    """A number alone: the ordinary value stands on its good side."""
    if usual is not None and usual[1] < at:
        return Threshold(text, above=at, above_too=True)
    if usual is not None and usual[0] > at:
        return Threshold(text, below=at, below_too=True)
    if usual is None and higher is not None:
        return Threshold(text, below=at) if higher else Threshold(text, above=at)
    why = "it does not say which side of it is normal"
    return Unread(text, why, f"Write `above {text}` or `below {text}`, or say beside it what is `normal`.", at)


def _usual(normal: Any, unit: str) -> tuple[float, float] | None:
    if normal is None or isinstance(normal, bool | dict | list):
        return None
    words = " ".join(str(normal).split()).casefold()
    between, bare = _RANGE.fullmatch(words), _BARE.fullmatch(words)
    try:
        if between:
            low = _value(between["low"], between["low_unit"] or between["high_unit"], unit)
            high = _value(between["high"], between["high_unit"], unit)
            return (low, high) if low <= high else None
        if bare:
            value = _value(bare["number"], bare["unit"], unit)
            return value, value
    except _UnitError:
        return None
    return None


def _value(number: str, written: str | None, unit: str) -> float:
    value = float(number)
    if not abs(value) < LARGEST:
        raise _UnitError(f"{number} is larger than any number that is observed")
    if not written or written == unit.casefold():
        return value
    if written in ("%", "percent"):
        return value if unit in ("%", "percent") else value / 100
    raise _UnitError(
        f"it is in {written!r}, and the values are in {unit!r}" if unit else f"{written!r} is no unit that is stated"
    )
