"""Which dialect a document is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects import backstage, cards, evaluations
from mkdocs_handoff.records.dialects.adapted import Adapted

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Value

# A document of ours may keep an `apiVersion` from where it was copied; these words nobody else uses as kinds.
_OURS = frozenset(("model", "dataset", "feature", "evaluation", "decision", "term", "team", "person"))

_CARDS: dict[str, Callable[[Adapted, Body | None], None]] = {"model": cards.model, "dataset": cards.dataset}


def kind_of(value: dict[str, Value]) -> str:
    """Return the kind that a document's own envelope names (`Group` is a team), or an empty string."""
    return backstage.kind_of(value)


def skipped(value: dict[str, Value]) -> bool:
    """Tell whether a document is another tool's (a Backstage Component, a Kubernetes object) and nothing of ours."""
    enveloped = isinstance(value.get("apiVersion"), str) and isinstance(value.get("kind"), str)
    return enveloped and not backstage.kind_of(value) and str(value["kind"]).lower() not in _OURS


def is_backstage(value: dict[str, Value]) -> bool:
    """Tell whether a document is an entity of a Backstage catalog."""
    return str(value.get("apiVersion", "")).startswith("backstage.io/")


def adapt(kind: str, document: Document, body: Body | None) -> Adapted:
    """Return a document in our fields; nothing of it is dropped."""
    adapted = Adapted(dict(document.value))
    adapted.foreign = is_backstage(document.value) or evaluations.is_result(document.layer.path)
    if backstage.kind_of(document.value):
        backstage.entity(adapted, kind)
    elif kind == "term":
        from mkdocs_handoff.records.dialects import glossaries  # noqa: PLC0415 - a project without has a faster start

        glossaries.term(adapted, body, document)
    elif kind == "decision":
        from mkdocs_handoff.records.dialects import decisions  # noqa: PLC0415 - the same

        decisions.decision(adapted, body, document.layer.path)
    elif kind == "evaluation" and evaluations.is_result(document.layer.path):
        evaluations.result(adapted, document)
    elif kind in _CARDS:
        _CARDS[kind](adapted, body)
    if kind == "dataset":
        evaluations.benchmark(adapted, document)
    return adapted
