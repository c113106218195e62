"""A project, and what of its findings is told."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_handoff.cli import files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.cli.asked.changed import Touched
    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.project import Project


class Put(NamedTuple):
    """A finding that somebody has put aside.

    Attributes:
        finding: What would else be told.
        external: Whether a file beside the records says so (a baseline), and not the record itself.
        why: The reason that is given.
    """

    finding: Finding
    external: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A project, and those of its findings that were asked for.

    Attributes:
        findings: What is told.
        touched: What a change touches, where only that is asked for.
        aside: What is not told, because somebody has put it aside; formats that know such a thing carry it.
    """

    project: Project
    findings: tuple[Finding, ...]
    touched: Touched | None = None
    aside: tuple[Put, ...] = ()

    def shown(self, finding: Finding) -> str:
        """Return a finding's file as it can be opened from the current folder."""
        return self.opened(finding.place.path)

    def opened(self, path: str) -> str:
        """Return a file of the project as it can be opened from the current folder."""
        return files.shown(os.path.join(self.project.settings.root, path))  # noqa: PTH118 - once a finding

    def published(self, finding: Finding) -> str:
        """Return a finding's file as a forge knows it: from the repository's root; without one, from here."""
        full = os.path.join(self.project.settings.root, finding.place.path)  # noqa: PTH118 - once a finding
        return os.path.relpath(full, _top(self.project.settings.root)).replace(os.sep, "/")

    @property
    def name(self) -> str:
        """The project's folder, from the repository's root."""
        root = self.project.settings.root
        return os.path.relpath(root, _top(root)).replace(os.sep, "/")

    def elsewhere(self, finding: Finding) -> bool:
        """Tell whether a finding stands in a file that the change leaves as it was."""
        return self.touched is not None and finding.place.path not in self.touched.paths


@lru_cache(maxsize=16)
def _top(root: Path) -> Path:
    """Return the root of the repository that a folder is in. Looked for on disk: no format needs git for this."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), Path.cwd())


def numbered(findings: Iterable[Finding], name: str) -> list[str]:
    """Return a key for each finding that outlives an edit elsewhere in its file: no line is part of it.

    What is told twice in the same words of the same file is told apart by its number.

    Args:
        findings: In the order of their places.
        name: What else tells them apart: the project's folder.
    """
    from hashlib import sha256  # noqa: PLC0415 - only formats that carry keys

    keys, seen = [], dict[tuple[str, ...], int]()
    for one in findings:
        what = (name, one.place.path, one.rule, one.subject, one.message)
        seen[what] = seen.get(what, 0) + 1
        keys.append(sha256("\0".join((*what, str(seen[what]))).encode("utf-8", "surrogateescape")).hexdigest()[:32])
    return keys
