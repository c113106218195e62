"""Which files hold records, and of which kind."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.records.documents import MARKDOWN, YAML
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE, Claim
from mkdocs_handoff.text.globs import fixed_part, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Settings

SIDECAR = ".handoff.yml"
_ENDINGS = (*MARKDOWN, *YAML)
# What tools make of an ending: a kind's usual places mean the format, and not how its ending is written.
_WRITTEN = {".markdown": ".md", ".yaml": ".yml"}
_OVERVIEWS = frozenset(("readme", "index"))
_WORD = re.compile(r"[-_ ]+")
_ANY_DEPTH = 1000
CARDS = frozenset(
    (
        *("readme", "index", "card", "datasheet"),
        *(f"{what}{joint}card" for what in ("model", "dataset", "data") for joint in ("", "_", "-")),
    )
)
"""How a file is called that speaks of its whole folder: its name is the folder's."""
RESULTS = ".eval_results"
# Files that mark a folder as made by a tool: a Python environment, a built site, the pages that `generate` writes.
_FOREIGN = frozenset(("pyvenv.cfg", "sitemap.xml.gz", ".handoff-manifest.json"))
_SETTINGS = frozenset((OWN_FILE, *CONFIGURATIONS))
_SKIPPED = frozenset(("node_modules", "__pycache__", "site-packages"))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A file that holds records: by which claim, or by none where only its own `kind:` can say so."""

    path: str
    claim: Claim | None


def claims(settings: Settings, kinds: Mapping[str, Kind]) -> tuple[Claim, ...]:
    """Return all claims in the order in which they are tried: the project's own first, then the kinds' defaults."""
    own = {claim.kind for claim in settings.claims}
    defaults = [Claim(kind.name, glob) for kind in kinds.values() if kind.name not in own for glob in kind.globs]
    return (*settings.claims, *defaults)


def discover(settings: Settings, kinds: Mapping[str, Kind]) -> tuple[tuple[Claimed, ...], tuple[str, ...]]:
    """Return the files that may hold records, by path, and the sidecars beside them.

    Only folders that a claim names are searched, and the builder's pages, which may name a kind themselves.
    """
    tried = claims(settings, kinds)
    own = [(claim, pattern(claim.glob)) for claim in settings.claims]
    usual = [(claim, pattern(_usual(claim.glob))) for claim in tried[len(own) :]]
    excluded = [pattern(glob) for glob in settings.exclude]
    docs = settings.docs_dir + "/"
    found: list[Claimed] = []
    sidecars: list[str] = []
    for path in _files(settings, (claim.glob for claim in tried)):
        if any(glob.fullmatch(path) or glob.fullmatch(path.removesuffix(SIDECAR)) for glob in excluded):
            continue
        if path.endswith(SIDECAR):
            sidecars.append(path)
            continue
        if not path.lower().endswith(_ENDINGS) or path in _SETTINGS:
            continue
        claim = next((claim for claim, regex in own if regex.fullmatch(path)), None)
        if claim is None:
            written = _usual(path)
            claim = next((claim for claim, regex in usual if regex.fullmatch(written)), None)
            if claim is not None and beside_records(path, claim.glob):
                claim = None
        if claim is not None or (path.startswith(docs) and path.lower().endswith(MARKDOWN)):
            found.append(Claimed(path, claim))
    found.extend(
        result
        for file in tuple(found)
        if file.claim is not None and file.claim.kind == "model" and "evaluation" in kinds
        for result in _results(str(settings.root), file.path)
        if not any(glob.fullmatch(result.path) for glob in excluded)
    )
    return tuple(found), tuple(sidecars)


def _results(root: str, card: str) -> Iterator[Claimed]:
    """Yield the evaluation results that the Hugging Face Hub keeps beside a card, in a hidden folder."""
    folder, _, name = card.rpartition("/")
    if name.lower().partition(".")[0] not in CARDS:
        return
    held = f"{folder}/{RESULTS}" if folder else RESULTS
    full = os.path.join(root, held)  # noqa: PTH118 - hot: a call per card
    if os.path.isdir(full) and not os.path.islink(full):  # noqa: PTH112, PTH114
        for name in sorted(os.listdir(full)):  # noqa: PTH208
            if name.lower().endswith(YAML) and not name.startswith("."):
                yield Claimed(f"{held}/{name}", Claim("evaluation", ""))


def _usual(path: str) -> str:
    """Return a path, or a glob, with its ending as it is mostly written: `.yml` for `.YML` and `.yaml`."""
    stem, ending = os.path.splitext(path)  # noqa: PTH122 - hot: a call per file of the project
    ending = ending.lower()
    return stem + _WRITTEN.get(ending, ending) if ending in _ENDINGS else path


def beside_records(path: str, glob: str) -> bool:
    """Tell whether a file in a kind's usual place is no record: `models/README.md` speaks of the folder.

    So is a template (`adr-template.md`). Only a project that names such a file in its settings means it as a record.
    """
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0].lower()
    return (stem in _OVERVIEWS and folder == fixed_part(glob)) or "template" in _WORD.split(stem)


def _files(settings: Settings, globs: Iterable[str]) -> list[str]:
    """Return all files that a glob could match, sorted; no folder is searched deeper than a glob reaches."""
    depths: dict[str, int] = {settings.docs_dir: _ANY_DEPTH}
    for glob in globs:
        folder = fixed_part(glob)
        rest = glob.removeprefix("./").removeprefix("/").removeprefix(folder).strip("/").split("/")
        depth = _ANY_DEPTH if "**" in rest else len(rest) - 1
        depths[folder] = max(depths.get(folder, 0), depth)
    found: set[str] = set()
    for folder, depth in depths.items():
        found.update(_walk(str(settings.root), folder, depth))
    return sorted(found)


def _walk(root: str, start: str, depth: int) -> Iterator[str]:
    """Yield the files below a folder; hidden and linked folders, environments and built sites are not entered."""
    top = os.path.join(root, start) if start else root  # noqa: PTH118 - hot: a call per folder of the project
    for folder, folders, names in os.walk(top):
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        level = 0 if folder == top else os.path.relpath(folder, top).count(os.sep) + 1
        if not _FOREIGN.isdisjoint(names):
            folders.clear()
            if level or start:
                continue
        folders[:] = (
            []
            if level >= depth
            else sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        )
        lead = "" if below == "." else below + "/"
        yield from (lead + name for name in names if not name.startswith("."))
