"""Of single values: where those come from that nobody wrote here, and which are stated to be missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.views.life import ACTIVE, LIFECYCLE, assumed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path


@dataclass(frozen=True, slots=True)
class Told:
    """Something said of one field: its name for people, what is said, and more of it."""

    title: str
    what: str
    detail: str = ""


def origins(record: Record, layout: Layout, kind: Kind) -> Iterator[Told]:
    """Yield the values that were computed, inferred or imported; a title that is the file's own heading was written."""
    for path, origin in record.origins.items():
        own = path == ("id",) or (path == ("title",) and origin.how == "inferred")
        if not own and not layout.root.at(path[:1]).hidden:
            yield Told(label(path, layout), origin.how, origin.source)
    if assumed(record, kind):
        yield Told(label((LIFECYCLE,), layout), "assumed", f"nothing says it: it is taken to be {ACTIVE}")


def gaps(record: Record, layout: Layout) -> Iterator[Told]:
    """Yield what is stated to be missing."""
    for path, gap in record.gaps.items():
        yield Told(label(path, layout), "not known" if gap.why == "unknown" else "does not apply", gap.reason)


def label(path: Path, layout: Layout) -> str:
    """Return a field's way from the record, in the words of its schema: `Metrics 2, Value`."""
    words: list[str] = []
    shape = layout.root
    for step in path:
        shape = shape.child(step)
        if isinstance(step, int):
            words[-1:] = [f"{words[-1]} {step + 1}"] if words else [str(step + 1)]
        else:
            words.append(shape.title or step.replace("_", " ").replace("-", " ").capitalize())
    return ", ".join(words)
