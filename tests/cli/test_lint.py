"""`mkdocs-handoff lint` from the outside: what it prints, what it exits with, and that it always does the same."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.cli.shown.findings import Checked, text
from mkdocs_handoff.cli.shown.terminal import columns
from tests.projects import EXAMPLES, copied, lint, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

ERROR = {"models/a.yml": "title: A\nlifecycle: actve\n"}
WARNING = {"models/b.md": "---\ntitle: B\n---\n\n# B\n\n[x](gone.md)\n"}
CLEAN = {"models/c.yml": "title: C\n"}
COMMAND = [sys.executable, "-m", "mkdocs_handoff"]


def command(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs the command within a folder, in this process."""

    def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


Within = "Callable[..., tuple[int, str, str]]"


@pytest.mark.parametrize(
    ("files", "arguments", "status"),
    [
        (CLEAN, [], 0),
        (WARNING, [], 0),
        (WARNING, ["--strict"], 1),
        (ERROR, [], 1),
        (ERROR, ["--strict"], 1),
        (CLEAN, ["--strict"], 0),
        ({}, [], 0),
        (CLEAN, ["--level", "handoff-ready"], 1),
        (CLEAN, ["models/c.yml"], 0),
        (CLEAN, ["nowhere.yml"], 2),
        (CLEAN, ["-f", "nowhere.yml"], 2),
    ],
)
def test_the_exit_status_tells_what_was_found(
    write_project: Write, within: Within, files: Mapping[str, str], arguments: list[str], status: int
) -> None:
    assert within(write_project(files), "lint", *arguments)[0] == status


@pytest.mark.parametrize("arguments", [["lint", "--format", "yaml"], ["lnit"], [], ["lint", "--level", "high"]])
def test_a_wrong_call_exits_with_two(arguments: list[str], tmp_path: Path) -> None:
    result = command(*arguments, folder=tmp_path)
    assert result.returncode == 2
    assert not result.stdout
    assert "usage:" in result.stderr


def test_an_option_that_there_is_none_of_is_told_with_those_of_its_command(tmp_path: Path) -> None:
    result = command("review", "churn", "--by", "ann", "--stil-true", folder=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("usage: mkdocs-handoff review ")
    assert "unrecognized arguments: --stil-true" in result.stderr


def test_a_defect_of_the_tool_is_not_taken_for_findings(write_project: Write) -> None:
    code = "import mkdocs_handoff.cli.asked.projects as asked\nasked.open_projects = lambda *_: 1 / 0\n"
    call = [sys.executable, "-c", f"{code}from mkdocs_handoff.cli.main import run\nrun()", "lint"]
    root = write_project(CLEAN)
    result = subprocess.run(call, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2
    assert "ZeroDivisionError" in result.stderr
    assert "report it" in result.stderr


def test_text_shows_the_line_and_a_caret(write_project: Write, within: Within) -> None:
    root = write_project({**ERROR, "models/d.yml": f"title: [x]\n\ttags: {'x' * 500}\n"})
    status, out, err = within(root, "lint")
    assert status == 1
    assert out.startswith(
        "models/a.yml:2:12: error field/choice lifecycle is 'actve', which is none of its values\n"
        "  2 | lifecycle: actve\n"
        "    |            ^\n"
        "  hint: Did you mean 'active'? It is one of: draft, active, deprecated, retired.\n\n"
        "models/d.yml:2:1: error yaml/syntax "
    )
    shown = out.splitlines()[6]
    assert shown.startswith("  2 |  tags: xxx"), "a tab takes one place"
    assert len(shown) < 180
    assert err == "1 record in 2 files: 2 errors; mkdocs-handoff rule NAME explains a rule\n"


def test_a_caret_stands_below_its_place_in_a_long_line(write_project: Write, within: Within) -> None:
    root = write_project({"models/a.yml": f"tags: [{'x' * 900}, lifecycle]\nx: {{a: {'y' * 300}, {{{{ b }}}}: c}}\n"})
    _, out, _ = within(root, "lint")
    lines = out.splitlines()
    excerpt, caret = lines[1], lines[2]
    assert excerpt[caret.index("^")] == "{"


def test_concise_is_a_line_a_finding(write_project: Write, within: Within) -> None:
    status, out, err = within(write_project({**ERROR, **WARNING}), "lint", "--format", "concise")
    assert status == 1
    assert out == (
        "models/a.yml:2:12: error field/choice lifecycle is 'actve', which is none of its values\n"
        "models/b.md:7:1: warning link/missing 'gone.md' links to a file that is not there\n"
    )
    assert err == ""


def test_json_has_every_finding_with_its_place(write_project: Write, within: Within) -> None:
    status, out, _ = within(write_project({**ERROR, **WARNING}), "lint", "--format", "json")
    assert status == 1
    document = json.loads(out)
    assert {key: document[key] for key in ("version", "records", "files")} == {"version": 1, "records": 2, "files": 2}
    assert document["findings"][1] == {
        "path": "models/b.md",
        "line": 7,
        "column": 1,
        "severity": "warning",
        "rule": "link/missing",
        "message": "'gone.md' links to a file that is not there",
        "hint": "It means 'models/gone.md', from the project's root. Write that file, or link to one that is there.",
        "record": "model:b",
    }


def test_a_clean_project_says_what_was_read(write_project: Write, within: Within) -> None:
    assert within(write_project(CLEAN), "lint") == (0, "", "1 record in 1 file: nothing to mend\n")
    assert json.loads(within(write_project(CLEAN), "lint", "--format", "json")[1])["findings"] == []


def test_a_folder_without_records_says_so(tmp_path: Path, within: Within) -> None:
    status, out, err = within(tmp_path, "lint")
    assert (status, out) == (0, "")
    assert "no record files found" in err


@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        (["models"], ["models/a.yml", "models/b.md"]),
        (["models/"], ["models/a.yml", "models/b.md"]),
        (["models/a.yml"], ["models/a.yml"]),
        (["./models/../models/b.md"], ["models/b.md"]),
        (["datasets", "models/b.md"], ["datasets/e.yml", "models/b.md"]),
        (["."], ["datasets/e.yml", "models/a.yml", "models/b.md"]),
        ([], ["datasets/e.yml", "models/a.yml", "models/b.md"]),
        (["models/c.yml"], []),
    ],
)
def test_paths_restrict_the_report_and_not_what_is_read(
    write_project: Write, within: Within, arguments: list[str], paths: list[str]
) -> None:
    files = {**ERROR, **WARNING, "models/c.yml": "title: C\ntraining_data: e\n", "datasets/e.yml": "title: [E]\n"}
    root = write_project({**files, "handoff.yml": "{}\n"})
    status, out, _ = within(root, "lint", "--format", "concise", *arguments)
    assert [line.partition(":")[0] for line in out.splitlines()] == paths
    assert status == (1 if any(path.endswith(("a.yml", "e.yml")) for path in paths) else 0)
    document = json.loads(within(root, "lint", "--format", "json", *arguments)[1])
    assert document["files"] == 4


@pytest.mark.parametrize("mark", ["handoff.yml", "mkdocs.yml", "properdocs.yml", ".git/HEAD"])
def test_the_project_is_the_nearest_folder_above_with_a_configuration(
    write_project: Write, within: Within, mark: str
) -> None:
    root = write_project({**ERROR, mark: "{}\n", "models/deep/er/x.txt": ""})
    status, out, _ = within(root / "models" / "deep" / "er", "lint", "--format", "concise")
    assert (status, out.partition(":")[0]) == (1, "../../a.yml")


def test_a_path_elsewhere_is_of_the_project_it_stands_in(write_project: Write, within: Within, tmp_path: Path) -> None:
    root = write_project({**ERROR, "handoff.yml": "{}\n"})
    other = write_files(tmp_path / "other", CLEAN)
    status, out, _ = within(other, "lint", "--format", "concise", str(root / "models"))
    assert (status, out.partition(":")[0]) == (1, "../project/models/a.yml")


def test_a_path_in_a_folder_without_a_configuration_is_read_from_there(
    write_project: Write, within: Within, tmp_path: Path
) -> None:
    root = write_project(ERROR)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    status, out, _ = within(elsewhere, "lint", "--format", "concise", str(root))
    assert (status, out.partition(":")[0]) == (1, "../project/models/a.yml")


def test_a_named_configuration_says_where_the_project_is(write_project: Write, within: Within, tmp_path: Path) -> None:
    configuration = "site_name: X\nplugins:\n  - handoff:\n      schemas: s\n"
    root = write_project({**ERROR, "conf/mkdocs.dev.yml": configuration})
    (root / "conf" / "models").symlink_to("../models")
    named = str(root / "conf" / "mkdocs.dev.yml")
    status, out, _ = within(tmp_path, "lint", "--format", "concise", "-f", named)
    assert (status, out.split()[:3]) == (1, ["project/conf/models/a.yml:1:1:", "error", "file/outside"])
    (root / "conf" / "models").unlink()
    write_files(root / "conf", {"datasets/x.yml": "title: [X]\n"})
    _, out, _ = within(tmp_path, "lint", "--format", "concise", "-f", named)
    assert [line.split()[0] for line in out.splitlines()] == ["project/conf/datasets/x.yml:1:8:"]


def test_a_level_is_asked_of_every_record(write_project: Write, within: Within) -> None:
    root = write_project({**CLEAN, "datasets/d.yml": "title: D\n"})
    _, out, _ = within(root, "lint", "--format", "concise", "--level", "handoff-ready")
    assert {line.partition(":")[0] for line in out.splitlines()} == {"models/c.yml", "datasets/d.yml"}
    assert {line.split()[2] for line in out.splitlines()} == {"field/required"}


def test_settings_weigh_findings(write_project: Write, within: Within) -> None:
    links = "[{files: 'models/b*', severity: error}, {severity: 'off'}]"
    settings = f"severity:\n  field/choice: warning\n  link/*: {links}\n"
    root = write_project({**ERROR, **WARNING, "models/d.md": "# D\n\n[x](gone.md)\n", "handoff.yml": settings})
    _, out, _ = within(root, "lint", "--format", "concise")
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["models/a.yml:2:12:", "warning", "field/choice"],
        ["models/b.md:7:1:", "error", "link/missing"],
    ]


def test_colour_is_for_terminals_and_not_for_those_who_want_none(
    write_project: Write, within: Within, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(ERROR)
    assert "\033" not in within(root, "lint")[1]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\033[31merror\033[0m" in within(root, "lint")[1]
    assert "\033" not in within(root, "lint", "--format", "concise")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in within(root, "lint")[1]
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\033" not in within(root, "lint")[1]


def test_what_files_hold_cannot_speak_to_the_terminal(write_project: Write, within: Within) -> None:
    nasty = '"\\e[31mred\\a\\r\\n fake.yml:1:1: error"'
    _, out, _ = within(write_project({"models/a.yml": f"title: A\nlifecycle: {nasty}\nid: {nasty}\n"}), "lint")
    assert "\033" not in out
    assert "\a" not in out
    assert "\r" not in out
    assert "\nfake" not in out.replace(" ", "")


def test_a_reader_that_has_seen_enough_is_no_error(write_project: Write) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = subprocess.run(
            [*COMMAND, "lint", "--format", "concise"],
            cwd=write_project(ERROR),
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)
    assert result.returncode == 141
    assert result.stderr == b""


NO_LETTERS = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
CYRILLIC = {"models/модель.yml": "lifecycle: активна\n"}


def test_a_terminal_without_letters_gets_escapes(write_project: Write) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", 0) as terminal:
        result = subprocess.run(
            [*COMMAND, "lint"],
            cwd=write_project(CYRILLIC),
            env={**os.environ, **NO_LETTERS, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
        os.close(theirs)
        shown = terminal.read(1 << 16)
    assert (result.returncode, result.stderr.count("Traceback")) == (1, 0)
    assert b"field/choice" in shown
    assert shown.isascii()


@pytest.mark.parametrize("before", [0, 30, 200])
@pytest.mark.parametrize("behind", [0, 200])
@pytest.mark.parametrize("letter", ["x", "字"])
def test_a_long_line_is_cut_to_the_terminal(write_project: Write, before: int, behind: int, letter: str) -> None:
    line = f"{letter * before} [[datset:churn]] {letter * behind}"
    root = write_project({"datasets/churn.yml": "title: C\n", "models/a.md": f"# A\n\n{line}\n"})
    (wrong,) = lint(root).findings
    shown = text(Checked(lint(root), (wrong,)), width=60).splitlines()
    assert all(columns(line) <= 60 for line in shown[1:3])
    assert shown[1].removeprefix("  3 | ") in line
    assert columns(shown[1][: shown[1].index("[[datset") + wrong.place.column - 1 - line.index("[[")]) == shown[
        2
    ].index("^")


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
@pytest.mark.parametrize("environment", [NO_LETTERS, {"PYTHONIOENCODING": "cp1252"}], ids=["C", "cp1252"])
def test_what_programs_read_is_utf_8_wherever_it_is_written(
    write_project: Write, form: str, environment: Mapping[str, str]
) -> None:
    result = command("lint", "--format", form, folder=write_project(CYRILLIC), **environment)
    assert result.returncode == 1
    json.loads(result.stdout)
    assert "активна" in result.stdout


@pytest.mark.parametrize(
    ("closed", "arguments", "status"),
    [
        (">&-", "lint", 1),
        ("2>&-", "lint --format json", 1),
        ("<&-", "new model b --dry-run", 0),
        (">/dev/full", "lint", 2),
    ],
)
def test_streams_that_are_closed_or_full_are_no_defect(
    write_project: Write, closed: str, arguments: str, status: int
) -> None:
    call = f"{shlex.join(COMMAND)} {arguments} {closed}"
    result = subprocess.run(
        ["/bin/sh", "-c", call], cwd=write_project(ERROR), capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr + result.stdout
    if "json" in arguments:
        json.loads(result.stdout)
    if "full" in closed:
        assert result.stderr == "mkdocs-handoff: standard output cannot be written: No space left on device\n"


def test_the_output_does_not_depend_on_the_environment(tmp_path: Path) -> None:
    for name in ("lineage/cycle", "reference/near-miss", "record/duplicate", "decision/circular"):
        copied(EXAMPLES / "bad" / name, tmp_path / name)
    root = tmp_path / "all"
    for example in tmp_path.glob("*/*"):
        for path in sorted(example.rglob("*")):
            if path.is_file():
                write_files(root, {f"{path.relative_to(example)}": path.read_bytes()})
    write_files(root, ERROR | WARNING)
    environments = [
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "de_DE.UTF-8", "TZ": "America/Los_Angeles", "SOURCE_DATE_EPOCH": "0"},
    ]
    for form in ("text", "concise", "json"):
        results = [command("lint", "--format", form, folder=root, **environment) for environment in environments]
        assert len({result.stdout for result in results}) == 1
        assert {result.returncode for result in results} == {1}
    assert len(results[0].stdout) > 1000


def test_findings_are_ordered_by_place(tmp_path: Path) -> None:
    findings = lint(copied(EXAMPLES / "bad" / "field" / "required-handoff-ready", tmp_path / "project")).findings
    assert list(findings) == sorted(findings, key=lambda finding: (finding.place, finding.rule, finding.message))
    assert len(set(findings)) == len(findings) > 5


def test_version_and_help_load_nothing(tmp_path: Path) -> None:
    assert command("--version", folder=tmp_path).stdout.startswith("mkdocs-handoff ")
    code = "import sys\nfrom mkdocs_handoff.cli.main import main\ntry:\n    main(['lint', '--help'])\n"
    code += (
        "except SystemExit:\n    print(sorted({'yaml', 'json', 'jsonschema_rs', 'markdown_it'} & sys.modules.keys()))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.endswith("[]\n")


def test_lint_loads_neither_history_nor_verdicts(write_project: Write) -> None:
    code = "import sys\nfrom mkdocs_handoff.cli.main import main\nmain(['lint'])\nprint(*sys.modules)\n"
    call = [sys.executable, "-c", code]
    result = subprocess.run(call, cwd=write_project(CLEAN), capture_output=True, text=True, timeout=60, check=True)
    loaded = set(result.stdout.split())
    assert "mkdocs_handoff.cli.shown.findings" in loaded
    rooms = (
        "staleness",
        "reports",
        "past",
        "history.history",
        "handoffs.handoff",
        "observations.read",
        "cli.asked.names",
        "cli.shown.quoting",
        "text.whole",
    )
    assert [name for name in loaded if name.startswith(tuple(f"mkdocs_handoff.{room}" for room in rooms))] == []
    assert loaded.isdisjoint({"subprocess", "tempfile"})


def test_files_of_several_projects_are_each_held_against_their_own(tmp_path: Path, within: Within) -> None:
    write_files(tmp_path, {"a/handoff.yml": "{}\n", "a/models/x.yml": "title: X\n"})
    write_files(tmp_path, {"b/handoff.yml": "{}\n", "b/models/y.yml": "title: Y\nlifecycle: actve\n"})
    status, out, _ = within(tmp_path, "lint", "--format", "concise", "a/models/x.yml", "b/models/y.yml")
    assert (status, out.partition(" ")[0]) == (1, "b/models/y.yml:2:12:")


def test_settings_that_are_wrong_are_told_whatever_is_asked_for(tmp_path: Path, within: Within) -> None:
    write_files(tmp_path, {"handoff.yml": "nav_items: many\n", "models/x.yml": "title: X\n"})
    status, out, _ = within(tmp_path, "lint", "--format", "concise", "models/x.yml")
    assert (status, out.partition(" ")[0]) == (1, "handoff.yml:1:12:")


@pytest.mark.parametrize(
    "arguments",
    ["new model b --no-input", "schema --output made", "generate made", "owners", "readiness", "staleness", "lineage"],
)
def test_only_lint_goes_on_where_settings_are_wrong(write_project: Write, within: Within, arguments: str) -> None:
    """Without them, records would be looked for elsewhere, and written where nobody looks."""
    root = write_project({"handoff.yml": "nmespace: x\nrecords: {model: cards/*.md}\n", "models/c.yml": "title: C\n"})
    status, out, err = within(root, *arguments.split())
    assert (status, out) == (2, "")
    assert "handoff.yml:1:1: settings/unknown" in err
    assert sorted(path.name for path in root.iterdir()) == ["handoff.yml", "models"]
    assert [path.name for path in (root / "models").iterdir()] == ["c.yml"]
