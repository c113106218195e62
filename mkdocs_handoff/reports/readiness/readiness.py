"""Readiness: the computed answer to "can the receiving team take this over?", check by check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.words import COMPLETED
from mkdocs_handoff.reports.readiness import (
    acceptance,
    data,
    decisions,
    guardrails,
    interface,
    knowledge_map,
    operations,
    ownership,
    playbook,
    questions,
    reproducibility,
    staleness,
    vocabulary,
)
from mkdocs_handoff.reports.readiness.check import Area, Readiness
from mkdocs_handoff.reports.readiness.given import case
from mkdocs_handoff.reports.readiness.waivers import with_waivers

if TYPE_CHECKING:
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.readiness.given import Given

_AREAS = {
    Area.OWNERSHIP: ownership,
    Area.KNOWLEDGE_MAP: knowledge_map,
    Area.INTERFACE: interface,
    Area.VOCABULARY: vocabulary,
    Area.DECISIONS: decisions,
    Area.REPRODUCIBILITY: reproducibility,
    Area.DATA: data,
    Area.OPERATIONS: operations,
    Area.GUARDRAILS: guardrails,
    Area.PLAYBOOK: playbook,
    Area.ACCEPTANCE: acceptance,
    Area.STALENESS: staleness,
    Area.QUESTIONS: questions,
}
_OVER = (COMPLETED, "rejected", "rolled-back", "cancelled")
SORTS = tuple(sort for area in _AREAS.values() for sort in area.SORTS)
"""All sorts of checks, in their order. Those whose name ends with `-<id>` are asked once for each."""


def readiness(given: Given, of: Identity) -> Readiness:
    """Return all checks of a handoff, or of a model (or other record) as if it alone were handed over.

    Args:
        given: The project; shared by all that is asked of it.
        of: The handoff, or the model.
    """
    asked = case(given, of)
    told = (check for area in _AREAS.values() for check in area.checks(asked))
    checks = with_waivers(asked, (check for check in told if not check.idle))
    names = {check.path for check in checks}
    left = (f"{sort.area}/{sort.name}" for sort in SORTS if not sort.name.endswith("-<id>"))
    not_asked = tuple(one for one in left if one not in names)
    return Readiness(of, asked.scope.subjects, len(asked.scope), checks, not_asked, _over(asked.handoff))


def _over(of: Handoff | None) -> str:
    """Return how a handoff ended, with the day where one is written."""
    if of is None or of.status not in _OVER:
        return ""
    day = of.dates.get(of.status)
    return f"{of.status} on {day}" if day else of.status
