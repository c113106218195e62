"""The hooks offered to other repositories, run by pre-commit itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from identify import identify

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
MANIFEST = REPOSITORY / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.org",
}


def pre_commit(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *map(str, arguments)],
        cwd=cwd,
        env=ENVIRONMENT | {"PRE_COMMIT_HOME": str(cwd / ".git" / "pre-commit")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def git(*arguments: str, cwd: Path) -> None:
    subprocess.run(["git", *arguments], cwd=cwd, env=ENVIRONMENT, check=True, capture_output=True)


def matches(hook: dict[str, Any], path: str) -> bool:
    """Tell whether pre-commit would hand a file of this name to a hook, by its types."""
    return bool(set(hook["types_or"]) & identify.tags_from_filename(path))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with two records and our hooks, taken from this environment so that nothing is fetched."""
    git("init", "--quiet", cwd=tmp_path)
    program = Path(sys.executable).with_name("mkdocs-handoff").as_posix()
    hooks = [
        hook | {"language": "system", "entry": hook["entry"].replace("mkdocs-handoff", program, 1)}
        for hook in HOOKS.values()
    ]
    files = {
        ".pre-commit-config.yaml": yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}),
        "handoff.yml": "{}\n",
        "docs/index.md": "# Home\n",
        "datasets/bookings.yml": "title: Bookings\nversion: '1'\n",
        "models/churn.yml": "title: Churn\ntraining_data: [dataset:bookings]\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    git("add", ".", cwd=tmp_path)
    git("commit", "--quiet", "-m", "Start", cwd=tmp_path)
    return tmp_path


@pytest.mark.parametrize(("command", "file"), [("manifest", MANIFEST.name), ("config", ".pre-commit-config.yaml")])
def test_pre_commit_accepts_both_files(command: str, file: str, tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / file, tmp_path / file)
    done = pre_commit(f"validate-{command}", file, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_hook_per_file_and_two_of_the_project() -> None:
    assert list(HOOKS) == ["handoff-lint", "handoff-check", "handoff-changed"]


@pytest.mark.parametrize(
    "path",
    [
        "models/churn.yml",
        "models/churn.yaml",
        "models/churn/README.md",
        "models/README.md.handoff.yml",
        "glossary.yml",
        "docs/decisions/0001-x.md",
    ],
)
def test_lint_is_given_record_files(path: str) -> None:
    assert matches(HOOKS["handoff-lint"], path)


@pytest.mark.parametrize(
    "path", ["training/train.py", "reports/metrics.json", "data/scores.csv", "docs/plot.png", "Makefile"]
)
def test_lint_is_not_given_other_files(path: str) -> None:
    assert not matches(HOOKS["handoff-lint"], path)


@pytest.mark.parametrize("name", ["handoff-check", "handoff-changed"])
def test_the_whole_project_is_checked_whatever_changes(name: str) -> None:
    hook = HOOKS[name]
    assert hook["always_run"] is True
    assert hook["pass_filenames"] is False


def test_a_good_commit_passes(project: Path) -> None:
    done = pre_commit("run", "--all-files", cwd=project)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Passed") == 3


def test_a_faulty_record_stops_the_commit_that_brings_it(project: Path) -> None:
    (project / "models" / "churn.yml").write_text("title: [Churn\n", encoding="utf-8")
    git("add", ".", cwd=project)
    done = pre_commit("run", "handoff-lint", cwd=project)
    assert done.returncode == 1
    assert "models/churn.yml:" in done.stdout
    assert "yaml/syntax" in done.stdout


def test_lint_leaves_faults_of_other_files_alone_and_check_does_not(project: Path) -> None:
    (project / "models" / "churn.yml").write_text("title: [Churn\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "-m", "Break", cwd=project)
    (project / "docs" / "index.md").write_text("# Home again\n", encoding="utf-8")
    git("add", ".", cwd=project)
    assert pre_commit("run", "handoff-lint", cwd=project).returncode == 0
    assert pre_commit("run", "handoff-check", cwd=project).returncode == 1


def test_what_a_deletion_breaks_stops_the_commit(project: Path) -> None:
    git("rm", "--quiet", "datasets/bookings.yml", cwd=project)
    done = pre_commit("run", cwd=project)
    lint, check = done.stdout.splitlines()[:2]
    assert "Skipped" in lint
    assert "Passed" in check
    assert "reference/deleted" in done.stdout
    assert done.returncode == 1


def test_the_first_commit_of_a_repository_passes(project: Path) -> None:
    shutil.rmtree(project / ".git")
    git("init", "--quiet", cwd=project)
    git("add", ".", cwd=project)
    done = pre_commit("run", cwd=project)
    assert done.returncode == 0, done.stdout
