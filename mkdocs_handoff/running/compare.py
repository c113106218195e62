"""Whether a run made the same again: the bytes of its outputs, or the figures in them within a tolerance.

An output is compared with the checksum that is stated for it, else with the file that the commit has. It is taken away
before the commands run, so that what is compared was made by them; what has to stay, because a step reads it or because
figures are only a part of it, must have been written meanwhile.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts import algorithms, digest, lfs
from mkdocs_handoff.artifacts.digest import Trouble, UnreadError
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records.forms import ValueFiles, point
from mkdocs_handoff.text.files import inside, read_text
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

_FIGURES = (".json", ".csv", ".yml", ".yaml")
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_PERCENT = r"%|percent|per\s+cent"
_TOLERANCE = re.compile(
    rf"(?:(?P<name>.*?\S)[\s:]+)?(?:within|±|\+/-|at most|<=)\s*"
    rf"(?P<number>{_NUMBER})\s*(?P<percent>{_PERCENT})?(?:\s+of\s.*)?\s*\.?",
    re.DOTALL | re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<percent>{_PERCENT})?", re.IGNORECASE)
_NONE = object()
_MOST = 20
_IDLE = "the run did not write it"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a figure may be off.

    Attributes:
        amount: So much.
        relative: It is a share of the figure before.
        name: The only figure that is meant; empty for all of them.
    """

    amount: float
    relative: bool = False
    name: str = ""

    def holds(self, before: float, after: float) -> bool:
        """Tell whether a figure is near enough; the last digit of a decimal fraction does not decide."""
        allowed = self.amount * abs(before) if self.relative else self.amount
        return abs(after - before) <= allowed * (1 + 1e-9) + 1e-15

    def about(self, name: str) -> bool:
        """Tell whether it is about a figure."""
        return not self.name or _bare(self.name) in (_bare(name), _bare(name.rpartition(".")[2]))


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


def tolerance(written: object) -> Tolerance | None:
    """Return how far figures may be off: `0.002`, `0.5 %`, `AUC within 0.002`, `± 0.01`; None where no number says so.

    A per cent is one of the figure before. Of a number with another unit behind it (`2 points`, `1/1000`, `0,002`)
    nobody can tell how far that is: it is none.
    """
    text = str(written).strip() if isinstance(written, str | int | float) and not isinstance(written, bool) else ""
    found = _BARE.fullmatch(text) or _TOLERANCE.fullmatch(text)
    if found is None:
        return None
    amount, percent = abs(float(found["number"])), bool(found["percent"])
    name = found.groupdict().get("name") or ""
    return Tolerance(amount / 100 if percent else amount, percent, name.strip(" :,"))


def look(folder: Path, outputs: Sequence[Output], figures: Sequence[Figure]) -> Before:
    """Return what there is before a run.

    Args:
        folder: Where commands are going to run.
        outputs: What they are to make.
        figures: The same.
    """
    files = _values(folder)
    digests = {one.path: held for one in outputs if (held := _digest(folder, one.path, algorithms.SHA_256))}
    figures_in = {one.path: found for one in outputs if (found := _figures(files, one.path)) is not None}
    values = {one.at: _value(files, one) for one in figures}
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
    files = _values(folder)
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
    found = _digest(folder, one.path, one.alg if stated else algorithms.SHA_256)
    if not found:
        return Compared(one.path, Outcome.NOT_MADE, _IDLE, stated)
    if not wanted:
        return Compared(one.path, Outcome.NEW, "no checksum is stated, and the commit does not have it")
    if found == wanted:
        return Compared(one.path, Outcome.SAME, stated=stated)
    other = f"its {one.alg if stated else algorithms.SHA_256} is {found}"
    figures, after = before.figures_in.get(one.path), _figures(files, one.path)
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
        old, new = before.get(name, _NONE), after.get(name, _NONE)
        first, second = _number(old), _number(new)
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
    after = _value(files, one)
    if after is _NONE:
        return Compared(one.name, Outcome.NOT_MADE, f"{one.file}#{one.pointer} is not there")
    if before is _NONE:
        return Compared(one.name, Outcome.NEW, "the commit does not have it")
    first, second = _number(before), _number(after)
    if before == after or (first is not None and first == second):
        return Compared(one.name, Outcome.SAME)
    if first is None or second is None:
        return Compared(one.name, Outcome.DIFFERENT, f"{before} became {after}")
    deltas[one.name] = second - first
    off = f"off by {second - first:.6g}"
    if one.tolerance is not None and one.tolerance.about(one.name) and one.tolerance.holds(first, second):
        return Compared(one.name, Outcome.WITHIN, off)
    return Compared(one.name, Outcome.DIFFERENT, off)


def _digest(folder: Path, path: str, alg: str) -> str:
    """Return the checksum of a file, or of a folder's files with their names; empty where there is none.

    A git-lfs pointer stands for its content.
    """
    try:
        found = digest.digests(digest.real(folder, path), (alg,))
        held = lfs.pointer(found.head, found.size) if alg == algorithms.SHA_256 else None
        return held.oid if held is not None else found.values[alg]
    except UnreadError as error:
        if error.trouble is not Trouble.FOLDER:
            return ""
    running = algorithms.begun(alg)
    try:
        for name in sorted(digest.files_below(folder, path)):
            one = digest.digests(digest.real(folder, f"{path}/{name}"), (alg,)).values[alg]
            running.update(f"{one}  {name}\n".encode("utf-8", "surrogateescape"))
    except UnreadError:
        return ""
    return running.hexdigest()


def _values(folder: Path) -> ValueFiles:
    return ValueFiles(lambda path: read_text(folder, path))


def _value(files: ValueFiles, one: Figure) -> Any:
    held = files.get(one.file)
    if isinstance(held, Finding):
        return _NONE
    try:
        return point(held, one.pointer)
    except Exception:
        return _NONE


def _figures(files: ValueFiles, path: str) -> dict[str, Any] | None:
    """Return what stands in a file of figures, by name; None for any other file."""
    held = files.get(path) if path.lower().endswith(_FIGURES) else None
    return None if held is None or isinstance(held, Finding) else dict(_leaves(held, ""))


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{name}.{number}" if name else str(number))
    else:
        yield name, value


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Plain):
        found = value.number()
        return None if found is None else float(found)
    return float(value) if isinstance(value, int | float) else None


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
