"""Evaluation results as the Hugging Face Hub keeps them beside a card: `.eval_results/*.yaml` (hub-docs)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.text.yaml import Value

FOLDER = ".eval_results"
VALUE = "value"
"""How a figure is called of which nobody says what it is."""
BENCHMARK = "eval.yaml"
"""Where a benchmark's card has its tasks."""


def is_result(path: str) -> bool:
    """Tell whether a file holds results that the Hub reads."""
    return posixpath.basename(posixpath.dirname(path)) == FOLDER


def result(adapted: Adapted, document: Document) -> None:
    """Read one result: a value of one benchmark's task. The model is the one whose card stands beside the folder."""
    path = document.layer.path
    folder = posixpath.basename(posixpath.dirname(posixpath.dirname(path)))
    model = document.beside.get("model") or folder
    adapted.infer("model", model, f"the card beside {FOLDER}/")
    data = adapted.fields.get("dataset")
    held = data if isinstance(data, dict) else {}
    task = _said(held, "task_id")  # the one name that the format has for what was measured
    value = adapted.fields.get("value")
    if value not in (None, "", [], {}) and "metrics" not in adapted.fields:
        metric: dict[str, Value] = {"type": task or VALUE, "value": value}
        adapted.take("metrics", [metric], (), f"the value in {FOLDER}/")
        adapted.moved["metrics", 0, "value"] = ("value",)
        adapted.moved["metrics",] = ("value",)
        del adapted.fields["value"]
    stem = posixpath.splitext(posixpath.basename(path))[0]
    number = next((step for step in document.layer.prefix if isinstance(step, int)), 0)
    adapted.infer(
        "id", "-".join(filter(None, (str(model), stem, str(number + 1) if number else ""))), "the file's name"
    )
    named = str(held.get("id") or held.get("name") or (data if isinstance(data, str) else "") or stem)
    part = task or _said(held, "config") or _said(held, "split")
    whose = document.beside.get("title") or folder
    title = f"{whose} on {named}" if whose else named
    adapted.infer("title", f"{title} ({part})" if part else title, "the model and the dataset's id")


def _said(data: dict[str, Value], key: str) -> str:
    """Return which part of a dataset was used; of `default`, which says nothing, an empty string."""
    written = data.get(key)
    return written if isinstance(written, str) and written != "default" else ""


def benchmark(adapted: Adapted, document: Document) -> None:
    """Lay a benchmark's `eval.yaml` beside its card into the card's field `benchmark`."""
    adapted.take("benchmark", document.beside.get("benchmark"), (), BENCHMARK)
