"""What a look found, in words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_handoff import resources
from mkdocs_handoff.adoption.detect import YAML, keys_of
from mkdocs_handoff.adoption.heads import lists
from mkdocs_handoff.adoption.look import head_of
from mkdocs_handoff.adoption.strangers import strangers
from mkdocs_handoff.adoption.translations import translations
from mkdocs_handoff.adoption.twins import twins
from mkdocs_handoff.records.discover import RESULTS, discover
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.schema.files import foreign
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Settings

_PLACE = "place"
"""Instead of a dialect: the file says nothing itself of what it is."""

_LIST = "list"
"""The same of a file that holds many."""

_NAMED = 2
_CATALOGS = frozenset(("catalog-info.yaml", "org.yaml", "org.yml"))

DIALECTS = {
    "own": "written for mkdocs-handoff",
    "hugging-face": "Hugging Face",
    "model-card": "model card without front matter",
    "data-card": "data card without front matter",
    "open-model-zoo": "Open Model Zoo",
    "madr-4": "MADR 4",
    "madr-3": "MADR 3",
    "madr-2": "MADR 2",
    "nygard": "Nygard",
    "backstage": "Backstage",
    "kubernetes-glossary": "Kubernetes glossary",
    "cncf-glossary": "CNCF glossary",
    "datahub-glossary": "DataHub glossary",
    "keyed-glossary": "terms by their keys",
    "listed-glossary": "terms in a list",
    "eval-results": RESULTS,
    _PLACE: "by their place",
    _LIST: "by their place",
}
_LISTS = frozenset(("datahub-glossary", "keyed-glossary", "listed-glossary", "eval-results", _LIST))
"""Formats of which a file holds many records."""

_ALONE, _STRANGE, _TWIN, _SCHEMAS = "results-alone", "strangers", "twins", "schemas"
_TRANSLATED = "translations"
_BESIDE = {
    "codeowners": "of CODEOWNERS (compared with the owners that records name)",
    "dvc": "of DVC (read by `capture` and `verify`)",
    "mlflow": "of MLflow (read by `capture`)",
    "eval-benchmark": "of benchmarks (read with their datasets)",
    _ALONE: "of evaluations without a model's card beside them (not read)",
    _SCHEMAS: f"of other programs' schemas (not used; {GUIDE}kinds.md tells of your own)",
    _TWIN: "of a model or dataset that another card describes (left out)",
    _TRANSLATED: "in another language than the one that is read (left out)",
    _STRANGE: "in usual places that are none of ours by what they hold (left out)",
}


def lines(look: Look, kinds: Mapping[str, Kind], settings: Settings, *, every: bool = False) -> tuple[str, ...]:
    """Return what was found, a line for each kind and format, the records first.

    Args:
        look: What the look showed.
        kinds: For their names and usual places.
        settings: The project's, for the files that are records because of where they stand.
        every: Whether all files are named, and not the first ones alone.
    """
    most = len(look.seen) + len(look.others) if every else _NAMED
    files = discover(settings, kinds)[0]
    strange = () if settings.path else tuple(strangers(look, settings, kinds, files))
    doubled, translated = twins(look, settings, files), translations(look, settings)
    records: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    beside: defaultdict[str, list[str]] = defaultdict(list)
    cards = {one.path.rpartition("/")[0] for one in look.seen if one.detected.kind == "model"}
    for one in look.seen:
        found = one.detected
        if one.path in doubled:
            beside[_TWIN].append(one.path)
        elif one.path in translated:
            beside[_TRANSLATED].append(one.path)
        elif found.dialect == "eval-results" and one.path.rpartition("/")[0].rpartition("/")[0] not in cards:
            beside[_ALONE].append(one.path)
        elif not found.kinds:
            beside[found.dialect].append(one.path)
        else:
            for kind in found.kinds:
                records[kind, found.dialect].append(one.path)
    told = {one.path for one in look.seen}
    beside[_TWIN].extend(path for path in doubled if path not in told)
    beside[_TRANSLATED].extend(path for path in translated if path not in told)
    told |= {*strange, *doubled, *translated}
    for file in files:
        # A catalog of Backstage that holds nothing of ours stands in its place because it may one day.
        if file.claim is not None and file.path not in told and file.path not in _CATALOGS:
            listed = file.path.lower().endswith(YAML) and _holds_many(settings, file.path, kinds[file.claim.kind])
            records[file.claim.kind, _LIST if listed else _PLACE].append(file.path)
    beside[_STRANGE].extend(path for path in strange if path not in doubled and path not in translated)
    own = (settings.root / settings.schemas, settings.schemas)
    beside[_SCHEMAS].extend(foreign([(resources.folder("schemas"), ""), own]))
    order = {name: number for number, name in enumerate(kinds)}
    ranked = sorted(records, key=lambda key: (order.get(key[0], len(order)), -len(records[key]), key[1]))
    once = {key: list(dict.fromkeys(paths)) for key, paths in records.items()}  # a file may have several documents
    said = [f"{_many(len(records[key]), *key, kinds)}: {few(once[key], most)}" for key in ranked]
    for key, paths in sorted(beside.items()):
        if paths:
            said.append(f"{counted(len(paths), 'file')} {_BESIDE[key]}: {few(paths, most)}")
    return tuple(said)


def _holds_many(settings: Settings, path: str, kind: Kind) -> bool:
    head = head_of(settings.root, path) or ""
    return bool(kind.list_key) and (lists(head) or kind.list_key in keys_of(path, head))


def few(paths: Sequence[str], most: int) -> str:
    """Return the names of files; of many the first ones, and how many more there are.

    Args:
        paths: The files.
        most: How many are named where there are more than that and one.
    """
    if len(paths) <= most + 1:
        return ", ".join(paths)
    return f"{', '.join(paths[:most])} and {len(paths) - most:,} more"


def _many(number: int, kind: str, dialect: str, kinds: Mapping[str, Kind]) -> str:
    """Return so many records of a kind and a dialect, or files: how many a list holds is known when it is read."""
    known = kinds.get(kind)
    if dialect in _LISTS:
        several = f"{kind}s" if known is None else many(2, known).partition(" ")[2]
        return f"{counted(number, 'file')} of {several} ({DIALECTS[dialect]})"
    said = counted(number, kind) if known is None else many(number, known)
    return f"{said} ({DIALECTS[dialect]})"


def many(number: int, kind: Kind) -> str:
    """Return so many records of a kind: `3 datasets`. Some kinds are called by their collection, as a glossary is."""
    several = kind.plural if kind.plural[:1].lower() == kind.title[:1].lower() else f"{kind.title}s"
    return f"{number:,} {(kind.title if number == 1 else several).lower()}"
