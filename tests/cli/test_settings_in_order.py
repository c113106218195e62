"""Commands where the settings are broken: only lint goes on, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

MODEL = {"models/a.yml": "title: A\nlast_reviewed: 2026/11/3\n"}
RULE = "rules: {mine: {select: {kind: model}, must: {field: owner}, message: x}}\n"
BROKEN: dict[str, tuple[dict[str, str | bytes], str]] = {
    "no YAML": ({"handoff.yml": RULE + "nav: [\n"}, "handoff.yml:3:1: yaml/syntax"),
    "a key twice": (
        {"handoff.yml": RULE + "nav: a\nnav: b\nseverity: {yaml/*: off}\n"},
        "handoff.yml:3:1: yaml/duplicate-key",
    ),
    "a list": ({"handoff.yml": "- a\n"}, "handoff.yml:1:1: yaml/not-a-mapping"),
    "Latin-1": ({"handoff.yml": b"nav: caf\xe9\n"}, "handoff.yml:1:9: file/encoding"),
    "a builder's": ({"mkdocs.yml": "site_name: a: b\n"}, "mkdocs.yml:1:13: yaml/syntax"),
    "what it extends": (
        {"handoff.yml": "extends: ./p\nseverity: {yaml/*: off}\n", "p/handoff.yml": "nav: [\n"},
        "p/handoff.yml:2:1: yaml/syntax",
    ),
    "a slip": ({"handoff.yml": "exclud: foo\n"}, "handoff.yml:1:1: settings/unknown"),
    "two places": (
        {"handoff.yml": RULE, "mkdocs.yml": "plugins:\n  - handoff:\n      nav: X\n"},
        "handoff.yml:1:1: settings/twice",
    ),
}
COMMANDS = (
    ["new", "model", "b", "--dry-run"], ["schema", "--output", "out"], ["schema", "--format", "vscode"], ["owners"],
    ["staleness"], ["generate", "out"], ["lineage", "model:a"], ["digest", "--owner", "x"], ["verify", "model:a"],
    ["capture", "model:a"], ["single-points"],
)  # fmt: skip


@pytest.fixture(params=BROKEN.values(), ids=list(BROKEN))
def broken(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A project whose settings are wrong; returns where and how."""
    files, place = request.param
    monkeypatch.chdir(write_files(tmp_path, {**MODEL, **files}))
    return str(place)


def test_no_other_command_goes_on_with_settings_that_are_not_in_order(
    broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(tmp_path.rglob("*"))
    for command in COMMANDS:
        assert main(command) == 2, command
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "the settings are not in order" in printed.err
        assert broken.replace(": ", " ").replace(" ", ": ", 1) in printed.err, command
    assert sorted(tmp_path.rglob("*")) == before


def test_a_diff_tells_of_them_too(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--diff"]) == 1
    printed = capsys.readouterr()
    place, rule = broken.rsplit(": ", 1)
    assert f"{place}: error {rule} " in printed.err
    assert "+last_reviewed: 2026-11-03" in printed.out


def test_a_diff_tells_of_a_broken_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write_files(tmp_path, {"schemas/model.schema.json": '{"x-plural": '}))
    assert main(["lint", "--diff"]) == 1
    assert "schemas/model.schema.json:1:14: error schema/unusable" in capsys.readouterr().err


def test_a_rule_that_may_stand_there_is_not_said_to_be_none(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "own/x"]) == 2
    printed = capsys.readouterr()
    assert f"'own/x' cannot be looked up: the settings are not in order ({broken.rpartition(': ')[0]}" in printed.err


@pytest.mark.parametrize("option", ["--write-baseline", "--update-baseline"])
def test_a_diff_writes_nothing_and_no_baseline_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    monkeypatch.chdir(write_files(tmp_path, MODEL))
    assert main(["lint", "--diff", option]) == 2
    assert f"--diff writes nothing, and {option} does" in capsys.readouterr().err
    assert not (tmp_path / "handoff-baseline.json").exists()
