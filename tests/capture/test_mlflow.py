"""Signatures in `MLmodel`, and the run that made a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.capture.signature import SignatureError, ports
from mkdocs_handoff.text.yaml import Plain
from tests.capture.around import CARD, EXPERIMENT, MLMODEL, RUN, RUN_FILES, RUN_ID, found, meta, project, told, values
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


def test_a_signature_becomes_inputs_and_outputs(tmp_path: Path) -> None:
    got = values(found(project(tmp_path, {"models/churn/MLmodel": MLMODEL})))
    assert got["inputs[spend].type"] == "double"
    assert got["inputs[visits].required"] == "false"
    assert got["inputs[threshold].format"] == "inference parameter, 0.5 unless given"
    assert got["outputs[output].shape"] == ["-1", "2"]
    assert got["library_name"] == "scikit-learn"
    assert got["reproduce.environment.python"] == "3.11.2"
    assert "inputs[spend].required" not in got  # required is what a value is anyhow


def test_columns_may_be_nested_and_nameless_ones_take_the_names_of_the_record() -> None:
    nested = '[{"type": "array", "items": {"type": "map", "values": {"type": "long"}}, "name": "m"}]'
    assert ports(nested, "input")[0]["type"] == "array<map<long>>"
    assert ports('[{"type": "double"}]', "output", ("score",))[0]["name"] == "score"
    assert [one["name"] for one in ports('[{"type": "double"}, {"type": "long"}]', "input")] == ["input_1", "input_2"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[{", "is not JSON"),
        ('{"type": "double"}', "is no list"),
        ("[NaN]", "is not JSON: it holds NaN"),
        ("[1]", "input 1 is no mapping"),
        ('[{"name": "a"}]', "without a `type`"),
        ('[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [0]}}]', "a shape that is no list"),
        ('[{"type": "tensor"}]', "without a `dtype`"),
        ('[{"type": "long", "name": "a"}, {"type": "long", "name": "a"}]', "names 'a' twice"),
        ("[" * 5000, "is not JSON"),
        (["no text"], "is no text"),
    ],
)
def test_a_signature_that_mlflow_did_not_write_is_refused(text: object, why: str) -> None:
    with pytest.raises(SignatureError, match=why.replace("[", r"\[")):
        ports(text, "input")


def test_a_broken_signature_is_told_at_its_line_and_the_other_side_is_captured(tmp_path: Path) -> None:
    broken = MLMODEL.replace('\'[{"type": "double", "name": "spend"', '\'{"type": "double", "name": "spend"')
    harvest = found(project(tmp_path, {"models/churn/MLmodel": broken}))
    assert told(harvest)[0].startswith("models/churn/MLmodel:17 value/unreadable the signature's `inputs` is not JSON")
    got = values(harvest)
    assert "inputs[spend].type" not in got
    assert got["outputs[output].type"] == "float64"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"signature: [", "value/unreadable not valid YAML"),
        (b"", "value/unreadable is empty"),
        (b"- a\n", "value/unreadable holds no mapping"),
        (b"\xff\xfe\x00", "file/encoding is UTF-16"),
        (b"run_id: \xe9\n", "file/encoding is not UTF-8"),
        (b"flavors: {sklearn: {}}\n", "value/missing states no signature"),
    ],
)
def test_a_broken_model_file_is_a_finding(tmp_path: Path, content: bytes, what: str) -> None:
    harvest = found(project(tmp_path, {"models/churn/MLmodel": content}))
    assert any(what in line and line.startswith("models/churn/MLmodel:") for line in told(harvest)), told(harvest)
    assert "inputs[spend].type" not in values(harvest)


def test_a_link_out_of_the_project_is_not_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"elsewhere/MLmodel": MLMODEL})
    folder = project(tmp_path / "repo")
    (folder / "models/churn/MLmodel").symlink_to(tmp_path / "elsewhere/MLmodel")
    harvest = found(folder)
    assert told(harvest) == ["models/churn/MLmodel:1 file/outside is a link to a place outside the project"]
    assert not values(harvest)


def test_two_models_are_listed_and_one_can_be_named(tmp_path: Path) -> None:
    folder = project(tmp_path, {"models/churn/a/MLmodel": MLMODEL, "models/churn/b/MLmodel": MLMODEL})
    harvest = found(folder)
    (choice,) = harvest.choices
    assert choice.among == ("models/churn/a/MLmodel", "models/churn/b/MLmodel")
    assert "inputs[spend].type" not in values(harvest)
    assert values(found(folder, given=("models/churn/b",)))["inputs[spend].type"] == "double"


def test_a_run_gives_commit_parameters_and_the_last_value_of_its_metrics(tmp_path: Path) -> None:
    got = values(found(project(tmp_path, dict(RUN_FILES))))
    assert got["reproduce.commit"] == "4f2a9c1" * 5 + "4f2a9"
    assert got["architecture.hyperparameters.C"] == "0.1"
    assert got["architecture.hyperparameters.solver"] == "lbfgs"
    assert got["metrics.auc"] == "0.81"
    assert got["metrics.test/f1"] == "0.5"


def test_the_run_that_the_model_file_names_counts_before_names(tmp_path: Path) -> None:
    files = {**RUN_FILES, f"mlruns/1/{OTHER}/meta.yaml": meta(OTHER), f"mlruns/1/{OTHER}/metrics/auc": "1 0.3 0\n"}
    files["models/churn/MLmodel"] = MLMODEL
    assert values(found(project(tmp_path, files)))["metrics.auc"] == "0.81"


def test_several_runs_are_listed_and_one_can_be_named(tmp_path: Path) -> None:
    files = {**RUN_FILES, f"mlruns/1/{OTHER}/meta.yaml": meta(OTHER), f"mlruns/1/{OTHER}/metrics/auc": "1 0.3 0\n"}
    folder = project(tmp_path, files)
    harvest = found(folder)
    (choice,) = harvest.choices
    assert choice.what == "the run that made it"
    assert [text.split()[0] for text in choice.among] == [RUN_ID, OTHER]
    assert "metrics.auc" not in values(harvest)
    assert values(found(folder, run=OTHER[:8]))["metrics.auc"] == "0.3"
    (missing,) = found(folder, run="ffff").choices
    assert "not there" in missing.what


def test_a_run_without_an_end_is_passed_over_until_it_is_named(tmp_path: Path) -> None:
    folder = project(tmp_path, {**RUN_FILES, f"{RUN}/meta.yaml": meta(status=1, end="null")})
    harvest = found(folder)
    assert not values(harvest)
    assert "did not come to its end" in harvest.notes[0]
    named = found(folder, run=RUN_ID)
    assert values(named)["metrics.auc"] == "0.81"
    assert told(named) == [f"{RUN}/meta.yaml:1 value/missing the run is running: it did not come to its end"]


def test_an_experiment_of_the_models_name_has_the_run(tmp_path: Path) -> None:
    files = {
        **RUN_FILES,
        f"{RUN}/meta.yaml": meta(name="wistful-ant-659"),
        f"{RUN}/tags/mlflow.runName": "wistful-ant-659",
        "mlruns/548311744828259377/meta.yaml": EXPERIMENT.replace("retention", "churn"),
    }
    assert values(found(project(tmp_path, files)))["metrics.auc"] == "0.81"


def test_a_run_of_another_model_is_left_alone(tmp_path: Path) -> None:
    files = {**RUN_FILES, f"{RUN}/meta.yaml": meta(name="price"), f"{RUN}/tags/mlflow.runName": "price"}
    harvest = found(project(tmp_path, files))
    assert not values(harvest)
    assert not harvest.choices


@pytest.mark.parametrize(
    ("content", "why"),
    [("", "is empty"), ("1 nan 0\n", "ends in no finite number"), ("what is this\nfile\n", "is no list of steps")],
)
def test_a_metric_that_is_no_figure_is_told(tmp_path: Path, content: str, why: str) -> None:
    harvest = found(project(tmp_path, {**RUN_FILES, f"{RUN}/metrics/auc": content}))
    assert told(harvest) == [f"{RUN}/metrics/auc:1 value/unreadable the metric 'auc' {why}"]
    assert values(harvest)["metrics.test/f1"] == "0.5"


def test_a_parameter_as_long_as_a_file_is_passed_over(tmp_path: Path) -> None:
    harvest = found(project(tmp_path, {**RUN_FILES, f"{RUN}/params/columns": "x" * 9000}))
    assert "architecture.hyperparameters.columns" not in values(harvest)
    assert any("9,000 characters" in note for note in harvest.notes)


def test_numbers_stay_numbers_and_a_name_that_is_asked_for_stays_text(tmp_path: Path) -> None:
    harvest = found(project(tmp_path, dict(RUN_FILES), CARD))
    values_of = {one.way[-1]: one.value for one in harvest.captured if one.way[0] == "architecture"}
    assert isinstance(values_of["C"], Plain)
    assert not isinstance(values_of["solver"], Plain)
