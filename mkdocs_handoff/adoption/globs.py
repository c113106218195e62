"""The globs that claim what a look found: those files, and no others that are there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.chosen import chosen_for, escaped
from mkdocs_handoff.adoption.detect import MARKDOWN, YAML
from mkdocs_handoff.adoption.strangers import strangers
from mkdocs_handoff.adoption.translations import language_of, translations
from mkdocs_handoff.adoption.twins import twins
from mkdocs_handoff.records.discover import discover
from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Claim, Settings

_MANY = 4


@dataclass(frozen=True, slots=True)
class Globs:
    """The settings that claim what was found.

    Attributes:
        records: Globs by kind; none for a kind whose files all stand in its usual places.
        exclude: Globs of files in those places that are no records.
    """

    records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()


def globs(look: Look, settings: Settings, kinds: Mapping[str, Kind]) -> Globs:
    """Return the globs that claim the files that were found.

    Args:
        look: What the look showed.
        settings: The project's, before.
        kinds: With their usual places.
    """
    files = discover(settings, kinds)[0]
    translated = translations(look, settings)
    doubled = {*twins(look, settings, files), *translated}
    strange = doubled | (set() if settings.path else set(strangers(look, settings, kinds, files)))
    claimed = {one.path: one.claim for one in files if one.path not in strange}
    out = {one.path for one in look.seen if any(matches(one.path, glob) for glob in settings.exclude)} | doubled
    kind_of = {one.path: one.detected for one in look.seen if one.detected.kind and one.path not in out}
    foreign = {kind: frozenset(path for path, found in kind_of.items() if kind not in found.kinds) for kind in kinds}
    usual, kept = _usual(claimed, foreign, kinds)
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for path, found in kind_of.items():
        itself = found.dialect == "eval-results" or (found.dialect == "own" and path in claimed)
        if found.kind in kinds and not itself and not any(path in usual[kind] for kind in found.kinds):
            wanted[found.kind].add(path)
    every = {*look.others, *(one.path for one in look.seen if one.path.lower().endswith((*MARKDOWN, *YAML)))}
    records: dict[str, tuple[str, ...]] = {}
    exclude = dict.fromkeys(_together(strange, every - strange, translated))
    for kind in (kind for kind in kinds if wanted[kind]):
        # Its usual places are named too, as they count no more once others are.
        again = {path for path in usual[kind] if not any(matches(path, glob) for glob in kept[kind])}
        mine = wanted[kind] | usual[kind] | strange
        beside = [path for path in sorted(every - mine) if any(matches(path, glob) for glob in kept[kind])]
        exclude |= dict.fromkeys(map(escaped, beside))
        others = every - (usual[kind] - again) - translated.keys()  # these are left out by name anyhow
        chosen, without = chosen_for(kind, wanted[kind] | again, others, foreign[kind])
        records[kind] = tuple(dict.fromkeys((*kept[kind], *chosen)))
        exclude |= dict.fromkeys(map(escaped, without))
    named = {path for paths in (*wanted.values(), *usual.values()) for path in paths}
    return Globs(records, tuple(glob for glob in exclude if not any(matches(path, glob) for path in named)))


def _together(files: set[str], others: set[str], translated: Collection[str]) -> Iterator[str]:
    """Yield globs that match files and no others: one for those of a folder, or a language there, that are many."""
    by_place: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(files):
        language = language_of(path) if path in translated else ""
        by_place[path.rpartition("/")[0], language + path[path.rfind(".") :]].append(path)
    for (folder, ending), found in by_place.items():
        glob = f"{escaped(folder)}/*{ending}"
        if folder and len(found) >= _MANY and not any(matches(path, glob) for path in others):
            yield glob
        else:
            yield from map(escaped, found)


def _usual(
    claimed: Mapping[str, Claim | None], foreign: Mapping[str, frozenset[str]], kinds: Mapping[str, Kind]
) -> tuple[Mapping[str, set[str]], Mapping[str, list[str]]]:
    """Return the files that are claimed already, by kind, and those of its usual places that hold none of another."""
    usual: defaultdict[str, set[str]] = defaultdict(set)
    for path, claim in claimed.items():
        if claim is not None and claim.glob and path not in foreign.get(claim.kind, ()):
            usual[claim.kind].add(path)
    kept = {
        name: [
            glob
            for glob in kind.globs
            if any(matches(path, glob) for path in usual[name])
            and not any(matches(path, glob) for path in foreign[name])
        ]
        for name, kind in kinds.items()
    }
    return usual, kept
