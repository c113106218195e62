"""Which dialect a document is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects import backstage, cards, decisions, glossaries
from mkdocs_handoff.records.dialects.adapted import Adapted

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Value

_BY_KIND: dict[str, Callable[[Adapted, Body | None, str], None]] = {
    "model": cards.model,
    "dataset": cards.dataset,
    "decision": decisions.decision,
    "term": glossaries.term,
}


def kind_of(value: dict[str, Value]) -> str:
    """Return the kind that a document's own envelope names (`Group` is a team), or an empty string."""
    return backstage.kind_of(value)


def skipped(value: dict[str, Value]) -> bool:
    """Tell whether a document is another tool's (a Backstage Component, a Kubernetes object) and nothing of ours."""
    return isinstance(value.get("apiVersion"), str) and not backstage.kind_of(value)


def adapt(kind: str, document: Document, body: Body | None) -> Adapted:
    """Return a document in our fields; nothing of it is dropped."""
    adapted = Adapted(dict(document.value))
    if backstage.kind_of(document.value):
        backstage.entity(adapted, kind)
    elif kind in _BY_KIND:
        _BY_KIND[kind](adapted, body, document.layer.path)
    return adapted
