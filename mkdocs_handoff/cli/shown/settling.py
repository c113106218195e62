"""What one answer to a cause settles, and what it leaves to be mended, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import gone
from mkdocs_handoff.staleness.verdict import About
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.verdict import Cause, Reason


def covering(cause: Cause, reasons: Iterable[Reason]) -> str:
    """Return what an answer to a cause covers, where that is more than its name says; else an empty text.

    Files are settled as they are now, so that the commit that names a cause is not all that was looked at.

    Args:
        cause: What made records suspect.
        reasons: Why they are, each of what it made of them; other commits of those were made before it.
    """
    if cause.about is not About.FILES:
        return ""
    shas = {change.commit.sha for reason in reasons for change in reason.changes}
    earlier = sum(not sha.startswith(cause.name) for sha in shas)
    more = f", {counted(earlier, 'earlier commit')} included" if earlier else ""
    return f"One answer covers the files as they are now{more}."


def mending(owner: Identity, catalog: Catalog, today: date) -> str:
    """Return how to mend records whose accountable owner is gone, with who succeeds."""
    left = gone(catalog.records[owner], today)
    successor = left.successor if left is not None else ""
    found = catalog.find(successor) if successor else ()
    name = catalog.title(found[0]) if len(found) == 1 else successor
    too = ", and is gone too" if len(found) == 1 and gone(catalog.records[found[0]], today) is not None else ""
    after = f"{name} succeeds{too}" if successor else "nobody succeeds"
    return f"mend it: name another accountable owner in `owners:` of these records ({after})"


def unmended(records: Iterable[Identity]) -> str:
    """Return that records were settled whose accountable owner is gone all the same."""
    return f"settled, and still without an accountable owner who is there: {', '.join(map(str, records))}"
