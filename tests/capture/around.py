"""A project with what training leaves behind, in the formats that MLflow, DVC and the Hugging Face Hub write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.capture.found import Harvest, dotted
from mkdocs_handoff.capture.gather import gather, surroundings
from mkdocs_handoff.history.history import unasked
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

RUN = "mlruns/548311744828259377/e522513ce63f46299c3fdf331c7ff3d3"
RUN_ID = "e522513ce63f46299c3fdf331c7ff3d3"

MLMODEL = """\
artifact_path: model
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    python_version: 3.11.2
  sklearn:
    pickled_model: model.pkl
    sklearn_version: '1.5.0'
is_signature_from_type_hint: false
mlflow_version: 3.17.2
model_uuid: ac50a1bf9c484d4b81407162b142666b
run_id: e522513ce63f46299c3fdf331c7ff3d3
signature:
  inputs: '[{"type": "double", "name": "spend", "required": true}, {"type": "long",
    "name": "visits", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 2]}}]'
  params: '[{"name": "threshold", "default": 0.5, "shape": null, "type": "double"}]'
type_hint_from_example: false
utc_time_created: '2026-06-01 11:26:53.672754'
"""


def meta(run_id: str = RUN_ID, name: str = "churn", status: int = 3, end: str = "1780313213673") -> str:
    """Return the `meta.yaml` of a run."""
    return f"""\
artifact_uri: mlflow-artifacts:/548311744828259377/{run_id}/artifacts
end_time: {end}
entry_point_name: ''
experiment_id: '548311744828259377'
lifecycle_stage: active
run_id: {run_id}
run_name: {name}
source_name: ''
source_type: 4
source_version: ''
start_time: 1780313213667
status: {status}
tags: []
user_id: ann
"""


EXPERIMENT = """\
artifact_location: mlflow-artifacts:/548311744828259377
creation_time: 1780313213584
experiment_id: '548311744828259377'
lifecycle_stage: active
name: retention
"""

LOCK = """\
schema: '2.0'
stages:
  train:
    cmd: python train.py --out models/churn/model.onnx
    deps:
    - path: train.py
      hash: md5
      md5: 0cc175b9c0f1b6a831c399e269772661
      size: 1
    params:
      params.yaml:
        train.depth: 6
        train.rate: 0.1
    outs:
    - path: models/churn/model.onnx
      hash: md5
      md5: 9e107d9d372bb6826bd81d3542a419d6
      size: 43
    - path: models/churn/weights.bin
      hash: md5
      md5: e4d909c290d0fb1ca068ffaddf22cbd0
      size: 44
"""

CARD = """\
---
kind: model
title: Churn   # what people call it
owners: [team:data]
version: "2.1"
inputs:
  - name: spend
    description: Net of taxes   # ask Ann
---

# Churn
"""

RUN_FILES = {
    "mlruns/548311744828259377/meta.yaml": EXPERIMENT,
    f"{RUN}/meta.yaml": meta(),
    f"{RUN}/params/C": "0.1",
    f"{RUN}/params/solver": "lbfgs",
    f"{RUN}/metrics/auc": "1780313213671 0.8 0\n1780313213671 0.81 1\n",
    f"{RUN}/metrics/test/f1": "1780313213672 0.5 0\n",
    f"{RUN}/tags/mlflow.source.git.commit": "4f2a9c14f2a9c14f2a9c14f2a9c14f2a9c14f2a9",
    f"{RUN}/tags/mlflow.runName": "churn",
}


def project(folder: Path, files: dict[str, str | bytes] | None = None, card: str = CARD) -> Path:
    """Write a project with one model, and files around it."""
    return write_files(folder, {"models/churn/README.md": card, **(files or {})})


def found(folder: Path, name: str = "churn", given: tuple[str, ...] = (), run: str = "") -> Harvest:
    """Return what is captured for a record, without a history."""
    read = lint(folder)
    (identity,) = [one for one in read.catalog.records if one.name == name]
    return gather(surroundings(read, identity, given, run), unasked())


def values(harvest: Harvest) -> dict[str, object]:
    """Return what was captured, by field."""
    return {dotted(one.way): one.reads for one in harvest.captured}


def forms(harvest: Harvest) -> dict[str, object]:
    """Return what is written of it, by field."""
    return {dotted(one.way): one.value for one in harvest.captured}


def told(harvest: Harvest) -> list[str]:
    """Return what was found wrong, as `path:line rule message`."""
    return [f"{one.place.path}:{one.place.line} {one.rule} {one.message}" for one in harvest.findings]
