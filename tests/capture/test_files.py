"""DVC, metric files, evaluation results, lock files, commits and artifacts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.capture.gather import gather, surroundings
from mkdocs_handoff.history.history import history
from tests.capture.around import CARD, LOCK, forms, found, project, told, values
from tests.history.repositories import repository
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

RESULTS = "models/churn/.eval_results/hle.yaml"


def test_the_stage_that_writes_the_model_is_taken_as_values_from_the_lock_file(tmp_path: Path) -> None:
    got = forms(found(project(tmp_path, {"dvc.lock": LOCK})))
    assert got["reproduce.dvc_lock"] == "dvc.lock"
    assert got["reproduce.command"] == {"from": "dvc.lock#/stages/train/cmd"}
    assert got["architecture.hyperparameters.train.depth"] == {
        "from": "dvc.lock#/stages/train/params/params.yaml/train.depth"
    }
    assert got["checksums[models/churn/model.onnx].content"] == {"from": "dvc.lock#/stages/train/outs/0/md5"}
    assert got["checksums[models/churn/model.onnx].alg"] == "MD5"


def test_what_is_here_is_hashed_and_not_believed(tmp_path: Path) -> None:
    got = values(found(project(tmp_path, {"dvc.lock": LOCK, "models/churn/model.onnx": b"abc"})))
    assert got["checksums[models/churn/model.onnx].alg"] == "SHA-256"
    assert got["checksums[models/churn/model.onnx].content"] == hashlib.sha256(b"abc").hexdigest()
    assert got["checksums[models/churn/model.onnx].size"] == "3"


def test_a_checksum_is_made_by_the_algorithm_that_the_record_uses(tmp_path: Path) -> None:
    card = CARD.replace("---\n\n", "checksums: [{path: weights/a.dat, alg: SHA-1, content: '00'}]\n---\n\n")
    got = values(found(project(tmp_path, {"weights/a.dat": b"abc"}, card)))
    assert got["checksums[weights/a.dat].content"] == hashlib.sha1(b"abc").hexdigest()


def test_a_pointer_of_git_lfs_stands_for_its_content(tmp_path: Path) -> None:
    oid = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 12345\n"
    got = values(found(project(tmp_path, {"models/churn/model.onnx": pointer})))
    assert got["checksums[models/churn/model.onnx].content"] == oid
    assert got["checksums[models/churn/model.onnx].size"] == "12345"


def test_an_artifact_of_a_version_gets_its_checksum_there(tmp_path: Path) -> None:
    listed = "versions: [{version: 2, artifacts: [{path: ./model.onnx}, models/churn/a.bin, gone.bin]}]\n---\n\n"
    files = {"models/churn/model.onnx": b"abc", "models/churn/a.bin": b"a"}
    got = values(found(project(tmp_path, files, CARD.replace("---\n\n", listed))))
    assert got["versions[2].artifacts[./model.onnx].checksum.content"] == hashlib.sha256(b"abc").hexdigest()
    assert got["checksums[models/churn/a.bin].size"] == "1"  # a path alone has no place for it
    assert not [field for field in got if "gone" in field or field == "checksums[models/churn/model.onnx].alg"]


def test_one_file_of_two_versions_is_what_one_of_them_says(tmp_path: Path) -> None:
    listed = "versions: [{version: 2, artifacts: [{path: a.bin}]}, {version: 1, artifacts: [{path: a.bin}]}]\n---\n\n"
    harvest = found(project(tmp_path, {"a.bin": b"a"}, CARD.replace("---\n\n", listed)))
    assert [field for field in values(harvest) if "alg" in field] == ["versions[2].artifacts[a.bin].checksum.alg"]
    assert any("a.bin is passed over in version 1" in note for note in harvest.notes)


def test_an_artifact_behind_a_link_out_of_the_project_is_told_and_not_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.onnx": b"abc"})
    folder = project(tmp_path / "repo")
    (folder / "models/churn/model.onnx").symlink_to(tmp_path / "secret.onnx")
    harvest = found(folder)
    assert told(harvest) == ["models/churn/model.onnx:1 value/outside a link leads out of the project"]
    assert not values(harvest)


@pytest.mark.parametrize(
    ("lock", "what"),
    [
        ("stages: [", "dvc.lock:2 value/unreadable not valid YAML"),
        ("", "dvc.lock:1 value/unreadable holds no mapping"),
    ],
)
def test_a_broken_lock_file_is_told(tmp_path: Path, lock: str, what: str) -> None:
    harvest = found(project(tmp_path, {"dvc.lock": lock}))
    assert told(harvest)[0].startswith(what)
    assert not values(harvest)


def test_a_lock_file_of_the_first_schema_is_read(tmp_path: Path) -> None:
    old = """\
train:
  cmd: python train.py
  outs:
  - path: models/churn/model.onnx
    md5: 9e107d9d372bb6826bd81d3542a419d6
"""
    harvest = found(project(tmp_path, {"dvc.lock": old}))
    assert forms(harvest)["reproduce.command"] == {"from": "dvc.lock#/train/cmd"}
    assert forms(harvest)["checksums[models/churn/model.onnx].alg"] == "md5-dos2unix"
    assert forms(harvest)["checksums[models/churn/model.onnx].content"] == {"from": "dvc.lock#/train/outs/0/md5"}


def test_stages_run_in_the_folder_that_dvc_yaml_names(tmp_path: Path) -> None:
    lock = LOCK.replace("path: models/churn/", "path: churn/")
    declared = "stages:\n  train: {wdir: models, cmd: x, metrics: [m.json: {cache: false}]}\n"
    files = {"dvc.lock": lock, "dvc.yaml": declared, "models/m.json": '{"auc": 0.8}'}
    card = CARD.replace("---\n\n", "reproduce: {pipeline: train}\n---\n\n")
    pipeline = "title: Train\ndvc_lock: dvc.lock\ndvc_yaml: dvc.yaml\nsteps: [{id: train}]\n"
    folder = project(tmp_path, {**files, "pipelines/train.yml": pipeline}, card)
    got = forms(found(folder))
    assert got["checksums[models/churn/model.onnx].content"] == {"from": "dvc.lock#/stages/train/outs/0/md5"}
    assert got["metrics.auc"] == {"from": "models/m.json#/auc"}
    assert "steps[train].outputs[models/churn/model.onnx].checksum.alg" in forms(found(folder, "train"))


def test_an_entry_keeps_the_path_as_it_is_written(tmp_path: Path) -> None:
    card = CARD.replace("---\n\n", "checksums: [{path: ./model.onnx}, {path: weights.bin}]\n---\n\n")
    files = {"dvc.lock": LOCK, "models/churn/model.onnx": b"abc", "models/churn/weights.bin": b"abcd"}
    got = values(found(project(tmp_path, files, card)))
    assert [one for one in got if one.startswith("checksums") and one.endswith("alg")] == [
        "checksums[./model.onnx].alg",
        "checksums[weights.bin].alg",
    ]
    folder = project(tmp_path, {}, card)
    (folder / "models/churn/model.onnx").unlink()
    assert "checksums[./model.onnx].content" in values(found(folder))


@pytest.mark.parametrize("field", ["lockfile: %s/x.lock", "dvc_lock: %s/dvc.lock", "steps: [{id: a, code: %s/a.py}]"])
def test_a_path_that_is_too_long_for_the_system_is_none(tmp_path: Path, field: str) -> None:
    folder = write_files(tmp_path, {"pipelines/train.yml": f"title: Train\n{field % ('x' * 300)}\n", "uv.lock": ""})
    found(folder, "train")


@pytest.mark.parametrize("code", ["%s/train.py", "x/../../outside/train.py", "link/train.py"])
def test_no_lock_file_outside_the_project_is_looked_for(tmp_path: Path, code: str) -> None:
    outside = write_files(tmp_path / "outside", {"uv.lock": "version = 1\n", "train.py": ""})
    code = code % outside if "%" in code else code
    folder = write_files(tmp_path / "in", {"pipelines/train.yml": f"title: Train\nsteps: [{{id: a, code: {code}}}]\n"})
    (folder / "link").symlink_to(outside)
    harvest = found(folder, "train")
    assert (values(harvest), told(harvest), harvest.choices) == ({}, [], [])


def test_two_stages_that_may_make_it_are_listed_and_the_record_can_name_one(tmp_path: Path) -> None:
    two = LOCK + "  pack:\n    cmd: zip\n    outs:\n    - path: models/churn/all.zip\n      hash: md5\n      md5: ab\n"
    folder = project(tmp_path, {"dvc.lock": two})
    (choice,) = found(folder).choices
    assert choice.among == ("train", "pack")
    named = project(tmp_path, {}, CARD.replace("---\n\n", "reproduce: {step: pack}\n---\n\n"))
    assert values(found(named))["reproduce.command"] == "zip"


def test_a_lock_file_that_the_record_names_must_tell_of_it(tmp_path: Path) -> None:
    card = CARD.replace("---\n\n", "reproduce: {dvc_lock: other/dvc.lock}\n---\n\n")
    harvest = found(project(tmp_path, {"other/dvc.lock": LOCK}, card))
    what = "has no stage that writes a file of this record"
    assert told(harvest) == [f"other/dvc.lock:1 value/missing {what}"]
    assert not values(harvest)


def test_metric_files_are_referred_to_and_not_copied(tmp_path: Path) -> None:
    metrics = '{"auc": 0.81, "test": {"f1": {"value": 0.5, "lower": 0.4}}, "name": "x", "loss": NaN}'
    harvest = found(project(tmp_path, {"models/churn/metrics.json": metrics}))
    got = forms(harvest)
    assert got["metrics.auc"] == {"from": "models/churn/metrics.json#/auc"}
    assert got["metrics.test.f1"] == {"from": "models/churn/metrics.json#/test/f1/value"}
    assert not {"metrics.name", "metrics.test.f1.lower"} & set(got)
    assert told(harvest) == ["models/churn/metrics.json:1 value/missing 'loss' is NaN, and no figure"]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("metrics.json", "", "value/unreadable is empty"),
        ("metrics.json", "[1]", "value/unreadable holds no mapping"),
        ("metrics.yaml", "", "value/unreadable is empty"),
        ("scores.csv", "fold,auc\n", "value/unreadable is empty: it has no row"),
        ("metrics.json", b"\xff\xff", "file/encoding is not UTF-8"),
    ],
)
def test_empty_and_broken_metric_files_are_told(tmp_path: Path, name: str, content: str | bytes, what: str) -> None:
    harvest = found(project(tmp_path, {f"models/churn/{name}": content}))
    assert len(told(harvest)) == 1
    assert f"models/churn/{name}:1 {what}" in told(harvest)[0]
    assert not values(harvest)


def test_a_table_of_one_row_gives_its_figures_and_of_several_rows_nobody_guesses(tmp_path: Path) -> None:
    folder = project(tmp_path, {"models/churn/scores.csv": "fold,auc\nall,0.81\n"})
    assert forms(found(folder)) == {"metrics.auc": {"from": "models/churn/scores.csv#/0/auc"}}
    write_files(folder, {"models/churn/scores.csv": "fold,auc\n1,0.8\n2,0.82\n"})
    harvest = found(folder)
    assert not values(harvest)
    assert harvest.choices[0].among == ("models/churn/scores.csv#/0", "models/churn/scores.csv#/1")


def test_a_file_of_hundreds_of_figures_is_passed_over(tmp_path: Path) -> None:
    many = "{" + ", ".join(f'"m{number}": {number}' for number in range(300)) + "}"
    harvest = found(project(tmp_path, {"models/churn/metrics.json": many}))
    assert not values(harvest)
    assert "300 figures" in harvest.notes[0]


def test_two_files_that_contradict_each_other_are_listed_and_one_can_be_named(tmp_path: Path) -> None:
    files = {"models/churn/metrics-1.json": '{"auc": 0.7, "f1": 0.5}', "models/churn/metrics-2.json": '{"auc": 0.8}'}
    folder = project(tmp_path, {**files, "models/churn/scores.json": '{"recall": 0.4}'})
    harvest = found(folder)
    assert values(harvest) == {"metrics.recall": "0.4"}
    assert harvest.choices[0].among == ("models/churn/metrics-1.json", "models/churn/metrics-2.json")
    got = values(found(folder, given=("models/churn/metrics-2.json",)))
    assert got == {"metrics.auc": "0.8", "metrics.recall": "0.4"}


def test_dvc_yaml_says_which_files_are_metrics(tmp_path: Path) -> None:
    files = {
        "models/churn/dvc.yaml": "stages:\n  eval:\n    cmd: x\n    metrics:\n    - out/report.json: {cache: false}\n",
        "models/churn/out/report.json": '{"auc": 0.8}',
    }
    assert forms(found(project(tmp_path, files))) == {"metrics.auc": {"from": "models/churn/out/report.json#/auc"}}


def test_evaluation_results_of_the_hub_are_metrics(tmp_path: Path) -> None:
    results = """\
- dataset: {id: cais/hle, task_id: default}
  value: 20.9
- dataset: {id: glue, config: mnli, split: test}
  value: 0.5
- value: 3
- dataset: {id: other}
  value: high
"""
    harvest = found(project(tmp_path, {RESULTS: results}))
    assert forms(harvest) == {
        "metrics.cais/hle (default)": {"from": f"{RESULTS}#/0/value"},
        "metrics.glue (test)": {"from": f"{RESULTS}#/1/value"},
    }
    assert [line.partition(" ")[2] for line in told(harvest)] == [
        "value/missing result 4 (other) has 'high', which is no number",
        "value/unreadable result 3 names no dataset",
    ]


def test_the_nearest_lock_file_counts(tmp_path: Path) -> None:
    files = {
        "uv.lock": 'version = 1\nrequires-python = ">=3.11"\n',
        "models/churn/requirements.txt": "a==1\nb==2 # x\n",
    }
    folder = project(tmp_path, files)
    assert values(found(folder))["reproduce.lockfile"] == "models/churn/requirements.txt"
    (folder / "models/churn/requirements.txt").write_text("a==1\nb>2\n")  # a wish, and no lock
    got = values(found(folder))
    assert got["reproduce.lockfile"] == "uv.lock"
    assert got["reproduce.environment.python"] == ">=3.11"


def test_two_lock_files_in_one_folder_are_listed(tmp_path: Path) -> None:
    folder = project(tmp_path, {"uv.lock": "version = 1\n", "poetry.lock": "", "requirements.txt": "a==1\n"})
    harvest = found(folder)
    assert "reproduce.lockfile" not in values(harvest)
    assert harvest.choices[0].among == ("poetry.lock", "requirements.txt", "uv.lock")
    assert values(found(folder, given=("uv.lock",)))["reproduce.lockfile"] == "uv.lock"


@pytest.mark.parametrize(
    ("name", "content", "version"),
    [
        ("Pipfile.lock", '{"_meta": {"requires": {"python_version": "3.11"}}}', "3.11"),
        ("poetry.lock", '[metadata]\npython-versions = "^3.11"\n', "^3.11"),
        ("pdm.lock", '[metadata]\nrequires_python = "==3.11.*"\n', "==3.11.*"),
        ("environment.yml", "dependencies:\n  - python=3.11.4\n  - numpy\n", "3.11.4"),
        ("pylock.toml", 'lock-version = "1.0"\nrequires-python = ">=3.12"\n', ">=3.12"),
    ],
)
def test_lock_files_say_which_python(tmp_path: Path, name: str, content: str, version: str) -> None:
    got = values(found(project(tmp_path, {name: content})))
    assert got == {"reproduce.lockfile": name, "reproduce.environment.python": version}


def test_a_broken_lock_of_libraries_is_told(tmp_path: Path) -> None:
    harvest = found(project(tmp_path, {"uv.lock": "= 3"}))
    assert told(harvest)[0].startswith("uv.lock:1 value/unreadable cannot be read")


def _with_history(folder: Path) -> tuple[dict[str, object], list[str]]:
    read = lint(folder)
    (identity,) = read.catalog.records
    harvest = gather(surroundings(read, identity), history(folder))
    return values(harvest), harvest.notes


def test_the_commit_is_the_last_one_of_the_code(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    card = CARD.replace("---\n\n", "covers: [src/**]\n---\n\n")
    repo.commit({"models/churn/README.md": card, "src/train.py": "1\n", "src/data.csv": "1\n"}, "one")
    sha = repo.commit({"src/train.py": "2\n"}, "two")
    repo.commit({"src/data.csv": "2\n", "models/churn/README.md": card + "more\n"}, "three")
    got, notes = _with_history(repo.root)
    assert got["reproduce.commit"] == sha
    assert not notes
    (repo.root / "src/train.py").write_text("3\n")
    got, notes = _with_history(repo.root)
    assert "reproduce.commit" not in got
    assert notes == ["the commit is not captured: src/train.py is changed since the last commit"]


def test_the_commit_is_not_younger_than_the_model(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    card = CARD.replace("---\n\n", "covers: [src/**]\nchecksums: [{path: m.onnx}]\n---\n\n")
    sha = repo.commit({"models/churn/README.md": card, "src/train.py": "1\n"}, "one")
    repo.commit({"m.onnx": "1"}, "two")
    repo.commit({"src/train.py": "2\n"}, "three")
    got, notes = _with_history(repo.root)
    assert got["reproduce.commit"] == sha
    assert notes == ["the code changed after the model's files did (src/train.py): the commit is the one before"]


def test_a_pipeline_takes_steps_from_the_lock_file(tmp_path: Path) -> None:
    files = {"pipelines/train.yml": "title: Train\ndvc_lock: dvc.lock\nsteps:\n  - id: train\n", "dvc.lock": LOCK}
    got = forms(found(write_files(tmp_path, files), "train"))
    assert got["steps[train].command"] == {"from": "dvc.lock#/stages/train/cmd"}
    assert got["steps[train].inputs[train.py].checksum.alg"] == "MD5"
    assert got["steps[train].outputs[models/churn/model.onnx].size"] == {"from": "dvc.lock#/stages/train/outs/0/size"}
