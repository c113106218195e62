"""Repositories that know nothing of us: what other tools and conventions write."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from tests.history.repositories import ENVIRONMENT
from tests.projects import write_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MADR_3 = (
    "---\nstatus: accepted\ndate: 2024-05-01\ndeciders: Ann Lee, Bo Kim\n---\n# {}\n\n"
    "## Context and Problem Statement\n\n"
    "It was slow.\n\n## Considered Options\n\n* A\n\n## Decision Outcome\n\nA.\n"
)
NYGARD = (
    "# 1. {}\n\nDate: 2020-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nX.\n\n## Decision\n\nY.\n\n"
    "## Consequences\n\nZ.\n"
)
MODEL = (
    "---\nlicense: mit\npipeline_tag: text-classification\nbase_model: org/base\ndatasets: [tickets]\n---\n# Triage\n\n"
    "Reads tickets.\n"
)
DATASET = (
    "---\npretty_name: Tickets\ntask_categories: [text-classification]\nsize_categories: [1K<n<10K]\n---\n# Tickets\n"
)
CATALOG = (
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: support}\n"
    "spec: {type: team, children: [], members: [ann]}\n---\n"
    "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: ann}\nspec: {memberOf: [support]}\n"
)
TERM = "---\ntitle: Churn\nid: churn\nshort_description: Leaving.\naka: [attrition]\n---\nA customer leaves.\n"

TEAM: Mapping[str, str] = {
    "README.md": "# Our repository\n",
    "design/adr/0001-cache.md": MADR_3.format("Use a cache"),
    "design/adr/0002-queue.md": MADR_3.format("Use a queue"),
    "design/adr/README.md": "# Decisions\n",
    "design/adr/template.md": MADR_3.format("Title"),
    "old/decisions/0001-first.md": NYGARD.format("First"),
    "ml/triage/README.md": MODEL,
    "ml/other/README.md": MODEL.replace("Triage", "Other"),
    "ml/triage/.eval_results/acc.yaml": "- dataset: {id: tickets, task_id: default}\n  value: 0.91\n",
    "ml/triage/train/MLmodel": "flavors: {}\n",
    "data/tickets.md": DATASET,
    "ops/backstage.yaml": CATALOG,
    "words/churn.md": TERM,
    "notes/meeting.md": "# Meeting\n\n## Decision\n\nNo.\n",
    "dvc.yaml": "stages: {}\n",
    ".github/CODEOWNERS": "/ml/ @org/support\n",
    "node_modules/x/adr/0001-theirs.md": NYGARD.format("Theirs"),
    ".venv/adr/0001-theirs.md": NYGARD.format("Theirs"),
}


IDENTITY = {
    "GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org", "GIT_AUTHOR_DATE": "2026-01-05T12:00:00Z",
    "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "ann@example.org", "GIT_COMMITTER_DATE": "2026-01-05T12:00:00Z",
}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=ENVIRONMENT | IDENTITY, check=True, capture_output=True, text=True
    )
    return done.stdout


def team(folder: Path, more: Mapping[str, str] | None = None) -> Path:
    """Make the repository of a team that has been documenting for years."""
    write_files(folder, {**TEAM, **(more or {})})
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--force", ".")
    git(folder, "commit", "--quiet", "-m", "Begin")
    return folder


def held(folder: Path) -> dict[str, bytes]:
    """Return what all files below a folder hold, those of git too."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a command: no configuration of git but Ann's name."""
    return {**os.environ, **ENVIRONMENT, **IDENTITY, **more}
