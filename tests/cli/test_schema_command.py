"""`mkdocs-handoff schema` from the outside."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from tests.cli.handing import texts
from tests.projects import write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

FILES: dict[str, str | bytes] = {
    "handoff.yml": "records:\n  model: zoo/*.yml\n",
    "zoo/churn.yml": "title: Churn\n",
    "schemas/note.schema.json": (
        '{"title": "Note", "x-plural": "Notes", "x-globs": ["notes/*.yml", "notes/*.md"], "type": "object",'
        '"properties": {"about": {"type": "string", "description": "Which.", "x-reference": {"to": ["model"]}}}}'
    ),
}


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(write_files(tmp_path, FILES))

    def made(*arguments: str) -> tuple[int, str, str]:
        status = main(["schema", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


def test_one_kind_is_printed_with_the_names_that_there_are(run: Run) -> None:
    status, out, err = run("note")
    assert (status, err) == (0, "")
    assert json.loads(out)["$defs"]["handoff-names-model"]["enum"] == ["churn"]
    assert run("note") == (status, out, err)


def test_without_a_kind_one_schema_for_all_is_printed(run: Run) -> None:
    status, out, _ = run()
    assert status == 0
    assert {"model", "note"} <= set(json.loads(out)["properties"]["kind"]["anyOf"][0]["enum"])


def test_a_page_on_the_fields_is_printed(run: Run) -> None:
    status, out, _ = run("note", "--format", "markdown")
    assert status == 0
    assert out.startswith("# Note: fields\n")
    assert "### `about`\n\n**About**: name of a model.\n\nWhich.\n" in out


def test_the_settings_of_an_editor_are_printed(run: Run) -> None:
    status, out, _ = run("--format", "vscode")
    assert status == 0
    told = json.loads(out)["yaml.schemas"]
    assert told[".handoff/schemas/model.schema.json"] == ["zoo/*.yml"]
    assert told[".handoff/schemas/note.schema.json"] == ["notes/*.yml"]


def test_in_a_folder_of_a_repository_the_paths_count_from_its_root(run: Run, tmp_path: Path) -> None:
    write_files(tmp_path, {".git/HEAD": "", "ml/eu/handoff.yml": "records: {model: zoo/*.yml}\n"})
    told = json.loads(run("-f", "ml/eu/handoff.yml", "--format", "vscode")[1])["yaml.schemas"]
    assert told["ml/eu/.handoff/schemas/model.schema.json"] == ["ml/eu/zoo/*.yml"]
    assert all(path.startswith("ml/eu/") for globs in told.items() for path in (globs[0], *globs[1]))


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_all_are_written_and_then_only_what_changed(form: str, run: Run, tmp_path: Path) -> None:
    ending = {"json": ".schema.json", "markdown": ".md"}[form]
    arguments = ["--format", form, "--output", "made/here"]
    status, out, _ = run(*arguments, "--check")
    assert (status, (tmp_path / "made").exists()) == (1, False)
    assert f"differs: made/here/note{ending}\n" in out
    status, out, _ = run(*arguments)
    assert status == 0
    assert f"written: made/here/note{ending}\n" in out
    before = texts(tmp_path)
    assert run(*arguments) == (0, "", "")
    assert run(*arguments, "--check") == (0, "", "")
    (tmp_path / f"made/here/note{ending}").write_text("mine\n")
    status, out, err = run(*arguments, "--check")
    assert (status, out) == (1, f"differs: made/here/note{ending}\n")
    assert "without --check" in err
    assert run(*arguments)[:2] == (0, f"written: made/here/note{ending}\n")
    assert texts(tmp_path) == before


def test_a_new_record_changes_the_list_of_names_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zoo/churn.yml").unlink()
    for name in "ab":
        assert run("--output", "made")[0] == 0
        (tmp_path / f"zoo/{name}.yml").write_text(f"title: {name}\n")
        assert run("--output", "made", "--check")[:2] == (1, "differs: made/handoff-names.schema.json\n")


def test_an_own_kind_changes_what_lists_the_kinds(run: Run, tmp_path: Path) -> None:
    assert run("--output", "made")[0] == 0
    (tmp_path / "schemas/plan.schema.json").write_text('{"x-plural": "Plans", "properties": {"title": {}}}')
    status, out, _ = run("--output", "made", "--check")
    assert status == 1
    assert out.splitlines() == [f"differs: made/{name}.schema.json" for name in ("plan", "record")]


def test_the_schema_of_a_kind_that_is_gone_is_told(run: Run, tmp_path: Path) -> None:
    run("--output", "made")
    (tmp_path / "schemas/note.schema.json").unlink()
    run("--output", "made")
    (tmp_path / "made/notes.md").write_text("ours\n", encoding="utf-8")
    status, out, err = run("--output", "made", "--check")
    assert (status, out) == (1, "")
    assert "left over: made/note.schema.json is of no kind that there is" in err
    (tmp_path / "made/note.schema.json").unlink()
    assert run("--output", "made", "--check") == (0, "", "")


def test_the_files_are_small_and_find_each_other(run: Run, tmp_path: Path) -> None:
    assert run("--output", "made")[0] == 0
    there = {path.name: path.read_text() for path in (tmp_path / "made").iterdir()}
    assert sum(map(len, there.values())) < 1_000_000
    refs = set(re.findall(r'"\$ref": ?"([^#"]+)', "".join(there.values())))
    assert refs == there.keys() - {"record.schema.json"}
    assert run("note", "--output", "one")[:2] == (
        0,
        "written: one/note.schema.json\nwritten: one/handoff-names.schema.json\n",
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing"], "there is no kind 'nothing': there are model"),
        (["modle"], "there is no kind 'modle': did you mean 'model'?"),
        (["--check"], "--output DIR"),
        (["--format", "markdown"], "name a kind"),
        (["--format", "vscode", "--output", "x"], "put it into .vscode/settings.json"),
        (["--output", "schemas"], "would replace them"),
        (["--output", "sub/../schemas/"], "would replace them"),
        (["--output", "handoff.yml"], "handoff.yml cannot be made"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    arguments: list[str], told: str, run: Run, tmp_path: Path
) -> None:
    before = texts(tmp_path)
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert texts(tmp_path) == before


def test_a_link_out_of_the_folder_is_not_followed(
    run: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.json"
    outside.write_text("theirs\n")
    (tmp_path / "made").mkdir()
    (tmp_path / "made/note.schema.json").symlink_to(outside)
    status, _, err = run("note", "--output", "made")
    assert (status, "leads out" in err) == (2, True)
    assert outside.read_text() == "theirs\n"
