"""Where a record stands in its life, and whether anybody has said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import Chip
from mkdocs_handoff.pages.html.values import chip

if TYPE_CHECKING:
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind

LIFECYCLE = "lifecycle"
ACTIVE = "active"


def assumed(record: Record, kind: Kind) -> bool:
    """Tell whether a record is only taken to be active: its kind is asked for its lifecycle, and nothing says it."""
    return record.lifecycle == ACTIVE and record.get(LIFECYCLE) is None and LIFECYCLE in kind.ready.get("required", ())


def life(record: Record, kind: Kind) -> Chip:
    """Return a record's lifecycle as any page shows it."""
    return Chip(f"{ACTIVE} (assumed)", "quiet") if assumed(record, kind) else chip(record.lifecycle)
