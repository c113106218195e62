"""Waivers of a handoff: checks, or whole areas, that both sides go on without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.reports.readiness.check import Area, At, Check, State, Waived
from mkdocs_handoff.reports.readiness.knowledge_map import VALID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.handoffs.parts import Waiver
    from mkdocs_handoff.reports.readiness.given import Case


def with_waivers(case: Case, checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return checks with the handoff's waivers counted in.

    A waiver names a check (`drilled`, `playbook/drilled`) or an area. It does not count without a person who may answer
    for it, nor after its last day; and nothing of acceptance is waived by it: a criterion is waived in its own entry,
    where both sides see it, and a signature is given or is not. What lint calls an error is mended. All that is told
    where it would have counted.
    """
    if case.handoff is None:
        return tuple(checks)
    return tuple(_waived(case, check, case.handoff.waivers) for check in checks)


def names(waiver: Waiver, check: Check) -> bool:
    """Tell whether a waiver names a check, or its area."""
    return _plain(waiver.check) in (_plain(check.area), _plain(check.name), _plain(check.path))


def _waived(case: Case, check: Check, waivers: tuple[Waiver, ...]) -> Check:
    if case.handoff is None or not check.holds_up:
        return check
    told = []
    for waiver in waivers:
        if not names(waiver, check):
            continue
        field, why = _void(case, check, waiver)
        if not why:
            until = Waived(waiver.waived_by, waiver.reason, waiver.expires, At(case.handoff.record, waiver.path))
            return replace(check, state=State.WAIVED, waived=until)
        told.append((At(case.handoff.record, (*waiver.path, field)), f"a waiver that does not count: {why}"))
    if not told:
        return check
    texts = dict.fromkeys(text for _, text in told)
    return replace(check, reason="; ".join((check.reason, *texts)), missing=(*check.missing, *told))


def _void(case: Case, check: Check, waiver: Waiver) -> tuple[str, str]:
    """Return the field for which a waiver does not count, and why; without a reason, it counts."""
    if check.signing:
        return "check", "a signature is given, and nobody waives it"
    if check.area is Area.ACCEPTANCE:
        return "check", "a criterion is waived in its own entry of `acceptance_criteria`"
    if (check.area, check.name) == (VALID.area, VALID.name):
        return "check", "an error is mended, and nobody waives it"
    why = case.unfit(waiver.waived_by, waiver.waived_on)
    if why:
        return "waived_by", why
    if waiver.expires and waiver.expires < case.given.today.isoformat():
        return "expires", f"waived by {waiver.waived_by} until {waiver.expires}, which is over"
    return "", ""


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "-").replace("_", "-")
