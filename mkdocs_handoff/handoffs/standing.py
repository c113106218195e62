"""Which signatures of a handoff stand: the newest of each side. It takes the place of those before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.words import FROM, TO
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs_handoff.handoffs.parts import SignOff


def standing(sign_offs: Iterable[SignOff]) -> Mapping[str, SignOff]:
    """Return the newest signature of each side, by side (`from`, `to`); a side that has none is left out.

    The latest day counts, and of one day the last that is written. One without a day, without a signer or for no side
    stands for nothing.

    Args:
        sign_offs: As a handoff's record writes them.
    """
    found: dict[str, SignOff] = {}
    for one in sign_offs:
        day = day_of(one.on)
        if day is None or one.by is None or one.side not in (FROM, TO):
            continue
        before = found.get(one.side)
        if before is None or (day_of(before.on) or day) <= day:
            found[one.side] = one
    return {side: found[side] for side in (FROM, TO) if side in found}


def superseded(sign_offs: Iterable[SignOff], one: SignOff) -> SignOff | None:
    """Return the newer signature of the same side that took a signature's place; None where it stands itself.

    Args:
        sign_offs: All of the handoff.
        one: One of them.
    """
    newest = standing(sign_offs).get(one.side)
    counts = day_of(one.on) is not None and one.by is not None
    return newest if newest is not None and counts and newest.path != one.path else None
