"""Whether what was observed of a criterion is what was asked for."""

from __future__ import annotations

import operator
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.text.near import fold

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.parts import Criterion

METRIC = "metric"
CHECKSUM = "checksum"

_HOLDS = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_BETTER = {True: ">=", False: "<="}


def sign(catalog: Catalog, of: Criterion) -> str:
    """Return how what is observed is held against a criterion's target; empty where nothing tells.

    That is its `operator`; a checksum without one is to be the same; without one, of a metric, which way is better, as
    the evaluation that it names in `record` says of the metric.

    Args:
        catalog: Knows the evaluation.
        of: The criterion.
    """
    if not of.operator and of.type == CHECKSUM:
        return "=="
    if of.operator or of.type != METRIC or of.record is None or of.record.identity is None:
        return of.operator
    names = {fold(name) for name in (of.metric or of.id,) if name}
    listed: Any = catalog.records[of.record.identity].get("metrics")
    found = [
        one.get("higher_is_better")
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
        and not one.get("slice")
        and names & {fold(str(one[key])) for key in ("name", "type", "metric") if one.get(key)}
    ]
    said = {_BETTER[one] for one in found if isinstance(one, bool)}
    return said.pop() if len(said) == 1 else ""


def met(of: Criterion, how: str) -> bool | None:
    """Tell whether what was observed is what was asked for; None where that cannot be compared.

    Numbers can, and checksums for being the same; of other texts two may mean the same.

    Args:
        of: The criterion.
        how: How the two are held against each other: see `sign`.
    """
    holds = _HOLDS.get(how)
    if holds is None or of.observed is None or of.target is None:
        return None
    observed, target = number(of.observed), number(of.target)
    if of.type == CHECKSUM:
        same = _same(str(of.observed).strip().casefold(), str(of.target).strip().casefold())
        return {"==": same, "!=": not same}.get(how)
    return None if observed is None or target is None else bool(holds(observed, target))


def _same(one: str, other: str) -> bool:
    """Tell whether two checksums are the same: `sha256:` before only one of them says nothing against it."""
    if ":" in one and ":" in other:
        return one == other
    return one.rpartition(":")[2] == other.rpartition(":")[2]


def unseen(of: Criterion) -> str:
    """Return why what was seen cannot be held against what is asked for, in words; empty where it can.

    Of a criterion that names no target, or is neither a metric nor a checksum, a person says whether it holds.

    Args:
        of: The criterion.
    """
    if of.target is None or of.type not in (METRIC, CHECKSUM):
        return ""
    if of.observed is None or not str(of.observed).strip():
        return "nothing says what was seen"
    return f"{of.observed} is no number" if of.type == METRIC and number(of.observed) is None else ""


def number(value: object) -> Decimal | None:
    """Return a value as the number that is written, not as the nearest binary one; None for what is no number."""
    text = str(value).strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None
