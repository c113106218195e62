"""Whether a run made the same again: the bytes of its outputs, or the figures in them within a tolerance.

An output is compared with the checksum that is stated for it, else with the file that the commit has. It is taken away
before the commands run, so that what is compared was made by them; what has to stay, because a step reads it or because
figures are only a part of it, must have been written meanwhile.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts import algorithms
from mkdocs_handoff.running import content
from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from mkdocs_handoff.records.forms import ValueFiles
    from mkdocs_handoff.running.tolerance import Tolerance

_MOST = 20
_IDLE = "the run did not write it"


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a step writes.

    Attributes:
        path: From the folder in which commands run.
        alg: Of its stated checksum, by the standards' name; empty where none is stated.
        content: That checksum.
        tolerance: How far its figures may be off.
    """

    path: str
    alg: str = ""
    content: str = ""
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric of an evaluation that the steps make, in the file that it is taken from.

    Attributes:
        name: The metric's.
        file: From the folder in which commands run.
        pointer: Where in it, as `{from: …}` has it.
        tolerance: How far it may be off.
    """

    name: str
    file: str
    pointer: str
    tolerance: Tolerance | None = None

    @property
    def at(self) -> tuple[str, str]:
        """Where it stands: two metrics may have one name."""
        return self.file, self.pointer


class Outcome(StrEnum):
    """What came of an output or a figure."""

    SAME = "same"
    WITHIN = "within tolerance"
    DIFFERENT = "different"
    NOT_MADE = "not made"
    NEW = "nothing to compare with"


@dataclass(frozen=True, slots=True)
class Compared:
    """One output or figure, and what came of it.

    Attributes:
        name: The output's path, or the figure's name.
        outcome: What came of it.
        reason: How it differs, for people.
        stated: Whether it was held against a stated checksum.
    """

    name: str
    outcome: Outcome
    reason: str = ""
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a run made, beside what it should have made.

    Attributes:
        every: Outputs, then figures.
        deltas: How far figures are off that are, by name.
    """

    every: tuple[Compared, ...]
    deltas: Mapping[str, float] = field(default_factory=dict)

    @property
    def result(self) -> str:
        """`same`, `within tolerance` or `different`; empty where there was nothing to compare."""
        found = {one.outcome for one in self.every} - {Outcome.NEW}
        if found & {Outcome.DIFFERENT, Outcome.NOT_MADE}:
            return Outcome.DIFFERENT.value
        if Outcome.WITHIN in found:
            return Outcome.WITHIN.value
        return Outcome.SAME.value if found else ""

    @property
    def checksums_match(self) -> bool | None:
        """Whether all outputs have the checksums that are stated; None where none is."""
        stated = [one.outcome is Outcome.SAME for one in self.every if one.stated]
        return all(stated) if stated else None


@dataclass(frozen=True)
class Before:
    """What there was before a run.

    Attributes:
        outputs: What is to be made.
        figures: The same.
        digests: The SHA-256 of each output that the commit has.
        figures_in: The figures in each output that has some, by name.
        values: The value of each figure, by where it stands.
    """

    outputs: tuple[Output, ...]
    figures: tuple[Figure, ...]
    digests: Mapping[str, str]
    figures_in: Mapping[str, Mapping[str, Any]]
    values: Mapping[tuple[str, str], Any]


def look(folder: Path, outputs: Sequence[Output], figures: Sequence[Figure]) -> Before:
    """Return what there is before a run.

    Args:
        folder: Where commands are going to run.
        outputs: What they are to make.
        figures: The same.
    """
    files = content.values(folder)
    digests = {one.path: held for one in outputs if (held := content.checksum(folder, one.path, algorithms.SHA_256))}
    figures_in = {one.path: found for one in outputs if (found := content.figures_in(files, one.path)) is not None}
    values = {one.at: content.value_of(files, one.file, one.pointer) for one in figures}
    return Before(tuple(outputs), tuple(figures), digests, figures_in, values)


Stamps = dict[str, tuple[tuple[str, int, int, int], ...]]
"""Of files and folders that stay: each file's name, inode, size and time of writing, in nanoseconds."""


def take_away(folder: Path, before: Before, needed: Collection[str]) -> Stamps:
    """Remove what a run is to make; return what stays, as it is.

    Args:
        folder: The worktree's, in which commands are going to run.
        before: What they are to make. A file that figures are taken from stays: others may stand in it.
        needed: Paths that a step reads before, or while, they are made: these stay.
    """
    stay: Stamps = {}
    for one in before.outputs:
        path = folder / one.path
        try:
            if path.is_symlink() or not inside(folder, path) or path.resolve() == folder.resolve():
                continue
            if any(name == one.path or name.startswith(f"{one.path}/") for name in needed):
                stay[one.path] = _stamps(path)
            elif path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError:
            stay[one.path] = _stamps(path)
    gone = {one.path for one in before.outputs} - stay.keys()
    for file in dict.fromkeys(one.file for one in before.figures):
        if file not in gone:
            stay[file] = _stamps(folder / file)
    return {path: found for path, found in stay.items() if found}


def _stamps(path: Path) -> tuple[tuple[str, int, int, int], ...]:
    try:
        files = [path] if not path.is_dir() else sorted(one for one in path.rglob("*") if one.is_file())
        told = ((str(one), one.lstat()) for one in files)
        return tuple((name, found.st_ino, found.st_size, found.st_mtime_ns) for name, found in told)
    except OSError:
        return ()


def compare(folder: Path, before: Before, stayed: Stamps) -> Comparison:
    """Return what a run made, beside what there was.

    Args:
        folder: Where commands ran.
        before: What there was.
        stayed: What was not taken away: who wrote none of it made none of it.
    """
    files = content.values(folder)
    deltas: dict[str, float] = {}
    idle = {path for path, found in stayed.items() if _stamps(folder / path) == found}
    every = [
        Compared(one.path, Outcome.NOT_MADE, _IDLE, bool(one.content))
        if one.path in idle
        else _output(folder, files, one, before, deltas)
        for one in before.outputs
    ]
    every += [
        Compared(one.name, Outcome.NOT_MADE, f"{_IDLE}: {one.file}")
        if one.file in idle
        else _figure(files, one, before.values[one.at], deltas)
        for one in before.figures
    ]
    return Comparison(tuple(every), dict(list(deltas.items())[:_MOST]))


def _output(folder: Path, files: ValueFiles, one: Output, before: Before, deltas: dict[str, float]) -> Compared:
    stated = one.alg in algorithms.NAMES and bool(one.content)
    wanted = one.content.lower() if stated else before.digests.get(one.path, "")
    found = content.checksum(folder, one.path, one.alg if stated else algorithms.SHA_256)
    if not found:
        return Compared(one.path, Outcome.NOT_MADE, _IDLE, stated)
    if not wanted:
        return Compared(one.path, Outcome.NEW, "no checksum is stated, and the commit does not have it")
    if found == wanted:
        return Compared(one.path, Outcome.SAME, stated=stated)
    other = f"its {one.alg if stated else algorithms.SHA_256} is {found}"
    figures, after = before.figures_in.get(one.path), content.figures_in(files, one.path)
    if one.tolerance is None or figures is None or after is None:
        return Compared(one.path, Outcome.DIFFERENT, other, stated)
    return Compared(one.path, *_near(one.tolerance, figures, after, deltas), stated)


def _near(
    allowed: Tolerance, before: Mapping[str, Any], after: Mapping[str, Any], deltas: dict[str, float]
) -> tuple[Outcome, str]:
    """Return whether the figures of a file are near enough; what is no figure must be the same."""
    names = [name for name in dict.fromkeys((*before, *after)) if allowed.about(name)]
    if not names:
        return Outcome.DIFFERENT, f"it has no figure {allowed.name!r}"
    wrong = []
    for name in names:
        old, new = before.get(name, content.NOTHING), after.get(name, content.NOTHING)
        first, second = content.number(old), content.number(new)
        if first is None or second is None:
            if old != new:
                wrong.append(f"{name} differs")
        elif first != second:
            deltas[name] = second - first
            if not allowed.holds(first, second):
                wrong.append(f"{name} is off by {second - first:.6g}")
    if wrong:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        return Outcome.DIFFERENT, f"{'; '.join(wrong[:3])}{more}"
    return Outcome.WITHIN, "all its figures" if not allowed.name else allowed.name


def _figure(files: ValueFiles, one: Figure, before: Any, deltas: dict[str, float]) -> Compared:
    after = content.value_of(files, one.file, one.pointer)
    if after is content.NOTHING:
        return Compared(one.name, Outcome.NOT_MADE, f"{one.file}#{one.pointer} is not there")
    if before is content.NOTHING:
        return Compared(one.name, Outcome.NEW, "the commit does not have it")
    first, second = content.number(before), content.number(after)
    if before == after or (first is not None and first == second):
        return Compared(one.name, Outcome.SAME)
    if first is None or second is None:
        return Compared(one.name, Outcome.DIFFERENT, f"{before} became {after}")
    deltas[one.name] = second - first
    off = f"off by {second - first:.6g}"
    if one.tolerance is not None and one.tolerance.about(one.name) and one.tolerance.holds(first, second):
        return Compared(one.name, Outcome.WITHIN, off)
    return Compared(one.name, Outcome.DIFFERENT, off)
