"""`mkdocs-handoff init` beside what a team has already: pipelines, hooks, editors, settings, themes."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from mkdocs_handoff.cli.main import main
from tests.adoption.repositories import CATALOG, DATASET, MODEL, git, held, team
from tests.projects import write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GITHUB, GITLAB = ".github/workflows/mkdocs-handoff.yml", ".gitlab/mkdocs-handoff.yml"


def init(root: Path, *options: str) -> int:
    return main(["init", str(root), "--yes", *options])


def repository(root: Path, files: dict[str, str]) -> Path:
    write_files(root, files)
    git(root, "init", "--quiet", "--initial-branch", "main")
    return root


def read(root: Path, path: str) -> Any:
    return yaml.safe_load((root / path).read_text(encoding="utf-8"))


# Settings


def test_each_file_is_read_as_what_it_is_after_init(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = {"a/one/README.md": MODEL, "b/two/README.md": MODEL, "c/README.md": MODEL, "data/x/README.md": DATASET}
    repository(tmp_path, {"README.md": "# Ours\n", **cards})
    assert init(tmp_path) == 0
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert main(["lint"]) == 0
    assert main(["owners", "--format", "json"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in ("model:one", "model:two", "model:c", "dataset:x"))


def test_the_settings_say_that_globs_replace_the_usual_places(tmp_path: Path) -> None:
    assert init(team(tmp_path)) == 0
    head = (tmp_path / "handoff.yml").read_text().partition("records:")[0]
    assert "replace its usual places" in " ".join(head.replace("#", "").split())


def test_settings_are_written_beside_a_plugin_without_options(tmp_path: Path) -> None:
    root = team(tmp_path, {"mkdocs.yml": "site_name: X\nplugins: [search, handoff]\n"})
    assert init(root) == 0
    assert read(root, "handoff.yml")["records"]
    assert (root / "mkdocs.yml").read_text() == "site_name: X\nplugins: [search, handoff]\n"


@pytest.mark.parametrize(
    "files",
    [
        {"handoff.yml": "records:\n  term: words/*.md\n"},
        {"mkdocs.yml": "site_name: X\nplugins:\n  - handoff:\n      prefix: wiki\n"},
    ],
)
def test_what_settings_lack_is_given_as_lines_to_paste(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    root = team(tmp_path, files)
    assert init(root) == 0
    capsys.readouterr()
    assert init(root) == 0
    said = capsys.readouterr().out
    block = said.partition("add them to `records:`")[2].partition("\n")[2].partition("\n\n")[0]
    assert yaml.safe_load(block)["records"]["model"] == ["ml/*/README.md"]
    assert "1 step left to be done by hand" in said.splitlines()[-1]
    assert "nothing to do" not in said


def test_settings_are_told_only_what_they_lack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = team(tmp_path)
    assert init(root) == 0
    git(root, "mv", "words/churn.md", "design/adr/churn.md")
    write_files(root, {"zoo/b.md": MODEL})
    before = (root / "handoff.yml").read_text()
    capsys.readouterr()
    assert init(root) == 0
    block = capsys.readouterr().out.partition("add them to `records:`")[2].partition("\n")[2].partition("\n\n")[0]
    assert yaml.safe_load(block)["records"] == {"model": ["zoo/b.md"], "term": ["design/adr/churn.md"]}
    assert not [glob for glob in ("ml/*/README.md", "data/tickets.md") if glob in block]
    assert (root / "handoff.yml").read_text() == before


# Forges


def lint(root: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.chdir(root)
    return main(["lint", path])


@pytest.mark.parametrize(("ci", "path"), [("github", GITHUB), ("gitlab", GITLAB)])
def test_what_is_written_for_a_forge_is_no_settings_file(
    tmp_path: Path, ci: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert init(team(tmp_path), "--ci", ci) == 0
    assert lint(tmp_path, path, monkeypatch) == 0


@pytest.mark.parametrize("path", [".github/workflows/handoff.yml", ".gitlab/handoff.yml"])
def test_a_workflow_called_handoff_is_no_settings_file(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert init(team(tmp_path, {path: "name: handoff\non: push\n"})) == 0
    assert lint(tmp_path, path, monkeypatch) == 0


def test_a_workflow_of_others_is_left_and_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "name: ours\non: push\njobs: {}\n"
    assert init(team(tmp_path, {GITHUB: text}), "--ci", "github") == 0
    assert (tmp_path / GITHUB).read_text() == text
    assert f"{GITHUB} is there, is none of ours, and is left as it is" in capsys.readouterr().out


def test_pages_that_are_published_already_are_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = "on: push\njobs:\n  docs:\n    steps:\n      - run: mkdocs gh-deploy --force\n"
    assert init(team(tmp_path, {".github/workflows/docs.yml": theirs}), "--ci", "github") == 0
    assert list(read(tmp_path, GITHUB)["jobs"]) == ["lint", "still-true", "digest"]
    assert ".github/workflows/docs.yml publishes pages" in capsys.readouterr().out


def test_what_the_documentation_needs_is_installed_where_the_site_is_built(tmp_path: Path) -> None:
    root = team(tmp_path, {"docs/requirements.txt": "mkdocs-awesome-nav\n"})
    assert init(root, "--ci", "github") == 0
    text = (root / GITHUB).read_text()
    assert text.count("persist-credentials: false") == 4
    assert text.count("-r docs/requirements.txt") == 1
    assert "pip install mkdocs-handoff -r docs/requirements.txt\n      - run: mkdocs build" in text
    assert init(root, "--ci", "gitlab") == 0
    assert "    - pip install mkdocs-handoff -r docs/requirements.txt" in (root / GITLAB).read_text()
    other = team(tmp_path / "other", {"properdocs.yml": "site_name: X\n"})
    assert init(other, "--ci", "github") == 0
    text = (other / GITHUB).read_text()
    assert "pip install 'mkdocs-handoff[properdocs]'  # and what else" in text
    assert "run: properdocs build" in text
    assert "SITE" not in text


def test_jobs_stand_in_stages_that_the_pipeline_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = "stages: [check, deploy]\nbuild:\n  stage: check\n  script: make\n"
    assert init(team(tmp_path, {".gitlab-ci.yml": theirs}), "--ci", "gitlab") == 0
    jobs = read(tmp_path, GITLAB)
    assert jobs[".handoff"]["stage"] == "check"
    assert jobs["pages"]["stage"] == "deploy"
    assert "our checks run in the stage 'check', the site is made in 'deploy'" in capsys.readouterr().out


def rules(root: Path, job: str) -> list[str]:
    return [one["if"] for one in read(root, GITLAB)[job]["rules"]]


def test_no_second_pipeline_is_begun_for_a_merge_request(tmp_path: Path) -> None:
    """A pipeline of merge requests that holds our jobs alone would decide what may be merged."""
    branches = team(tmp_path / "a", {".gitlab-ci.yml": "build:\n  script: make\n"})
    assert init(branches, "--ci", "gitlab") == 0
    assert "merge_request_event" not in (branches / GITLAB).read_text()
    assert rules(branches, "handoff-lint") == ['$CI_COMMIT_BRANCH && $CI_PIPELINE_SOURCE != "schedule"']
    assert "$CI_OPEN_MERGE_REQUESTS" in rules(branches, "handoff-still-true")[0]
    theirs = "workflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'\nbuild:\n  script: make\n"
    requests = team(tmp_path / "b", {".gitlab-ci.yml": theirs})
    assert init(requests, "--ci", "gitlab") == 0
    alone = team(tmp_path / "c")
    assert init(alone, "--ci", "gitlab") == 0
    for root in (requests, alone):
        assert rules(root, "handoff-still-true") == ['$CI_PIPELINE_SOURCE == "merge_request_event"']
        assert "$CI_OPEN_MERGE_REQUESTS == null" in rules(root, "handoff-lint")[1]


@pytest.mark.skipif(os.name == "nt", reason="bash")
@pytest.mark.parametrize(
    ("given", "number"),
    [({"CI_MERGE_REQUEST_IID": "7"}, "7"), ({"CI_OPEN_MERGE_REQUESTS": "group/a!3,group/sub/a!12"}, "12")],
)
def test_the_comment_finds_its_merge_request(tmp_path: Path, given: dict[str, str], number: str) -> None:
    assert init(team(tmp_path), "--ci", "gitlab") == 0
    script = read(tmp_path, GITLAB)["handoff-still-true"]["script"]
    lines = [line for line in script if line.startswith(("number=", "notes="))]
    where = {"CI_API_V4_URL": "https://x/api/v4", "CI_PROJECT_ID": "1", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["bash", "-euc", "\n".join([*lines, 'echo "$notes"'])],
        env=where | given, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == f"https://x/api/v4/projects/1/merge_requests/{number}/notes\n"


@pytest.mark.parametrize(
    "theirs",
    ["pages:\n  script: make site\n", "docs:\n  script: make site\n  pages: true\n  artifacts: {paths: [public]}\n"],
)
def test_a_job_that_publishes_pages_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], theirs: str
) -> None:
    assert init(team(tmp_path, {".gitlab-ci.yml": theirs}), "--ci", "gitlab") == 0
    jobs = read(tmp_path, GITLAB)
    assert "pages" not in jobs
    assert jobs["handoff-site"]["artifacts"] == {"paths": ["handoff-site"]}
    assert jobs["handoff-site"]["script"] == ["mkdocs build --site-dir handoff-site"]
    assert "public/handoff" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ("include: x.yml\n", "make `include:` in .gitlab-ci.yml a list"),
        ("handoff-lint:\n  script: make\n", "handoff-lint"),
        ("a: [\n", "add `- local: .gitlab/mkdocs-handoff.yml` to `include:`"),
    ],
)
def test_a_pipeline_that_cannot_be_added_to_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], theirs: str, told: str
) -> None:
    assert init(team(tmp_path, {".gitlab-ci.yml": theirs}), "--ci", "gitlab") == 0
    assert (tmp_path / ".gitlab-ci.yml").read_text() == theirs
    assert told in capsys.readouterr().out


def test_a_pipeline_that_holds_nothing_is_begun(tmp_path: Path) -> None:
    assert init(team(tmp_path, {".gitlab-ci.yml": "# soon"}), "--ci", "gitlab") == 0
    assert read(tmp_path, ".gitlab-ci.yml") == {"include": [{"local": GITLAB}]}


# Hooks


@pytest.mark.parametrize("text", ["", "# soon\n", "# soon"])
def test_hooks_that_hold_nothing_are_begun(tmp_path: Path, text: str) -> None:
    assert init(team(tmp_path, {".pre-commit-config.yaml": text})) == 0
    assert len(read(tmp_path, ".pre-commit-config.yaml")["repos"]) == 1


def test_without_git_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(tmp_path, {"zoo/a.md": MODEL})
    assert init(tmp_path, "--ci", "github") == 0
    said = capsys.readouterr().out
    assert said.count("there is no git repository here: `git init`, then `mkdocs-handoff init` again") == 2
    assert "pre-commit install" not in said
    assert "commit" not in said.partition("Next:")[2].splitlines()[0]


# Editors


def test_schemas_are_written_for_what_is_kept_in_our_own_form_alone(tmp_path: Path) -> None:
    own = {"zoo/m/model.yml": "kind: model\ntitle: M\n", "teams/a.yml": "title: A\n"}
    assert init(team(tmp_path, {**own, "catalog-info.yaml": CATALOG.replace("support", "help")})) == 0
    names = sorted(path.name for path in (tmp_path / ".handoff/schemas").iterdir())
    assert [name for name in names if "names" not in name] == ["model.schema.json", "team.schema.json"]
    schemas = json.loads((tmp_path / ".vscode/settings.json").read_text())["yaml.schemas"]
    assert "catalog-info.yaml" not in schemas[".handoff/schemas/team.schema.json"]


@pytest.mark.parametrize("make", [team, lambda root: repository(root, {"README.md": "# Ours\n"})])
def test_who_keeps_no_record_in_yaml_gets_no_schema(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    make(tmp_path)
    assert init(tmp_path) == 0
    assert not (tmp_path / ".handoff").exists()
    assert not (tmp_path / ".vscode").exists()


VSCODE = [
    '{"yaml.schemas": {"./x.json": "x/*.yml"}}',
    '{\n  // mine\n  "yaml.schemas": {}\n}\n',
    '{\n  "a": 1,\n  "yaml.schemas": {\n    "./x.json": ["x/*.yml"]\n  },\n  "b": [2]\n}\n',
    '{\r\n  "yaml.schemas": {}\r\n}\r\n',
    "{}",
    '{"yaml.schemas": 3}',
    '{"a": {"yaml.schemas": {}}, "yaml.schemas": {}}',
    f'{{"a": {"1" * 5000}}}',
    '{"a": 1}',
]


@pytest.mark.parametrize("text", VSCODE)
def test_an_editor_keeps_its_settings_and_gets_ours(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = team(tmp_path, {"zoo/m/model.yml": "kind: model\ntitle: M\n", ".vscode/settings.json": text})
    assert init(root) == 0
    after = (root / ".vscode/settings.json").read_bytes().decode()
    if after == text:
        assert "--format vscode" in capsys.readouterr().out
        assert text in (VSCODE[1], *VSCODE[5:8])
        return
    before, now = json.loads(text), json.loads(after)
    ours = now["yaml.schemas"].pop(".handoff/schemas/model.schema.json")
    assert "zoo/m/model.yml" in ours
    assert now == {"yaml.schemas": {}, **before}
    assert '},"' not in after
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.count("\n") == after.count("\r\n") or "\r\n" not in after
    kept = held(root)
    assert init(root) == 0
    assert held(root) == kept


# Baseline


def test_records_of_one_name_are_not_put_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = MODEL.replace("pipeline_tag", "id: same\npipeline_tag")
    root = team(tmp_path, {"zoo/a.md": card, "zoo/b.md": card, "zoo/c.md": "---\npipeline_tag: [a\n---\n# C\n"})
    assert init(root) == 0
    said = capsys.readouterr().out
    assert "2 errors to be mended, which lint tells:" in said
    assert {line.split()[1] for line in said.splitlines() if line.startswith("    zoo/")} == {"record/duplicate"}
    assert "1 file cannot be read: zoo/c.md" in said
    assert "record/duplicate" not in (root / "handoff-baseline.json").read_text()
    assert "yaml/syntax" in (root / "handoff-baseline.json").read_text()
    assert init(root) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("1 step left to be done by hand: see above")


def test_what_is_read_as_another_kind_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = "records: {model: ['**/*.md']}\nexclude: ['README.md']\n"
    assert init(repository(tmp_path, {"handoff.yml": settings, "data/x.md": DATASET})) == 0
    assert "data/x.md looks like a dataset and is read as a model" in capsys.readouterr().out


@pytest.mark.parametrize(("title", "told"), [("", True), ("# Churn\n\n", False)])
def test_a_card_that_is_called_as_its_repository_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], title: str, told: bool
) -> None:
    root = repository(tmp_path, {"README.md": f"---\npipeline_tag: any-to-any\n---\n{title}It says who leaves.\n"})
    git(root, "remote", "add", "origin", "https://host.example/acme/leavers.git")
    assert init(root) == 0
    named = "README.md is model:leavers, as its repository is called, and another in a fork"
    assert (named in capsys.readouterr().out) is told


# Themes


@pytest.mark.parametrize(("theme", "told"), [("readthedocs", True), ("{name: mkdocs}", True), ("material", False)])
def test_what_the_site_needs_is_said(
    tmp_path: Path, theme: str, told: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(team(tmp_path, {"mkdocs.yml": f"site_name: X\ntheme: {theme}\n", "docs/index.md": "# X\n"})) == 0
    assert ("laid out for Material" in capsys.readouterr().out) == told


def test_a_new_site_is_light_or_dark_as_the_reader_has_it(tmp_path: Path) -> None:
    assert init(team(tmp_path)) == 0
    palette = read(tmp_path, "mkdocs.yml")["theme"]["palette"]
    assert [one["scheme"] for one in palette] == ["default", "slate"]
