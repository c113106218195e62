"""Whether what goes in and comes out is told, and agrees with features and data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.reports.readiness.ask import TECHNICAL
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.given import mappings
from mkdocs_handoff.reports.readiness.told import NO_MODEL, Lack, Sort, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

_MANY = re.compile(r"list|array|tensor|vector|sequence|image|matrix", re.IGNORECASE)

INPUTS = Sort(
    Area.INTERFACE,
    "inputs-are-described",
    "Each model says what goes in: name and type, and the shape of what is many values",
    "Write `inputs` with `name`, `type` and, of arrays, `shape`.",
    TECHNICAL,
)
OUTPUTS = Sort(
    Area.INTERFACE,
    "outputs-are-described",
    "Each model says what comes out: name and type, and the shape of what is many values",
    "Write `outputs` with `name`, `type` and, of arrays, `shape`.",
    TECHNICAL,
)
AGREES = Sort(
    Area.INTERFACE,
    "interface-agrees",
    "Models, features and the columns of data speak of the same names and types",
    "Mend the one that is wrong: `mkdocs-handoff rule interface/column` and its neighbours tell more.",
    TECHNICAL,
)
SORTS = (INPUTS, OUTPUTS, AGREES)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of the interface."""
    for sort, field in ((INPUTS, "inputs"), (OUTPUTS, "outputs")):
        items = (one for model in case.models for one in _ports(model, field))
        yield tell(case, sort, field.removesuffix("s"), items, nothing=NO_MODEL)
    wrong: dict[object, list[Lack]] = {record.identity: [] for record in case.records}
    for record, finding in case.findings:
        if finding.rule.startswith("interface/"):
            text = f"{record.identity}: {finding.message}"
            wrong[record.identity].append(Lack(finding.place, text, record, mend=finding.hint))
    yield tell(case, AGREES, "record", wrong.values())


def _ports(model: Record, field: str) -> Iterator[list[Lack]]:
    found = mappings(model, field)
    if not found:
        yield [lack(model, (field,), f"{field} of {model.identity}")]
    for path, value in found:
        port = value if isinstance(value, dict) else {}
        name = str(port.get("name") or f"{field} {path[-1]}")
        wanted = ("name", "type", *(("shape",) if _MANY.search(str(port.get("type") or "")) else ()))
        yield [
            lack(model, (*path, key), f"{key} of {name} ({model.identity})")
            for key in wanted
            if port.get(key) in (None, "", [])
        ]
