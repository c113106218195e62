"""The value that prose takes from a record: `[[evaluation:churn-test#metrics.roc_auc]]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.records.record import slug

if TYPE_CHECKING:
    from mkdocs_handoff.records.record import Record


def value_at(record: Record, field: str) -> Any:
    """Return the value that `metrics.roc_auc` names in a record, or None.

    In a list of mappings a step finds the one that calls itself so (`id`, `name`, `type`, `version`, `metric`); of a
    mapping with a `value`, that is the value.
    """
    here: Any = record.fields
    for step in field.split("."):
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list):
            here = _called(here, step)
        else:
            return None
    return here.get("value") if isinstance(here, Mapping) else here


_NAMES = ("id", "name", "type", "version", "metric", "path")


def _called(items: list[Any], step: str) -> Any:
    if step.isascii() and step.isdigit() and len(step) <= 9 and int(step) < len(items):
        return items[int(step)]
    wanted = slug(step)
    for key in _NAMES:
        for item in items:
            if isinstance(item, Mapping) and key in item and slug(str(item[key])) == wanted:
                return item
    return None
