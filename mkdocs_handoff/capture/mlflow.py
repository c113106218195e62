"""What MLflow leaves behind: signatures in `MLmodel`, and the parameters, metrics and tags of a run."""

from __future__ import annotations

import math
import posixpath
import re
from typing import TYPE_CHECKING

from mkdocs_handoff.capture.found import Captured, Choice, Harvest, Item
from mkdocs_handoff.capture.runs import Run, mapping, one_text, the_run
from mkdocs_handoff.capture.signature import SignatureError, ports
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.capture.surroundings import Surroundings
    from mkdocs_handoff.text.yaml import Value

MODEL = "MLmodel"
_LIBRARIES = {"sklearn": "scikit-learn", "pytorch": "pytorch", "tensorflow": "tensorflow"}
_OF_NOTHING = frozenset(("python_function", "crate", "mleap"))
_SHA = re.compile(r"[0-9a-f]{7,64}")
_LONGEST, _MOST = 500, 300


def mlflow(around: Surroundings) -> Harvest:
    """Capture what MLflow wrote of a model: its signature, and the run that made it."""
    harvest = Harvest()
    models = [path for path in dict.fromkeys((*around.files, *around.named)) if posixpath.basename(path) == MODEL]
    models = [path for path in models if around.exists(path)]
    hinted = tuple(
        str(held["run_id"]) for path in models if (held := mapping(around, path, Harvest())) and held.get("run_id")
    )
    run = the_run(around, tuple(dict.fromkeys(hinted)) if len(set(models)) == 1 else (), harvest)
    if run is not None and not models:
        models = _of_run(around, run)
    if len(models) > 1:
        given = [path for path in models if any(_within(path, one) for one in around.given)]
        models = given if len(given) == 1 else models
    if around.is_model and len(models) > 1:
        harvest.choices.append(Choice("the model's `MLmodel`", tuple(models), "Name one: `--from PATH`."))
    elif around.is_model and models:
        _model(around, models[0], harvest)
    if run is not None:
        _run(around, run, harvest)
    return harvest


def _within(path: str, folder: str) -> bool:
    folder = posixpath.normpath(folder)
    return folder in (".", path) or path.startswith(f"{folder}/")


def _of_run(around: Surroundings, run: Run) -> list[str]:
    """Return the models that a run wrote: among its artifacts, or beside the runs as MLflow 3 has it."""
    found = [path for path in around.below(f"{run.folder}/artifacts") if posixpath.basename(path) == MODEL]
    beside = posixpath.join(posixpath.dirname(run.folder), "models")
    for path in around.below(beside):
        if posixpath.basename(path) == MODEL:
            held = mapping(around, path, Harvest())
            if held is not None and held.get("run_id") == run.id:
                found.append(path)
    return list(dict.fromkeys(found))


def _model(around: Surroundings, path: str, harvest: Harvest) -> None:
    """Capture what an `MLmodel` says."""
    held = mapping(around, path, harvest)
    if held is None:
        return
    signature = held.get("signature")
    if not isinstance(signature, dict):
        harvest.lacking(path, "states no signature", "Log the model with one: `infer_signature(inputs, outputs)`.")
        signature = {}
    for side, name in (("inputs", "input"), ("params", "params"), ("outputs", "output")):
        text = signature.get(side)
        if text is None:
            continue
        field = "outputs" if side == "outputs" else "inputs"
        try:
            listed = ports(text, name, () if side == "params" else _known(around, field))
        except SignatureError as error:
            hint = "Log the model again, or write the field yourself."
            harvest.broken(path, f"the signature's `{side}` {error}", hint, _line(around, path, side))
            continue
        for port in listed:
            item = Item("name", str(port["name"]))
            for key, value in port.items():
                if key != "name":
                    source = f"{path}#/signature/{side}"
                    harvest.captured.append(Captured((field, item, key), value, value, source, field))
    flavors = held.get("flavors")
    if isinstance(flavors, dict):
        _flavors(around, path, flavors, harvest)


def _known(around: Surroundings, field: str) -> tuple[str, ...]:
    held = around.record.get(field) or ()
    return tuple(str(one["name"]) for one in held if isinstance(one, dict) and one.get("name"))


def _line(around: Surroundings, path: str, side: str) -> int:
    text = around.text(path)
    lines = () if isinstance(text, Finding) else text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.strip().startswith(f"{side}:")), 1)


def _flavors(around: Surroundings, path: str, flavors: dict[str, Value], harvest: Harvest) -> None:
    own = [name for name in flavors if name not in _OF_NOTHING]
    if len(own) == 1 and "library_name" in around.fields:
        library = _LIBRARIES.get(own[0], own[0])
        source = f"{path}#/flavors/{own[0]}"
        harvest.captured.append(Captured(("library_name",), library, library, source, "library_name"))
    function = flavors.get("python_function")
    version = function.get("python_version") if isinstance(function, dict) else None
    if isinstance(version, str) and version:
        way = (*around.making, "environment", "python")
        source = f"{path}#/flavors/python_function/python_version"
        harvest.captured.append(Captured(way, str(version), version, source, ".".join((*around.making, "environment"))))


def _run(around: Surroundings, run: Run, harvest: Harvest) -> None:
    """Capture the tags, parameters and metrics of a run."""
    commit = one_text(around, f"{run.folder}/tags/mlflow.source.git.commit")
    if commit and _SHA.fullmatch(commit):
        mark = ".".join((*around.making, "commit"))
        source = f"{run.folder}/tags/mlflow.source.git.commit"
        harvest.captured.append(Captured((*around.making, "commit"), commit, commit, source, mark))
    mark = ".".join(str(step) for step in around.parameters)
    for name, text in _entries(around, f"{run.folder}/params", harvest):
        value = Plain(text) if Plain(text).number() is not None or Plain(text).boolean() is not None else text
        harvest.captured.append(Captured((*around.parameters, name), value, value, f"{run.folder}/params", mark))
    if "metrics" not in around.fields:
        return
    for name, text in _entries(around, f"{run.folder}/metrics", harvest):
        number = _last(text)
        if number is None:
            path = f"{run.folder}/metrics/{name}"
            why = "is empty" if not text else "ends in no finite number" if _numbers(text) else "is no list of steps"
            harvest.broken(path, f"the metric {name!r} {why}", "MLflow writes `MOMENT VALUE STEP`, a line each.")
            continue
        harvest.captured.append(Captured(("metrics", name), number, number, f"{run.folder}/metrics", "metrics"))


def _entries(around: Surroundings, folder: str, harvest: Harvest) -> Iterator[tuple[str, str]]:
    """Yield names and texts of the files in a run's folder; a name may hold `/`, and is a folder then."""
    if not (around.root / folder).is_dir():
        return
    files = around.below(folder)
    if len(files) > _MOST:
        harvest.notes.append(f"{folder} holds {len(files):,} entries: only {_MOST} are taken")
    for path in files[:_MOST]:
        found = around.text(path)
        if isinstance(found, Finding):
            harvest.findings.append(found)
            continue
        name, text = path.removeprefix(f"{folder}/"), found.strip()
        if folder.endswith("params") and len(text) > _LONGEST:
            harvest.notes.append(f"{path} is passed over: {len(text):,} characters are no parameter")
            continue
        yield name, text


def _last(text: str) -> Plain | None:
    """Return the value of a metric's last step; None where it is no finite number."""
    last: tuple[tuple[float, float], str] | None = None
    for line in text.split("\n"):
        words = line.split()
        if len(words) < 2:
            continue
        try:
            moment, step = float(words[0]), float(words[2]) if len(words) > 2 else 0.0
        except ValueError:
            return None
        if last is None or (step, moment) >= last[0]:
            last = ((step, moment), words[1])
    if last is None:
        return None
    number = Plain(last[1]).number()
    return Plain(last[1]) if number is not None and math.isfinite(number) else None


def _numbers(text: str) -> bool:
    return all(len(line.split()) in (2, 3) for line in text.split("\n") if line.strip())
