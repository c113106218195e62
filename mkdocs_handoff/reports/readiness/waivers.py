"""Waivers of a handoff: checks, or whole areas, that both sides go on without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.reports.readiness.check import At, Check, State, Waived

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.handoffs.parts import Waiver
    from mkdocs_handoff.reports.readiness.given import Case


def with_waivers(case: Case, checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return checks with the handoff's waivers counted in.

    A waiver names a check (`drilled`, `playbook/drilled`) or an area. It does not count without somebody who answers
    for it, nor after its last day; both are told where it would have counted.
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
    told = [check.reason]
    for waiver in waivers:
        if not names(waiver, check):
            continue
        if waiver.waived_by is None:
            told.append("its waiver names nobody who answers for it")
        elif waiver.expires and waiver.expires < case.given.today.isoformat():
            told.append(f"waived by {waiver.waived_by} until {waiver.expires}, which is over")
        else:
            until = Waived(waiver.waived_by, waiver.reason, waiver.expires, At(case.handoff.record, waiver.path))
            return replace(check, state=State.WAIVED, waived=until)
    return replace(check, reason="; ".join(told))


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "-").replace("_", "-")
