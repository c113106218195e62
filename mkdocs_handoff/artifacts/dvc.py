"""What DVC writes of files: `dvc.lock`, `*.dvc` and the artifacts of `dvc.yaml`, read as plain data.

DVC itself is not needed and not run. A path counts from the folder of the file that it stands in, or from the stage's
`wdir`, which only `dvc.yaml` tells.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts.algorithms import LEGACY
from mkdocs_handoff.text import yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mkdocs_handoff.text.yaml import Path

_DIRECTORY = ".dir"
_KEYS = ("md5", "sha256", "etag", "checksum")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*://|remote://", re.IGNORECASE)


class DvcError(ValueError):
    """A text that is no file of DVC's.

    Attributes:
        line: Where, from 1.
        column: The same.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line, self.column = line, column


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder that DVC knows.

    Attributes:
        path: As written: from the file's folder, or from the stage's `wdir`.
        alg: What made the checksum: `md5`, `md5-dos2unix`, `sha256`, `etag`, `checksum`; empty without one.
        content: The checksum, without the `.dir` of a folder.
        size: In bytes, of all files together.
        files: How many files a folder has.
        directory: Whether it is a folder: its checksum is that of a list of its files.
        at: Where it stands in the file.
    """

    path: str
    alg: str = ""
    content: str = ""
    size: int | None = None
    files: int | None = None
    directory: bool = False
    at: Path = ()

    @property
    def elsewhere(self) -> bool:
        """Whether it lies in a store beyond this machine."""
        return bool(_ELSEWHERE.match(self.path))


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of `dvc.lock`.

    Attributes:
        name: With `@KEY` where it is one of several that a loop makes.
        commands: What is run.
        deps: What it reads.
        outs: What it writes.
        parameters: By file, then by name.
    """

    name: str
    commands: tuple[str, ...] = ()
    deps: tuple[Entry, ...] = ()
    outs: tuple[Entry, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)


def read_lock(text: str) -> tuple[Stage, ...]:
    """Return the stages of a `dvc.lock`, in its order; what is not as DVC writes it is passed over.

    Args:
        text: The file's.

    Raises:
        DvcError: It is no YAML, or no mapping.
    """
    held = _mapping(text)
    # DVC 1.0 had the stages at the top; since then a schema stands beside them.
    inner = held.get("stages") if "schema" in held or "stages" in held else held
    before: Path = ("stages",) if inner is not held else ()
    found = []
    for name, stage in _entries(inner):
        if isinstance(stage, dict):
            at = (*before, name)
            found.append(
                Stage(
                    name,
                    tuple(_texts(stage.get("cmd"))),
                    tuple(_listed(stage.get("deps"), (*at, "deps"))),
                    tuple(_listed(stage.get("outs"), (*at, "outs"))),
                    dict(_entries(stage.get("params"))),
                )
            )
    return tuple(found)


def read_dvc(text: str) -> tuple[Entry, ...]:
    """Return what a `NAME.dvc` says is kept beside it.

    Raises:
        DvcError: It is no YAML, or no mapping.
    """
    held = _mapping(text)
    folder = str(held.get("wdir") or ".")
    found = _listed(held.get("outs"), ("outs",))
    return tuple(found) if folder == "." else tuple(_moved(entry, folder) for entry in found)


def read_folders(text: str) -> dict[str, str]:
    """Return the folders (`wdir`) that the stages of a `dvc.yaml` run in, from its own folder; of those that have one.

    Raises:
        DvcError: It is no YAML, or no mapping.
    """
    found = {}
    for name, stage in _entries(_mapping(text).get("stages")):
        body = stage.get("do") if isinstance(stage, dict) and isinstance(stage.get("do"), dict) else stage
        folder = body.get("wdir") if isinstance(body, dict) else None
        if isinstance(folder, str) and folder:
            found[name] = folder
    return found


def looks_like_text(head: bytes) -> bool:
    """Tell whether DVC 1 and 2 took a file for text, by its beginning: of such a one it changed the line ends."""
    block = head[:_LOOKED_AT]
    return not block or (b"\0" not in block and len(block.translate(None, _TEXT)) <= len(block) * 0.3)


_LOOKED_AT = 512
_TEXT = bytes(range(32, 127)) + b"\n\r\t\f\b"


def placed(path: str, file: str, stage: str = "", folders: Mapping[str, str] | None = None) -> str:
    """Return what a path in a file of DVC's means, from the project's root; one that leads out begins with `../`.

    Args:
        path: As written.
        file: The file of DVC's, from the root.
        stage: The stage that it stands in.
        folders: What `read_folders` says of the `dvc.yaml` beside that file.
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), folder_of(stage, folders or {}), path))


def writing(
    stages: Iterable[Stage], lock: str, folders: Mapping[str, str], files: Collection[str], folder: str
) -> tuple[Stage, ...]:
    """Return the stages that write one of some files, or something below a folder.

    Args:
        stages: Of a lock file.
        lock: Its path, from the root.
        folders: What `read_folders` says of the `dvc.yaml` beside it.
        files: From the root.
        folder: From the root; empty: none.
    """

    def meant(path: str) -> bool:
        return path in files or bool(folder and path.startswith(f"{folder}/"))

    return tuple(one for one in stages if any(meant(placed(out.path, lock, one.name, folders)) for out in one.outs))


def folder_of(stage: str, folders: Mapping[str, str]) -> str:
    """Return the folder that a stage runs in, also where it is one of several that a loop makes; empty: the file's."""
    return folders.get(stage, folders.get(stage.partition("@")[0], ""))


def _mapping(text: str) -> dict[str, Any]:
    reading = yaml.read(text)
    if reading.problems:
        problem = reading.problems[0]
        raise DvcError(problem.message, problem.line, problem.column)
    held = reading.documents[0] if reading.documents else None
    if not isinstance(held, dict):
        raise DvcError("holds no mapping, as every file of DVC does")
    return held


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    return iter(value.items() if isinstance(value, dict) else ())


def _texts(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield str(item)


def _listed(value: Any, at: Path) -> Iterator[Entry]:
    for number, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("path"), str):
            yield _entry(item, (*at, number))


def _entry(item: dict[str, Any], at: Path) -> Entry:
    key = next((key for key in _KEYS if isinstance(item.get(key), str)), "")
    content = str(item[key]) if key else ""
    alg = key
    if key == "md5":
        alg = str(item["hash"]) if isinstance(item.get("hash"), str) else LEGACY
    directory = content.endswith(_DIRECTORY)
    return Entry(
        str(item["path"]),
        alg,
        content.removesuffix(_DIRECTORY),
        _number(item.get("size")),
        _number(item.get("nfiles")),
        directory,
        at,
    )


def _number(value: Any) -> int | None:
    return value.integer() if isinstance(value, yaml.Plain) else None


def _moved(entry: Entry, folder: str) -> Entry:
    return replace(entry, path=f"{folder.rstrip('/')}/{entry.path}")
