"""READMEs that a glob of the settings takes for cards, and that say nothing of themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.records.documents import MARKDOWN
from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.settings import Claim, Settings

_CARDS = frozenset(("model", "dataset"))
"""Kinds whose cards have front matter; of all others prose alone is as good as any."""

_OVERVIEWS = frozenset(("readme", "index"))


def unmarked(records: Iterable[Record], settings: Settings) -> Iterator[Finding]:
    """Tell of READMEs without front matter that are read as cards because one glob claims them with such as have it.

    Where most files of a glob have none, that is how the project writes its cards.

    Args:
        records: All that were read.
        settings: Whose globs claim files; usual places are for records alone.
    """
    claims = [one for one in settings.claims if one.kind in _CARDS and "*" in one.glob]
    if not claims:
        return
    marked: Counter[Claim] = Counter()
    plain: defaultdict[Claim, list[Record]] = defaultdict(list)
    for record in records:
        path = record.source.path
        name = path.rpartition("/")[2].lower()
        if record.kind not in _CARDS or name.partition(".")[0] not in _OVERVIEWS or not name.endswith(MARKDOWN):
            continue
        claim = next((one for one in claims if matches(path, one.glob)), None)
        if claim is None or claim.kind != record.kind:
            continue
        if record.source.layer.text.strip() or record.source.sidecar is not None:
            marked[claim] += 1
        else:
            plain[claim].append(record)
    for claim, found in plain.items():
        if marked[claim] <= len(found):
            continue
        for record in found:
            message = f"is read as a {claim.kind} because {claim.glob!r} matches it, and has no front matter"
            begin = f"If it is one, begin it with `kind: {claim.kind}` between two lines `---`"
            hint = f"{begin}; if not, name it in `exclude:`."
            place = Place(record.source.path)
            yield Finding(place, "record/unmarked", message, hint, Severity.WARNING, str(record.identity))
