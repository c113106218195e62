"""What a signature covers, and its digest.

What both sides agree on in the handoff's own record, the material fields of what moves, and those of the playbook it
follows. Dates, the status, the steps' state, sessions, questions, rework and the signatures themselves may change
afterwards: they tell how it goes on, and take nothing back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.staleness.material import digest, fingerprint, material, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import SignOff
    from mkdocs_handoff.records.record import Gap, Identity, Record
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path

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


GAPS = "stated gaps"
"""The key under which stated gaps are told among signed fields: no field can have the name."""


def with_gaps(fields: Mapping[str, Any], gaps: Mapping[Path, Gap]) -> dict[str, Any]:
    """Return signed fields with the gaps that are stated in them: that nobody knows a value is signed as well."""
    told = {
        ".".join(map(str, path)): f"{gap.why}: {gap.reason}" if gap.reason else gap.why for path, gap in gaps.items()
    }
    return {**fields, GAPS: told} if told else dict(fields)


def in_terms(gaps: Mapping[Path, Gap]) -> dict[Path, Gap]:
    """Return those of a handoff's stated gaps that are in signed fields."""
    return {path: gap for path, gap in gaps.items() if path[0] in SIGNED}


def terms(record: Record) -> dict[str, Any]:
    """Return the signed fields of a handoff's record, by name, as they are today, and its stated gaps in them."""
    fields = {name: record.fields[name] for name in SIGNED if name in record.fields}
    return with_gaps(fields, in_terms(record.gaps))


def moving(record: Record, kind: Kind) -> dict[str, Any]:
    """Return what is signed of something that moves: its material fields, and its stated gaps in them."""
    return with_gaps(material(record, kind), stated(record.gaps, kind))


def signed(catalog: Catalog, of: Handoff) -> Mapping[Identity, str]:
    """Return the fingerprint of each thing that a signature of today covers: the handoff, what moves, the playbook."""
    found = {of.identity: digest(terms(of.record))}
    follows = (of.playbook.identity,) if of.playbook is not None and of.playbook.identity is not None else ()
    for identity in (*of.moved, *follows):
        found[identity] = fingerprint(moving(catalog.records[identity], catalog.kinds[identity.kind]))
    return found


def digest_of(fingerprints: Mapping[Identity, str]) -> str:
    """Return one digest of all that is signed: what a signature holds as `digest`."""
    return digest_of_names({str(identity): value for identity, value in fingerprints.items()})


def digest_of_names(seen: Mapping[str, str]) -> str:
    """Return the digest of the fingerprints that a signature names."""
    return digest(dict(seen))


def called(catalog: Catalog, of: Handoff, sign_off: SignOff, identity: Identity) -> str:
    """Return under which name a signature has something: what was renamed since stands there under its old name.

    A signature covers one handoff, its own, however that was called; anything else is known by its `aliases`.

    Args:
        catalog: The records.
        of: The handoff.
        sign_off: The signature.
        identity: Something that is signed.
    """
    name = str(identity)
    if name in sign_off.seen:
        return name
    if identity == of.identity:
        own = [one for one in sign_off.seen if one.startswith(f"{identity.kind}:") and one not in map(str, of.moved)]
        return own[0] if len(own) == 1 else name
    former = (str(replace(identity, name=alias)) for alias in catalog.records[identity].aliases)
    return next((one for one in former if one in sign_off.seen), name)


def as_signed(catalog: Catalog, of: Handoff, sign_off: SignOff) -> dict[str, str]:
    """Return the fingerprints of today under the names that a signature has for what it covers."""
    return {called(catalog, of, sign_off, one): mark for one, mark in signed(catalog, of).items()}


def holds(catalog: Catalog, of: Handoff, sign_off: SignOff, former: Iterable[str] = ()) -> bool:
    """Tell whether a signature is under what stands there now; one that says of nothing what it covers counts as well.

    Where it names fingerprints and has a digest, both have to be those of today: else one was written by hand.

    Args:
        catalog: The records.
        of: The handoff.
        sign_off: The signature.
        former: Names that the handoff had, for a signature that has nothing but a digest.
    """
    now = as_signed(catalog, of, sign_off)
    if sign_off.seen:
        return dict(sign_off.seen) == now and sign_off.digest in ("", digest_of_names(now))
    if not sign_off.digest:
        return True
    own = now.pop(str(of.identity))
    names = (of.identity.name, *of.record.aliases, *former)
    return any(sign_off.digest == digest_of_names({**now, str(replace(of.identity, name=one)): own}) for one in names)
