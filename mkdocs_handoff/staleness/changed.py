"""What a change (a branch, a pull request, what is not committed yet) makes suspect, whatever else is or is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.staleness.evidence import Asked, Evidence
from mkdocs_handoff.staleness.judge import ageless
from mkdocs_handoff.staleness.since import Since
from mkdocs_handoff.staleness.verdict import About
from mkdocs_handoff.staleness.versions import files_of
from mkdocs_handoff.staleness.watch import seen_of, watched

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.verdict import Reason, Standing


def suspects_of(
    catalog: Catalog, root: Path, history: History, standings: Mapping[Identity, Standing], base: str
) -> dict[Identity, tuple[Reason, ...]]:
    """Return the records that a change makes suspect, each with the reasons.

    A record that the change brought, or whose review date it moved, was looked at: of it only what came later counts.

    Args:
        catalog: The records as the change leaves them.
        root: The project's root.
        history: What git knows, the change included.
        standings: How the records stand with the change.
        base: The commit that the change builds on, by its full name.
    """
    evidence = Evidence(catalog, root, history)
    since = Since(None, base, "in this change", every=True)
    asked = []
    for identity, record in catalog.records.items():
        watch = watched(record, catalog, root, history)
        if not watch or ageless(record, catalog.kinds[identity.kind]):
            continue
        # What a review has seen as it is now is answered, be it by `review --cause`.
        seen, heeded = seen_of(record), dict(watch.heeded)
        globs = tuple(glob for glob in watch.globs if glob not in seen or seen[glob] != evidence.digest(glob))
        records = tuple(
            one
            for one in watch.records
            if str(one) not in seen or seen[str(one)] != evidence.of(one, heeded.get(one, ()))
        )
        if globs or records:
            asked.append(Asked(identity, globs, records, since, heeded=heeded))
    differing = history.differing(base)
    told: dict[Identity, tuple[Reason, ...]] = {}
    for identity, answer in evidence.tell(asked).items():
        told[identity] = tuple(
            reason for reason in answer.reasons if reason.about is not About.FILES or _differs(reason, differing)
        )
    told = {identity: reasons for identity, reasons in told.items() if reasons}
    for identity in _reviewed(tuple(told), catalog, evidence, since, history):
        told[identity] = tuple(
            reason for reason in standings[identity].reasons if reason.about in _WATCHED and reason.cause
        )
    for identity, standing in standings.items():
        left = tuple(reason for reason in standing.reasons if reason.about is About.OWNER)
        if left and _touched(left[0].target, catalog, differing):
            told[identity] = (*told.get(identity, ()), *left)
    return {identity: told[identity] for identity in catalog.records if told.get(identity)}


_WATCHED = (About.FILES, About.RECORD)


def _differs(reason: Reason, differing: Container[str]) -> bool:
    """Tell whether covered files differ from what they were: a change that was taken back within is none."""
    return bool(reason.uncommitted) or any(
        change.path in differing or change.was in differing for change in reason.changes
    )


def _touched(owner: Identity | None, catalog: Catalog, differing: Container[str]) -> bool:
    """Tell whether the change edits the record of an owner who is gone."""
    return owner is not None and any(path in differing for path in files_of(catalog.records[owner]))


def _reviewed(
    identities: tuple[Identity, ...], catalog: Catalog, evidence: Evidence, since: Since, history: History
) -> dict[Identity, None]:
    """Return the records that the change itself brought, or whose review date it moved."""
    archive = evidence.archive
    is_after = since.teller(history)
    found: dict[Identity, None] = {}
    before = {}
    for identity in identities:
        trail = archive.past(identity)
        touched = bool(archive.uncommitted(identity)) or bool(trail and is_after is not None and is_after(trail[0]))
        old = next((change for change in trail if is_after is not None and not is_after(change)), None)
        if touched and old is None:
            found[identity] = None
        elif touched and old is not None:
            before[identity] = old
    archive.read(before.items())
    for identity, change in before.items():
        if archive.version(identity, change).reviewed != str(catalog.records[identity].get("last_reviewed") or ""):
            found[identity] = None
    return found
