"""What `lint` prints for other programs: SARIF, annotations of GitHub Actions, GitLab's reports; and much of it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.cli.shown import findings
from mkdocs_handoff.cli.shown.findings.sarif import KEY, as_sarif
from mkdocs_handoff.cli.shown.passing import of_files
from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.resources import GUIDE
from tests.projects import EXAMPLES, copied, lint, write_files

if TYPE_CHECKING:
    from collections.abc import Mapping

Printed = Callable[..., tuple[str, str]]

SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
ODD = {
    "handoff.yml": "{}\n",
    "models/a b,c:50%.yml": "title: A\nlifecycle: actve\n",
    "models/é.md": "---\ntitle: B\n---\n\n# B\n\n[x](gone.md)\n",
}


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Return a function that lints files in a format, and returns what is printed on both streams."""

    def run(files: Mapping[str, str], form: str, *options: str, within: str = ".", git: bool = True) -> tuple[str, str]:
        root = write_files(tmp_path / "repo", files)
        if git:
            (root / ".git").mkdir(exist_ok=True)
        monkeypatch.chdir(root / within)
        main(["lint", "--format", form, *options])
        captured = capsys.readouterr()
        return captured.out, captured.err

    return run


def results(text: str) -> list[dict[str, Any]]:
    document = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA).validate(document)
    (run,) = document["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return list(run["results"])


def test_sarif_is_valid_and_has_every_finding(printed: Printed) -> None:
    out, err = printed(ODD, "sarif")
    error, warning = results(out)
    assert error["ruleId"] == "field/choice"
    assert error["level"] == "error"
    assert warning["level"] == "warning"
    assert error["message"]["text"].startswith(
        "lifecycle is 'actve', which is none of its values\nDid you mean 'active'?"
    )
    place = error["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "models/a%20b%2Cc%3A50%25.yml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 2, "startColumn": 12}
    assert warning["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "models/%C3%A9.md"
    assert all("suppressions" not in result for result in (error, warning))
    assert err == ""
    assert "file:" not in out, "nothing of the machine"


def test_sarif_tells_what_a_rule_is_for(printed: Printed) -> None:
    driver = json.loads(printed(ODD, "sarif")[0])["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["field/choice", "link/missing"]
    choice = driver["rules"][0]
    assert choice["helpUri"].endswith("/docs/rules.md#fieldchoice")
    assert choice["fullDescription"]["text"].startswith(choice["shortDescription"]["text"])
    assert choice["defaultConfiguration"] == {"level": "error"}
    assert "**Fix.**" in choice["help"]["markdown"]


def test_sarif_of_a_clean_project_has_no_results(printed: Printed) -> None:
    assert results(printed({"models/a.yml": "title: A\n"}, "sarif")[0]) == []


@pytest.mark.parametrize("family", ["yaml", "handoff", "settings", "file"])
def test_sarif_of_examples_is_valid(family: str, tmp_path: Path) -> None:
    checked = []
    for example in sorted((EXAMPLES / "bad" / family).iterdir()):
        project = lint(copied(example, tmp_path / example.name))
        checked.append(findings.Checked(project, project.findings))
    found = results(as_sarif(checked))
    assert len(found) == sum(len(one.findings) for one in checked) > 3
    keys = [result["partialFingerprints"][KEY] for result in found]
    assert len(set(keys)) == len(keys)


def test_a_fingerprint_outlives_an_edit_elsewhere_in_the_file(printed: Printed) -> None:
    def keys(text: str) -> list[str]:
        out, _ = printed({"models/a.yml": text}, "sarif")
        return [result["partialFingerprints"][KEY] for result in results(out)]

    (before,) = keys("title: A\nlifecycle: actve\n")
    assert keys("title: A\ntags: [x]\n\nlifecycle: actve\n") == [before]
    assert keys("title: A\nlifecycle: activ\n") != [before]


def test_what_is_put_aside_is_in_sarif_and_nowhere_else(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, ODD))
    told, other = project.findings
    checked = findings.Checked(project, (told,), aside=(findings.Put(other, why="moves soon"),))
    first, second = results(as_sarif([checked]))
    assert first["suppressions"] == []
    assert second["suppressions"] == [{"kind": "inSource", "justification": "moves soon"}]
    external = findings.Checked(project, (), aside=(findings.Put(told, external=True),))
    assert results(as_sarif([external]))[0]["suppressions"] == [{"kind": "external"}]
    assert other.rule not in findings.concise(checked)


def test_a_rule_of_the_projects_own_is_known_by_its_name(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, ODD))
    checked = findings.Checked(project, (Finding(Place("models/a.yml"), "own/rule", "is wrong"),))
    assert results(as_sarif([checked]))[0]["ruleId"] == "own/rule"


def test_sarif_tells_what_a_rule_of_the_projects_own_is_for(printed: Printed) -> None:
    rule = "select: {kind: model}, must: {field: schedule}, message: '{title} has no schedule', why: The desk plans so."
    out, _ = printed({"handoff.yml": f"rules: {{mine: {{{rule}}}}}\n", "models/a.yml": "title: A\n"}, "sarif")
    (result,) = results(out)
    assert result["ruleId"] == "own/mine"
    (own,) = json.loads(out)["runs"][0]["tool"]["driver"]["rules"]
    assert own["shortDescription"] == {"text": "… has no schedule"}
    assert own["fullDescription"] == {"text": "… has no schedule The desk plans so."}
    assert own["help"]["text"].startswith("The desk plans so.\n\nWrite `schedule`.")
    assert own["defaultConfiguration"] == {"level": "warning"}
    assert "helpUri" not in own, "it stands on no page of ours"


def test_annotations_of_github_are_escaped(printed: Printed) -> None:
    out, err = printed(ODD, "github")
    first, second = out.splitlines()
    assert first == (
        "::error file=models/a b%2Cc%3A50%25.yml,line=2,col=12,title=mkdocs-handoff field/choice::"
        "models/a b,c:50%25.yml:2:12: field/choice lifecycle is 'actve', which is none of its values"
        "%0Ahint: Did you mean 'active'? It is one of: draft, active, deprecated, retired."
    )
    assert second.startswith("::warning file=models/é.md,line=7,col=1,")
    assert err == ""


def test_what_files_hold_cannot_command_the_runner(printed: Printed) -> None:
    nasty = '"x\\r\\n::set-env name=A::b\\n::stop-commands::t"'
    out, _ = printed({"models/a.yml": f"title: A\nlifecycle: {nasty}\n"}, "github")
    assert [line.partition(" ")[0] for line in out.splitlines()] == ["::error"]


def test_github_shows_ten_of_a_step_and_that_is_told(printed: Printed) -> None:
    files = {f"models/{number:02}.yml": "title: A\nlifecycle: actve\n" for number in range(11)}
    out, err = printed(files, "github")
    assert out.count("::error ") == 11
    assert "10 errors and 10 warnings of a step" in err


@pytest.mark.parametrize("form", ["github", "sarif", "gitlab"])
def test_paths_are_from_the_repositorys_root_wherever_lint_runs(printed: Printed, form: str) -> None:
    files = {"services/churn/handoff.yml": "{}\n", "services/churn/models/a.yml": "lifecycle: actve\n"}
    out, _ = printed(files, form, within="services/churn/models")
    assert "services/churn/models/a.yml" in out
    assert "../" not in out


def test_without_a_repository_paths_are_from_the_current_folder(printed: Printed) -> None:
    files = {"handoff.yml": "{}\n", "models/a.yml": "lifecycle: actve\n"}
    assert "file=models/a.yml," in printed(files, "github", git=False)[0]


def test_gitlab_gets_a_code_quality_report(printed: Printed) -> None:
    error, warning = json.loads(printed(ODD, "gitlab")[0])
    assert set(error) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert (error["severity"], warning["severity"]) == ("major", "minor")
    assert error["location"] == {"path": "models/a b,c:50%.yml", "lines": {"begin": 2}}
    assert error["fingerprint"] != warning["fingerprint"]
    assert json.loads(printed({"models/a b,c:50%.yml": "title: A\n", "models/é.md": "# B\n"}, "gitlab")[0]) == []


def test_json_counts_findings(printed: Printed) -> None:
    document = json.loads(printed(ODD, "json")[0])
    assert document["counts"] == {"error": 1, "warning": 1}
    assert "changed" not in document


def test_many_findings_end_with_how_often_each_rule_was_broken(printed: Printed) -> None:
    files = {f"models/{number:03}.yml": "title: A\nlifecycle: actve\n" for number in range(9)}
    assert printed({**files, "datasets/x.yml": "title: X\n"}, "text")[1].count("\n") == 1
    links = "".join(f"[x](gone{number}.md)\n\n" for number in range(1200))
    _, err = printed({**files, "models/x.md": f"# X\n\n{links}"}, "text")
    assert err.splitlines()[:2] == ["    9  error    field/choice", "1,200  warning  link/missing"]
    assert "9 errors, 1,200 warnings" in err.splitlines()[2]


def test_colour_is_forced_and_refused(printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033[31merror" in printed(ODD, "text")[0]
    assert "\033" not in printed(ODD, "sarif")[0]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in printed(ODD, "text")[0]


def test_a_caret_stands_below_wide_letters(printed: Printed) -> None:
    out, _ = printed({"models/a.md": "# A\n\n漢字 [x](gone.md)\n"}, "text")
    caret = next(line for line in out.splitlines() if line.endswith("^"))
    assert caret == "    | " + " " * 5 + "^"


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_told_to_a_terminal_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool
) -> None:
    monkeypatch.setattr("mkdocs_handoff.cli.shown.passing._FILES_AFTER", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    monkeypatch.chdir(write_files(tmp_path, {f"models/{number}.yml": "title: A\n" for number in range(3)}))
    assert main(["lint"]) == 0
    err = capsys.readouterr().err
    assert ("read: 3 of 3 files" in err) == terminal
    shown = err.rpartition("\r")[2]
    assert shown == "3 records in 3 files: nothing to mend\n"
    if terminal:
        assert re.search(r"\r +\r$", err.removesuffix(shown)), "the line is cleared"


def test_a_short_run_tells_no_progress(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    ticker = of_files("read")
    assert ticker.progress is not None
    ticker.progress(0, 2)
    ticker.progress(1, 2)
    ticker.gone()
    assert capsys.readouterr().err == ""


def test_a_real_terminal_sees_progress_and_then_only_the_summary(tmp_path: Path) -> None:
    root = write_files(tmp_path, {f"models/{number}.yml": "title: A\n" for number in range(300)})
    code = (
        "from mkdocs_handoff.cli.shown import passing\npassing._FILES_AFTER = 0.0\n"
        "from mkdocs_handoff.cli.main import run\nrun()\n"
    )
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, "lint"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=theirs,
            timeout=60,
            check=False,
        )
        os.close(theirs)
        seen = b""
        try:
            while block := os.read(ours, 65536):
                seen += block
        except OSError:  # the other end is closed
            pass
    finally:
        os.close(ours)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"read: 1 of 300 files" in seen
    assert seen.replace(b"\r\n", b"\n").rpartition(b"\r")[2] == b"300 records in 300 files: nothing to mend\n"


def test_names_of_files_cannot_speak_to_a_terminal_or_a_runner(printed: Printed) -> None:
    files = {"models/a\x1b[31m\n::error ::b.yml": "lifecycle: actve\n"}
    for form in ("text", "concise"):
        out, _ = printed(files, form)
        assert "\x1b" not in out
        assert out.startswith("models/a [31m ::error ::b.yml:1:12: error field/choice ")
    assert len(printed(files, "github")[0].splitlines()) == 1
    (result,) = results(printed(files, "sarif")[0])
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "models/a%1B%5B31m%0A%3A%3Aerror%20%3A%3Ab.yml"


def test_a_name_that_is_no_text_is_printed(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/models/\xff.yml")).write_text("lifecycle: actve\n", encoding="utf-8")
    for form in ("text", "concise", "json", "sarif", "github", "gitlab"):
        call = [sys.executable, "-m", "mkdocs_handoff", "lint", "--format", form]
        done = subprocess.run(call, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stderr.count(b"Traceback")) == (1, 0)
        assert b"file/encoding" in done.stdout
        if form in ("json", "sarif", "gitlab"):
            json.loads(done.stdout)


def test_a_rule_in_a_terminal_names_the_documentation_by_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "schema/unusable"]) == 0
    assert f"{GUIDE}kinds.md describes" in capsys.readouterr().out
    assert main(["rule", "--format", "markdown"]) == 0
    assert " docs/kinds.md describes" in capsys.readouterr().out
