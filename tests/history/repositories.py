"""Real git repositories for tests: fixed dates, authors and time zone, nothing of the user's configuration."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

START = 1_700_000_000
"""2023-11-14. A commit without a time of its own comes a day after the one before it."""

DAY = 86_400

_OPTIONS = (
    "-c", "protocol.file.allow=always", "-c", "user.name=Committer", "-c", "user.email=committer@example.org",
)  # fmt: skip

ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "HOME": "/nonexistent",
    "XDG_CONFIG_HOME": "/nonexistent",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "TZ": "UTC",
    "LC_ALL": "C",
}


@dataclass
class Repository:
    """A repository that is being made, and the folder of its work tree."""

    root: Path
    days: int = 0
    shas: dict[str, str] = field(default_factory=dict)

    def git(self, *arguments: str | bytes, **environment: str) -> str:
        """Run git there and return what it printed."""
        done = subprocess.run(
            ["git", *_OPTIONS, *arguments],
            cwd=self.root,
            env={**ENVIRONMENT, **environment},
            capture_output=True,
            check=False,
        )
        assert not done.returncode, done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8", "surrogateescape").strip("\n")

    def write(self, files: dict[str, str | bytes | None]) -> None:
        """Write files; None removes one."""
        for name, text in files.items():
            path = self.root / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(
        self,
        files: dict[str, str | bytes | None] | None = None,
        subject: str = "Change",
        *,
        time: int | None = None,
        author: str = "Ann <ann@example.org>",
        options: tuple[str, ...] = (),
    ) -> str:
        """Write files, commit all that differs, and return the commit's name."""
        self.write(files or {})
        self.git("add", "-A")
        return self.record(subject, time=time, author=author, options=options)

    def record(
        self,
        subject: str = "Change",
        *,
        time: int | None = None,
        author: str = "Ann <ann@example.org>",
        options: tuple[str, ...] = (),
    ) -> str:
        """Commit what is in the index, and return the commit's name."""
        self.git(
            "commit",
            "-q",
            "--allow-empty",
            "--allow-empty-message",
            "-m",
            subject,
            *options,
            **self._dated(time, author),
        )
        return self.head

    def merge(self, *branches: str, time: int | None = None, options: tuple[str, ...] = ()) -> str:
        """Merge branches, and return the merge's name."""
        self.git("merge", "-q", "--no-ff", "-m", "Merge", *options, *branches, **self._dated(time))
        return self.head

    @property
    def head(self) -> str:
        """The commit that is checked out."""
        return self.git("rev-parse", "HEAD")

    def log(self, path: str, *options: str) -> list[str]:
        """Return what `git log` says of one file."""
        return self.git("--literal-pathspecs", "log", "--format=%H", *options, "--", path).split()

    def clone(self, to: Path, *options: str) -> Repository:
        """Clone it, by its transport and not by hard links, and forget where it came from."""
        subprocess.run(
            ["git", "-c", "protocol.file.allow=always", "clone", "-q", *options, self.root.as_uri(), str(to)],
            env=ENVIRONMENT,
            check=True,
            capture_output=True,
        )
        return Repository(to)

    def _dated(self, time: int | None, author: str = "Ann <ann@example.org>") -> dict[str, str]:
        if time is None:
            time = START + self.days * DAY
            self.days += 1
        name, _, email = author.rpartition("<")
        return {
            "GIT_AUTHOR_NAME": name.strip(),
            "GIT_AUTHOR_EMAIL": email.rstrip(">"),
            "GIT_AUTHOR_DATE": f"@{time} +0000",
            "GIT_COMMITTER_NAME": "Committer",
            "GIT_COMMITTER_EMAIL": "committer@example.org",
            "GIT_COMMITTER_DATE": f"@{time} +0000",
        }


def repository(root: Path, *options: str) -> Repository:
    """Make an empty repository whose branch is `main`."""
    root.mkdir(parents=True, exist_ok=True)
    made = Repository(root)
    made.git("init", "-q", "-b", "main", *options)
    return made
