"""Projects for tests: written to a folder, read, and what was found in them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.project import Project, load
from mkdocs_handoff.settings import find_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
EXAMPLES = HERE / "examples"
NOT_FILES_OF_IT = ("expected.txt", "setup.txt")
"""What stands in an example's folder for the test alone: what lint prints, and what no repository can hold."""


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, by path; text as UTF-8 with the line ends it has."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def lint(folder: Path, level: str = "base") -> Project:
    """Read the project in a folder."""
    return load(find_settings(folder), level)


def told(project: Project) -> list[str]:
    """Return a project's findings as `path:line:column rule`."""
    return [f"{finding.place} {finding.rule}" for finding in project.findings]


def examples(goodness: str) -> Iterator[Path]:
    """Yield the folders of the `good` or the `bad` examples: `good/NAME`, `bad/FAMILY/RULE…`."""
    folder = EXAMPLES / goodness
    yield from sorted(folder.glob("*/*") if goodness == "bad" else folder.glob("*"))


def copied(example: Path, folder: Path) -> Path:
    """Copy an example to a folder of its own, and make what its `setup.txt` asks for.

    `link PATH TARGET` makes a symbolic link, `size PATH BYTES` a file of so many bytes.
    """
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns(*NOT_FILES_OF_IT))
    setup = example / "setup.txt"
    for line in setup.read_text(encoding="utf-8").splitlines() if setup.is_file() else ():
        word, path, argument = line.split()
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if word == "link":
            target.symlink_to(argument)
        elif word == "size":
            target.write_bytes(b"x" * int(argument))
        else:
            raise ValueError(line)
    return folder


def real_files() -> Path | None:
    """Return the folder of record files that others wrote, if it is there: `HANDOFF_REAL`, or beside the checkout."""
    named = os.environ.get("HANDOFF_REAL")
    folder = Path(named) if named else HERE.parent.parent / "shared" / "real"
    return folder if folder.is_dir() else None
