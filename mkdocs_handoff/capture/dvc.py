"""What a `dvc.lock` says of how a model is made: the command, the parameters, and what its files hold."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts.algorithms import LEGACY
from mkdocs_handoff.artifacts.dvc import DvcError, Stage, folder_of, placed, read_lock, writing
from mkdocs_handoff.artifacts.located import stage_folders
from mkdocs_handoff.capture.found import Captured, Choice, Harvest, Item, by_form, unit
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text import paths
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.artifacts.dvc import Entry
    from mkdocs_handoff.capture.surroundings import Surroundings
    from mkdocs_handoff.text.yaml import Path

LOCK = "dvc.lock"
_MOST = 200
_ALGORITHMS = {"md5": ("MD5", "md5"), "sha256": ("SHA-256", "sha256"), LEGACY: (LEGACY, "md5")}
"""What a record calls the checksums of DVC, and what the lock file does."""


def dvc(around: Surroundings) -> Harvest:
    """Capture what the lock file of the stage that makes a model says."""
    harvest = Harvest()
    path = _lock(around)
    if not path:
        return harvest
    text = around.text(path)
    if isinstance(text, Finding):
        harvest.findings.append(text)
        return harvest
    try:
        stages = read_lock(text)
    except DvcError as error:
        harvest.broken(path, str(error), "`dvc repro` writes it anew.", error.line, error.column)
        return harvest
    if around.is_model:
        _model(around, path, stages, harvest)
    else:
        _pipeline(around, path, stages, harvest)
    return harvest


def _lock(around: Surroundings) -> str:
    """Return the lock file of a record: the one that is named, or the nearest that there is."""
    reproduce = around.record.get("reproduce") if around.is_model else around.record.fields
    stated = [reproduce.get("dvc_lock") if hasattr(reproduce, "get") else None]
    stated.append(around.pipeline.get("dvc_lock") if around.pipeline is not None else None)
    given = [path if posixpath.basename(path) == LOCK else posixpath.join(path, LOCK) for path in around.given]
    folder = around.folder
    near = [posixpath.join(folder, LOCK)]
    while folder:
        folder = posixpath.dirname(folder)
        near.append(posixpath.join(folder, LOCK))
    written = [around.located(path) for path in stated if isinstance(path, str) and path]
    named = [posixpath.normpath(path) for path in (*given, *(one for one in written if one), *near) if path]
    return next((path for path in named if not paths.leads_out(path) and around.exists(path)), "")


def _model(around: Surroundings, path: str, stages: tuple[Stage, ...], harvest: Harvest) -> None:
    """Capture what the stage that makes a model says of it."""
    stage = _stage(around, path, stages, harvest)
    if stage is None:
        return
    before = _at(stage)
    harvest.captured.append(Captured(("reproduce", "dvc_lock"), path, path, path, "reproduce.dvc_lock"))
    _command(("reproduce", "command"), path, stage, before, harvest)
    for file, held in stage.parameters.items():
        for name, value in held.items() if isinstance(held, dict) else ():
            if isinstance(value, str):
                way = (*around.parameters, str(name))
                harvest.captured.append(by_form(way, path, (*before, "params", file, name), value))
    folders = stage_folders(path, around.root)
    for entry in stage.outs:
        for full, checked in _checked(path, stage, entry, folders, harvest):
            if not around.exists(full):  # of one that is here, what it holds is worth more than what was noted
                item = Item("path", around.as_written(full, around.record.get("checksums")))
                _checksum(path, checked, ("checksums", item), harvest)


def _pipeline(around: Surroundings, path: str, stages: tuple[Stage, ...], harvest: Harvest) -> None:
    """Capture the stages as a pipeline's steps."""
    known = {str(step.get("id")): step for step in around.record.get("steps") or () if isinstance(step, dict)}
    unnamed = around.record.get("dvc_lock") is None and not around.given
    if unnamed and not known.keys() & {stage.name for stage in stages}:
        return  # nothing says that it is this pipeline's
    harvest.captured.append(Captured(("dvc_lock",), path, path, path, "dvc_lock"))
    folders = stage_folders(path, around.root)
    for stage in stages[:_MOST]:
        step = Item("id", stage.name)
        before = _at(stage)
        _command(("steps", step, "command"), path, stage, before, harvest)
        for side, entries in (("inputs", stage.deps), ("outputs", stage.outs)):
            listed = known.get(stage.name, {}).get(side)
            for entry in entries:
                for full, checked in _checked(path, stage, entry, folders, harvest):
                    item = Item("path", around.as_written(full, listed))
                    _checksum(path, checked, ("steps", step, side, item, "checksum"), harvest)


def _stage(around: Surroundings, path: str, stages: tuple[Stage, ...], harvest: Harvest) -> Stage | None:
    """Return the stage that makes a model: the one that is named, or the one that writes a file of it."""
    reproduce = around.record.get("reproduce")
    wanted = str(reproduce.get("step") or "") if isinstance(reproduce, dict) else ""
    named = [stage for stage in stages if stage.name == wanted]
    if named:
        return named[0]
    own = {*around.named, *around.files}
    found = writing(stages, path, stage_folders(path, around.root), own, around.folder)
    if len(found) > 1:
        hint = "Name it in the record: `reproduce: {step: NAME}`."
        harvest.choices.append(Choice(f"the stage of {path} that makes it", tuple(stage.name for stage in found), hint))
    elif not found and (path in around.given or (isinstance(reproduce, dict) and reproduce.get("dvc_lock"))):
        harvest.lacking(path, "has no stage that writes a file of this record", "Name it: `reproduce: {step: NAME}`.")
    return found[0] if len(found) == 1 else None


def _at(stage: Stage) -> Path:
    """Return where a stage stands in the lock file."""
    for entry in (*stage.outs, *stage.deps):
        return entry.at[:-2]
    return ("stages", stage.name)


def _command(way: tuple[str | Item, ...], path: str, stage: Stage, before: Path, harvest: Harvest) -> None:
    if len(stage.commands) == 1:
        (command,) = stage.commands
        # One command stands in the lock file as a text, or as a list of one.
        found = by_form(way, path, (*before, "cmd"), command)
        harvest.captured.append(found)
    elif stage.commands:
        text = "\n".join(stage.commands)
        harvest.captured.append(Captured(way, text, text, f"{path}#/{'/'.join(map(str, before))}/cmd", unit(way)))


def _checked(
    path: str, stage: Stage, entry: Entry, folders: Mapping[str, str], harvest: Harvest
) -> Iterator[tuple[str, Entry]]:
    """Yield a file's path from the root, if the lock file says what it holds."""
    full = placed(entry.path, path, stage.name, folders)
    if entry.elsewhere or paths.leads_out(full) or not entry.content or "${" in folder_of(stage.name, folders):
        return
    if entry.directory:
        harvest.notes.append(f"{full} is a folder: {path} has a checksum of the list of its files, and of none of them")
        return
    if entry.alg in _ALGORITHMS:
        yield full, entry


def _checksum(path: str, entry: Entry, way: tuple[str | Item, ...], harvest: Harvest) -> None:
    """Capture what a file holds, by the lock file."""
    alg, key = _ALGORITHMS[entry.alg]
    source = f"{path}#/{'/'.join(map(str, entry.at))}"
    harvest.captured.append(Captured((*way, "alg"), alg, alg, source, unit(way)))
    harvest.captured.append(by_form((*way, "content"), path, (*entry.at, key), entry.content))
    if entry.size is not None:
        above = way[:-1] if way[-1] == "checksum" else way
        harvest.captured.append(by_form((*above, "size"), path, (*entry.at, "size"), Plain(str(entry.size))))
