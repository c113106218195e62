"""What rests on suspect records, further away than one step."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.verdict import Standing


def with_upstream(standings: dict[Identity, Standing], catalog: Catalog) -> dict[Identity, Standing]:
    """Add to records that rest on suspect ones, however far away, a note of the nearest.

    Suspicion itself goes one step, from a direct change: else one change would make the whole site suspect.
    """
    nearest: dict[Identity, tuple[Identity, int]] = {}
    waiting: deque[tuple[Identity, Identity, int]] = deque(
        (identity, identity, 0) for identity, standing in standings.items() if standing.verdict is Verdict.SUSPECT
    )
    while waiting:
        here, origin, steps = waiting.popleft()
        for relation in catalog.incoming.get(here, ()):
            source = relation.source
            if relation.suspect and source not in nearest and source != origin:
                nearest[source] = (origin, steps + 1)
                waiting.append((source, origin, steps + 1))
    result = dict(standings)
    for identity, (origin, steps) in nearest.items():
        standing = standings[identity]
        if standing.verdict is Verdict.HISTORICAL or any(reason.target == origin for reason in standing.reasons):
            continue
        away = "on which this rests" if steps == 1 else f"on which this rests, {steps} steps away"
        note = f"{catalog.title(origin)}, {away}, is suspect"
        result[identity] = replace(standing, notes=(*standing.notes, note))
    return result
