"""Whether it is known where a model runs, for whom, and who notices when it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Place
from mkdocs_handoff.observations.thresholds import figure
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.readiness.ask import OPERATIONS
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.given import mappings
from mkdocs_handoff.reports.readiness.told import NO_MODEL, Lack, Sort, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

_FEW = 3
"""So many places of what is wrong in a file are told; lint tells all of them."""

DEPLOYMENTS = Sort(
    Area.OPERATIONS,
    "deployments-are-named",
    "Each model says where it runs, and which version",
    "Write `deployments` with `where` and `version`.",
    OPERATIONS,
)
CONSUMERS = Sort(
    Area.OPERATIONS,
    "consumers-can-be-reached",
    "Each model says who uses it, and whom to tell there",
    "Write `consumers` with `system` and `contact`: a team or person who has a record.",
    OPERATIONS,
)
ACCESS = Sort(
    Area.OPERATIONS,
    "system-access-is-described",
    "Each model says what one must be able to reach, and how one gets in",
    "Write `access` with `system` and `how`.",
    OPERATIONS,
)
MONITORS = Sort(
    Area.OPERATIONS,
    "monitors-alert",
    "Each model has monitors, each with a threshold, an alert, and a playbook for it",
    "Write `monitors` with `threshold`, `alert` and `playbook`.",
    OPERATIONS,
)
OBSERVED = Sort(
    Area.OPERATIONS,
    "observed-is-normal",
    "The latest value of each observed metric is within its limits",
    "Follow the playbook of the limit, or change the limit by a decision.",
    OPERATIONS,
)
SORTS = (DEPLOYMENTS, CONSUMERS, ACCESS, MONITORS, OBSERVED)
_ASKED = (
    (DEPLOYMENTS, "deployments", "deployment", "where", ("where", "version")),
    (CONSUMERS, "consumers", "consumer", "system", ("system", "contact")),
    (ACCESS, "access", "system", "system", ("system", "how")),
    (MONITORS, "monitors", "monitor", "metric", ("metric", "threshold", "alert", "playbook")),
)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of operations."""
    for sort, field, noun, name, wanted in _ASKED:
        items = (one for model in case.models for one in _listed(case, model, field, name, wanted))
        yield tell(case, sort, noun, items, nothing=NO_MODEL)
    values = (one for model in case.models for one in _observed(case, model))
    yield tell(case, OBSERVED, "metric", values, nothing="nothing is observed")


def _observed(case: Case, model: Record) -> Iterator[list[Lack]]:
    observed = case.given.observations.of(model.identity)
    for one in observed.metrics:
        seen = f"{one.metric} is {figure(one.latest)}"
        yield [lack(model, each.limit.path, f"{seen}, limit: {each.limit.threshold.text}") for each in one.out]
    if observed.problems:
        yield [Lack(Place(one.path, max(one.line, 1)), str(one), model) for one in observed.problems[:_FEW]]


def _listed(case: Case, model: Record, field: str, name: str, wanted: tuple[str, ...]) -> Iterator[list[Lack]]:
    found = mappings(model, field)
    if not found:
        yield [lack(model, (field,), f"{field} of {model.identity}")]
    for path, value in found:
        item = value if isinstance(value, dict) else {name: value}
        told = str(item.get(name) or f"{field} {int(path[-1]) + 1}")
        lacks = [lack(model, (*path, key), f"{key} of {told}") for key in wanted if item.get(key) in (None, "", [])]
        for key in ("contact", "playbook"):
            if key in wanted and item.get(key):
                target = case.catalog.targets.get((model.identity, (*path, key)))
                if not isinstance(target, Identity):
                    lacks.append(lack(model, (*path, key), f"a record of {item[key]}, the {key} of {told}"))
        yield lacks
