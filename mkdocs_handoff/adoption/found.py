"""What a look found, in words, and the globs that claim it: those files, and no others that are there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.detect import MARKDOWN, YAML
from mkdocs_handoff.records.discover import RESULTS, discover
from mkdocs_handoff.text.globs import matches
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Settings

DIALECTS = {
    "own": "written for mkdocs-handoff",
    "hugging-face": "Hugging Face",
    "open-model-zoo": "Open Model Zoo",
    "madr-4": "MADR 4",
    "madr-3": "MADR 3",
    "madr-2": "MADR 2",
    "nygard": "Nygard",
    "backstage": "Backstage",
    "kubernetes-glossary": "Kubernetes glossary",
    "cncf-glossary": "CNCF glossary",
    "datahub-glossary": "DataHub glossary",
    "eval-results": RESULTS,
}
_BESIDE = {
    "codeowners": "CODEOWNERS (compared with the owners that records name)",
    "dvc": "DVC (read by `capture` and `verify`)",
    "mlflow": "MLflow (read by `capture`)",
    "eval-benchmark": "benchmarks (read with their data sets)",
}
_OVERVIEWS = frozenset(("readme", "index"))
_WORD = re.compile(r"[-_ .]+")
_SPECIAL = re.compile(r"[\[*?]")
_GROWING = frozenset(("decision", "term"))
"""Kinds of which a folder that has one will have more."""
_LEFT_OUT = 20


@dataclass(frozen=True, slots=True)
class Globs:
    """The settings that claim what was found.

    Attributes:
        records: Globs by kind; none for a kind whose files all stand in its usual places.
        exclude: Globs of files in those places that are no records.
    """

    records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()


def lines(look: Look, kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """Return what was found, a line for each kind and format, the records first.

    Args:
        look: What the look showed.
        kinds: For their names.
    """
    records: Counter[tuple[str, str]] = Counter()
    beside: Counter[str] = Counter()
    first: dict[object, str] = {}
    for one in look.seen:
        found = one.detected
        for kind in found.kinds:
            records[kind, found.dialect] += 1
            first.setdefault((kind, found.dialect), one.path)
        if not found.kinds:
            beside[found.dialect] += 1
            first.setdefault(found.dialect, one.path)
    order = {name: number for number, name in enumerate(kinds)}
    ranked = sorted(records, key=lambda key: (order.get(key[0], len(order)), -records[key], key[1]))
    said = [f"{_many(records[key], key[0], kinds)} ({DIALECTS[key[1]]}): {first[key]}" for key in ranked]
    for key, number in sorted(beside.items()):
        said.append(f"{counted(number, 'file')} of {_BESIDE[key]}: {first[key]}")
    return tuple(said)


def _many(number: int, kind: str, kinds: Mapping[str, Kind]) -> str:
    known = kinds.get(kind)
    return f"{number:,} {kind}{'' if number == 1 else 's'}" if known is None else many(number, known)


def many(number: int, kind: Kind) -> str:
    """Return so many records of a kind: `3 data sets`. Some kinds are called by their collection, as a glossary is."""
    several = kind.plural if kind.plural[:1].lower() == kind.title[:1].lower() else f"{kind.title}s"
    return f"{number:,} {(kind.title if number == 1 else several).lower()}"


def globs(look: Look, settings: Settings, kinds: Mapping[str, Kind]) -> Globs:
    """Return the globs that claim the files that were found.

    Args:
        look: What the look showed.
        settings: The project's, before.
        kinds: With their usual places.
    """
    claimed = {one.path: one.claim for one in discover(settings, kinds)[0]}
    usual: defaultdict[str, set[str]] = defaultdict(set)
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    kind_of = {one.path: one.detected for one in look.seen if one.detected.kind}
    for path, claim in claimed.items():
        if claim is not None and claim.glob and (path not in kind_of or claim.kind in kind_of[path].kinds):
            usual[claim.kind].add(path)
    for path, found in kind_of.items():
        itself = found.dialect == "eval-results" or (found.dialect == "own" and path in claimed)
        if found.kind in kinds and not itself and not any(path in usual[kind] for kind in found.kinds):
            wanted[found.kind].add(path)
    every = {*look.others, *(one.path for one in look.seen if one.path.lower().endswith((*MARKDOWN, *YAML)))}
    records: dict[str, tuple[str, ...]] = {}
    exclude: dict[str, None] = {}
    for kind in (kind for kind in kinds if wanted[kind]):
        mine = wanted[kind] | usual[kind]
        kept = [glob for glob in kinds[kind].globs if any(matches(path, glob) for path in usual[kind])]
        exclude |= dict.fromkeys(_escaped(path) for path in sorted(every - mine) if any(matches(path, g) for g in kept))
        chosen, without = _chosen(kind, wanted[kind], every - usual[kind])
        records[kind] = (*kept, *chosen)
        exclude |= dict.fromkeys(map(_escaped, without))
    named = {path for paths in wanted.values() for path in paths} | {path for paths in usual.values() for path in paths}
    return Globs(records, tuple(glob for glob in exclude if not any(matches(path, glob) for path in named)))


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


def _chosen(kind: str, wanted: set[str], every: set[str]) -> tuple[list[str], list[str]]:
    """Return globs for the wanted files, and the files to be left out of them."""
    candidates = list(_candidates(kind, wanted, every))
    left = set(wanted)
    chosen: list[str] = []
    without: list[str] = []
    while left:
        best = max(
            (_Candidate(one.glob, one.covers & left, one.without) for one in candidates),
            key=lambda one: one.merit,
            default=None,
        )
        if best is None or not best.covers or (len(best.covers) == 1 and kind not in _GROWING):
            break
        chosen.append(best.glob)
        without += best.without
        left -= best.covers
    return [*chosen, *map(_escaped, sorted(left))], without


def _candidates(kind: str, wanted: set[str], every: set[str]) -> Iterator[_Candidate]:
    """Yield globs that match wanted files, and nothing else but a few that can be left out by name."""
    by_folder: defaultdict[str, list[str]] = defaultdict(list)
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    by_parent: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(every):
        folder, _, name = path.rpartition("/")
        by_folder[folder].append(path)
        by_name[name].append(path)
        by_parent[folder.rpartition("/")[2]].append(path)
    tried: set[str] = set()
    for path in sorted(wanted):
        folder, _, name = path.rpartition("/")
        ending = name[name.rfind(".") :]
        parent = folder.rpartition("/")[2]
        lead = f"{folder}/" if folder else ""
        places: list[tuple[str, Sequence[str]]] = []
        if folder:
            here = [one for one in by_folder[folder] if one.endswith(ending)]
            places.append((f"{_escaped(folder)}/*{ending}", here))
        if name[0].isdigit():
            numbered = [one for one in by_folder[folder] if one.endswith(ending) and one[len(lead) :][0].isdigit()]
            places.append((f"{_escaped(lead)}[0-9]*{ending}", numbered))
        for above in _above(folder):
            start = f"{_escaped(above)}/" if above else ""
            same = _below(by_name[name], above)
            depth = start.count("/") + 1
            places.append((f"{start}*/{_escaped(name)}", [one for one in same if one.count("/") == depth]))
            places.append((f"{start}**/{_escaped(name)}", same))
            if parent and parent != above and kind in _GROWING:
                like = [one for one in _below(by_parent[parent], above) if one.endswith(ending)]
                places.append((f"{start}**/{_escaped(parent)}/*{ending}", like))
        for glob, found in places:
            if glob in tried:
                continue
            tried.add(glob)
            others = tuple(one for one in found if one not in wanted)
            covers = frozenset(found) & wanted
            if _can_be_left_out(others, len(covers)):
                yield _Candidate(glob, covers, others)


def _can_be_left_out(others: Sequence[str], covered: int) -> bool:
    """Tell whether files are few beside those that are meant, or speak of their folder alone."""
    plain = [one for one in others if not _of_the_folder(one)]
    return len(others) <= _LEFT_OUT and len(plain) * 10 <= covered


def _of_the_folder(path: str) -> bool:
    stem = path.rpartition("/")[2].lower().partition(".")[0]
    return stem in _OVERVIEWS or bool({"template", "templates"} & set(_WORD.split(path.rpartition("/")[2].lower())))


def _above(folder: str) -> Iterator[str]:
    """Yield the folders above a file, the nearest first; the root is the empty one."""
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _below(paths: Iterable[str], folder: str) -> list[str]:
    return [path for path in paths if not folder or path.startswith(folder + "/")]


def _escaped(path: str) -> str:
    """Return a glob that matches one path alone."""
    return _SPECIAL.sub(lambda found: f"[{found[0]}]", path)
