"""How far a figure of a run made again may be off."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_PERCENT = r"%|percent|per\s+cent"
_TOLERANCE = re.compile(
    rf"(?:(?P<name>.*?\S)[\s:]+)?(?:within|±|\+/-|at most|<=)\s*"
    rf"(?P<number>{_NUMBER})\s*(?P<percent>{_PERCENT})?(?:\s+of\s.*)?\s*\.?",
    re.DOTALL | re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<percent>{_PERCENT})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a figure may be off.

    Attributes:
        amount: So much.
        relative: It is a share of the figure before.
        name: The only figure that is meant; empty for all of them.
    """

    amount: float
    relative: bool = False
    name: str = ""

    def holds(self, before: float, after: float) -> bool:
        """Tell whether a figure is near enough; the last digit of a decimal fraction does not decide."""
        allowed = self.amount * abs(before) if self.relative else self.amount
        return abs(after - before) <= allowed * (1 + 1e-9) + 1e-15

    def about(self, name: str) -> bool:
        """Tell whether it is about a figure."""
        return not self.name or _bare(self.name) in (_bare(name), _bare(name.rpartition(".")[2]))


def tolerance(written: object) -> Tolerance | None:
    """Return how far figures may be off: `0.002`, `0.5 %`, `AUC within 0.002`, `± 0.01`; None where no number says so.

    A per cent is one of the figure before. Of a number with another unit behind it (`2 points`, `1/1000`, `0,002`)
    nobody can tell how far that is: it is none.
    """
    text = str(written).strip() if isinstance(written, str | int | float) and not isinstance(written, bool) else ""
    found = _BARE.fullmatch(text) or _TOLERANCE.fullmatch(text)
    if found is None:
        return None
    amount, percent = abs(float(found["number"])), bool(found["percent"])
    name = found.groupdict().get("name") or ""
    return Tolerance(amount / 100 if percent else amount, percent, name.strip(" :,"))


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
