"""Whether it is settled when a model, or its handoff, is stopped, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.readiness.ask import OPERATIONS
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.given import mappings
from mkdocs_handoff.reports.readiness.told import Lack, Sort, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

COMPLETE = Sort(
    Area.GUARDRAILS,
    "guardrails-are-complete",
    "Each model, and the handoff, has guardrails, each with a condition, an action, and somebody who acts",
    "Write `guardrails` with `condition`, `action` and `owner`.",
    OPERATIONS,
)
PLAYBOOKS = Sort(
    Area.GUARDRAILS,
    "guardrail-playbooks-exist",
    "Each playbook that a guardrail names is written",
    "Write the playbook, or name one that exists.",
    OPERATIONS,
)
SORTS = (COMPLETE, PLAYBOOKS)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of guardrails."""
    records = (*case.models, *((case.handoff.record,) if case.handoff is not None else ()))
    yield tell(case, COMPLETE, "guardrail", (one for record in records for one in _complete(record)))
    items = (one for record in records for one in _playbooks(case, record))
    yield tell(case, PLAYBOOKS, "playbook", items, nothing="no guardrail names a playbook")


def _complete(record: Record) -> Iterator[list[Lack]]:
    found = mappings(record, "guardrails")
    if not found:
        yield [lack(record, ("guardrails",), f"a guardrail of {record.identity}")]
    for path, value in found:
        item = value if isinstance(value, dict) else {"condition": value}
        name = str(item.get("id") or f"guardrail {int(path[-1]) + 1}")
        yield [
            lack(record, (*path, key), f"{key} of {name} ({record.identity})")
            for key in ("condition", "action", "owner")
            if not item.get(key)
        ]


def _playbooks(case: Case, record: Record) -> Iterator[list[Lack]]:
    for path, item in mappings(record, "guardrails"):
        if isinstance(item, dict) and item.get("playbook"):
            target = case.catalog.targets.get((record.identity, (*path, "playbook")))
            known = isinstance(target, Identity)
            yield [] if known else [lack(record, (*path, "playbook"), f"a record of {item['playbook']}")]
