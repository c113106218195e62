"""A wiki in a real repository: commits on given days, and the verdicts of a day."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from mkdocs_handoff.past import look_back
from mkdocs_handoff.project import Project, load
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.staleness.judge import staleness

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs_handoff.staleness.verdict import Staleness, Standing
    from tests.history.repositories import Repository

TODAY = "2026-06-01"
_RUN = "from mkdocs_handoff.cli.main import run; run()"


@dataclass
class Wiki:
    """A repository of records, and the folder in it that is the project's root."""

    repo: Repository
    folder: str = ""

    @property
    def root(self) -> Path:
        """The project's root."""
        return self.repo.root / self.folder

    def on(self, day: str, files: Mapping[str, str | bytes | None] | None = None, subject: str = "Change") -> str:
        """Commit files at noon of a day; None removes one."""
        inside = {f"{self.folder}{path}": text for path, text in (files or {}).items()}
        return self.repo.commit(inside, subject, time=noon(day))

    def project(self) -> Project:
        """Read the records as they are on disk."""
        return load(find_settings(self.root))

    def judge(self, today: str = TODAY) -> Staleness:
        """Judge all records as they are on disk."""
        project = self.project()
        past = look_back(project.settings, date.fromisoformat(today))
        return staleness(project.catalog, project.settings.root, past.history, past.today)

    def standing(self, name: str, today: str = TODAY) -> Standing:
        """Judge one record, `kind:name`."""
        return next(one for identity, one in self.judge(today).standings.items() if str(identity) == name)

    def verdict(self, name: str, today: str = TODAY) -> str:
        """Return the verdict on one record."""
        return str(self.standing(name, today).verdict)

    def reasons(self, name: str, today: str = TODAY) -> list[str]:
        """Return the reasons for a verdict, as text."""
        return [reason.text for reason in self.standing(name, today).reasons]

    def review(self, *arguments: str, by: str = "ann", today: str = TODAY) -> subprocess.CompletedProcess[str]:
        """Run `mkdocs-handoff review` as a process, with the answer yes."""
        command = [sys.executable, "-c", _RUN, "review", *arguments]
        command += ["--by", by, "--still-true", "--today", today]
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)

    def without_git(self, folder: Path) -> Wiki:
        """Return the same files in a folder that is no repository."""
        shutil.copytree(self.repo.root, folder, ignore=shutil.ignore_patterns(".git"))
        return Wiki(type(self.repo)(folder), self.folder)


def noon(day: str) -> int:
    """Return noon of a day in UTC, in seconds since 1970."""
    return int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp())
