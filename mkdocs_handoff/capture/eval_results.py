"""Evaluation results as the Hugging Face Hub keeps them beside a model: `.eval_results/*.yaml`."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mkdocs_handoff.capture.found import Harvest, by_form
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records.forms import ValueFiles
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from mkdocs_handoff.capture.surroundings import Surroundings

FOLDER = ".eval_results"
_FORM = "An entry is `{dataset: {id, task_id}, value}`."


def eval_results(around: Surroundings) -> Harvest:
    """Capture the results as metrics, each named by its benchmark and task."""
    harvest = Harvest()
    if "metrics" not in around.fields:
        return harvest
    files = ValueFiles(around.text)
    for path in around.files:
        if posixpath.basename(posixpath.dirname(path)) != FOLDER or not path.lower().endswith((".yml", ".yaml")):
            continue
        held = files.get(path)
        if isinstance(held, Finding):
            harvest.findings.append(held)
            continue
        if not isinstance(held, list):
            harvest.broken(path, "is empty" if held is None else "holds no list of results", _FORM)
            continue
        for number, entry in enumerate(held):
            dataset = entry.get("dataset") if isinstance(entry, dict) else None
            value = entry.get("value") if isinstance(entry, dict) else None
            if not isinstance(dataset, dict) or not isinstance(dataset.get("id"), str):
                harvest.broken(path, f"result {number + 1} names no dataset", _FORM)
                continue
            tasks = [dataset.get(key) for key in ("task_id", "split", "config")]
            task = next((one for one in tasks if isinstance(one, str)), "")
            name = f"{dataset['id']} ({task})" if task else str(dataset["id"])
            if not isinstance(value, Plain) or value.number() is None:
                shown = "no value" if value is None else f"{str(value)[:60]!r}, which is no number"
                harvest.lacking(path, f"result {number + 1} ({name}) has {shown}", "Write it as an evaluation.")
                continue
            harvest.captured.append(by_form(("metrics", name), path, (number, "value"), value))
    return harvest
