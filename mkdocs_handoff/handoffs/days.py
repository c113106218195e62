"""The days of a handoff, which have an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.handoffs.standing import superseded
from mkdocs_handoff.handoffs.words import ACCEPTED, COMPLETED, IN_PROGRESS, IN_REVIEW, PLANNED
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.text.yaml import Path

_ORDER = (
    ("requested", "started"),
    ("requested", "accepted"),
    ("requested", "completed"),
    ("started", "accepted"),
    ("started", "completed"),
    ("accepted", "completed"),
    ("started", "first_independent_change"),
    ("started", "shadow_until"),
)
_BEFORE_ACCEPTED = (PLANNED, IN_PROGRESS, IN_REVIEW)
_HINT = "Mend the one that is wrong: how long it took is reckoned from them."


def check(of: Handoff) -> Iterator[Finding]:
    """Yield what is wrong with the order of a handoff's days. Days that are none are the schema's to tell of."""
    told: set[str] = set()
    for first, then in _ORDER:
        one, other = of.dates.get(first, ""), of.dates.get(then, "")
        if then not in told and _earlier(other, one):
            told.add(then)
            message = f"{_word(then)} on {other}, before it was {_word(first)} on {one}"
            yield _finding(of, ("dates", then), message)
    for name, statuses in ((ACCEPTED, _BEFORE_ACCEPTED), (COMPLETED, (*_BEFORE_ACCEPTED, ACCEPTED))):
        if of.dates.get(name) and of.status in statuses:
            message = f"the day on which it was {name} is written, and it is {of.status}"
            hint = f"Write `status: {name}`, or take the day away until it is."
            yield Finding(of.place(("dates", name)), "handoff/dates", message, hint)
    started, accepted = of.dates.get("started", ""), of.dates.get("accepted", "")
    for signed in of.sign_offs:
        if superseded(of.sign_offs, signed) is not None:
            continue
        if _earlier(signed.on, started):
            yield _finding(of, (*signed.path, "on"), f"signed on {signed.on}, before it was started on {started}")
        elif _earlier(accepted, signed.on):
            yield _finding(of, (*signed.path, "on"), f"signed on {signed.on}, after it was accepted on {accepted}")
    for path, what, first, then in _pairs(of):
        if _earlier(then, first):
            yield _finding(of, path, f"{what} on {then}, before {first}")


def _pairs(of: Handoff) -> Iterator[tuple[Path, str, str, str]]:
    """Yield the days of parts that follow another day: where, what happened, the earlier day, the later one."""
    for asked in of.questions:
        yield (*asked.path, "answered_on"), "answered", asked.asked_on, asked.answered_on
    for waiver in of.waivers:
        yield (*waiver.path, "expires"), "the waiver ends", waiver.waived_on, waiver.expires
    for one in of.criteria:
        yield (*one.path, "verified_on"), "accepted", one.verified_on, of.dates.get("accepted", "")
    for access in of.access:
        yield (*access.path, "revoked_from_on"), "revoked", access.granted_on, access.revoked_from_on
    for gap in of.gaps:
        yield (*gap.path, "until"), "the gap is to be closed", gap.accepted_on, gap.until


def _earlier(one: str, other: str) -> bool:
    first, second = day_of(one), day_of(other)
    return first is not None and second is not None and first < second


def _word(name: str) -> str:
    return {"first_independent_change": "changed alone", "shadow_until": "shadowed until"}.get(name, name)


def _finding(of: Handoff, path: Path, message: str) -> Finding:
    return Finding(of.place(path), "handoff/dates", message, _HINT)
