"""Files that others wrote, unedited: every one is read, nothing breaks, and almost nothing is held against them.

They stand outside the repository: in the folder that `HANDOFF_REAL` names, or beside the checkout.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.findings import Severity
from mkdocs_handoff.records.placeholders import is_placeholder
from mkdocs_handoff.text import yaml
from tests.projects import real_files
from tests.real.counts import read, table

if TYPE_CHECKING:
    from mkdocs_handoff.project import Project

BROKEN_ON_PURPOSE = "invalid"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = real_files()
    if folder is None:
        pytest.skip("no files of others here: set HANDOFF_REAL to a folder with cards and decisions")
    project = read(folder, tmp_path_factory.mktemp("real") / "project")
    counts = Counter((finding.severity.value, finding.rule) for finding in project.findings)
    print(f"{len(project.records.read)} files, {len(project.catalog.records)} records")
    for (severity, rule), count in sorted(counts.items()):
        print(f"{count:5} {severity:7} {rule}")
    return project


def of(project: Project, folder: str) -> list[str]:
    return [path for path in project.records.read if path.startswith(folder)]


def test_every_file_is_read(real: Project) -> None:
    root = real.settings.root
    for folder, pattern in [
        ("hf-dataset-cards", "*/README.md"),
        ("hf-model-cards", "*.md"),
        ("open-model-zoo", "**/model.yml"),
    ]:
        assert len(of(real, folder)) == len(list((root / folder).glob(pattern))) > 5
    assert len(of(real, "madr-decisions")) >= 19
    broken = {path for path in real.records.broken if BROKEN_ON_PURPOSE not in path}
    assert len(real.catalog.records) >= len(real.records.read) - len(real.records.broken) - 2
    assert not broken


def test_only_files_that_are_broken_on_purpose_have_errors(real: Project) -> None:
    wrong = {finding.place.path for finding in real.errors}
    assert {path for path in wrong if BROKEN_ON_PURPOSE not in Path(path).name} == set()


def test_dataset_cards_have_no_errors(real: Project) -> None:
    assert [finding for finding in real.errors if finding.place.path.startswith("hf-dataset-cards")] == []


def test_decisions_keep_status_and_links(real: Project) -> None:
    decisions = real.catalog.of_kind("decision")
    assert len(decisions) >= 19
    statuses = Counter(record.fields["status"] for record in decisions)
    assert set(statuses) <= {"accepted", "proposed", "rejected", "deprecated", "superseded", "on-hold", "not-stated"}
    assert statuses["not-stated"] >= 1
    written = [record for record in decisions if record.source.layer.text and "status:" in record.source.layer.text]
    assert all(record.fields["status"] != "not-stated" for record in written)
    linked = [one for record in decisions for one in real.catalog.outgoing.get(record.identity, ())]
    assert all(record.title and not record.title[0].isdigit() for record in decisions)
    assert any(one.name == "mentions" for one in linked)


def test_values_keep_their_text(real: Project) -> None:
    checked = 0
    for record in real.catalog.of_kind("model"):
        for file in record.get("files") or []:
            if isinstance(file, dict) and "checksum" in file:
                checked += 1
                assert isinstance(file["checksum"], str)
                assert file["checksum"] in record.source.layer.text
    assert checked > 30


def test_every_finding_has_a_place_in_its_file(real: Project) -> None:
    root = real.settings.root
    for finding in real.findings:
        lines = (root / finding.place.path).read_text(encoding="utf-8", errors="replace").splitlines()
        assert 1 <= finding.place.line <= len(lines) + 1
        assert 1 <= finding.place.column <= len(lines[min(finding.place.line, len(lines)) - 1]) + 2


def test_findings_are_few(real: Project) -> None:
    assert sum(finding.severity is Severity.WARNING for finding in real.findings) < 2 * len(real.records.read)


def test_the_counts(real: Project) -> None:
    rows = {folder: (files, detected, records) for folder, files, detected, records, _ in table(real)}
    for row in sorted(rows.items()):
        print(row)
    cards = rows["hf-dataset-cards"]
    assert cards[1] == f"{cards[0]} dataset (hugging-face)"
    assert cards[2] == f"{cards[0]} dataset"
    assert "33 model (open-model-zoo)" in rows["open-model-zoo"][1]
    assert rows["madr-decisions"][1].startswith("19 decision (madr-4)")


def test_no_field_of_a_card_is_lost(real: Project) -> None:
    """What stands at the top of a file's front matter is a field of the record, or was moved to one."""
    for record in real.catalog.records.values():
        layer = record.source.layer
        held = yaml.read(layer.text).documents[layer.document] if layer.text.strip() else None
        written = {str(key) for key, value in held.items() if _says(value)} if isinstance(held, dict) else set()
        kept = {*record.fields, *(str(path[0]) for path in record.source.moved.values() if path)}
        assert not {key for key in written - kept if key not in _NOT_FIELDS}, record.source.path


_NOT_FIELDS = frozenset(("kind",))


def _says(value: object) -> bool:
    """Whether a value says something: neither empty nor a template's text."""
    if isinstance(value, dict):
        return any(map(_says, value.values()))
    if isinstance(value, list):
        return any(map(_says, value))
    return value is not None and bool(str(value).strip()) and not is_placeholder(str(value))
