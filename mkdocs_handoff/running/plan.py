"""What running a pipeline means: its commands in order, what they are to make, and what of it nobody can run."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts.located import in_words, located
from mkdocs_handoff.artifacts.stated import stated_by
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.running.compare import Figure, Output
from mkdocs_handoff.running.run import Command
from mkdocs_handoff.running.tolerance import tolerance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.running.tolerance import Tolerance

_EXACT = ("none", "no ", "exact", "0", "byte", "the same", "same")
_EVALUATION, _MODEL = "evaluation", "model"


@dataclass(frozen=True, slots=True)
class Plan:
    """A pipeline to run.

    Attributes:
        pipeline: Its name.
        commands: In their order.
        outputs: The files that they are to make.
        figures: The metrics of evaluations that they are to make.
        needed: Files that a step reads before it is made, or while.
        lockfiles: What fixes the versions of libraries.
        left_out: The steps that nobody can run: done by hand, or without a command.
        unread: What is written as a tolerance, and names no number that can be held against a figure.
    """

    pipeline: Identity
    commands: tuple[Command, ...]
    outputs: tuple[Output, ...]
    figures: tuple[Figure, ...]
    needed: frozenset[str]
    lockfiles: tuple[str, ...]
    left_out: tuple[str, ...]
    unread: tuple[str, ...] = ()


def plan_of(record: Record, catalog: Catalog, root: Path) -> Plan:
    """Return what running a pipeline means.

    Args:
        record: The pipeline's, as the commit has it that is to be run.
        catalog: For the records that it makes.
        root: The project's root, where the commit is checked out.
    """
    planner = _Planner(record, catalog, root)
    return Plan(
        record.identity,
        tuple(planner.commands()),
        _nearest(planner.outputs()),
        _told_apart(planner.figures()),
        frozenset(planner.needed()),
        tuple(planner.lockfiles()),
        tuple(name for name, step in planner.steps if not _text(step.get("command"))),
        tuple(dict.fromkeys(planner.unread())),
    )


def _nearest(outputs: Iterable[Output]) -> tuple[Output, ...]:
    """Return each path once: as the step writes it, but for a checksum that only the model states."""
    found: dict[str, Output] = {}
    for one in outputs:
        stated = found.get(one.path)
        bare = stated is not None and stated.content and not one.content
        found[one.path] = replace(one, alg=stated.alg, content=stated.content) if stated and bare else one
    return tuple(found.values())


def _told_apart(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return each figure once; where two have one name, with the place that each stands at."""
    found = list({one.at: one for one in figures}.values())
    names = Counter(one.name for one in found)
    return tuple(
        replace(one, name=f"{one.name} ({one.file}#{one.pointer})") if names[one.name] > 1 else one for one in found
    )


class _Planner:
    def __init__(self, record: Record, catalog: Catalog, root: Path) -> None:
        self.record, self.catalog, self.root = record, catalog, root
        written = record.get("steps")
        found = enumerate(written if isinstance(written, list) else ())
        self.numbered = [(number, step) for number, step in found if isinstance(step, dict)]
        self.steps = [(_name(step, number), step) for number, step in self.numbered]
        self.allowed = tolerance(record.get("tolerance"))

    def commands(self) -> Iterator[Command]:
        for name, step in self.steps:
            if _text(step.get("command")):
                yield Command(name, _text(step["command"]))

    def unread(self) -> Iterator[str]:
        outputs = (item for _, step in self.steps for item in _list(step.get("outputs")) if isinstance(item, dict))
        for holder in (self.record.fields, *outputs):
            text = _text(holder.get("tolerance"))
            if text and tolerance(text) is None and not text.lower().startswith(_EXACT):
                yield text

    def lockfiles(self) -> Iterator[str]:
        for holder in (self.record.fields, *(step for _, step in self.steps)):
            file = self._file(holder.get("lockfile"))
            if file:
                yield file

    def needed(self) -> Iterator[str]:
        made: set[str] = set()
        for _, step in self.steps:
            yield from (path for path, _ in self._paths(step, "inputs") if path not in made)
            made.update(path for path, _ in self._paths(step, "outputs"))

    def outputs(self) -> Iterator[Output]:
        """Yield the artifacts of the models that are made, then what steps write themselves: that is nearer."""
        stated = {one.at: one for one in stated_by(self.record, self.catalog, self.root)}
        for number, _ in self.numbered:
            for position, target in self._made(number, _MODEL):
                yield from self._artifacts(target, number, position)
        for number, step in self.numbered:
            for position, item in enumerate(_list(step.get("outputs"))):
                file = self._file(item.get("path")) if isinstance(item, dict) else ""
                if file:
                    one = stated.get(("steps", number, "outputs", position))
                    alg, content = (one.alg, one.content) if one is not None and not one.flaw else ("", "")
                    yield Output(file, alg, content, self._tolerance(item))

    def figures(self) -> Iterator[Figure]:
        """Yield the metrics of evaluations that come from files."""
        for number, step in self.numbered:
            for position, target in self._made(number, _EVALUATION):
                item = _list(step.get("outputs"))[position]
                for at, metric in enumerate(_list(target.get("metrics"))):
                    origin = target.origins.get(("metrics", at, "value"))
                    if isinstance(metric, dict) and origin is not None and origin.how == "computed":
                        file, _, pointer = origin.source.partition("#")
                        words = [_text(metric.get("type")) or _text(metric.get("name")), _text(metric.get("slice"))]
                        name = ", ".join(word for word in words if word) or f"metric {at + 1}"
                        yield Figure(f"{target.identity.name}: {name}", file, pointer, self._tolerance(item))

    def _made(self, number: int, kind: str) -> Iterator[tuple[int, Record]]:
        """Yield the records of a kind that a step writes, with their positions."""
        step = dict(self.numbered)[number]
        for position, _ in enumerate(_list(step.get("outputs"))):
            at = ("steps", number, "outputs", position)
            targets, asker = self.catalog.targets, self.record.identity
            target = targets.get((asker, (*at, "ref")), targets.get((asker, at)))
            if isinstance(target, Identity) and target.kind == kind and target in self.catalog.records:
                yield position, self.catalog.records[target]

    def _artifacts(self, model: Record, number: int, position: int) -> Iterator[Output]:
        """Yield the files of the version of a model that a step makes; without a version, of none."""
        item = _list(dict(self.numbered)[number].get("outputs"))[position]
        reference = _text(item.get("ref")) if isinstance(item, dict) else _text(item)
        wanted = _text(item.get("version")) if isinstance(item, dict) else ""
        wanted = wanted or reference.partition("@")[2]
        for at, version in enumerate(_list(model.get("versions"))):
            if not wanted or not isinstance(version, dict) or _text(version.get("version")) != wanted:
                continue
            for one in stated_by(model, self.catalog, self.root):
                if one.at[:3] == ("versions", at, "artifacts") and one.file and not one.flaw:
                    yield Output(one.file, one.alg, one.content, self._tolerance(item))

    def _paths(self, step: dict[str, Any], field: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for item in _list(step.get(field)):
            file = self._file(item.get("path")) if isinstance(item, dict) else ""
            if file:
                yield file, item

    def _file(self, written: Any) -> str:
        """Return a path from the project's root; empty where it names no file of the project."""
        path = _text(written)
        if not path or "\0" in path or "://" in path:
            return ""
        file = located(path, posixpath.dirname(self.record.source.path), self.root)
        return "" if file in (None, ".") or in_words(path, str(file), self.root) else str(file)

    def _tolerance(self, item: Any) -> Tolerance | None:
        written = item.get("tolerance") if isinstance(item, dict) else None
        return tolerance(written) if written is not None else self.allowed


def _name(step: dict[str, Any], number: int) -> str:
    return _text(step.get("id")) or _text(step.get("title")) or f"step {number + 1}"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
