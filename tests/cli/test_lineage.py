"""`mkdocs-handoff lineage`: rows, JSON and exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pytest

FILES = {
    "handoff.yml": "{}\n",
    "models/churn.yml": "title: Churn | tricky\nowners: risk\ntraining_data: [bills]\nreproduce: {command: make}\n"
    "inputs: [{name: x, column: amount}]\n",
    "models/old.yml": "title: Old\nlifecycle: retired\n",
    "datasets/bills.yml": "title: Bills\nschema: [{name: amount}]\n",
    "teams/risk.yml": "title: Risk\n",
}


def run(root: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(root)
    return main(["lineage", *arguments])


def test_it_lists_what_is_missing_with_place_and_whom_to_ask(
    write_project: Callable[[Mapping[str, str]], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(write_project(FILES), monkeypatch, "--format", "csv") == 0
    told = capsys.readouterr()
    assert "churn,training,Bills,Churn | tricky,missing,neither its version nor a checksum is named" in told.out
    assert "models/churn.yml:3:17,team:risk" in told.out
    assert "model:old" not in told.out + told.err
    assert told.err.startswith("model:churn: 2 of 6 links known; missing: the origin of Bills; ")
    assert run(write_project(FILES), monkeypatch, "churn", "--format", "markdown", "--all") == 0
    assert "Churn \\| tricky" in capsys.readouterr().out


def test_json_has_all_links_and_columns(
    write_project: Callable[[Mapping[str, str]], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(write_project(FILES), monkeypatch, "model:churn", "--format", "json") == 0
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert (model["known"], model["total"]) == (2, 6)
    assert model["columns"] == [
        {
            "from": {"record": "dataset:bills", "column": "amount"},
            "into": {"record": "model:churn", "column": "x"},
        }
    ]
    missing = next(one for one in model["links"] if one["state"] == "missing")
    assert (missing["path"], missing["line"], missing["field"]) == ("datasets/bills.yml", 1, "collection")


def test_what_is_no_model_is_told(
    write_project: Callable[[Mapping[str, str]], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(write_project(FILES), monkeypatch, "dataset:bills") == 2
    assert run(write_project(FILES), monkeypatch, "chrn") == 2
    assert "is no model" in capsys.readouterr().err
