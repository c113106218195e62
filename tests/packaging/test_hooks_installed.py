"""The hooks as another repository uses them: installed from a clone of this project, by pre-commit and by prek.

Both make an environment and install this project with all it needs: without a network there is nothing to test.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.test_hooks import ENVIRONMENT, HOOKS, REPOSITORY, git
from tests.projects import write_files

PREK = shutil.which("prek", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))))
TOOLS = {"pre-commit": [sys.executable, "-m", "pre_commit"], "prek": [PREK or "prek"]}


def reachable() -> bool:
    try:
        socket.create_connection(("pypi.org", 443), timeout=5).close()
    except OSError:
        return False
    return True


pytestmark = [pytest.mark.slow, pytest.mark.skipif(not reachable(), reason="the hooks are installed from the network")]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what is checked in here, and what is about to be."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("these tests are no checkout of the project")
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (REPOSITORY / name).is_file() and not name.startswith(("tests/", "sample_project/", "docs/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, folder / name)
    git("init", "--quiet", cwd=folder)
    git("add", "--force", ".", cwd=folder)
    git("commit", "--quiet", "-m", "As it is", cwd=folder)
    git("tag", "v0", cwd=folder)
    return folder


@pytest.fixture(scope="module", params=list(TOOLS))
def tool(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name == "prek" and PREK is None:
        pytest.skip("prek is not installed")
    return name


@pytest.fixture(scope="module")
def project(tool: str, clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that names our hooks; each tool has made its environment."""
    folder = tmp_path_factory.mktemp(tool)
    hooks = "".join(f"      - id: {name}\n" for name in HOOKS)
    files = {
        ".pre-commit-config.yaml": f"repos:\n  - repo: {clone.as_uri()}\n    rev: v0\n    hooks:\n{hooks}",
        "handoff.yml": "{}\n",
        "datasets/bookings.yml": "title: Bookings\n",
        "models/churn.yml": "title: Churn\ntraining_data: [dataset:bookings]\n",
    }
    write_files(folder, files)
    git("init", "--quiet", cwd=folder)
    git("add", ".", cwd=folder)
    git("commit", "--quiet", "-m", "Start", cwd=folder)
    done = ran(tool, folder, "install", "--install-hooks")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def ran(tool: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = str(folder.parent / f"{tool}-home")
    more = {"PRE_COMMIT_HOME": home, "PREK_HOME": home, "GIT_CONFIG_COUNT": "1"}
    more |= {"GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always"}
    return subprocess.run(
        [*TOOLS[tool], *arguments],
        cwd=folder,
        env=ENVIRONMENT | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture(autouse=True)
def fresh(project: Path) -> None:
    git("reset", "--quiet", "--hard", cwd=project)


def test_a_good_project_passes(tool: str, project: Path) -> None:
    done = ran(tool, project, "run", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 3


def test_a_faulty_record_fails_where_it_is(tool: str, project: Path) -> None:
    (project / "models" / "churn.yml").write_text("title: [Churn\n", encoding="utf-8")
    git("add", ".", cwd=project)
    done = ran(tool, project, "run", "handoff-lint")
    assert done.returncode == 1
    assert "models/churn.yml:" in done.stdout


def test_deleting_what_others_refer_to_stops_the_commit(tool: str, project: Path) -> None:
    git("rm", "--quiet", "datasets/bookings.yml", cwd=project)
    done = ran(tool, project, "run")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Skipped" in done.stdout.splitlines()[0] or "handoff-lint" not in done.stdout
    assert "reference/deleted" in done.stdout
