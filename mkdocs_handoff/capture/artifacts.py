"""The files that a model consists of: what they hold, and how large they are."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts import algorithms, lfs
from mkdocs_handoff.artifacts.digest import Trouble, UnreadError, digests, real
from mkdocs_handoff.capture.found import Captured, Harvest, Item
from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.artifacts.digest import Progress
    from mkdocs_handoff.capture.surroundings import Surroundings

_ENDINGS = frozenset(
    (
        ".onnx",
        ".pkl",
        ".pickle",
        ".joblib",
        ".safetensors",
        ".pt",
        ".pth",
        ".ckpt",
        ".h5",
        ".hdf5",
        ".keras",
        ".pb",
        ".tflite",
        ".gguf",
        ".ggml",
        ".bin",
        ".cbm",
        ".ubj",
        ".xgb",
        ".lgb",
        ".npz",
        ".npy",
        ".mlmodel",
        ".model",
        ".rds",
        ".skops",
        ".pmml",
        ".xml",
        ".torchscript",
    )
)
_MOST = 200


def artifacts(around: Surroundings, progress: Progress | None = None) -> Harvest:
    """Capture the checksums of a model's files, where no version states them.

    Args:
        around: The record.
        progress: Called with the number of bytes of each piece that was read.
    """
    harvest = Harvest()
    if "checksums" not in around.fields:
        return harvest
    paths = list(_files(around))
    if len(paths) > _MOST:
        harvest.notes.append(f"{len(paths):,} files may belong to it: checksums are captured of {_MOST} at most")
        return harvest
    for path in paths:
        _file(around, path, progress, harvest)
    return harvest


def _files(around: Surroundings) -> Iterator[str]:
    """Yield the files of a model: those in `checksums`, and those in its folder that look like a model's."""
    stated = {str(path) for path in _stated(around)}
    listed = around.record.get("checksums") or ()
    own = [str(one["path"]) for one in listed if isinstance(one, dict) and one.get("path")]
    yield from dict.fromkeys(own)
    for path in around.files:
        ending = posixpath.splitext(path)[1].lower()
        if path not in stated and path not in own and ending in _ENDINGS:
            yield path


def _stated(around: Surroundings) -> Iterator[str]:
    """Yield the files whose checksums stand with a version."""
    for version in around.record.get("versions") or ():
        for one in (version.get("artifacts") or ()) if isinstance(version, dict) else ():
            if isinstance(one, dict) and isinstance(one.get("path"), str):
                yield posixpath.normpath(one["path"])
            elif isinstance(one, str):
                yield posixpath.normpath(one)


def _file(around: Surroundings, path: str, progress: Progress | None, harvest: Harvest) -> None:
    """Capture what one file holds, by the algorithm that the record uses for it."""
    listed = around.record.get("checksums") or ()
    entry = next((one for one in listed if isinstance(one, dict) and one.get("path") == path), {})
    alg = algorithms.known(str(entry.get("alg") or algorithms.SHA_256))
    if alg is None:
        harvest.notes.append(f"{path} is passed over: {entry.get('alg')!r} is no algorithm that can be computed")
        return
    try:
        held = digests(real(around.root, posixpath.normpath(path)), (alg,), progress)
    except UnreadError as error:
        if error.trouble is Trouble.OUTSIDE:
            hint = "Copy the file into the repository, or leave it out."
            harvest.findings.append(Finding(Place(path), "value/outside", error.reason, hint))
        elif error.trouble is not Trouble.MISSING:  # one that is kept elsewhere is nothing to tell
            harvest.broken(path, error.reason)
        return
    size, content = held.size, held.values[alg]
    pointer = lfs.pointer(held.head, held.size)
    if pointer is not None:
        if alg != algorithms.SHA_256:
            harvest.notes.append(f"{path} is passed over: its content was not fetched (`git lfs pull`)")
            return
        size, content = pointer.size, pointer.oid
    way = ("checksums", Item("path", path))
    for key, value in (("alg", alg), ("content", content), ("size", Plain(str(size)))):
        harvest.captured.append(Captured((*way, key), value, value, path, "checksums"))
