"""What somebody is about to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.handoffs.words import PASS, WAIVED
from mkdocs_handoff.reports.handoffs.signing import counts, named
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Criterion
    from mkdocs_handoff.reports.handoffs.signing import Signature
    from mkdocs_handoff.reports.readiness.check import Readiness

_LISTED = 6


def shown(catalog: Catalog, of: Handoff, signature: Signature, ready: Readiness) -> Iterator[str]:
    """Yield the lines that show what a signature says yes to.

    Args:
        catalog: The records.
        of: The handoff.
        signature: What would be written.
        ready: What the checks of readiness say.
    """
    yield printable(f"{of.record.title} ({of.identity}, {of.status})")
    yield printable(f"  from {named(of.giver)} to {named(of.taker)}: {', '.join(map(str, of.subjects))}")
    yield f"  criteria: {counts(of)}"
    for one in of.criteria:
        yield printable(f"    {one.status:8} {one.id}: {one_line(one.statement, 90)}{_about(one)}")
    for waiver in of.waivers:
        until = f", until {waiver.expires}" if waiver.expires else ""
        yield printable(f"  waived: {waiver.check} by {named(waiver.waived_by)}{until}: {one_line(waiver.reason, 90)}")
    for gap in of.gaps:
        yield printable(f"  gap accepted: {named(gap.record)}, {gap.field}, by {named(gap.accepted_by)}")
    for question in of.questions:
        if not question.answer:
            yield printable(f"  open question: {one_line(question.question, 90)}")
    for issue in of.issues:
        yield printable(f"  known problem: {one_line(issue.description, 90)}")
    yield printable(f"  readiness: {counted(ready)}")
    side = f"as approver, for `{signature.side}`" if signature.role != signature.side else f"for `{signature.side}`"
    yield printable(f"  {catalog.title(signature.by)} signs {side} on {signature.on}: {signature.digest}")


def _about(one: Criterion) -> str:
    if one.status == WAIVED:
        until = f", until {one.waiver_expires}" if one.waiver_expires else ""
        return f" (waived by {named(one.waived_by)}{until})"
    if one.status == PASS and one.verified_by is not None:
        return f" (seen by {one.verified_by}{' on ' + one.verified_on if one.verified_on else ''})"
    return ""


def counted(ready: Readiness) -> str:
    """Return in a line how many checks of readiness are in each state, and what holds it up."""
    found = ready.counts
    told = ", ".join(f"{found[state]} {state.value}" for state in sorted(found) if found[state])
    names = [f"{check.area.value}/{check.name}" for check in ready.holding_up]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"{told}{'; what holds it up: ' + ', '.join(names[:_LISTED]) + more if names else ''}"
