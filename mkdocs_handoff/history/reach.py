"""Which commits come after others, for many of them at once: two passes over the log, however many are asked for.

Each commit that is asked for has a bit. A commit's mask says which of them hold it: are that commit, or build on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_handoff.history.log import Log


@dataclass(frozen=True, slots=True)
class Held:
    """What one commit holds.

    Attributes:
        floor: It holds all commits of the branch with smaller numbers than this.
    """

    masks: Sequence[int]
    bit: int
    floor: int

    def __getitem__(self, number: int) -> bool:
        """Tell whether it holds a commit."""
        return bool(self.masks[number] & self.bit)


def reach(log: Log, numbers: Iterable[int], part: Sequence[int]) -> dict[int, Held]:
    """Return what each of some commits holds.

    Args:
        log: The commits; a parent's number is smaller than its child's.
        numbers: Those that are asked for.
        part: For each commit whether it is part of the branch.
    """
    asked = list(dict.fromkeys(numbers))
    masks = [0] * len(log.heads)
    for position, number in enumerate(asked):
        masks[number] |= 1 << position
    first, others = log.first, log.others
    for number in range(max(asked, default=-1), -1, -1):
        mask = masks[number]
        if mask and first[number] >= 0:
            for parent in (first[number], *others.get(number, ())):
                masks[parent] = (
                    masks[parent] | mask if masks[parent] else mask
                )  # one number for a whole line of commits
    floors = _floors(masks, len(asked), part)
    return {number: Held(masks, 1 << position, floors[position]) for position, number in enumerate(asked)}


def _floors(masks: Sequence[int], count: int, part: Sequence[int]) -> list[int]:
    """Return, for each bit, the number of the first commit of the branch whose mask has it not."""
    floors = [len(masks)] * count
    holding = (1 << count) - 1
    for number, mask in enumerate(masks):
        if not holding:
            break
        if part[number] and (lost := holding & ~mask):
            holding &= mask
            while lost:
                lowest = lost & -lost
                floors[lowest.bit_length() - 1] = number
                lost ^= lowest
    return floors
