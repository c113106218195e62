"""What made records suspect, and which: one answer may settle them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.verdict import Cause, Standing


def causes(found: Mapping[Identity, Standing]) -> dict[Cause, tuple[Identity, ...]]:
    """Return what made records suspect, each with those records, what made most of them so first."""
    grouped: dict[Cause, dict[Identity, None]] = {}
    for identity, standing in found.items():
        for reason in standing.reasons:
            if reason.cause is not None:
                grouped.setdefault(reason.cause, {})[identity] = None
    ordered = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0].about, item[0].name))
    return {cause: tuple(members) for cause, members in ordered}
