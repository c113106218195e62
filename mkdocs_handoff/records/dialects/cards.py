"""Hugging Face model and dataset cards (hub-docs `modelcard.md`, `datasetcard.md`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Value

_HEADING = re.compile(r"^(?:model|dataset) card for\s+", re.IGNORECASE)
_SECTIONS = frozenset(
    (
        *("about", "description", "details", "evaluation", "how to use", "introduction", "model", "model card"),
        *("model description", "model details", "overview", "readme", "summary", "table of contents", "training"),
        *("usage", "uses"),
    )
)
# `extended|other-wiki`: from data that is not on the hub; there is nothing to link to.
_ELSEWHERE = re.compile(r"other(?:-|$)")
RENAMED = {"languages": "language", "licenses": "license"}
"""Older names of fields, with those that they have now."""


def model(adapted: Adapted, body: Body | None, path: str) -> None:
    """Read a model card: its name stands in `model_name`, in the heading over all others, or in `model-index`."""
    del path
    named = _first_name(adapted.fields.get("model-index"))
    adapted.take("title", adapted.fields.get("model_name"), ("model_name",), "Hugging Face model_name")
    adapted.infer("title", _over_all(body), "the first heading")
    adapted.take("title", named, ("model-index", 0, "name"), "Hugging Face model-index")
    _common(adapted, body)
    if named:
        adapted.aliases.append(named)


def dataset(adapted: Adapted, body: Body | None, path: str) -> None:
    """Read a dataset card; `source_datasets: extended|NAME` becomes a reference."""
    del path
    adapted.take("title", adapted.fields.get("pretty_name"), ("pretty_name",), "Hugging Face pretty_name")
    _common(adapted, body)
    sources = adapted.fields.get("source_datasets")
    listed = sources if isinstance(sources, list) else [sources] if isinstance(sources, str) else []
    if any(isinstance(source, str) and (source == "original" or source.startswith("extended")) for source in listed):
        _sources(adapted, listed)


def _sources(adapted: Adapted, listed: list[Value]) -> None:
    names: list[Value] = []
    types: list[Value] = []
    for number, source in enumerate(listed):
        word, _, name = source.partition("|") if isinstance(source, str) else ("", "", "")
        if word == "extended" and _ELSEWHERE.match(name):
            types.append(str(source))
        elif word in ("original", "extended"):
            types.append(word)
            if name:
                adapted.moved["source_datasets", len(names)] = ("source_datasets", number)
                names.append(type(source)(name))
        else:
            adapted.moved["source_datasets", len(names)] = ("source_datasets", number)
            names.append(source)
    adapted.fields["source_datasets"] = names
    if not names:
        del adapted.fields["source_datasets"]
    adapted.take("source_types", list(dict.fromkeys(types)), ("source_datasets",), "Hugging Face source_datasets")


def _common(adapted: Adapted, body: Body | None) -> None:
    for old, new in RENAMED.items():
        if isinstance(adapted.fields.get(old), str | list):
            adapted.take(new, adapted.fields[old], (old,), f"Hugging Face {old} (its older name)")
            del adapted.fields[old]
    if body is not None and body.title:
        adapted.infer("title", bare_heading(body.title), "the first heading")


def _over_all(body: Body | None) -> str:
    """Return what the one heading at the top names; empty where headings are only those of sections."""
    first = body.headings[0] if body is not None and body.headings else None
    if first is None or first.level != 1 or first.title.strip().casefold() in _SECTIONS:
        return ""
    alone = body is not None and sum(heading.level == 1 for heading in body.headings) == 1
    return bare_heading(first.title) if alone else ""


def bare_heading(heading: str) -> str:
    """Return what a card's first heading names: `Model Card for Churn` names Churn."""
    return _HEADING.sub("", heading).strip().strip("\"'“”")


def _first_name(index: Value) -> str:
    first = index[0] if isinstance(index, list) and index else None
    name = first.get("name") if isinstance(first, dict) else None
    return name if isinstance(name, str) else ""
