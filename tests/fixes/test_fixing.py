"""`lint --fix`: what it mends, what it leaves, and that nothing else of a file changes."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import chdir
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.findings import Edit, Place
from mkdocs_handoff.fixes import fixing
from mkdocs_handoff.fixes.fixing import fix
from mkdocs_handoff.fixes.text import edited
from mkdocs_handoff.project import load
from mkdocs_handoff.records.edit import EditError
from mkdocs_handoff.settings import find_settings
from tests.projects import copied, examples, lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.fixes.fixing import Fixed
    from mkdocs_handoff.project import Project

NEAR = {"datasets/churn-events.yml": "title: Events\n"}


def fixed(folder: Path, project: Project | None = None, *named: str) -> Fixed:
    made = fix(find_settings(folder), project or lint(folder), lambda _: True, named)
    made.write(folder)
    return made


def after(tmp_path: Path, text: str, path: str = "models/a.yml", **files: str) -> str:
    write_files(tmp_path, {**NEAR, **files, path: text.encode()})
    fixed(tmp_path)
    return (tmp_path / path).read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("title: A\nlast_reviewed: 2026/11/3\n", "title: A\nlast_reviewed: 2026-11-03\n"),
        ("title: A\nlast_reviewed: '2026.11.3' # x\n", "title: A\nlast_reviewed: '2026-11-03' # x\n"),
        ('{title: A, "last_reviewed": "3 November 2026"}\n', '{title: A, "last_reviewed": "2026-11-03"}\n'),
        ("title: A\nlast_reviewed: 20261103\n", "title: A\nlast_reviewed: 2026-11-03\n"),
        ("title: A\nlast_reviewed: 2026-11-03T10:00:00Z\n", "title: A\nlast_reviewed: 2026-11-03\n"),
        ("title: A\r\nlast_reviewed: 23.11.2026\r\n", "title: A\r\nlast_reviewed: 2026-11-23\r\n"),
        ("\ufefflast_reviewd: 2026/11/3\ntitle: A", "\ufefflast_reviewed: 2026-11-03\ntitle: A"),
        ("title: A\ntraining_data:\n- chrn-events  # x\n", "title: A\ntraining_data:\n- churn-events  # x\n"),
        ("title: A\ntraining_data: [{ref: churn-evnts}]\n", "title: A\ntraining_data: [{ref: churn-events}]\n"),
        ("title: A\ntraining_data: 'dataset:churn-evnts'\n", "title: A\ntraining_data: 'churn-events'\n"),
        ("# c\n? title\n: A\n'limitatons' : none\n", "# c\n? title\n: A\n'limitations' : none\n"),
        ("title: A\nowner: b\nlicenses: mit\n", "title: A\nowner: b\nlicense: mit\n"),
    ],
)
def test_what_is_safe_is_mended_and_every_other_byte_stays(tmp_path: Path, before: str, expected: str) -> None:
    assert after(tmp_path, before) == expected


@pytest.mark.parametrize(
    "text",
    [
        "title: A\nlast_reviewed: 03/04/2026\n",  # two days
        "title: A\nlast_reviewed: soon\n",
        "title: A\nlast_reviewed: >\n  2026/11/3\n",  # a block of text
        "title: &x 2026/11/3\nlast_reviewed: *x\n",  # would change the title too
        "title: A\nlast_reviewed: &x 2026/11/3\nnext: *x\n",
        "title: A\nlimitatons: x\nlimitations: y\n",  # is there already
        "title: A\nlifecycl: actve\n",  # would tell of a word that is none
        "title: A\nowner: b\nlicenses: mit\nlicense: mit\n",
        "title: A\ntraining_data: churn-evnts-of-nobody\n",
    ],
)
def test_what_is_in_doubt_stays(tmp_path: Path, text: str) -> None:
    assert after(tmp_path, text) == text


def test_a_reference_with_two_near_records_stays(tmp_path: Path) -> None:
    text = "title: A\ntraining_data: churn-event\n"
    assert after(tmp_path, text, **{"datasets/churn-vents.yml": "title: V\n"}) == text


def test_prose_is_mended_in_its_place(tmp_path: Path) -> None:
    text = "---\ntitle: A\nowner: b\n---\n\nSee [[churn-evnts|x]], [[dataset:churn-evnts]] and `[[churn-evnts]]`.\n"
    expected = "See [[dataset:churn-events|x]], [[dataset:churn-events]] and `[[churn-evnts]]`.\n"
    assert after(tmp_path, text, "models/a.md").rpartition("\n\n")[2] == expected


def test_another_tools_file_is_edited_only_where_it_is_named(tmp_path: Path) -> None:
    card = "---\nlanguages: en\nlast_reviewd: 2026/11/3\nmodel-index: []\n---\n# Model Card for A\n"
    write_files(tmp_path, {"models/a/README.md": card})
    assert fixed(tmp_path).files == ()
    assert len(fixed(tmp_path, None, "models/a/README.md").files) == 1
    assert "last_reviewed: 2026-11-03" in (tmp_path / "models/a/README.md").read_text()


def test_what_is_not_mended_is_told_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = "---\nlanguages: en\nlast_reviewd: 2026/11/3\nmodel-index: []\n---\n# Model Card for A\n"
    write_files(tmp_path, {"models/a/README.md": card, "handoff.yml": ""})
    with chdir(tmp_path):
        assert main(["lint", "--diff"]) == 0
        shown = capsys.readouterr()
        assert shown.out == ""
        name_it = (
            "in 1 adopted file can be mended where you name the file: mkdocs-handoff lint --fix models/a/README.md\n"
        )
        assert shown.err.endswith(name_it)
        main(["lint", "--fix"])
        assert name_it in capsys.readouterr().out
        assert (tmp_path / "models/a/README.md").read_text() == card
        write_files(tmp_path, {"models/b.yml": "title: A\nlifecycl: actve\nlast_reviewed: 2026/11/3\n"})
        main(["lint", "--fix", "models/b.yml"])
        captured = capsys.readouterr()
        out, err = captured.out, captured.err
    assert "models/b.yml:3:16: fixed field/format" in out
    assert "models/b.yml:2:1: left field/unknown as it is: it would bring field/choice: " in out
    assert "adopted" not in out
    assert "can be mended" not in err


def test_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    text = "title: A\nlast_reviewed: 2026/11/3\n"
    write_files(tmp_path, {"models/a.yml": text, "models/b.yml": text})
    made = fix(find_settings(tmp_path), lint(tmp_path), lambda _: True)
    (tmp_path / "models/b.yml").write_text("title: changed meanwhile\n")
    with pytest.raises(EditError):
        made.write(tmp_path)
    assert (tmp_path / "models/a.yml").read_text() == text


def test_only_what_is_asked_for_is_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "title: A\nlast_reviewed: 2026/11/3\n"
    ignored = "title: A\nlast_reviewed: 2026/11/3  # handoff: ignore field/format — kept\n"
    write_files(tmp_path, {"models/a.yml": text, "models/b.yml": text, "models/c.yml": ignored, "handoff.yml": ""})
    with chdir(tmp_path):
        assert main(["lint", "--diff"]) == 1
        shown = capsys.readouterr()
        assert "+last_reviewed: 2026-11-03" in shown.out
        assert "2 findings would be fixed in 2 files" in shown.err
        assert (tmp_path / "models/a.yml").read_text() == text
        assert main(["lint", "--fix", "models/a.yml"]) == 0
        assert "models/a.yml:2:16: fixed field/format" in capsys.readouterr().out
        assert main(["lint", "--fix", "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["findings"] == []
        assert main(["lint", "--diff"]) == 0
    assert (tmp_path / "models/b.yml").read_text() == "title: A\nlast_reviewed: 2026-11-03\n"
    assert (tmp_path / "models/c.yml").read_text() == ignored


def test_json_and_sarif_carry_the_fix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(tmp_path, {"models/a.yml": "title: A\nlast_reviewed: '2026/11/3'\n", "handoff.yml": ""})
    with chdir(tmp_path):
        main(["lint", "--format", "json"])
        (finding,) = json.loads(capsys.readouterr().out)["findings"]
        main(["lint", "--format", "sarif"])
        (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    (edit,) = finding["fix"]["edits"]
    assert edit == {"path": "models/a.yml", "line": 2, "column": 16, "old": "'2026/11/3'", "new": "'2026-11-03'"}
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["deletedRegion"] == {"startLine": 2, "startColumn": 16, "endColumn": 27}
    assert replacement["insertedContent"] == {"text": "'2026-11-03'"}


def told_of(project: Project) -> Counter[tuple[str, str, str]]:
    return Counter((one.place.path, one.rule, one.message) for one in project.counting.whole)


@pytest.mark.parametrize("example", list(examples("bad")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_bad_example_gets_worse_and_a_second_run_has_nothing_to_do(example: Path, tmp_path: Path) -> None:
    folder = copied(example, tmp_path / "project")
    before = lint(folder)
    made = fixed(folder, before)
    now = lint(folder)
    assert not told_of(now) - told_of(before)
    assert sum(told_of(before).values()) - sum(told_of(now).values()) >= min(1, len(made.done))
    assert told(made.project) == told(now)
    assert fixed(folder, now).files == ()


@pytest.mark.parametrize("count", [10, 40])
def test_many_fixes_that_are_refused_take_no_longer_than_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    files = {f"models/m{number}.yml": "title: M\nlifecycl: actve\nlast_reviewed: 2026/1/2\n" for number in range(count)}
    good = {f"models/g{number}.yml": "title: M\nlast_reviewed: 2026/1/2\n" for number in range(count)}
    write_files(tmp_path, {**files, **good})
    read: list[int] = []

    def counting(*given: Any, **named: Any) -> Project:
        read.append(1)
        return load(*given, **named)

    monkeypatch.setattr(fixing, "load", counting)
    made = fixed(tmp_path)
    assert len(made.done) == 2 * count
    assert len(made.left) == count
    assert len(read) < 8


def test_a_fix_that_makes_another_file_worse_is_found(tmp_path: Path) -> None:
    must = "{related: {kind: model, direction: in}, at_most: 0}"
    rule = f"rules:\n  sealed: {{select: {{kind: dataset}}, must: {must}, message: m}}\n"
    files = {f"models/m{number}.yml": "title: M\nlast_reviewed: 2026/1/2\n" for number in range(4)}
    write_files(
        tmp_path, {**NEAR, **files, "models/b.yml": "title: B\ntraining_data: churn-evnts\n", "handoff.yml": rule}
    )
    made = fixed(tmp_path)
    assert {one.place.path for one in made.done} == set(files)
    assert [(one.place.path, why) for one, why in made.left] == [("models/b.yml", "it would bring own/sealed: m")]


def test_an_edit_that_does_not_fit_is_not_made() -> None:
    at = Place("a.yml", 2, 4)
    assert edited("a.yml", "a: 1\nb: 2\n", [Edit(at, "2", "3")]) == "a: 1\nb: 3\n"
    assert edited("a.yml", "a: 1\nb: 2\n", [Edit(at, "4", "3")]) is None
    assert edited("a.yml", "a: 1\nb: 2\n", [Edit(Place("a.yml", 9, 1), "2", "3")]) is None
    assert edited("a.yml", "a: 1\nb: 2\n", [Edit(at, "2", "3\nc: 4")]) is None
    assert edited("a.yml", "a: 1\nb: 2\n", [Edit(Place("a.yml", 2, 1), "b", "a")]) is None
    assert edited("a.yml", "a: &x 1\nb: *x\n", [Edit(Place("a.yml", 1, 7), "1", "2")]) is None


def test_what_brings_a_new_finding_is_left_out_and_the_rest_is_made(tmp_path: Path) -> None:
    bad = "title: A\nlifecycl: actve\nlast_reviewed: 2026/11/3\n"
    files = {f"models/m{number}.yml": "title: M\nlast_reviewed: 2026/1/2\n" for number in range(5)}
    write_files(tmp_path, {**files, "models/a.yml": bad})
    made = fixed(tmp_path)
    assert len(made.done) == 6
    ((left, why),) = made.left
    assert left.rule == "field/unknown"
    assert why.startswith("it would bring field/choice: ")
    assert re.search(r"^lifecycl: actve\nlast_reviewed: 2026-11-03$", (tmp_path / "models/a.yml").read_text(), re.M)
