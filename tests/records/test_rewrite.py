"""Changing several files as one: when one cannot be written, or the run is ended, each holds what it held before."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.records.edit import EditError
from mkdocs_handoff.records.rewrite import Rewrite, Rewrites
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a.yml", "b.yml", "c.yml", "d.yml")

ENDED = """
import os, signal, sys
from mkdocs_handoff.cli import main as cli
from mkdocs_handoff.records import rewrite

replace_file, done = rewrite.replace_file, []

def counted(root, path, *more, **named):
    replace_file(root, path, *more, **named)
    done.append(path)
    if len(done) == 3:
        os.kill(os.getpid(), signal.SIGTERM)

rewrite.replace_file = counted
cli.main.__defaults__ = (["lint", "--fix"],)
cli.run()
"""
"""`lint --fix`, to which a terminate signal comes once three files are written."""


def rewrites(root: Path) -> Rewrites:
    """Return what puts `new` into four files that hold `old`."""
    made = Rewrites(root)
    for name in NAMES:
        made.add(Rewrite(name, "old", "new", name))
    return made


def held(root: Path) -> list[str]:
    return [(root / name).read_text(encoding="utf-8") for name in NAMES]


def test_all_are_written(tmp_path: Path) -> None:
    write_files(tmp_path, dict.fromkeys(NAMES, "old"))
    rewrites(tmp_path).write()
    assert held(tmp_path) == ["new"] * 4


@pytest.mark.parametrize("theirs", ["new", "theirs"])
@pytest.mark.parametrize("first", range(4))
def test_what_another_run_wrote_meanwhile_stays(tmp_path: Path, first: int, theirs: str) -> None:
    """Also where it wrote the same: who comes second and fails has nothing to put back there."""
    write_files(tmp_path, dict.fromkeys(NAMES, "old"))
    ours = rewrites(tmp_path)
    write_files(tmp_path, dict.fromkeys(NAMES[first:], theirs))
    with pytest.raises(EditError, match="changed since it was read"):
        ours.write()
    assert held(tmp_path) == ["old"] * first + [theirs] * (4 - first)


def test_whoever_is_terminated_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    files = {f"models/{name}": "title: A\nlast_reviewed: 2026/01/02\n" for name in NAMES}
    write_files(tmp_path, files)
    done = subprocess.run(
        [sys.executable, "-c", ENDED], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (130, "mkdocs-handoff: stopped\n")
    assert {f"models/{path.name}": path.read_text() for path in (tmp_path / "models").iterdir()} == files
