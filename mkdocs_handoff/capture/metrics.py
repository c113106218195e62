"""Metric files: figures that a program wrote, taken into a record as `{from: …}`, so that they are never copied."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts.dvc import DvcError, placed
from mkdocs_handoff.capture.found import Choice, Harvest, by_form
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records.forms import ValueFiles
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.paths import leads_out
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.capture.surroundings import Surroundings
    from mkdocs_handoff.text.yaml import Value

    _Figure = tuple[tuple[str | int, ...], str, Value]

_NAMED = re.compile(r"([\w.-]*[._-])?(metrics?|scores?|evaluation|eval|results?)([._-][\w.-]*)?\.(json|ya?ml|csv)")
_READ = (".json", ".yml", ".yaml", ".csv")
_KEY = "metrics"
_DEEPEST, _MOST = 3, 40


def metrics(around: Surroundings) -> Harvest:
    """Capture the figures in metric files: those in the record's folder, and those that its pipeline writes."""
    harvest = Harvest()
    if _KEY not in around.fields:
        return harvest
    files = ValueFiles(around.text)
    figures: dict[str, list[_Figure]] = {}
    for path, sure in _files(around, harvest).items():
        held = files.get(path)
        if isinstance(held, Finding):
            harvest.findings.append(held)
            continue
        found = list(_figures(path, held, harvest, sure=sure))
        if len(found) > _MOST:
            what = f"{path} is passed over: it holds {len(found)} figures, and a record takes {_MOST} at most"
            harvest.notes.append(what)
        elif found:
            figures[path] = found
    for path in _chosen(around, figures, harvest):
        harvest.captured += (by_form((_KEY, name), path, steps, value) for steps, name, value in figures[path])
    return harvest


def _chosen(around: Surroundings, figures: dict[str, list[_Figure]], harvest: Harvest) -> tuple[str, ...]:
    """Return the files to take; of several that say different things by the same names, only one that is named."""
    given = [path for path in figures if path in {posixpath.normpath(one) for one in around.given}]
    named: dict[str, dict[str, str]] = {}
    for path, found in figures.items():
        for _, name, value in found:
            named.setdefault(name, {})[path] = str(value)
    rivals = {path for held in named.values() if len(set(held.values())) > 1 for path in held}
    if len(rivals.intersection(given)) == 1:
        return tuple(path for path in figures if path not in rivals or path in given)
    if rivals:
        among = tuple(path for path in figures if path in rivals)
        harvest.choices.append(Choice("the file with its figures", among, "Name one: `--from PATH`."))
    return tuple(path for path in figures if path not in rivals)


def _files(around: Surroundings, harvest: Harvest) -> dict[str, bool]:
    """Return the files to look into, and whether all their figures are metrics; the surest first."""
    found: dict[str, bool] = {}
    for path in around.given:
        if path.lower().endswith(_READ) and around.exists(path) and not path.endswith("meta.yaml"):
            found[posixpath.normpath(path)] = True
    for path in _declared(around, harvest):
        found.setdefault(path, True)
    for path in (*around.files, *around.named):
        name = posixpath.basename(path).lower()
        hidden = any(part.startswith(".") for part in path.split("/"))
        if name.endswith(_READ) and around.exists(path) and not hidden and path != around.record.source.path:
            fits = _NAMED.fullmatch(name) is not None
            if fits or (path in around.named and name.endswith(".json")):
                found.setdefault(path, fits)
    return found


def _declared(around: Surroundings, harvest: Harvest) -> Iterator[str]:
    """Yield the files that the stages of a `dvc.yaml` in the record's folder, or of its pipeline, call metrics."""
    stated = around.pipeline.get("dvc_yaml") if around.pipeline is not None else None
    places = [around.located(stated) or ""] if isinstance(stated, str) else [posixpath.join(around.folder, "dvc.yaml")]
    for path in places:
        if not around.exists(path):
            continue
        text = around.text(path)
        if isinstance(text, Finding):
            harvest.findings.append(text)
            continue
        try:
            named = _of_stages(text)
        except DvcError as error:
            harvest.broken(path, str(error), "", error.line, error.column)
            continue
        for one in named:
            full = placed(one, path)
            if not leads_out(full) and full.lower().endswith(_READ) and around.exists(full):
                yield full


def _of_stages(text: str) -> list[str]:
    reading = yaml.read(text)
    if reading.problems:
        problem = reading.problems[0]
        raise DvcError(problem.message, problem.line, problem.column)
    held = reading.documents[0] if reading.documents else None
    top = held if isinstance(held, dict) else {}
    stages = top.get("stages")
    inner = stages.values() if isinstance(stages, dict) else ()
    bodies = [stage.get("do", stage) for stage in inner if isinstance(stage, dict)]
    stated = [(top.get("metrics"), ""), *((one.get("metrics"), one.get("wdir")) for one in bodies if _is_stage(one))]
    found: list[str] = []
    for listed, folder in stated:
        for one in listed if isinstance(listed, list) else ():
            named = next(iter(one)) if isinstance(one, dict) and one else one
            if isinstance(named, str):
                found.append(posixpath.join(str(folder or ""), str(named)))
    return found


def _is_stage(body: Value) -> bool:
    return isinstance(body, dict)


def _figures(path: str, held: Value, harvest: Harvest, *, sure: bool) -> Iterator[_Figure]:
    """Yield the figures in a file: the way to each, its name, and the figure."""
    begin: tuple[str | int, ...] = ()
    if path.lower().endswith(".csv"):
        if not isinstance(held, list) or not held:
            harvest.broken(path, "is empty: it has no row below its header", "Write it anew, or take it away.")
            return
        if len(held) > 1:
            rows = tuple(f"{path}#/{number}" for number in range(min(len(held), 8)))
            hint = "Write the field yourself, with the row: `{from: " + path + "#/ROW/COLUMN}`."
            harvest.choices.append(Choice(f"the row of {path} ({len(held):,} rows)", rows, hint))
            return
        held, begin = held[0], (0,)
    elif not isinstance(held, dict):
        if sure:
            harvest.broken(path, "is empty" if held in (None, [], "") else "holds no mapping of names to figures")
        return
    elif isinstance(held.get(_KEY), dict):
        held, begin = held[_KEY], (_KEY,)
    elif not sure:
        return
    yield from _leaves(path, held, begin, (), harvest)


def _leaves(
    path: str, held: Value, at: tuple[str | int, ...], name: tuple[str, ...], harvest: Harvest
) -> Iterator[_Figure]:
    if isinstance(held, dict) and len(name) < _DEEPEST:
        # `{accuracy: {value: 0.8, lower: 0.7}}` is one figure, with how sure it is.
        for key, inner in held.items() if "value" not in held or not name else (("value", held["value"]),):
            named = name if key == "value" and name else (*name, str(key))
            yield from _leaves(path, inner, (*at, key), named, harvest)
    elif isinstance(held, Plain) and name:
        if held.number() is not None:
            yield at, ".".join(name), held
        elif held.lower().lstrip("+-.") in ("nan", "inf", "infinity"):
            harvest.lacking(path, f"{'.'.join(name)!r} is {held}, and no figure", "Find out why, and write it anew.")
