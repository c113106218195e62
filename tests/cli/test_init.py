"""`mkdocs-handoff init`: from a repository as it is to one that is checked; nothing that is there is lost."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from mkdocs_handoff.cli.main import main
from tests.adoption.repositories import MODEL, NYGARD, environment, git, held, team
from tests.builders import build
from tests.permissions import bound
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

RUN = "from mkdocs_handoff.cli.main import run; run()"


def init(root: Path, *options: str) -> int:
    return main(["init", str(root), *options])


def new(root: Path) -> list[str]:
    return git(root, "status", "--porcelain", "--untracked-files=all").split("\n")[:-1]


def test_a_dry_run_shows_all_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(team(tmp_path))
    assert init(tmp_path, "--dry-run", "--ci", "github") == 0
    said = capsys.readouterr().out
    assert held(tmp_path) == before
    for path in (
        "handoff.yml",
        "mkdocs.yml",
        "docs/index.md",
        ".pre-commit-config.yaml",
        ".github/workflows/mkdocs-handoff.yml",
    ):
        assert f"new file {path}" in said
    assert "nothing was written" in said


def test_lint_is_clean_afterwards_and_nothing_that_was_there_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    team(tmp_path)
    assert init(tmp_path, "--yes") == 0
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert main(["lint", "--strict"]) == 0
    assert capsys.readouterr().out == ""
    assert all(line.startswith("?? ") for line in new(tmp_path))
    assert (tmp_path / ".gitignore").read_text() == "/site/\n"
    (tmp_path / "ml/triage/README.md").write_text(
        MODEL.replace("triage", "x").replace("base_model: org/base", "owners: team:suport")
    )
    assert main(["lint", "--strict"]) == 1


@pytest.mark.parametrize("ci", [(), ("--ci", "github"), ("--ci", "gitlab")])
def test_doing_it_twice_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ci: tuple[str, ...]
) -> None:
    team(tmp_path)
    assert init(tmp_path, "--yes", *ci) == 0
    before = held(tmp_path)
    capsys.readouterr()
    assert init(tmp_path, "--yes", *ci) == 0
    assert held(tmp_path) == before
    assert capsys.readouterr().out.endswith("nothing to do\n")


def test_an_empty_repository_can_begin_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "--quiet")
    assert init(tmp_path, "--yes") == 0
    monkeypatch.chdir(tmp_path)
    assert main(["lint", "--strict"]) == 0
    assert not (tmp_path / "handoff-baseline.json").exists()


CONFIGURATIONS = {
    "list": ("# Ours\nsite_name: Ours # yes\nplugins:\n  # first\n  - search\nnav: []\n", ["search", "handoff"]),
    "flow": ("site_name: Ours\nplugins: [search]\n", ["search", "handoff"]),
    "none": ("site_name: Ours\n# the end\n", ["search", "handoff"]),
    "crlf": ("site_name: Ours\r\nplugins:\r\n- search\r\n", ["search", "handoff"]),
    "mapping": ("site_name: Ours\nplugins:\n  search: {lang: en}\n", {"search": {"lang": "en"}, "handoff": {}}),
}


@pytest.mark.parametrize("name", list(CONFIGURATIONS))
def test_the_plugin_is_added_to_a_configuration_and_all_else_stays(tmp_path: Path, name: str) -> None:
    text, plugins = CONFIGURATIONS[name]
    team(tmp_path, {"mkdocs.yml": text, "docs/index.md": "# Hi\n"})
    assert init(tmp_path, "--yes") == 0
    after = (tmp_path / "mkdocs.yml").read_bytes().decode()
    assert yaml.safe_load(after)["plugins"] == plugins
    left = iter(after.splitlines())
    if name != "flow":
        assert all(line in left for line in text.splitlines())
    assert ("\r\n" in after) == ("\r\n" in text)
    assert (tmp_path / "handoff.yml").is_file()


def test_the_built_site_is_kept_out_of_git(tmp_path: Path) -> None:
    root = team(tmp_path / "a", {".gitignore": "*.tmp"})
    assert init(root, "--yes") == 0
    assert (root / ".gitignore").read_text() == "*.tmp\n/site/\n"
    root = team(tmp_path / "b", {".gitignore": "site/ \n"})
    assert init(root, "--yes") == 0
    assert (root / ".gitignore").read_text() == "site/ \n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("site_name: [\n", "cannot be"),
        ("- a\n", "cannot be"),
        ("INHERIT: base.yml\nsite_name: X\n", "inherits its plugins"),
        ("site_name: X\nplugins: search\n", "add `- handoff`"),
    ],
)
def test_a_configuration_that_cannot_be_added_to_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    team(tmp_path, {"mkdocs.yml": text, "base.yml": "site_name: B\nplugins: [search]\n"})
    init(tmp_path, "--yes")
    assert (tmp_path / "mkdocs.yml").read_text() == text
    captured = capsys.readouterr()
    assert told in captured.out + captured.err


def test_settings_that_are_there_stay_and_what_they_miss_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team(tmp_path, {"handoff.yml": "# ours\nnamespace: us\n"})
    assert init(tmp_path, "--yes") == 0
    assert (tmp_path / "handoff.yml").read_text() == "# ours\nnamespace: us\n"
    assert "design/adr/[0-9]*.md" in capsys.readouterr().out


def test_a_hook_is_added_to_hooks_that_are_there(tmp_path: Path) -> None:
    text = (
        "# hooks\nrepos:\n  - repo: https://example.org/x\n    rev: v1 # pinned\n    hooks:\n      - id: x\n"
        "default_language_version:\n  python: python3\n"
    )
    team(tmp_path, {".pre-commit-config.yaml": text})
    assert init(tmp_path, "--yes") == 0
    after = (tmp_path / ".pre-commit-config.yaml").read_text()
    left = iter(after.splitlines())
    assert all(line in left for line in text.splitlines())
    hooks = yaml.safe_load(after)["repos"][1]["hooks"]
    assert [hook["entry"] for hook in hooks] == ["mkdocs-handoff lint", "mkdocs-handoff lint --changed HEAD"]
    assert all(hook["always_run"] is True and hook["pass_filenames"] is False for hook in hooks)


def test_editor_settings_keep_what_they_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = {"zoo/m/model.yml": "kind: model\ntitle: M\n", ".vscode/settings.json": '{\n  "editor.rulers": [120]\n}\n'}
    team(tmp_path, more)
    assert init(tmp_path, "--yes") == 0
    after = json.loads((tmp_path / ".vscode/settings.json").read_text())
    assert after["editor.rulers"] == [120]
    assert all((tmp_path / schema).is_file() for schema in after["yaml.schemas"])
    other = team(tmp_path / "other", {**more, ".vscode/settings.json": "{ // mine\n}\n"})
    assert init(other, "--yes") == 0
    assert (other / ".vscode/settings.json").read_text() == "{ // mine\n}\n"
    assert "--format vscode" in capsys.readouterr().out


def test_workflows_are_valid_and_say_what_is_asked(tmp_path: Path) -> None:
    team(tmp_path, {".gitlab-ci.yml": "# ours\nbuild:\n  script: make\n"})
    assert init(tmp_path, "--yes", "--ci", "github") == 0
    jobs = yaml.safe_load((tmp_path / ".github/workflows/mkdocs-handoff.yml").read_text())["jobs"]
    assert list(jobs) == ["lint", "still-true", "site", "digest"]
    assert init(tmp_path, "--yes", "--ci", "gitlab") == 0
    ours = yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text())
    assert ours == {"build": {"script": "make"}, "include": [{"local": ".gitlab/mkdocs-handoff.yml"}]}
    assert "pages" in yaml.safe_load((tmp_path / ".gitlab/mkdocs-handoff.yml").read_text())


def test_below_the_top_of_a_repository_hooks_and_workflows_are_left_to_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team(tmp_path)
    assert init(tmp_path / "ml", "--yes", "--ci", "github") == 0
    assert "top folder of a git repository" in capsys.readouterr().out
    assert not (tmp_path / "ml" / ".github").exists()
    assert not (tmp_path / ".pre-commit-config.yaml").exists()


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_nothing_is_written_through_a_link_out_of_the_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(tmp_path, {"far/x": "", "root/zoo/m.md": MODEL, "root/adr/0001-a.md": NYGARD.format("A")})
    root = tmp_path / "root"
    (root / "docs").symlink_to("../far")
    assert init(root, "--yes") == 2
    assert "outside the project" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["x"]


@bound
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    team(tmp_path)
    tmp_path.chmod(0o555)
    try:
        assert init(tmp_path, "--yes") == 2
    finally:
        tmp_path.chmod(0o755)
    assert "handoff.yml cannot be written" in capsys.readouterr().err
    assert new(tmp_path) == []


def test_wrong_settings_are_mended_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(write_files(tmp_path, {"handoff.yml": "records: 3\n"}))
    assert init(tmp_path, "--yes") == 2
    assert "mend them first" in capsys.readouterr().err
    assert held(tmp_path) == before
    assert init(tmp_path / "nowhere") == 2


def test_without_a_terminal_it_asks_for_an_answer(tmp_path: Path) -> None:
    team(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", RUN, "init"], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, check=False, env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
    )  # fmt: skip
    assert (done.returncode, "--yes" in done.stderr) == (2, True)
    assert new(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="a terminal")
def test_in_a_terminal_each_step_is_asked_for_and_ctrl_c_leaves_whole_files(tmp_path: Path) -> None:
    team(tmp_path)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "init"], cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs,
        env=environment(PYTHONPATH=os.pathsep.join(sys.path)), start_new_session=True,
        preexec_fn=_takes_terminal,  # noqa: PLW1509 - no thread runs here
    ) as process:  # fmt: skip
        os.close(theirs)
        said = _until(ours, b"[n]o: ")
        assert b"handoff.yml" in said
        os.write(ours, b"y\n")
        _until(ours, b"[n]o: ")
        os.write(ours, b"?\n")
        assert b"type y to do it, or n to leave it" in _until(ours, b"[n]o: ")
        os.write(ours, b"n\n")
        _until(ours, b"[n]o: ")
        os.write(ours, b"\x03")
        assert b"stopped" in _until(ours, b"stopped")
        process.wait(20)
    os.close(ours)
    assert new(tmp_path) == ["?? handoff.yml"]


def _takes_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _until(terminal: int, mark: bytes) -> bytes:
    said, start = b"", time.monotonic()
    while mark not in said and time.monotonic() - start < 30:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            said += os.read(terminal, 4096)
        except OSError:
            break
    return said


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_the_site_is_built_from_what_was_written(tmp_path: Path, builder: str) -> None:
    root = team(tmp_path / "team")
    assert init(root, "--yes") == 0
    done = build(builder, root, "--strict")
    assert done.code == 0, done.output
    assert done.has("handoff/index.html")
    assert done.has("handoff/ml/triage/index.html")
