"""The baseline: what it holds back, what it says, and that it only shrinks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.main import main
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

BAD = {"models/a.yml": "title: A\nlast_reviewed: soon\n", "models/b.yml": "title: B\nlast_reviewed: later\n"}
FILE = "handoff-baseline.json"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_files(tmp_path, {**BAD, "handoff.yml": "terms: true\n"}))
    return tmp_path


def test_what_was_there_is_not_told_and_what_is_new_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint"]) == 1
    assert main(["lint", "--write-baseline"]) == 0
    assert "holds 2 findings (2 added, 0 taken out)" in capsys.readouterr().out
    assert main(["lint"]) == 0
    assert "(and 2 in the baseline)" in capsys.readouterr().err
    write_files(project, {"models/a.yml": "# moved\n\ntitle: A\nlast_reviewed: soon\nnext_review: never\n"})
    assert main(["lint", "--format", "concise"]) in (0, 1)
    assert "soon" not in capsys.readouterr().out
    assert main(["lint", "--no-baseline", "--format", "concise"]) == 1
    assert "soon" in capsys.readouterr().out


def test_it_is_one_line_an_entry_and_the_same_every_time(project: Path) -> None:
    main(["lint", "--write-baseline"])
    first = (project / FILE).read_bytes()
    lines = [line for line in first.decode().splitlines() if '"rule"' in line]
    assert len(lines) == 2
    assert lines == sorted(lines)
    main(["lint", "--write-baseline"])
    assert (project / FILE).read_bytes() == first
    assert not any(word in first.decode() for word in ('"line"', '"column"'))


def test_update_only_takes_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["lint", "--write-baseline"])
    write_files(project, {"models/a.yml": "title: A\n", "models/c.yml": "title: C\nlast_reviewed: never\n"})
    assert told(lint(project)) == [f"{FILE}:5:5 baseline/stale", "models/c.yml:2:16 field/format"]
    capsys.readouterr()
    assert main(["lint", "--update-baseline"]) == 1
    assert "holds 1 finding (0 added, 1 taken out)" in capsys.readouterr().out
    assert [one["path"] for one in json.loads((project / FILE).read_text())["findings"]] == ["models/b.yml"]
    assert told(lint(project)) == ["models/c.yml:2:16 field/format"]


@pytest.mark.parametrize("option", ["--update-baseline", "--write-baseline"])
@pytest.mark.parametrize(
    "broken",
    [
        {"handoff.yml": "severity: {field/format: fatal}\n"},
        {"handoff.yml": "terms: [\n"},
        {"handoff.yml": "extends: ./none\n"},
        {"handoff.yml": "records: {modl: zoo/*.yml}\n"},
        {"schemas/model.schema.json": '{"x-plural": '},
    ],
)
def test_while_settings_are_wrong_nothing_is_known_to_be_gone(
    project: Path, capsys: pytest.CaptureFixture[str], option: str, broken: dict[str, str]
) -> None:
    write_files(project, {"handoff.yml": "records: {model: zoo/*.yml}\n", "zoo/z.yml": "title: Z\nlast_reviewed: x\n"})
    main(["lint", "--write-baseline"])
    before = (project / FILE).read_bytes()
    write_files(project, broken)
    assert "baseline/stale" not in " ".join(told(lint(project)))
    capsys.readouterr()
    assert main(["lint", option, "--format", "concise"]) == 1
    out = capsys.readouterr().out
    assert f"{FILE} is left as it is: " in out
    assert next(iter(broken)) in out
    assert (project / FILE).read_bytes() == before


def test_what_a_file_that_cannot_be_read_would_say_is_not_gone(project: Path) -> None:
    main(["lint", "--write-baseline"])
    before = (project / FILE).read_text()
    write_files(project, {"models/a.yml": "title: A\nlast_reviewed: soon\nowner: [\n"})
    assert {line.split()[1] for line in told(lint(project))} == {"yaml/syntax"}
    for option in ("--update-baseline", "--write-baseline"):
        main(["lint", option])
        assert before.split("[")[1].split("\n")[1] in (project / FILE).read_text(), option


def test_as_many_as_it_counts_and_no_more(project: Path) -> None:
    link = "[x](no.md)\n\n"
    write_files(project, {"models/d.md": "# D\n\n" + link * 2})
    main(["lint", "--write-baseline"])
    assert '"count": 2' in (project / FILE).read_text()
    write_files(project, {"models/d.md": "# D\n\n" + link * 3})
    assert told(lint(project)) == ["models/d.md:7:1 link/missing"]
    write_files(project, {"models/d.md": "# D\n\n" + link})
    assert told(lint(project)) == [f"{FILE}:7:5 baseline/stale"]


def test_with_paths_only_those_are_added(project: Path) -> None:
    main(["lint", "--write-baseline", "models/a.yml"])
    assert told(lint(project)) == ["models/b.yml:2:16 field/format"]
    main(["lint", "--write-baseline", "models/b.yml"])
    assert told(lint(project)) == []


def test_what_is_asked_for_at_a_higher_level_is_not_called_gone_by_a_lower_one(project: Path) -> None:
    main(["lint", "--level", "handoff-ready", "--write-baseline"])
    before = (project / FILE).read_bytes()
    assert told(lint(project)) == []
    assert told(lint(project, "handoff-ready")) == []
    assert main(["lint", "--update-baseline"]) == 0
    assert main(["lint", "--write-baseline"]) == 0
    assert (project / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"", b'"findings"', b'{"version": 0, "findings": []}', b'{"version": 1, "findings": [1]}', b'\xff"findings"',
        b'{"version": 1, "findings": [{"path": "a", "rule": "b", "record": "", "message": "", "count": 0}]}',
        b'<<<<<<< HEAD\n{"findings": []}\n=======\n{}\n>>>>>>> x\n', b'{"findings": ' + b"[" * 100_000,
        b'{"findings": %s}' % (b"1" * 5000),
    ],
)  # fmt: skip
def test_a_broken_one_is_an_error_and_holds_nothing(
    project: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / FILE).write_bytes(content)
    assert {line.split()[1] for line in told(lint(project))} == {"baseline/broken", "field/format"}
    assert main(["lint", "--update-baseline"]) == 2
    assert (project / FILE).read_bytes() == content
    assert "--write-baseline" in capsys.readouterr().err
    assert main(["lint", "models/a.yml", "--format", "concise"]) == 1
    assert "baseline/broken" in capsys.readouterr().out
    assert main(["lint", "--write-baseline"]) == 0


@pytest.mark.parametrize(
    ("path", "content"),
    [("models/a.yml", BAD["models/a.yml"]), ("package.json", "{}"), (FILE, "["), ("models", "")],
)
def test_what_is_no_baseline_is_not_written_over(
    project: Path, capsys: pytest.CaptureFixture[str], path: str, content: str
) -> None:
    write_files(project, {"handoff.yml": f"baseline: {path}\n", **({path: content} if content else {})})
    assert main(["lint", "--write-baseline"]) == 2
    assert ("holds something else" if content else "is a directory") in capsys.readouterr().err.replace("Is", "is")
    assert not content or (project / path).read_text() == content


@pytest.mark.parametrize(
    ("content", "advice"),
    [("{", "take it away first"), ('{"version": 2, "findings": {}}', "Update mkdocs-handoff, or take the file away")],
)
def test_what_would_be_refused_is_not_advised(
    project: Path, capsys: pytest.CaptureFixture[str], content: str, advice: str
) -> None:
    write_files(project, {FILE: content})
    assert advice in next(one.hint for one in lint(project).findings if one.rule == "baseline/broken")
    for option in ("--write-baseline", "--update-baseline"):
        assert main(["lint", option]) == 2
        assert "away" in capsys.readouterr().err
        assert (project / FILE).read_text() == content
    (project / FILE).unlink()
    assert main(["lint", "--write-baseline"]) == 0


@pytest.mark.parametrize("option", [["--write-baseline", "models"], ["--write-baseline"], ["--update-baseline"]])
def test_two_that_write_it_at_once_lose_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, option: list[str]
) -> None:
    """The other one is done when the first has read the project, and has not yet looked at the file again."""
    write_files(project, {"datasets/d.yml": "title: D\nlast_reviewed: soon\n", "models/c.yml": BAD["models/a.yml"]})
    main(["lint", "--write-baseline", "models/c.yml"])
    (project / "models/c.yml").unlink()
    read, first = files.read_if_there, iter([True])

    def later(name: str | Path) -> bytes:
        if next(first, False):
            assert main(["lint", "--write-baseline", "datasets"]) == 0
        return read(name)

    monkeypatch.setattr(files, "read_if_there", later)
    main(["lint", *option])
    held = {one["path"] for one in json.loads((project / FILE).read_text())["findings"]}
    assert "datasets/d.yml" in held
    assert ("models/c.yml" in held) == ("models" in option)
    assert ("models/a.yml" in held) == ("--write-baseline" in option)


def test_a_link_out_of_the_project_is_neither_read_nor_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = write_files(tmp_path / "out", {"b.json": '{"version": 1, "findings": []}'}) / "b.json"
    inner = write_files(tmp_path / "in", {**BAD, "handoff.yml": ""})
    (inner / FILE).symlink_to(outside)
    monkeypatch.chdir(inner)
    assert f"{FILE}:1:1 baseline/broken" in told(lint(inner))
    before = outside.read_bytes()
    assert main(["lint", "--write-baseline"]) == 2
    assert outside.read_bytes() == before


def test_locked_rules_and_settings_are_told_whatever_it_holds(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["lint", "--write-baseline"])
    write_files(project, {"handoff.yml": "lock: field/format\n"})
    assert [line.split()[1] for line in told(lint(project))] == ["baseline/stale", "field/format", "field/format"]
    message = "holds 2 findings that are told all the same: handoff.yml locks field/format"
    assert message in (one.message for one in lint(project).findings)
    main(["lint", "--update-baseline"])
    assert [line.split()[1] for line in told(lint(project))] == ["field/format", "field/format"]
    (project / FILE).unlink()
    capsys.readouterr()
    main(["lint", "--write-baseline"])
    assert f"{FILE} is not written: there is nothing that it may hold" in capsys.readouterr().out
    assert not (project / FILE).exists()


def test_the_setting_names_another_file(project: Path) -> None:
    write_files(project, {"handoff.yml": "baseline: policy/base.json\n", "policy/x": ""})
    assert main(["lint", "--write-baseline"]) == 0
    assert not (project / FILE).exists()
    assert told(lint(project)) == []


def test_it_keeps_lint_quiet_and_mends_nothing(project: Path) -> None:
    main(["lint", "--write-baseline"])
    read = lint(project)
    assert read.findings == ()
    assert [one.rule for one in read.errors] == ["field/format", "field/format"]
    assert [one.rule for one in read.about("models/a.yml")] == ["field/format"]
