"""What a name was probably meant to be: for messages, never for resolving."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPARATORS = re.compile(r"[\s_.-]+")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[\s_.-]([^\W\d_])$")
LONGEST = 200
"""What is longer is near only what it equals but for case and separators: comparing costs the square of the length."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that `name` is most likely a slip of, or an empty string.

    Equal but for case and separators is near. So is one slip (a letter too many, too few, wrong, or two swapped) in
    four letters or more, and two slips in eight or more. Names that differ in a number are different (`v2`, `v3`), and
    so are those that differ in a letter by itself at the end (`team-a`, `team-b`).
    """
    folded = fold(name)
    allowed = _allowed(folded)
    best = ("", allowed + 1)
    for other in known:
        if other == name:
            continue
        candidate = fold(other)
        if candidate == folded:
            return other
        if abs(len(candidate) - len(folded)) > allowed or _counted(other) != _counted(name):
            continue
        slips = _slips(folded, candidate, best[1] - 1)
        if slips < best[1]:
            best = (other, slips)
    return best[0]


def only_near(name: str, known: Iterable[str]) -> str:
    """Return the known name that `name` is beyond doubt a slip of; an empty string where another is near as well."""
    near = {other for other in known if nearest(name, (other,))}
    found = near.pop() if len(near) == 1 else ""
    return found if found and slip(name, found) else ""


def slip(name: str, other: str) -> bool:
    """Tell whether one name is beyond doubt the other, spelled otherwise or mistyped.

    Word by word, a slip is one letter in a word of five or more, or two letters swapped in one of four. Shorter words
    differ by a letter and mean another thing (`sales-jan` and `sales-jun`, `orders-raw` and `orders-row`).
    """
    if name == other or len(name) > LONGEST or _counted(other) != _counted(name):
        return False
    if fold(name) == fold(other):
        return True
    words = zip_longest(_SEPARATORS.split(name.casefold()), _SEPARATORS.split(other.casefold()), fillvalue="")
    return all(left == right or _mistyped(left, right) for left, right in words)


def _mistyped(left: str, right: str) -> bool:
    longest = max(len(left), len(right))
    return (longest >= 5 or (longest == 4 and sorted(left) == sorted(right))) and _slips(left, right, 1) <= 1


def _counted(name: str) -> tuple[list[str], str]:
    """Return what tells the members of a series apart: numbers, and a letter by itself at the end."""
    letter = _LETTER.search(name)
    return _DIGITS.findall(fold(name)), letter[1].casefold() if letter else ""


def _allowed(folded: str) -> int:
    return 0 if len(folded) > LONGEST else 2 if len(folded) >= 8 else 1 if len(folded) >= 4 else 0


def fold(name: str) -> str:
    """Return a name without case and separators."""
    return _SEPARATORS.sub("", name).casefold()


def _slips(left: str, right: str, limit: int) -> int:
    """Return the optimal string alignment distance, or more than `limit` where it exceeds that."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        last, before = before, row
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
