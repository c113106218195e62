"""The runs in the folders that MLflow writes (`mlruns/EXPERIMENT/RUN`), and which of them a record means."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mkdocs_handoff.capture.found import Choice, Harvest
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.capture.surroundings import Surroundings

STORE = "mlruns"
_STATUS = {"1": "running", "2": "scheduled", "3": "finished", "4": "failed", "5": "killed"}
_MOST = 2_000
_LEAST = 4
_LISTED = 12
_NAMING = ("mlflow.runName", "model", "model_id", "model_name", "mlflow.registeredModelName")
"""Tags by which a run may say which model it made."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run.

    Attributes:
        folder: Where it lies, from the project's root.
        status: In words; empty where it is not told.
        deleted: Whether somebody deleted it: MLflow keeps what it deletes.
        names: What it says of itself: its name, tags that name a model; the run's own before the experiment's.
    """

    folder: str
    id: str
    name: str = ""
    experiment: str = ""
    status: str = ""
    started: str = ""
    ended: str = ""
    deleted: bool = False
    names: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it came to its end."""
        return self.status == "finished" and not self.deleted

    def __str__(self) -> str:
        state = "deleted" if self.deleted else self.status or "of unknown status"
        named = f" {self.name!r}" if self.name else ""
        return f"{self.id}{named}, {state}{f', {self.started}' if self.started else ''} ({self.folder})"


def the_run(around: Surroundings, hinted: tuple[str, ...], harvest: Harvest) -> Run | None:
    """Return the run that made a record's model, or None where none did or nobody can tell which.

    Args:
        around: The record.
        hinted: The runs that files of the model name.
        harvest: Takes what cannot be read, and what is left to choose.
    """
    known = tuple(_runs(around, harvest))
    if around.run:
        wanted = around.run.lower()
        found = [run for run in known if run.id.lower() == wanted] or [
            run for run in known if len(wanted) >= _LEAST and run.id.lower().startswith(wanted)
        ]
        found = found or [run for run in known if run.name == around.run]
        if len(found) == 1:
            return _warned(found[0], harvest)
        what = f"the run {around.run!r}" if found else f"a run {around.run!r}, which is not there"
        harvest.choices.append(Choice(what, _listed(found or known), "Name one by its id: `--run ID`.", asked=True))
        return None
    for found in _stages(around, known, hinted):
        ended = [run for run in found if run.whole]
        if len(ended) == 1:
            return ended[0]
        if len(ended) > 1:
            harvest.choices.append(Choice("the run that made it", _listed(ended), "Name one: `--run ID`."))
            return None
        for run in found:
            harvest.notes.append(f"the run {run} is passed over: it did not come to its end; `--run {run.id}` takes it")
        if found:
            return None
    return None


def _stages(around: Surroundings, known: tuple[Run, ...], hinted: tuple[str, ...]) -> Iterator[list[Run]]:
    """Yield the runs that may be meant, the surest first."""
    yield [run for run in known if run.id in hinted]
    given = [run for run in known if any(_within(run.folder, path) for path in around.given)]
    yield given
    yield [run for run in known if run.names & around.names]
    yield [run for run in known if run.experiment.lower() in around.names]


def _within(path: str, folder: str) -> bool:
    folder = posixpath.normpath(folder)
    return path == folder or path.startswith(f"{folder}/")


def _warned(run: Run, harvest: Harvest) -> Run:
    if not run.whole:
        state = "is deleted" if run.deleted else f"is {run.status}" if run.status else "has no status"
        harvest.lacking(f"{run.folder}/meta.yaml", f"the run {state}: it did not come to its end")
    return run


def _listed(runs: tuple[Run, ...] | list[Run]) -> tuple[str, ...]:
    newest = sorted(runs, key=lambda run: (run.started, run.id), reverse=True)
    more = (f"and {len(newest) - _LISTED:,} more",) if len(newest) > _LISTED else ()
    return (*map(str, newest[:_LISTED]), *more)


def _runs(around: Surroundings, harvest: Harvest) -> Iterator[Run]:
    """Yield the runs of the stores that belong to a project or a record, by folder."""
    places = dict.fromkeys([*around.given, STORE, posixpath.join(around.folder, STORE)])
    seen: set[str] = set()
    for place in places:
        for folder in _run_folders(around, posixpath.normpath(place)):
            if folder in seen:
                continue
            seen.add(folder)
            if len(seen) > _MOST:
                harvest.notes.append(f"{place} holds more than {_MOST:,} runs; name one with `--from` and `--run`")
                return
            run = _read(around, folder, harvest)
            if run is not None:
                yield run


def _run_folders(around: Surroundings, place: str) -> Iterator[str]:
    """Yield the folders of runs at a place: a run, an experiment, a store, or what lies above a store."""
    for folder in (place, posixpath.join(place, STORE)):
        if _is_run(around, folder):
            yield folder
            return
        for experiment in _folders(around, folder):
            if _is_run(around, experiment):
                yield experiment
            else:
                yield from (run for run in _folders(around, experiment) if _is_run(around, run))


def _is_run(around: Surroundings, folder: str) -> bool:
    """Tell whether a folder looks like a run's: an experiment's has tags at most, and no other of these."""
    if not around.exists(f"{folder}/meta.yaml"):
        return False
    return any((around.root / folder / name).is_dir() for name in ("params", "metrics"))


def _folders(around: Surroundings, folder: str) -> tuple[str, ...]:
    """Return the folders in a folder that is in the project, in order."""
    full = around.root / folder
    try:
        if not full.is_dir() or not inside(around.root, full):
            return ()
        names = sorted(one.name for one in os.scandir(full) if one.is_dir(follow_symlinks=False))
    except OSError:
        return ()
    return tuple(posixpath.join(folder, name) for name in names if not name.startswith("."))


def _read(around: Surroundings, folder: str, harvest: Harvest) -> Run | None:
    """Read what a run says of itself."""
    held = mapping(around, f"{folder}/meta.yaml", harvest)
    if held is None:
        return None
    run_id = held.get("run_id") or held.get("run_uuid")
    if not isinstance(run_id, str) or not run_id:
        return None  # an experiment's
    tags = {name: tag for name in _NAMING if (tag := one_text(around, f"{folder}/tags/{name}"))}
    name = str(held.get("run_name") or "") or tags.get("mlflow.runName", "")
    outer = f"{posixpath.dirname(folder)}/meta.yaml"
    experiment = mapping(around, outer, Harvest()) if around.exists(outer) else None
    status = str(held.get("status") or "")
    return Run(
        folder,
        str(run_id),
        name,
        str((experiment or {}).get("name") or ""),
        _STATUS.get(status, status.lower()) if held.get("end_time") or status != "3" else "without an end",
        _day(held.get("start_time")),
        _day(held.get("end_time")),
        held.get("lifecycle_stage") == "deleted",
        frozenset(one.lower() for one in (name, *tags.values()) if one),
    )


def mapping(around: Surroundings, path: str, harvest: Harvest) -> dict[str, yaml.Value] | None:
    """Return the mapping in a YAML file; None, and a finding, where there is none."""
    text = around.text(path)
    if isinstance(text, Finding):
        harvest.findings.append(text)
        return None
    reading = yaml.read(text)
    if reading.problems:
        problem = reading.problems[0]
        harvest.broken(path, problem.message, problem.hint, problem.line, problem.column)
        return None
    held = reading.documents[0] if reading.documents else None
    if not isinstance(held, dict):
        harvest.broken(path, "is empty" if held is None else "holds no mapping", "Write it anew, or take it away.")
        return None
    return held


def one_text(around: Surroundings, path: str) -> str:
    """Return the text in a small file, such as a tag's; empty where it cannot be read."""
    if not around.exists(path):
        return ""
    found = around.text(path)
    return "" if isinstance(found, Finding) else found.strip()


def _day(written: object) -> str:
    """Return the day of a moment in milliseconds since 1970, in UTC."""
    if not isinstance(written, str) or not written.isdigit() or len(written) > 14:
        return ""
    return datetime.fromtimestamp(int(written) / 1000, UTC).date().isoformat()
