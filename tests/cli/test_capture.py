"""`mkdocs-handoff capture` from the outside: shown, asked, written, and run again."""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.records.record import Origin
from tests.capture.around import CARD, LOCK, MLMODEL, RUN_FILES, project
from tests.history.repositories import ENVIRONMENT
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

CARD_PATH = "models/churn/README.md"
FILES: dict[str, str | bytes] = {
    "models/churn/MLmodel": MLMODEL,
    "models/churn/metrics.json": '{"auc": 0.8125}',
    "models/churn/model.onnx": b"abc",
    "dvc.lock": LOCK,
    "uv.lock": "version = 1\n",
    **RUN_FILES,
}
WRITTEN = """\
---
kind: model
title: Churn   # what people call it
owners: [team:data]
version: "2.1"
inputs:
  - name: spend
    description: Net of taxes   # ask Ann
    type: double
  - {name: visits, type: long, required: false}
  - {name: threshold, type: double, required: false, format: "inference parameter, 0.5 unless given"}
outputs:
  - name: output
    type: float64
    shape: [-1, 2]
"""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in the project's folder, with lines that somebody types."""
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")

    def runs(folder: Path, *words: str, typed: str | None = None) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr("sys.stdin", io.StringIO() if typed is None else _Terminal(typed))
        status = main(["capture", *words])
        out = capsys.readouterr()
        return status, out.out, out.err

    return runs


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_what_it_shows_and_running_it_again_writes_nothing(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", FILES)
    status, out, _ = run(folder, "churn", "--yes")
    assert status == 0
    assert f"model:churn: written to {CARD_PATH}" in out
    text = (folder / CARD_PATH).read_text()
    assert text.startswith(WRITTEN)
    assert "  auc: {from: models/churn/metrics.json#/auc}\n" in text
    assert "  inputs: models/churn/MLmodel#/signature/inputs, models/churn/MLmodel#/signature/params\n" in text
    assert text.endswith("---\n\n# Churn\n")
    before = everything(folder)
    status, out, _ = run(folder, "churn", "--yes")
    assert (status, everything(folder)) == (0, before)
    assert "nothing to set" in out
    assert run(folder, "churn", "--check")[0] == 0
    assert not lint(folder).errors


def test_the_record_knows_where_its_values_come_from(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", FILES)
    run(folder, "churn", "--yes")
    (record,) = lint(folder).catalog.records.values()
    assert record.origins["outputs",] == Origin("imported", "models/churn/MLmodel#/signature/outputs")
    assert record.origins["metrics", "auc"] == Origin("computed", "models/churn/metrics.json#/auc")
    assert record.origins["reproduce", "command"] == Origin("computed", "dvc.lock#/stages/train/cmd")
    assert record.fields["metrics"]["auc"] == 0.8125
    assert record.fields["outputs"][0]["shape"] == ["-1", "2"]  # a length may be a name
    assert record.fields["checksums"][-1]["size"] == 3


def test_a_dry_run_and_a_check_write_nothing(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", FILES)
    before = everything(folder)
    status, out, _ = run(folder, "churn", "--dry-run")
    assert (status, everything(folder)) == (0, before)
    assert "  + outputs[output].type " in out
    assert "      from models/churn/MLmodel#/signature/outputs\n" in out
    assert "\033" not in out
    assert run(folder, "churn", "--check")[0] == 1
    assert everything(folder) == before


def test_each_field_is_asked_about(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL})
    status, out, _ = run(folder, "churn", typed="n\nwhat\ny\nq\n")
    assert status == 1
    assert "written to" in out
    text = (folder / CARD_PATH).read_text()
    assert "outputs:\n" in text
    assert "type: double" not in text
    assert "library_name" not in text


def test_all_that_is_left_can_be_said_yes_to_and_an_ended_input_is_no(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL})
    before = everything(folder)
    assert run(folder, "churn", typed="")[0] == 1
    assert everything(folder) == before
    assert run(folder, "churn", typed="a\n")[0] == 0
    assert "library_name: scikit-learn\n" in (folder / CARD_PATH).read_text()


def test_what_is_written_by_hand_stays_until_it_is_forced(tmp_path: Path, run: Run) -> None:
    card = CARD.replace("    description", "    type: string\n    description")
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL}, card)
    status, out, _ = run(folder, "churn", "--yes")
    assert status == 0
    assert "  ! inputs[spend].type" in out
    assert "string (kept; captured: double)" in out
    assert "; written by hand" in out
    assert "    type: string\n" in (folder / CARD_PATH).read_text()
    _, out, _ = run(folder, "churn", "--yes", "--force")
    assert "string -> double" in out
    assert "    type: double\n    description: Net of taxes   # ask Ann\n" in (folder / CARD_PATH).read_text()


def test_the_same_in_other_words_is_no_conflict(tmp_path: Path, run: Run) -> None:
    card = CARD.replace("    description", "    type: float64\n    description")
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL}, card)
    assert "inputs[spend].type" not in run(folder, "churn", "--dry-run")[1]


def test_what_was_captured_follows_its_source(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL})
    run(folder, "churn", "--yes")
    write_files(folder, {"models/churn/MLmodel": MLMODEL.replace('"type": "long"', '"type": "string"')})
    assert run(folder, "churn", "--check")[0] == 1
    status, out, _ = run(folder, "churn", "--yes")
    assert status == 0
    assert "  ~ inputs[visits].type" in out
    assert "long -> string" in out
    assert "  - {name: visits, type: string, required: false}\n" in (folder / CARD_PATH).read_text()


def test_what_is_written_by_hand_beside_captured_values_stays_however_often_it_runs(tmp_path: Path, run: Run) -> None:
    card = CARD.replace("    description", "    type: years\n    description")
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL}, card)
    assert run(folder, "churn", "--yes")[0] == 0
    before = everything(folder)
    status, out, _ = run(folder, "churn", "--yes")
    assert (status, everything(folder)) == (0, before)
    assert "    type: years\n" in (folder / CARD_PATH).read_text()
    assert "; written by hand" in out


def test_what_somebody_writes_over_a_captured_value_stays(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL, "models/churn/metrics.json": '{"auc": 1}'})
    run(folder, "churn", "--yes")
    text = (folder / CARD_PATH).read_text()
    text = text.replace("name: visits, type: long", "name: visits, type: count").replace("#/auc}", "#/other}")
    write_files(folder, {CARD_PATH: text, "models/churn/metrics.json": '{"auc": 1, "other": 2}'})
    for _ in range(3):
        status, out, _ = run(folder, "churn", "--yes")
        assert status == 0
        assert "count (kept; captured: long)" in out
        assert "; comes from models/churn/metrics.json" in out
    text = (folder / CARD_PATH).read_text()
    assert "name: visits, type: count" in text
    assert "  auc: {from: models/churn/metrics.json#/other}\n" in text


def test_artifacts_of_a_version_get_their_checksums_beside_them(tmp_path: Path, run: Run) -> None:
    listed = "versions:\n- version: 2\n  artifacts:\n  - path: models/churn/m.onnx  # ours\n  - models/churn/n.onnx\n"
    card = CARD.replace("---\n\n", f"{listed}---\n\n")
    folder = project(tmp_path / "repo", {"models/churn/m.onnx": b"abc", "models/churn/n.onnx": b"n"}, card)
    assert run(folder, "churn", "--yes")[0] == 0
    assert run(folder, "churn", "--check")[0] == 0
    (record,) = lint(folder).catalog.records.values()
    (version,) = record.fields["versions"]
    assert version["artifacts"][0]["checksum"]["alg"] == "SHA-256"
    assert version["artifacts"][1] == "models/churn/n.onnx"
    assert [one["path"] for one in record.fields["checksums"]] == ["models/churn/n.onnx"]
    assert not lint(folder).errors


def test_a_stated_gap_is_filled_and_told_and_what_does_not_apply_stays(tmp_path: Path, run: Run) -> None:
    card = CARD.replace(
        "---\n\n", 'reproduce: {unknown: "asked Ann"}\noutputs: {not-applicable: "it has none"}\n---\n\n'
    )
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL, "uv.lock": "version = 1\n"}, card)
    _, out, _ = run(folder, "churn", "--yes")
    assert "it fills a gap (stated unknown: asked Ann)" in out
    assert "stated not-applicable: it has none" in out
    text = (folder / CARD_PATH).read_text()
    assert "reproduce:\n  environment: {python: 3.11.2}\n  lockfile: uv.lock\n" in text.replace('"3.11.2"', "3.11.2")
    assert 'outputs: {not-applicable: "it has none"}\n' in text


def test_an_adopted_card_keeps_its_file_and_gets_a_sidecar(tmp_path: Path, run: Run) -> None:
    card = "---\nlibrary_name: sklearn\nmetrics: [accuracy]\n---\n\n# Churn\n\nText.\n"
    folder = project(tmp_path / "repo", FILES, card)
    status, out, _ = run(folder, "churn", "--yes")
    assert status == 0
    assert (folder / CARD_PATH).read_text() == card
    assert f"written to {CARD_PATH}.handoff.yml" in out
    assert "metrics is written in another form" in out
    sidecar = (folder / f"{CARD_PATH}.handoff.yml").read_text()
    assert "outputs:\n" in sidecar
    assert "metrics:" not in sidecar
    assert run(folder, "churn", "--check")[0] == 0
    before = everything(folder)
    run(folder, "churn", "--yes")
    assert everything(folder) == before
    (record,) = lint(folder).catalog.records.values()
    assert record.origins["outputs",].how == "imported"


def test_a_file_whose_name_is_no_text_is_passed_over(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", FILES)
    (folder / "models/churn" / os.fsdecode(b"bad\xff.onnx")).write_bytes(b"x")
    (folder / "models/churn/two\nlines.onnx").write_bytes(b"x")
    status, out, _ = run(folder, "churn", "--yes")
    assert status == 0
    assert "checksums[models/churn/model.onnx].content" in out
    assert "bad" not in out
    assert "lines" not in out


def test_a_library_has_two_names_and_no_conflict(tmp_path: Path, run: Run) -> None:
    card = CARD.replace("---\n\n", "library_name: sklearn\n---\n\n")
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL}, card)
    assert "library_name" not in run(folder, "churn", "--dry-run")[1]


def test_a_repository_that_is_one_model_keeps_it_at_its_top(tmp_path: Path, run: Run) -> None:
    files = {
        "handoff.yml": "records: {model: [README.md]}\n",
        "README.md": CARD,
        "MLmodel": MLMODEL,
        ".eval_results/hle.yaml": "- {dataset: {id: cais/hle}, value: 20.9}\n",
        "deep/down/other.onnx": "x",
    }
    folder = write_files(tmp_path / "repo", files)
    status, out, _ = run(folder, "README.md", "--yes")
    assert status == 0
    assert "deep/down" not in out
    text = (folder / "README.md").read_text()
    assert "  cais/hle: {from: .eval_results/hle.yaml#/0/value}\n" in text
    assert "    shape: [-1, 2]\n" in text


def test_nothing_is_written_when_the_record_changed_meanwhile(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path / "repo", FILES)

    def changes(_: str) -> str:
        (folder / CARD_PATH).write_text(CARD + "more\n")
        (folder / CARD_PATH).write_text(CARD.replace("2.1", "2.2"))
        return "a"

    monkeypatch.setattr("builtins.input", changes)
    status, _, err = run(folder, "churn", typed="")
    assert status == 2
    assert "changed since it was read" in err
    assert (folder / CARD_PATH).read_text() == CARD.replace("2.1", "2.2")


def test_line_ends_stay(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", FILES, CARD.replace("\n", "\r\n"))
    assert run(folder, "churn", "--yes")[0] == 0
    data = (folder / CARD_PATH).read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"\r\n  - {name: visits, type: long, required: false}\r\n" in data


def test_broken_input_is_told_and_the_rest_is_captured(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", {**FILES, "models/churn/MLmodel": "signature: ["})
    status, _, err = run(folder, "churn", "--yes")
    assert status == 1
    assert "models/churn/MLmodel:2:1: error value/unreadable not valid YAML" in err
    text = (folder / CARD_PATH).read_text()
    assert "outputs" not in text
    assert "  auc: {from: models/churn/metrics.json#/auc}\n" in text


def test_what_may_be_several_things_is_listed(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", {"models/churn/a/MLmodel": MLMODEL, "models/churn/b/MLmodel": MLMODEL})
    _, out, _ = run(folder, "churn", "--dry-run")
    assert "  ? the model's `MLmodel`: it may be any of these, or none. Name one: `--from PATH`.\n" in out
    assert "      models/churn/b/MLmodel\n" in out
    _, out, _ = run(folder, "churn", "--dry-run", "--from", "models/churn/b")
    assert "from models/churn/b/MLmodel#/signature/inputs" in out


def test_json_says_all_of_it(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", FILES)
    status, out, _ = run(folder, "churn", "--format", "json")
    assert status == 0
    (record,) = json.loads(out)["records"]
    auc = next(value for value in record["values"] if value["field"] == "metrics.auc")
    source = "models/churn/metrics.json#/auc"
    assert auc == {
        "field": "metrics.auc", "state": "new", "before": None, "after": "0.8125", "source": source,
        "how": "computed", "why": "",
    }  # fmt: skip
    assert record["notes"]
    assert (folder / CARD_PATH).read_text() == CARD


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nothing", "--dry-run"], "there is no record, file or folder 'nothing'"),
        (["team:data", "--dry-run"], "nothing is captured for this kind"),
        (["churn"], "nobody is there to be asked"),
        (["churn", "--dry-run", "--from", "../elsewhere"], "is outside the project"),
        (["churn", "--dry-run", "--from", "nowhere"], "there is no file or folder 'nowhere'"),
        (["churn", "price", "--dry-run", "--run", "1"], "belong to one record"),
        (["churn", "--yes", "--format", "json"], "writes nothing"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    write_files(tmp_path, {"elsewhere/MLmodel": MLMODEL})
    folder = project(tmp_path / "repo", {**FILES, "teams/data.yml": "title: Data\n"})
    status, _, err = run(folder, *words)
    assert status == 2
    assert why in err


def test_without_a_terminal_it_shows_first_and_says_what_to_type(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", {"models/churn/MLmodel": MLMODEL})
    status, out, err = run(folder, "churn")
    assert status == 2
    assert "  + outputs[output].type " in out
    assert "--yes sets what is shown" in err
    assert (folder / CARD_PATH).read_text() == CARD


@pytest.mark.parametrize("how", ["--check", "--dry-run", "--yes"])
def test_a_run_that_is_named_and_not_there_is_told_with_those_that_are(tmp_path: Path, run: Run, how: str) -> None:
    folder = project(tmp_path / "repo", FILES)
    status, _, err = run(folder, "churn", "--run", "typo", how)
    assert status == 2
    assert "a run 'typo', which is not there" in err
    assert "e522513ce63f46299c3fdf331c7ff3d3 'churn', finished" in err
    assert (folder / CARD_PATH).read_text() == CARD


def test_names_that_a_terminal_would_obey_are_shown_harmless(tmp_path: Path, run: Run) -> None:
    folder = project(tmp_path / "repo", {"models/churn/metrics.json": '{"a\\u001b[2Jb": 1}'})
    _, out, _ = run(folder, "churn", "--dry-run")
    assert "\033" not in out
    assert "a [2Jb" in out
