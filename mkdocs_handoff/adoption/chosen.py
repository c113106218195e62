"""Which globs are chosen for files of a kind: few, near to them, and none that matches what is something else."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.detect import MARKDOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OVERVIEWS = frozenset(("readme", "index"))
_WORD = re.compile(r"[-_ .]+")
_SPECIAL = re.compile(r"[\[*?]")
_NUMBERED = re.compile(r"([A-Za-z]{0,12}[-_ ]?)\d")
_GROWING = frozenset(("decision", "term"))
"""Kinds of which a folder that has one will have more, and whose files are called by what they say."""
_LEFT_OUT = 20
_ZOO = 10
"""How many cards in folders at the top say that the repository is a collection of them."""


def chosen_for(kind: str, wanted: set[str], every: set[str], foreign: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return globs for files, and the files to be left out of them.

    Args:
        kind: The kind of the files.
        wanted: The files.
        every: All that a glob could match, these among them.
        foreign: Those that are of another kind: no glob matches one.
    """
    candidates = list(_candidates(kind, wanted, every, foreign))
    left = set(wanted)
    chosen: list[str] = []
    without: list[str] = []
    while left:
        best = max(
            (_Candidate(one.glob, one.covers & left, one.without) for one in candidates),
            key=lambda one: one.merit,
            default=None,
        )
        # A folder with a page of a kind will have more; one with a YAML file that lists many has that file.
        grows = kind in _GROWING and best is not None and best.glob.lower().endswith(MARKDOWN)
        if best is None or not best.covers or (len(best.covers) == 1 and not grows):
            break
        chosen.append(best.glob)
        without += best.without
        left -= best.covers
    return [*chosen, *map(escaped, sorted(left))], without


def escaped(path: str) -> str:
    """Return a glob that matches one path alone."""
    return _SPECIAL.sub(lambda found: f"[{found[0]}]", path)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A glob: the wanted files that it matches, and the others, all of which can be left out."""

    glob: str
    covers: frozenset[str]
    without: tuple[str, ...] = ()

    @property
    def merit(self) -> tuple[int, int, int, int, str]:
        """Much covered, little left out, and as near to the files as can be."""
        near = len(self.glob.replace("*", ""))
        return (len(self.covers), -len(self.without), -self.glob.count("**"), near, self.glob)


def _candidates(kind: str, wanted: set[str], every: set[str], foreign: frozenset[str]) -> Iterator[_Candidate]:
    """Yield globs that match wanted files, and nothing else but a few that can be left out by name."""
    above = {folder for path in wanted for folder in _above(path.rpartition("/")[0])}
    seeds: dict[str, str | None] = {}
    for path in sorted(wanted):
        for glob, of in _matching(kind, path, above - {path.rpartition("/")[0]}):
            seeds.setdefault(glob, of)
    # Each path is asked once for the globs that match it; asking each glob for its paths would take their product.
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(every):
        for glob in dict.fromkeys(glob for glob, _ in _matching(kind, path, above)):
            if glob in seeds:
                found[glob].append(path)
    for glob, of in seeds.items():
        others = tuple(one for one in found[glob] if one not in wanted)
        covers = frozenset(found[glob]) & wanted
        # The READMEs of all folders of a repository, those to come too, are too much to claim for a few cards.
        anywhere = of == "" and not "".join(glob.split("/")[:-1]).strip("*")
        if anywhere and ("**" in glob or len(covers) < _ZOO):
            continue
        if foreign.isdisjoint(others) and _can_be_left_out(others, len(covers), of):
            yield _Candidate(glob, covers, others)


def _matching(kind: str, path: str, above: set[str]) -> Iterator[tuple[str, str | None]]:
    """Yield globs that match a file, and of one for READMEs the folder of which one may speak.

    Args:
        kind: The kind of the files that are looked for.
        path: The file.
        above: The folders from which a glob may start that crosses folders.
    """
    folder, _, name = path.rpartition("/")
    ending = name[name.rfind(".") :]
    parent = folder.rpartition("/")[2]
    numbered = _NUMBERED.match(name)
    if folder:
        yield f"{escaped(folder)}/*{ending}", None
    if numbered is not None and (kind in _GROWING or not numbered[1]):
        yield f"{escaped(folder)}{'/' if folder else ''}{numbered[1]}[0-9]*{ending}", None
    of_folder = _stem(name) in _OVERVIEWS
    for start in (folder, *_above(folder)):
        if start not in above:
            continue
        lead = f"{escaped(start)}/" if start else ""
        if kind in _GROWING:
            if parent and start not in (parent, folder):
                yield f"{lead}**/{escaped(parent)}/*{ending}", None
            continue
        below = folder[len(start) :].strip("/")
        for glob in _shapes(lead, below.split("/"), name) if below else ():
            yield glob, start if of_folder else None
        yield f"{lead}**/{escaped(name)}", start if of_folder else None


def _shapes(start: str, below: Sequence[str], name: str) -> Iterator[str]:
    """Yield globs for files as deep as one is, below the same folder: the nearest folders may have any name, or more.

    Args:
        start: The folder, with a slash.
        below: The folders from there to the file.
        name: The file's name.
    """
    inner = [escaped(folder) for folder in below[1:]]
    shapes = (inner, [*inner[:-1], *("*" for _ in inner[-1:])], ["*" for _ in inner])
    for shape in dict.fromkeys(map(tuple, shapes)):
        yield f"{start}{'/'.join(('*', *shape, escaped(name)))}"


def _can_be_left_out(others: Sequence[str], covered: int, folder: str | None) -> bool:
    """Tell whether files are few beside those that are meant, or speak of their folder alone.

    Args:
        others: The files.
        covered: How many are meant.
        folder: Of a glob that means READMEs, the one folder whose own is none of them.
    """
    plain = [one for one in others if not _of_the_folder(one, folder)]
    return len(others) <= _LEFT_OUT and len(plain) * 10 <= covered


def _of_the_folder(path: str, folder: str | None) -> bool:
    held, _, name = path.rpartition("/")
    speaks = _stem(name) in _OVERVIEWS and (folder is None or held == folder)
    return speaks or bool({"template", "templates"} & set(_WORD.split(name.lower())))


def _stem(name: str) -> str:
    return name.lower().partition(".")[0].lstrip("_")


def _above(folder: str) -> Iterable[str]:
    """Yield the folders above a file's, the nearest first; the root is the empty one."""
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder
