"""Which commits are part of a branch, what builds on what, and which change came last.

A commit's time is what a clock said. Where clocks agree with what builds on what, time is the order. Where they do not
(a clock that ran ahead, one that fell back to 1970, many commits within one second), a commit never comes before one
that builds on it; what is unrelated is ordered by time, then by name. So the last change of a path is one that no other
change of it builds on, the youngest by its clock if there are several.

That is `git log --date-order` with only the commits that are asked about: another file's wrong clock moves nothing. It
depends on the commits alone, not on when they were read.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Sequence

    from mkdocs_handoff.history.log import Log


def reachable(log: Log, number: int) -> bytearray:
    """Return a byte for each commit of the log: 1 where it leads to the given one."""
    found = bytearray(len(log.heads))
    found[number] = 1
    for child in range(number, -1, -1):
        if found[child] and log.first[child] >= 0:
            found[log.first[child]] = 1
            for parent in log.others.get(child, ()):
                found[parent] = 1
    return found


def builds_on(log: Log, younger: int, elder: int) -> bool:
    """Tell whether a commit is another one, or builds on it."""
    waiting, seen = [younger], {younger}
    while waiting:
        number = waiting.pop()
        if number == elder:
            return True
        for parent in log.parents(number):
            if parent >= elder and parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return False


def moments(log: Log, until: int | None) -> array[int]:
    """Return for each commit the earliest moment at which it can have been made: no earlier than what it builds on.

    Args:
        log: The commits.
        until: Times after this one are a wrong clock's, and say nothing. None: all are believed.
    """
    if until is None or max(log.times, default=0) <= until:
        return log.latest
    found = log.latest[:]
    for number, time in enumerate(log.times):
        moment = time if time <= until else 0
        for parent in log.parents(number):
            moment = max(moment, found[parent])
        found[number] = moment
    return found


def newest_first(log: Log, numbers: Iterable[int]) -> list[int]:
    """Return commits in order, each once."""
    times = log.times
    # Among those of one second the greater number first: right for what builds on each other.
    ordered = sorted(set(numbers), key=lambda number: (-times[number], -number))
    if len(ordered) < 2:
        return ordered
    result: list[int] = []
    group: list[int] = []
    for number, begins in zip(ordered, _begins(log, ordered), strict=True):
        if begins and group:
            result += _by_descent(log, group)
            group = []
        group.append(number)
    return result + _by_descent(log, group)


def newest(log: Log, numbers: Sequence[int], *, believed: bool, sorted_: bool) -> int:
    """Return the first of commits in order, of which there is at least one.

    Args:
        log: The commits.
        numbers: Some of them, ascending.
        believed: Whether no commit at all is dated before what it builds on.
        sorted_: Whether all numbers are in the order of times as well.
    """
    if believed and sorted_ and (len(numbers) == 1 or log.times[numbers[-2]] < log.times[numbers[-1]]):
        return numbers[-1]
    times = log.times
    last = max(numbers, key=times.__getitem__)
    time = times[last]
    if believed and [times[number] for number in numbers].count(time) == 1:
        return last
    return newest_first(log, numbers)[0]


def _begins(log: Log, ordered: Sequence[int]) -> list[bool]:
    """Tell of each place whether a new group begins there.

    Commits whose times alone may not give their order are in one group.
    """
    times, latest = log.times, log.latest
    lowest = list(accumulate(ordered, min))
    reach = list(range(len(ordered)))
    for place, number in enumerate(ordered[1:], 1):
        if times[ordered[place - 1]] == times[number]:
            reach[place] = place - 1
        if latest[number] > times[number] and lowest[place - 1] < number:
            # It may build on commits that stand before it: those with smaller numbers.
            reach[place] = bisect_left(lowest, -number + 1, key=lambda low: -low)
    # A commit that belongs to an earlier group takes all between along.
    earliest = [*accumulate(reversed(reach), min)][::-1]
    return [earliest[place] >= place for place in range(len(ordered))]


def _by_descent(log: Log, group: list[int]) -> list[int]:
    """Return a few commits such that children precede parents, and else the younger by its clock the older."""
    if len(group) < 2:
        return group
    bits = {number: 1 << place for place, number in enumerate(group)}
    lowest = min(group)
    above: dict[int, int] = {}  # which of the group build on a commit
    for number in range(max(group), lowest - 1, -1):
        mask = above.get(number, 0)
        handed = mask | bits.get(number, 0)
        if handed:
            for parent in log.parents(number):
                if parent >= lowest:
                    above[parent] = above.get(parent, 0) | handed
    waiting = sorted(group, key=lambda number: (-log.times[number], log.sha(number)))
    left = (1 << len(group)) - 1
    result = []
    while waiting:
        chosen = next(number for number in waiting if not above.get(number, 0) & left)
        waiting.remove(chosen)
        left ^= bits[chosen]
        result.append(chosen)
    return result
