"""The commit of the code that makes a model: the last one that changed it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts.located import located
from mkdocs_handoff.capture.found import Captured, Harvest
from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.worktree import Place

if TYPE_CHECKING:
    from mkdocs_handoff.capture.surroundings import Surroundings
    from mkdocs_handoff.history.history import History

_CODE = frozenset(
    (
        ".py",
        ".ipynb",
        ".r",
        ".rmd",
        ".jl",
        ".scala",
        ".java",
        ".kt",
        ".sh",
        ".sql",
        ".c",
        ".cc",
        ".cpp",
        ".h",
        ".hpp",
        ".rs",
        ".go",
        ".js",
        ".ts",
        ".toml",
        ".cfg",
        ".ini",
    )
)
_CLEAN = frozenset((Place.COMMITTED, Place.MOVED))


def commit(around: Surroundings, history: History) -> Harvest:
    """Capture the last commit of the code that a record, or its pipeline, names or covers."""
    harvest = Harvest()
    if "commit" not in around.fields and not around.is_model:
        return harvest
    if around.is_model and around.pipeline is not None and around.pipeline.get("commit"):
        return harvest  # the pipeline says it
    files = _code(around, history)
    if not files:
        return harvest
    if not history.readable:
        harvest.notes.append(f"the commit is not captured: {history.repository.state.value}")
        return harvest
    changed = [path for path in files if history.place(path) not in _CLEAN]
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        harvest.notes.append(f"the commit is not captured: {changed[0]}{more} is {history.place(changed[0]).value}")
        return harvest
    changes = {path: history.changes(path) for path in files}
    lasts = {path: history.last(path) for path in files}
    unsure = next((last.known.value for last in lasts.values() if last.known not in (Known.YES, Known.SWEPT)), "")
    if unsure:
        harvest.notes.append(f"the commit is not captured: the last change of the code is {unsure}")
        return harvest
    brought = [(last.commit, path) for path, last in lasts.items() if last.commit is not None]
    made = _made(around, history)
    earlier = [(change.commit, path) for path, found in changes.items() for change in found]
    known = [(one, path) for one, path in (*brought, *earlier) if made is None or one.time <= made]
    if not known:
        harvest.notes.append("the commit is not captured: the code is younger than the model's files")
        return harvest
    newest, path = max(known, key=lambda one: (one[0].time, one[0].sha, one[1]))
    if any(one.time > newest.time for one, _ in brought):
        since = max(brought, key=lambda one: (one[0].time, one[1]))[1]
        harvest.notes.append(f"the code changed after the model's files did ({since}): the commit is the one before")
    way = (*around.making, "commit")
    harvest.captured.append(Captured(way, newest.sha, newest.sha, path, ".".join(way)))
    return harvest


def _made(around: Surroundings, history: History) -> int | None:
    """Return when the files of a model last changed, as git knows it; None where it does not."""
    if not around.is_model:
        return None
    times = []
    for path in around.artifacts:
        last = history.last(path) if around.exists(path) else None
        if last is not None and last.commit is not None and last.place in _CLEAN:
            times.append(last.commit.time)
    return max(times, default=None)


def _code(around: Surroundings, history: History) -> tuple[str, ...]:
    """Return the files of code that a record and its pipeline name, or cover."""
    found: dict[str, None] = {}
    records = (around.record, *((around.pipeline,) if around.pipeline is not None else ()))
    for record in records:
        for step in record.get("steps") or ():
            code = step.get("code") if isinstance(step, dict) else None
            path = located(code, record.source.path.rpartition("/")[0], around.root) if isinstance(code, str) else None
            if path is not None and around.exists(path):
                found[path] = None
        covers = record.get("covers") or ()
        for glob in [covers] if isinstance(covers, str) else covers:
            held = history.held(str(glob)) or {}
            found.update(dict.fromkeys(path for path in held if posixpath.splitext(path)[1].lower() in _CODE))
    return tuple(sorted(found))
