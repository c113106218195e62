"""`handoff.json` meets its own schema and says what the records say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.exchange.catalog_json import dump
from mkdocs_handoff.history.history import unasked
from mkdocs_handoff.pages.sitemap import sitemap
from mkdocs_handoff.project import load
from mkdocs_handoff.reports.links import Lineages
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.staleness.judge import staleness

SAMPLE = Path(__file__).parents[2] / "sample_project"


def dumped(root: Path) -> dict[str, object]:
    project = load(find_settings(root))
    standing = staleness(project.catalog, root, unasked(), date(2026, 11, 23))
    document = json.loads(dump(project, sitemap(project), standing, Lineages(project.catalog, project.settings.root)))
    schema = json.loads((resources.folder("schemas") / "catalog.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert isinstance(document, dict)
    return document


def test_the_sample_projects_catalog_meets_the_schema() -> None:
    document = dumped(SAMPLE)
    assert len(document["records"]) >= 30


def test_a_project_without_records_has_an_empty_catalog(tmp_path: Path) -> None:
    assert dumped(tmp_path)["records"] == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "models").mkdir()
    (tmp_path / "teams").mkdir()
    (tmp_path / "models" / "churn.yml").write_text(
        "title: Churn\nowners:\n  - team:risk\n  - ref: team:nobody\n    role: operations\n"
        "base_model: older\nversions:\n  - version: 1.10\ncost: {unknown: asked Ann on 2026-10-02}\n"
    )
    (tmp_path / "models" / "older.yml").write_text("title: Older\n")
    (tmp_path / "teams" / "risk.yml").write_text("title: Risk\n")
    return tmp_path


def test_a_lifecycle_that_nothing_states_is_marked(small: Path) -> None:
    (small / "models" / "older.yml").write_text("title: Older\nlifecycle: active\n")
    records = {record["id"]: record for record in dumped(small)["records"]}  # type: ignore[attr-defined]
    told = {name: (record["lifecycle"], record.get("lifecycle_assumed")) for name, record in records.items()}
    assert told == {"model:churn": ("active", True), "model:older": ("active", None), "team:risk": ("active", None)}


def test_owners_versions_relations_and_gaps_are_given(small: Path) -> None:
    records = {record["id"]: record for record in dumped(small)["records"]}  # type: ignore[attr-defined]
    churn = records["model:churn"]
    assert churn["owners"] == [
        {"role": "accountable", "id": "team:risk"},
        {"role": "operations", "text": "team:nobody"},
    ]
    assert churn["versions"] == ["1.10"]
    assert churn["gaps"] == [{"field": "cost", "why": "unknown", "reason": "asked Ann on 2026-10-02"}]
    assert churn["url"] == "handoff/models/churn/"
    assert churn["links"]["known"] == 0
    assert "how Churn is made" in churn["links"]["missing"]
    assert "links" not in records["team:risk"]
    assert {(one["relation"], one["target"]) for one in churn["relations"]} >= {("is owned by", "team:risk")}
    assert [one["target"] for one in churn["relations"]].count("model:older") == 1


def test_verdicts_are_of_the_day_that_is_told(small: Path) -> None:
    (small / "models" / "churn.yml").write_text("title: Churn\nlast_reviewed: 2026-11-01\nreview_every: 1 month\n")
    document = dumped(small)
    records = {record["id"]: record for record in document["records"]}  # type: ignore[attr-defined]
    assert document["today"] == "2026-11-23"
    told = {name: records["model:churn"][name] for name in ("verdict", "reviewed", "due")}
    assert told == {"verdict": "due", "reviewed": "2026-11-01", "due": "2026-12-01"}
    assert (records["model:older"]["verdict"], records["model:older"]["due"]) == ("unknown", "")
