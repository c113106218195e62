"""The signatures of a handoff: who said yes, what speaks for it, and what was changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.words import APPROVER, FROM, TO
from mkdocs_handoff.pages.html.blocks import Chip, Link, Rich
from mkdocs_handoff.reports.handoffs.altered import Basis
from mkdocs_handoff.reports.handoffs.sign_offs import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.handoffs.parts import SignOff
    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.reports.handoffs.altered import Altered
    from mkdocs_handoff.reports.handoffs.sign_offs import Signature
    from mkdocs_handoff.staleness.differences import Difference

_FEW = 6
_SIDES = {FROM: "For the team that hands over", TO: "For the team that takes over"}


@dataclass(frozen=True, slots=True)
class AlteredView:
    """A thing that was changed after it was signed: in which fields, and how many more of them there are."""

    what: Link
    text: str
    note: str
    differences: tuple[Difference, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature.

    Attributes:
        side: For whom it was given.
        state: What it rests on: corroborated and asserted signatures do not look alike.
        look: The same as a word for the page's style: `corroborated` or `asserted`.
        told: What speaks for it, in words.
        basis: What says what was signed, where the signature itself does not.
        changed: What was changed afterwards.
        since: What changed after the handoff was completed, as it may.
        notes: Sentences.
        superseded: A newer signature of the same side took its place.
    """

    side: str
    by: Link | None
    on: str
    statement: Rich | None
    state: Chip
    look: str
    told: str
    basis: str
    changed: tuple[AlteredView, ...]
    since: tuple[AlteredView, ...]
    notes: tuple[str, ...]
    superseded: bool = False


def signatures(found: Sequence[Signature], layout: Layout) -> tuple[SignatureView, ...]:
    """Make signatures ready for a page, in the order of writing."""
    return tuple(_signature(one, layout) for one in found)


def _signature(one: Signature, layout: Layout) -> SignatureView:
    signed = one.sign_off
    by = None
    if signed.by is not None:
        who = signed.by.identity
        by = layout.links.link(who) if who is not None else Link(signed.by.text, state="plain")
    corroborated = one.state is State.CORROBORATED
    text = signed.statement.strip()
    path = layout.record.source.path
    return SignatureView(
        side=_side(signed),
        by=by,
        on=signed.on,
        statement=Rich(layout.markdown.html(text, path, terms=False), text) if text else None,
        state=Chip(one.state.value, "good" if corroborated else "quiet"),
        look=one.state.value,
        told=one.text.partition(";" if not corroborated else ":")[2].strip(),
        basis="" if one.basis is Basis.SEEN else one.basis.value,
        changed=tuple(_altered(altered, layout) for altered in one.changed),
        since=tuple(_altered(altered, layout) for altered in one.since),
        notes=one.notes,
        superseded=one.superseded is not None,
    )


def _side(signed: SignOff) -> str:
    side = _SIDES.get(signed.side, f"As {signed.role}" if signed.role else "")
    return f"{side}, as approver" if signed.role == APPROVER and signed.side in _SIDES else side


def _altered(one: Altered, layout: Layout) -> AlteredView:
    known = one.identity is not None and one.identity in layout.catalog.records
    what = layout.links.link(one.identity) if known and one.identity is not None else Link(one.name, state="plain")
    return AlteredView(what, one.text, one.note, one.differences[:_FEW], max(0, len(one.differences) - _FEW))
