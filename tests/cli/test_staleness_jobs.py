"""The jobs that docs/staleness.md gives away, run as they stand there, with stand-ins for the forges."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from mkdocs_handoff.cli.shown.comment import MARK
from tests.history.repositories import ENVIRONMENT, Repository, repository

pytestmark = pytest.mark.skipif(not shutil.which("jq") or os.name == "nt", reason="the documented jobs need sh and jq")

DOCUMENTED = Path(__file__).parents[2] / "docs" / "staleness.md"
CARD = "title: Churn\nlast_reviewed: 2023-11-14\ncovers: src/**\n"
# What is changed goes to `asked`, by verb and address, with the text; what is read is answered from `there.json`.
STAND_IN = """#!/bin/sh
verb=GET; body=; filter=.
while [ $# -gt 0 ]; do
  case "$1" in
    --method|--request) verb=$2; shift ;;
    --jq) filter=$2; shift ;;
    --header) shift ;;
    --field) body=${2#body=@}; shift ;;
    --data-urlencode) body=${2#body@}; shift ;;
    --paginate|--silent|--show-error|--fail|api) ;;
    -*) echo "unexpected: $1" >&2; exit 22 ;;
    *) address=$1 ;;
  esac
  shift
done
if [ "$verb" = GET ]; then jq -r "$filter" "$PLACE/there.json"; exit; fi
echo "$verb $address" >> "$PLACE/asked"
cat "$body" >> "$PLACE/asked"
"""


def documented(mark: str) -> dict[str, object]:
    """Return the job of the documentation that holds a mark."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENTED.read_text(encoding="utf-8"), re.DOTALL)
    (found,) = [block for block in blocks if mark in block]
    return dict(yaml.safe_load(found))


def github(mark: str, step: int) -> str:
    (job,) = documented(mark)["jobs"].values()  # type: ignore[attr-defined]
    return str(job["steps"][step]["run"])


def gitlab() -> str:
    job = documented("merge_request_event")["still-true"]
    assert job["variables"] == {"GIT_DEPTH": 0}  # type: ignore[index]
    return "\n".join(job["script"])  # type: ignore[index]


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """A clone whose branch changed what a model covers."""
    made = repository(tmp_path / "upstream")
    made.commit({"handoff.yml": "", "models/churn.yml": CARD, "src/a.py": "1\n"})
    clone = made.clone(tmp_path / "clone")
    clone.git("checkout", "-q", "-b", "topic")
    clone.commit({"src/a.py": "2\n"}, "Read gaps")
    return clone


def carried_out(script: str, repo: Repository, there: object, **more: str) -> str:
    """Run a script where `gh` and `curl` are stand-ins; return what was asked of the forge."""
    place = repo.root.parent / "place"
    place.mkdir(exist_ok=True)
    for name in ("gh", "curl"):
        (place / name).write_text(STAND_IN)
        (place / name).chmod(0o755)
    command = place / "mkdocs-handoff"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from mkdocs_handoff.cli.main import run; run()" "$@"\n')
    command.chmod(0o755)
    (place / "there.json").write_text(json.dumps(there))
    (place / "asked").write_text("")
    environment = {
        **ENVIRONMENT,
        "PATH": f"{place}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(DOCUMENTED.parents[1]),
        "XDG_CACHE_HOME": str(place / "cache"),
        "PLACE": str(place),
        "GITHUB_REPOSITORY": "acme/models",
        "GITHUB_BASE_REF": "main",
        "GITHUB_STEP_SUMMARY": str(place / "summary"),
        "GH_TOKEN": "none",
        "NUMBER": "12",
        "FORK": "false",
        "CI_API_V4_URL": "https://gitlab.example.com/api/v4",
        "CI_MERGE_REQUEST_PROJECT_ID": "3",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "NOTES_TOKEN": "none",
        **more,
    }
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=repo.root, env=environment, capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    return (place / "asked").read_text() + (done.stdout if not more.get("NOTES_TOKEN", "none") else "")


FORGES = ["github", "gitlab"]
ADDRESSES = {
    "github": ("repos/acme/models/issues/12/comments", "PATCH repos/acme/models/issues/comments/5"),
    "gitlab": (
        "https://gitlab.example.com/api/v4/projects/3/merge_requests/7/notes",
        "PUT https://gitlab.example.com/api/v4/projects/3/merge_requests/7/notes/5",
    ),
}
OTHERS = [
    {"id": 3, "user": {"login": "ann"}, "body": "I quote: mkdocs-handoff"},
    {"id": 4, "user": {"login": "github-actions[bot]"}, "body": "Coverage: 90 %"},
]
OURS = {"id": 5, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nEarlier."}


def script_of(forge: str) -> str:
    return github("still-true.yml", -1) if forge == "github" else gitlab()


@pytest.mark.parametrize("forge", FORGES)
def test_a_first_comment_is_posted_and_a_later_one_edits_it(repo: Repository, forge: str) -> None:
    new, edited = ADDRESSES[forge]
    asked = carried_out(script_of(forge), repo, OTHERS)
    assert asked.startswith(f"POST {new}\n{MARK}\n### This change makes 1 record suspect")
    asked = carried_out(script_of(forge), repo, [*OTHERS, OURS])
    assert asked.startswith(f"{edited}\n{MARK}\n### This change makes 1 record suspect")
    assert asked.count(MARK) == 1


@pytest.mark.parametrize("forge", FORGES)
def test_nothing_suspect_begins_no_comment_and_mends_an_earlier_one(repo: Repository, forge: str) -> None:
    repo.commit({"src/a.py": "1\n"}, "Take it back")
    repo.git("checkout", "-q", "-B", "topic", "origin/main")
    repo.commit({"README.md": "x\n"}, "Prose")
    assert carried_out(script_of(forge), repo, OTHERS) == ""
    asked = carried_out(script_of(forge), repo, [*OTHERS, OURS])
    assert asked == f"{ADDRESSES[forge][1]}\n{MARK}\nThis change makes no record suspect.\n"


def test_a_fork_may_only_read(repo: Repository) -> None:
    assert carried_out(script_of("github"), repo, OTHERS, FORK="true") == ""
    assert (repo.root.parent / "place" / "summary").read_text().startswith(MARK)
    assert carried_out(script_of("gitlab"), repo, OTHERS, NOTES_TOKEN="").startswith(MARK)


def test_somebody_else_who_writes_the_mark_keeps_their_comment(repo: Repository) -> None:
    theirs = {**OURS, "user": {"login": "ann"}}
    assert carried_out(script_of("github"), repo, [theirs]).startswith("POST ")


def test_the_weekly_line_is_committed_and_pushed_once(repo: Repository) -> None:
    upstream = Repository(repo.root.parent / "upstream")
    upstream.git("checkout", "-q", "-b", "elsewhere")
    repo.git("checkout", "-q", "main")
    job = documented("Staleness of the week")
    assert "workflow_dispatch" in job[True]  # type: ignore[index, operator]  # YAML 1.1 reads `on` so
    script = github("Staleness of the week", 2)
    carried_out(script, repo, [], SOURCE_DATE_EPOCH="1701000000")
    assert json.loads(upstream.git("show", "main:staleness.jsonl"))["records"] == 1
    before = upstream.git("rev-parse", "main")
    carried_out(script, repo, [], SOURCE_DATE_EPOCH="1701000000")
    upstream_log = upstream.git("log", "--format=%s", "main").splitlines()
    assert upstream_log[0] == "Staleness of the week"
    assert before
