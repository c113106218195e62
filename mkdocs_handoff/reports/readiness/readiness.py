"""Readiness: the computed answer to "can the receiving team take this over?", check by check."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
SORTS = tuple(sort for area in _AREAS.values() for sort in area.SORTS)
"""All sorts of checks, in their order. Those whose name ends with `-<id>` are asked once for each."""


def readiness(given: Given, of: Identity) -> Readiness:
    """Return all checks of a handoff, or of a model (or other record) as if it alone were handed over.

    Args:
        given: The project; shared by all that is asked of it.
        of: The handoff, or the model.
    """
    asked = case(given, of)
    checks = with_waivers(asked, (check for area in _AREAS.values() for check in area.checks(asked)))
    names = {check.path for check in checks}
    left = (f"{sort.area}/{sort.name}" for sort in SORTS if not sort.name.endswith("-<id>"))
    return Readiness(of, asked.scope.subjects, len(asked.scope), checks, tuple(one for one in left if one not in names))
