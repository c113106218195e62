"""`mkdocs-handoff adopt`: a sidecar that names what is missing, overwrites nothing and passes lint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

CARD = "---\npipeline_tag: text-classification\nintended_use: {primary_uses: Calls.}\n---\n# Churn\n\nWho leaves.\n"
FILES = {
    "models/churn/README.md": CARD,
    "teams/risk.yml": "title: Risk\ngithub: acme/risk\n",
    "CODEOWNERS": "/models/ @acme/risk\n",
}
SIDECAR = "models/churn/README.md.handoff.yml"


@pytest.fixture
def project(write_project: Callable[[Mapping[str, str | bytes]], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_project(FILES)
    monkeypatch.chdir(root)
    return root


def test_what_is_missing_is_named_with_its_questions(project: Path) -> None:
    assert main(["adopt", "churn", "--yes"]) == 0
    text = (project / SIDECAR).read_text()
    for name in ("limitations:", "inputs:", "playbooks:", "last_reviewed:", "covers:"):
        assert f"\n# {name}" in text
    assert "# Where does it fail, and how did you find out?" in text
    assert "out_of_scope_uses:" in text
    assert "# primary_uses" not in text
    assert "# owners: team:risk" in text or "# owner: team:risk" in text
    assert all(not line or line.startswith("#") for line in text.splitlines())
    assert (project / "models/churn/README.md").read_text() == CARD
    assert lint(project).findings == ()


def test_a_second_run_adds_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["adopt", "churn", "--yes"])
    before = (project / SIDECAR).read_bytes()
    assert main(["adopt", "models/churn/README.md", "--yes"]) == 0
    assert (project / SIDECAR).read_bytes() == before
    assert "speaks of all" in capsys.readouterr().out


def test_a_sidecar_keeps_what_it_holds(project: Path) -> None:
    held = "# mine\r\nlimitations: None known.   # odd\r\nowners: [team:risk]"
    (project / SIDECAR).write_bytes(held.encode())
    assert main(["adopt", "churn", "--yes"]) == 0
    after = (project / SIDECAR).read_bytes().decode()
    assert after.startswith(held + "\r\n")
    assert after.count("\n") == after.count("\r\n"), "the file's own line ends"
    assert after.count("limitations:") == 1
    assert "# owners" not in after
    assert lint(project).findings == ()


def test_a_dry_run_shows_and_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adopt", "churn", "--dry-run"]) == 0
    assert "+# limitations:" in capsys.readouterr().out
    assert not (project / SIDECAR).exists()


def test_a_script_has_to_say_yes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adopt", "churn"]) == 2
    assert "--dry-run" in capsys.readouterr().err
    assert not (project / SIDECAR).exists()


def test_records_of_one_file_stand_by_name_in_its_sidecar(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "glossary.yml").write_text("terms:\n- title: A\n- title: B\n")
    sidecar = project / "glossary.yml.handoff.yml"
    assert main(["adopt", "term:a", "--yes"]) == 0
    first = sidecar.read_text()
    assert first.startswith("term:a:\n  # What glossary.yml does not say of term:a,")
    assert "\n  # definition:\n" in first
    assert main(["adopt", "term:b", "--yes"]) == 0
    assert sidecar.read_text().startswith(first + "term:b:\n  # What")
    assert lint(project).findings == ()
    capsys.readouterr()
    assert main(["adopt", "term:a", "--yes"]) == 0
    assert "speaks of all" in capsys.readouterr().out
    sidecar.write_text(sidecar.read_text().replace("  # definition:\n", "  definition: The first.\n", 1))
    found = lint(project)
    assert found.findings == ()
    assert [one.get("definition") for one in found.catalog.records.values() if one.kind == "term"] == [
        "The first.",
        None,
    ]


def test_what_cannot_have_a_sidecar_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "glossary.yml").write_text("terms:\n- title: A\n- title: B\n")
    (project / "glossary.yml.handoff.yml").write_text("{'term:b': {status: draft}}\n")
    assert main(["adopt", "term:a", "--yes"]) == 2
    assert "write them below `term:a:`" in capsys.readouterr().err
    assert main(["adopt", "nothing-of-that-name"]) == 2
    assert "nothing-of-that-name" in capsys.readouterr().err, "that is said before anybody is asked"
    assert main(["adopt", "CODEOWNERS", "--yes"]) == 2
    capsys.readouterr()
    assert main(["adopt", "glossary.yml", "--yes"]) == 2
    assert "holds 2 records (term:a, term:b): name one" in capsys.readouterr().err


def test_nothing_is_written_outside(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("limitations: x\n")
    (project / SIDECAR).symlink_to(outside)
    assert main(["adopt", "churn", "--yes"]) == 2
    assert outside.read_text() == "limitations: x\n"
    assert "out of the project" in capsys.readouterr().err
