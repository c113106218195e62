"""The signatures of handoffs: what speaks for each, and what was changed after it was given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.standing import superseded
from mkdocs_handoff.handoffs.words import HANDOFF
from mkdocs_handoff.reports.handoffs.altered import Altered, Basis, Compared, Comparison
from mkdocs_handoff.reports.handoffs.brought import SIGN_OFFS, Brought, Found, Witnesses, arrivals
from mkdocs_handoff.reports.handoffs.signed import SIGNED
from mkdocs_handoff.staleness.versions import Archive

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import SignOff
    from mkdocs_handoff.history.approvals import Approvals
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.handoffs.brought import Corroboration


class State(StrEnum):
    """What a signature rests on."""

    ASSERTED = "asserted"
    """Only the record says so."""
    CORROBORATED = "corroborated"
    """The commit that brought it is by the signer, or the signer approved it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature, looked at.

    Attributes:
        sign_off: As it is written.
        brought: The commit that brought it; None where history knows of none, and `reason` says why.
        reason: Why no commit can be named; empty where one is.
        uncommitted: The handoff's files that differ from the last commit.
        basis: What says what was signed.
        changed: What was changed after it was signed.
        since: Of a completed handoff, what moved and changed afterwards, as it should be able to.
        notes: What else is to be known: sentences.
        superseded: The newer signature of the same side, which took its place; None where it stands itself. What was
            changed since is said of the newer one alone.
    """

    sign_off: SignOff
    brought: Brought | None
    reason: str
    uncommitted: tuple[str, ...]
    basis: Basis
    changed: tuple[Altered, ...]
    since: tuple[Altered, ...]
    notes: tuple[str, ...]
    superseded: SignOff | None = None

    @property
    def corroboration(self) -> tuple[Corroboration, ...]:
        """What beside the record says that the signer signed."""
        return self.brought.by_signer if self.brought is not None else ()

    @property
    def state(self) -> State:
        """What it rests on."""
        return State.CORROBORATED if self.corroboration else State.ASSERTED

    @property
    def text(self) -> str:
        """The state in words, without a full stop: `asserted; committed by Mei-Ling Zhao on 2026-11-12 (1f2e3d4c)`."""
        if self.brought is None:
            return f"{self.state}; {self.reason}"
        brought = self.brought
        sealed = f"; the commit is signed ({brought.signature}), which was not checked" if brought.signature else ""
        if self.corroboration:
            said = " and ".join(f"{one.text}{f' on {one.day}' if one.day else ''}" for one in self.corroboration)
            return f"{self.state}: {said}{sealed}"
        return f"{self.state}; committed by {brought.author.name} on {brought.day} ({brought.short}){sealed}"


def signatures(
    catalog: Catalog, of: Sequence[Handoff], history: History, approvals: Approvals
) -> Mapping[Identity, tuple[Signature, ...]]:
    """Return the signatures of handoffs, in the order of writing; old versions are read for all of them together.

    Args:
        catalog: The records.
        of: The handoffs.
        history: What git knows.
        approvals: Who approved what.
    """
    archive = Archive(catalog, history, {HANDOFF: (*SIGNED, SIGN_OFFS)})
    found = arrivals(of, archive, history)
    changes = [one.change.commit.sha for one in found.values() if one.change is not None]
    history.prepare(changes)
    witnesses = Witnesses(catalog, history, approvals, list(dict.fromkeys(changes)))
    comparison = Comparison(catalog, history, archive)
    newer = {(one.identity, signed.path): superseded(one.sign_offs, signed) for one in of for signed in one.sign_offs}
    comparison.read(
        (one, signed, found[one.identity, signed.path].change)
        for one in of
        for signed in one.sign_offs
        if newer[one.identity, signed.path] is None
    )

    def signature(one: Handoff, signed: SignOff, arrival: Found) -> Signature:
        instead = newer[one.identity, signed.path]
        compared = comparison.of(one, signed, arrival.change) if instead is None else _past(signed, instead)
        return Signature(
            sign_off=signed,
            brought=witnesses.of(signed, arrival.change) if arrival.change is not None else None,
            reason=arrival.reason,
            uncommitted=archive.uncommitted(one.identity) if history.readable else (),
            basis=compared.basis,
            changed=compared.changed,
            since=compared.since,
            notes=compared.notes,
            superseded=instead,
        )

    return {
        one.identity: tuple(signature(one, signed, found[one.identity, signed.path]) for signed in one.sign_offs)
        for one in of
    }


def _past(signed: SignOff, instead: SignOff) -> Compared:
    """Return what is said of a signature that a newer one took the place of: that, and nothing that alarms."""
    basis = Basis.SEEN if signed.seen else Basis.DIGEST if signed.digest else Basis.NOTHING
    who = "the same person" if str(instead.by) == str(signed.by) else str(instead.by)
    return Compared(basis, notes=(f"Superseded: {who} signed for this side on {instead.on}",))
