"""Hugging Face model and dataset cards (hub-docs `modelcard.md`, `datasetcard.md`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects import leads, titles
from mkdocs_handoff.records.dialects.adapted import OURS

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Value

# `extended|other-wiki`: from data that is not on the hub; there is nothing to link to.
_ELSEWHERE = re.compile(r"other(?:-|$)")
# Names of the hub in one text: `acme/base, acme/other`.
_SEVERAL = re.compile(r"[\w.-]+/[\w.-]+(?:,\s*[\w.-]+/[\w.-]+)+")
RENAMED = {"languages": "language", "licenses": "license"}
"""Older names of fields, with those that they have now."""


def model(adapted: Adapted, body: Body | None) -> None:
    """Read a model card: its name stands in `model_name`, in the heading over all others, or in `model-index`."""
    named = next(iter(_names(adapted.fields.get("model-index"))), "")
    adapted.take("title", _one(adapted.fields.get("model_name")), ("model_name",), "Hugging Face model_name")
    adapted.infer("title", titles.over_all(body), "the first heading")
    adapted.take("title", named, ("model-index", 0, "name"), "Hugging Face model-index")
    _common(adapted, body)
    base = adapted.fields.get("base_model")
    if isinstance(base, str) and _SEVERAL.fullmatch(base):
        adapted.fields["base_model"] = [one.strip() for one in base.split(",")]
        adapted.moved.update({("base_model", number): ("base_model",) for number in range(base.count(",") + 1)})
    adapted.aliases.extend(_names(adapted.fields.get("model-index")))


def dataset(adapted: Adapted, body: Body | None) -> None:
    """Read a dataset card; `source_datasets: extended|NAME` becomes a reference."""
    adapted.take("title", _one(adapted.fields.get("pretty_name")), ("pretty_name",), "Hugging Face pretty_name")
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
    written = adapted.fields.get("title")
    if isinstance(written, str) and titles.is_of_card(written) and OURS.isdisjoint(adapted.fields):
        adapted.fields["title"] = titles.bare(written) or written
    adapted.infer("title", titles.first(body), "the first heading")
    adapted.untitled = True
    if body is not None:
        adapted.lead = leads.described(body)


def _one(value: Value) -> Value:
    """Return a value that may be a title; what is none is told of where it stands, and not of the title as well."""
    return None if isinstance(value, dict | list) else value


def _names(index: Value) -> list[str]:
    """Return what a `model-index` calls the models that it has results of."""
    named = [one.get("name") for one in index if isinstance(one, dict)] if isinstance(index, list) else []
    return [name for name in named if isinstance(name, str) and name]
