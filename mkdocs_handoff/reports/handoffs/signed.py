"""What a signature covers, and its digest.

What both sides agree on in the handoff's own record, the material fields of what moves, and those of the playbook it
follows. Dates, the status, the steps' state, sessions, questions, rework and the signatures themselves may change
afterwards: they tell how it goes on, and take nothing back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.staleness.material import digest, fingerprint, material

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.records.record import Identity, Record

SIGNED = (
    "subjects",
    "from",
    "to",
    "playbook",
    "acceptance_criteria",
    "waivers",
    "known_issues",
    "accepted_gaps",
    "access_transfer",
    "guardrails",
    "reproduction",
    "tacit_notes",
)
"""The fields of a handoff that are signed."""


def terms(record: Record) -> dict[str, Any]:
    """Return the signed fields of a handoff's record, by name, as they are today."""
    return {name: record.fields[name] for name in SIGNED if name in record.fields}


def signed(catalog: Catalog, of: Handoff) -> Mapping[Identity, str]:
    """Return the fingerprint of each thing that a signature of today covers: the handoff, what moves, the playbook."""
    found = {of.identity: digest(terms(of.record))}
    follows = (of.playbook.identity,) if of.playbook is not None and of.playbook.identity is not None else ()
    for identity in (*of.moved, *follows):
        found[identity] = fingerprint(material(catalog.records[identity], catalog.kinds[identity.kind]))
    return found


def digest_of(fingerprints: Mapping[Identity, str]) -> str:
    """Return one digest of all that is signed: what a signature holds as `digest`."""
    return digest({str(identity): value for identity, value in fingerprints.items()})
