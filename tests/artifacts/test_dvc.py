"""What DVC writes, read without DVC, and held against files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.artifacts import dvc
from mkdocs_handoff.artifacts.checked import State
from tests.artifacts.test_checked import found
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


ROWS, MODEL = b"a,b\n1,2\n", b"\0model\n"
FOLDER = {"x.txt": b"x", "sub/y.txt": b"y"}
OF_FOLDER = md5(
    json.dumps([{"md5": md5(FOLDER[name]), "relpath": name} for name in sorted(FOLDER)], sort_keys=True).encode()
)
LOCK = f"""\
schema: '2.0'
stages:
  split:
    cmd: python split.py
    deps:
    - path: data/rows.csv
      hash: md5
      md5: {md5(ROWS)}
      size: {len(ROWS)}
    params:
      params.yaml:
        seed: 7
    outs:
    - path: data/parts
      hash: md5
      md5: {OF_FOLDER}.dir
      size: 2
      nfiles: 2
  train@big:
    cmd:
    - python train.py
    - echo done
    deps:
    - path: data/rows.csv
      hash: md5
      md5: {md5(ROWS)}
    - path: s3://bucket/x
      etag: abc
    outs:
    - path: model.bin
      hash: md5
      md5: {md5(MODEL)}
    - path: old.txt
      md5: {md5(b"old")}
"""
RECORD = "title: Train\ndvc_lock: dvc.lock\nsteps: [{id: train}]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {f"data/parts/{name}": content for name, content in FOLDER.items()}
    more: dict[str, str | bytes] = {"handoff.yml": "{}\n", "pipelines/train.yml": RECORD, "dvc.lock": LOCK}
    return write_files(tmp_path, {**more, **files, "data/rows.csv": ROWS, "model.bin": MODEL, "old.txt": b"old"})


def test_a_lock_is_read_as_plain_data() -> None:
    split, train = dvc.read_lock(LOCK)
    assert (split.name, split.commands, split.parameters) == (
        "split",
        ("python split.py",),
        {"params.yaml": {"seed": "7"}},
    )
    assert train.commands == ("python train.py", "echo done")
    (folder,) = split.outs
    assert (folder.directory, folder.content, folder.files, folder.alg) == (True, OF_FOLDER, 2, "md5")
    assert [entry.elsewhere for entry in train.deps] == [False, True]
    assert train.outs[1].alg == dvc.LEGACY
    assert train.outs[0].at == ("stages", "train@big", "outs", 0)


def test_a_lock_of_dvc_1_has_its_stages_at_the_top() -> None:
    (stage,) = dvc.read_lock("train:\n  cmd: x\n  outs:\n  - path: a\n    md5: 00ff\n")
    assert (stage.name, stage.outs[0].path, stage.outs[0].alg) == ("train", "a", dvc.LEGACY)


@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "just words\n"])
def test_a_text_that_is_no_lock_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(dvc.DvcError) as error:
        dvc.read_lock(text)
    assert error.value.line >= 1


@pytest.mark.parametrize("text", ["stages: 1\n", "stages: {a: 1}\n", "stages: {a: {outs: [1, {md5: 2}], deps: x}}\n"])
def test_what_is_not_as_dvc_writes_it_is_passed_over(text: str) -> None:
    assert all(not stage.outs and not stage.deps for stage in dvc.read_lock(text))


def test_the_folders_of_stages_are_read() -> None:
    text = "stages:\n  a: {cmd: x, wdir: code}\n  b: {foreach: [1], do: {cmd: x, wdir: more}}\n  c: {cmd: x}\n"
    assert dvc.read_folders(text) == {"a": "code", "b": "more"}


def test_what_is_kept_beside_a_file_is_read() -> None:
    (one,) = dvc.read_dvc(f"wdir: ..\nouts:\n- md5: {md5(ROWS)}\n  size: 8\n  hash: md5\n  path: rows.csv\n")
    assert (one.path, one.alg, one.size) == ("../rows.csv", "md5", 8)


def test_a_lock_that_a_pipeline_names_is_held_against_the_files(root: Path) -> None:
    states = {path: one.state for path, one in found(root).items()}
    assert states == {
        "data/parts": State.MATCH,
        "model.bin": State.MATCH,
        "old.txt": State.MATCH,
        "data/rows.csv": State.MATCH,
        "s3://bucket/x": State.NOT_HERE,
    }
    one = found(root)["model.bin"]
    assert str(one.stated.place).startswith("dvc.lock:30:")


@pytest.mark.parametrize(
    ("content", "hashed", "state"),
    [
        (b"a\nb\n", b"a\nb\n", State.MATCH),
        (b"a\r\nb\r\n", b"a\nb\n", State.MATCH),
        (b"\0\1a\r\n", b"\0\1a\r\n", State.MATCH),
        (b"a\r\n" * 300_000, b"a\n" * 300_000, State.MATCH),
        (b"a\nb\n", b"a\r\nb\r\n", State.MISMATCH),
        (b"a\n", b"b\n", State.MISMATCH),
    ],
)
def test_the_md5_of_dvc_2_is_the_plain_one_or_that_of_the_text_with_other_line_ends(
    tmp_path: Path, content: bytes, hashed: bytes, state: State
) -> None:
    lock = f"stages:\n  t:\n    cmd: x\n    outs:\n    - path: a\n      md5: {md5(hashed)}\n"
    files = {"a": content, "dvc.lock": lock, "pipelines/p.yml": "dvc_lock: dvc.lock\n"}
    write_files(tmp_path, {"handoff.yml": "{}\n", **files})
    assert found(tmp_path)["a"].state is state


def test_a_folder_of_dvc_2_mixes_both(tmp_path: Path) -> None:
    listed = [{"md5": md5(b"\0\r\n"), "relpath": "b"}, {"md5": md5(b"x\n"), "relpath": "t"}]
    whole = md5(json.dumps(listed, sort_keys=True).encode())
    lock = f"stages:\n  t:\n    cmd: x\n    outs:\n    - path: d\n      md5: {whole}.dir\n"
    files = {"d/b": b"\0\r\n", "d/t": b"x\r\n", "dvc.lock": lock, "pipelines/p.yml": "dvc_lock: dvc.lock\n"}
    write_files(tmp_path, {"handoff.yml": "{}\n", **files})
    assert found(tmp_path)["d"].state is State.MATCH


def test_a_folder_that_changed_is_told(root: Path) -> None:
    write_files(root, {"data/parts/x.txt": b"z"})
    assert found(root)["data/parts"].state is State.MISMATCH
    write_files(root, {"data/parts/x.txt": b"x", "data/parts/more.txt": b""})
    assert found(root)["data/parts"].state is State.MISMATCH


def test_a_folder_with_a_link_out_is_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "y.txt").write_bytes(b"y")
    (root / "data/parts/sub/y.txt").unlink()
    (root / "data/parts/sub/y.txt").symlink_to(other / "y.txt")
    assert found(root)["data/parts"].state is State.OUTSIDE


def test_what_dvc_keeps_need_not_be_here(root: Path) -> None:
    for path in ("model.bin", "data/rows.csv"):
        (root / path).unlink()
    states = found(root)
    assert (states["model.bin"].state, "dvc pull" in states["model.bin"].hint) == (State.NOT_HERE, True)
    assert states["data/rows.csv"].state is State.MISSING
    kept = f"outs:\n- md5: {md5(ROWS)}\n  hash: md5\n  size: 8\n  path: rows.csv\n"
    write_files(root, {"data/rows.csv.dvc": kept})
    assert found(root)["data/rows.csv"].state is State.POINTER
    write_files(root, {"data/rows.csv.dvc": kept.replace(md5(ROWS), md5(b"other"))})
    assert found(root)["data/rows.csv"].state is State.MISMATCH
    write_files(root, {"data/rows.csv.dvc": "- no\n"})
    assert found(root)["data/rows.csv"].state is State.MALFORMED


def test_paths_count_from_the_stages_folder(root: Path) -> None:
    write_files(root, {"dvc.yaml": "stages: {train: {wdir: code}}\n", "code/model.bin": b"other"})
    assert found(root)["model.bin"].state is State.MISMATCH
    write_files(root, {"dvc.yaml": "stages: {train: {wdir: '${folder}'}}\n"})
    assert found(root)["model.bin"].state is State.NOT_HERE
    write_files(root, {"dvc.yaml": "stages: {train: {wdir: ../../..}}\n"})
    assert found(root)["model.bin"].state is State.OUTSIDE


@pytest.mark.parametrize(
    ("lock", "state", "place"),
    [
        (None, State.MISSING, "pipelines/train.yml:2:11"),
        ("a: [\n", State.MALFORMED, "dvc.lock:2:1"),
        ("- x\n", State.MALFORMED, "dvc.lock:1:1"),
        (b"\xff\xfe", State.MALFORMED, "pipelines/train.yml:2:11"),
    ],
)
def test_a_lock_that_cannot_be_read_is_told_at_its_place(
    root: Path, lock: str | bytes | None, state: State, place: str
) -> None:
    (root / "dvc.lock").unlink()
    write_files(root, {"dvc.lock": lock} if lock is not None else {})
    (one,) = found(root).values()
    assert (one.state, str(one.stated.place)) == (state, place)
