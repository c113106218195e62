"""The files that a model consists of: what they hold, and how large they are."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts import algorithms, lfs
from mkdocs_handoff.artifacts.digest import Trouble, UnreadError, digests, real
from mkdocs_handoff.capture.found import Captured, Harvest, Item, unit
from mkdocs_handoff.capture.surroundings import named_by
from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.artifacts.digest import Progress
    from mkdocs_handoff.capture.found import Way
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
    """Capture the checksums of a model's files: with the version that lists them, else in `checksums`.

    Args:
        around: The record.
        progress: Called with the number of bytes of each piece that was read.
    """
    harvest = Harvest()
    if "checksums" not in around.fields:
        return harvest
    files = list(_files(around, harvest))
    if len(files) > _MOST:
        harvest.notes.append(f"{len(files):,} files may belong to it: checksums are captured of {_MOST} at most")
        return harvest
    for file in files:
        _capture(around, file, progress, harvest)
    return harvest


@dataclass(frozen=True, slots=True)
class _File:
    """A file whose checksum belongs into a record.

    Attributes:
        path: From the project's root.
        way: To the entry of the record that is its own.
        under: The field of the entry that holds algorithm and checksum; none where the entry holds them itself.
        stated: What the entry says of its checksum.
    """

    path: str
    way: Way
    under: tuple[str, ...] = ()
    stated: Mapping[str, Any] = field(default_factory=dict)


def _files(around: Surroundings, harvest: Harvest) -> Iterator[_File]:
    """Yield the files of a model: of its versions, those in `checksums`, those in its folder that look like some."""
    own: set[str] = set()
    entries = [entry for entry in around.record.get("checksums") or () if isinstance(entry, dict)]
    of_versions = list(_of_versions(around, harvest))
    for entry in entries:
        for written in named_by(entry):
            path = around.located(written)
            if path not in own:
                own.add(path or "")
                yield _File(path or written, ("checksums", Item("path", written)), stated=entry)
    for file in of_versions:
        # The checksum that stands elsewhere in the record need not stand here as well.
        if file.stated or file.path not in own:
            yield file
    own.update(file.path for file in of_versions)
    for path in around.files:
        if path not in own and posixpath.splitext(path)[1].lower() in _ENDINGS:
            yield _File(path, ("checksums", Item("path", path)))


def _of_versions(around: Surroundings, harvest: Harvest) -> Iterator[_File]:
    """Yield the artifacts that versions list, but for what is no file of the project."""
    seen: dict[str, str] = {}
    for version in around.record.get("versions") or ():
        name = version.get("version") if isinstance(version, dict) else None
        listed = version.get("artifacts") if isinstance(version, dict) else None
        for entry in listed if isinstance(listed, list) and isinstance(name, str | int | float) else ():
            for written in named_by(entry):
                path = around.located(written)
                if path is None or not around.exists(path):
                    continue
                if not isinstance(entry, dict):  # a path alone has no place for it
                    yield _File(path, ("checksums", Item("path", written)))
                    continue
                stated = entry.get("checksum")
                if stated is not None and not isinstance(stated, dict):
                    continue  # `sha256:…` on one line says it all
                before = seen.setdefault(path, str(name))
                if before != str(name) and not stated:
                    why = f"versions {before} and {name} name it, and a checksum is that of one of them"
                    harvest.notes.append(f"{path} is passed over in version {name}: {why}")
                    continue
                way: Way = ("versions", Item("version", str(name)), "artifacts", Item("path", written))
                yield _File(path, way, ("checksum",), stated or {})


def _capture(around: Surroundings, file: _File, progress: Progress | None, harvest: Harvest) -> None:
    """Capture what one file holds, by the algorithm that the record uses for it."""
    path = file.path
    alg = algorithms.known(str(file.stated.get("alg") or algorithms.SHA_256))
    if alg is None:
        harvest.notes.append(f"{path} is passed over: {file.stated.get('alg')!r} is no algorithm that can be computed")
        return
    try:
        held = digests(real(around.root, path), (alg,), progress)
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
    mark = unit(file.way)
    for key, value in (("alg", alg), ("content", content)):
        harvest.captured.append(Captured((*file.way, *file.under, key), value, value, path, mark))
    written = Plain(str(size))
    harvest.captured.append(Captured((*file.way, "size"), written, written, path, mark))
