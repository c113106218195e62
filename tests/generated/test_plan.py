"""A generated folder: what changed is written, what others wrote stays, and nothing is half done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.generated import plan as planning
from mkdocs_handoff.generated.plan import MANIFEST, ManifestError, carry_out, plan
from mkdocs_handoff.text import whole
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a.md", "c.md", "d.md")
ONE = {"a.md": b"a", "b/c.md": b"c"}


def done(folder: Path, files: dict[str, bytes], *, force: bool = False) -> list[tuple[str, str]]:
    found = plan(folder, files, force=force)
    assert not found.refused
    carry_out(found)
    assert plan(folder, files).is_current
    return list(found.steps)


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_files_are_written_changed_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert done(folder, ONE) == [("new", "a.md"), ("new", "b/c.md")]
    assert done(folder, {"a.md": b"A", "d.md": b"d"}) == [("changed", "a.md"), ("removed", "b/c.md"), ("new", "d.md")]
    assert sorted(path.name for path in folder.iterdir()) == [MANIFEST, "a.md", "d.md"]


def test_a_second_run_touches_nothing(tmp_path: Path) -> None:
    done(tmp_path, ONE)
    before = times(tmp_path)
    done(tmp_path, ONE)
    assert times(tmp_path) == before


def test_what_others_wrote_stays_unless_forced(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "theirs", "z.md": "theirs"})
    found = plan(tmp_path, ONE)
    assert [(one.path, one.why) for one in found.refused] == [("a.md", "was there before")]
    done(tmp_path, ONE, force=True)
    done(tmp_path, {})
    assert (tmp_path / "z.md").read_text() == "theirs"


def test_what_was_edited_by_hand_stays(tmp_path: Path) -> None:
    done(tmp_path, ONE)
    write_files(tmp_path, {"a.md": "edited", "b/c.md": "edited"})
    assert [one.path for one in plan(tmp_path, {"a.md": b"new"}).refused] == ["a.md", "b/c.md"]
    assert [one.path for one in plan(tmp_path, {**ONE, "a.md": b"edited"}).refused] == ["b/c.md"]


def test_an_interrupted_run_is_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done(tmp_path, ONE)
    real, left = whole.write_whole, [2]

    def stops(*arguments: object) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(planning, "write_whole", stops)
    with pytest.raises(KeyboardInterrupt):
        carry_out(plan(tmp_path, {"a.md": b"A", "b/c.md": b"C", "d.md": b"D"}))
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.md")} == {
        "a.md": b"a",
        "c.md": b"c",
        "d.md": b"D",
    }
    done(tmp_path, {"a.md": b"other", "b/c.md": b"C"})


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"files": []}', '{"files": {"../x": "1"}}', '{"files": {"/x": "1"}}']
)
def test_a_damaged_manifest_is_told(tmp_path: Path, manifest: str) -> None:
    write_files(tmp_path, {MANIFEST: manifest})
    with pytest.raises(ManifestError):
        plan(tmp_path, ONE)


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    outside = write_files(tmp_path / "outside", {"c.md": "theirs"})
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "b").symlink_to(outside)
    (folder / "a.md").symlink_to(outside / "c.md")
    assert [one.path for one in plan(folder, ONE, force=True).refused] == ["a.md", "b/c.md"]


def test_a_file_in_a_folders_place_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"b": "x", "a.md/x": "x"})
    assert {one.path: one.why for one in plan(tmp_path, ONE, force=True).refused} == {
        "a.md": "is no ordinary file",
        "b/c.md": "would be in b, which is a file",
    }


def test_the_manifest_names_paths_and_checksums_only(tmp_path: Path) -> None:
    done(tmp_path, ONE)
    held = json.loads((tmp_path / MANIFEST).read_text())
    assert list(held["files"]) == ["a.md", "b/c.md"]
    assert all(len(one) == 64 for one in held["files"].values())
