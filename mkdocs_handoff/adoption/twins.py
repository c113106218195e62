"""Files that describe what a card describes already: a catalog's entry for a model, a second card in a folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_handoff.adoption.cards import sections
from mkdocs_handoff.adoption.detect import keys_of
from mkdocs_handoff.adoption.heads import documents, parted, unfenced
from mkdocs_handoff.adoption.heads import keys as keys_in
from mkdocs_handoff.adoption.heads import titles as titles_in
from mkdocs_handoff.adoption.look import head_of
from mkdocs_handoff.records.dialects.titles import bare
from mkdocs_handoff.records.discover import CARDS
from mkdocs_handoff.records.names import GENERAL
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.records.discover import Claimed
    from mkdocs_handoff.settings import Settings

_CATALOG = "backstage"
_RANKS = {"hugging-face": 0, "own": 1, "model-card": 2, "data-card": 2}
"""Of several cards the one with front matter says more; where a file is a card by its place alone, see `_rank`."""

_CLAIMED, _PLAIN, _PROSE = -1, 2, 3

_OF_THE_TOP = frozenset(("docs", "doc"))
"""Folders in which a card may lie that describes what the repository holds."""

_CALLED = ("id", "model_name", "pretty_name", "title")
_INDEXED = re.compile(r"^model-index:.*\n[ \t]*-[ \t]+name:(.*)", re.MULTILINE)
_WORD = re.compile(r"[^\W_]{2,}")
_NAME = re.compile(r"^metadata:(?:[ \t]*\{|(?:[ \t]*(?:#.*)?\n(?:[ \t]+.*\n)*?)[ \t]+)(?:[^}\n]*,[ \t]*)?"
                   r"name:[ \t]*[\"']?([\w.-]+)", re.MULTILINE)  # fmt: skip


class _Card(NamedTuple):
    """A card, by how much it says: what says more comes first."""

    rank: int
    unsaid: int
    path: str


def twins(look: Look, settings: Settings, files: Iterable[Claimed]) -> Mapping[str, str]:
    """Return files with the card that describes the same model or data as each.

    Two records of one name are an error, and one of them is on no page. What the settings claim is never among them.

    Args:
        look: What the look at the repository showed.
        settings: The project's, before.
        files: What is claimed now: a README in a kind's usual place is a record as well.
    """
    ours = [claim.glob for claim in settings.claims]
    cards: dict[tuple[str, str], list[_Card]] = {}
    for one in look.seen:
        rank = _RANKS.get(one.detected.dialect)
        if rank is not None and _of_a_folder(one.path) and not _matched(one.path, settings.exclude):
            place = (one.path.rpartition("/")[0], one.detected.kind)
            said = _sections(settings, one.path, one.detected.kind) if rank == _PLAIN else 0
            rank = _CLAIMED if _matched(one.path, ours) else rank
            cards.setdefault(place, []).append(_Card(rank, -said, one.path))
    known = {one.path for one in look.seen}
    for file in files:
        if file.claim is not None and file.path not in known and _of_a_folder(file.path):
            place = (file.path.rpartition("/")[0], file.claim.kind)
            if place in cards:
                said = _sections(settings, file.path, file.claim.kind)
                rank = _CLAIMED if file.claim in settings.claims else _rank(settings, file.path, said)
                cards[place].append(_Card(rank, -said if rank == _PLAIN else 0, file.path))
    found: dict[str, str] = {}
    for (folder, kind), held in cards.items():
        above = cards.get(("", kind), []) if folder in _OF_THE_TOP else []
        card = min(above or held).path
        of_the_top = not folder or folder in _OF_THE_TOP
        for rank, _, path in held:
            if rank >= _PLAIN and path != card and not (of_the_top and _of_another(settings, path, card)):
                found[path] = card
    found.update(_elsewhere(cards))
    for one in look.seen:
        held = cards.get((one.path.rpartition("/")[0], one.detected.kind), [])
        card = min(held).path if held else ""
        if one.detected.dialect == _CATALOG and "/" in card and _alone(settings, one.path) == _called(settings, card):
            found[one.path] = card
    return {path: card for path, card in sorted(found.items()) if not _matched(path, ours)}


def _matched(path: str, globs: Iterable[str]) -> bool:
    return any(matches(path, glob) for glob in globs)


def _of_a_folder(path: str) -> bool:
    """Tell whether a card is called after its folder, as all others in it that are called so."""
    return path.rpartition("/")[2].rpartition(".")[0].lower() in CARDS


def _rank(settings: Settings, path: str, said: int) -> int:
    """Return how much a file says that is a card by its place alone: with fields, in sections of cards, or prose."""
    if keys_of(path, head_of(settings.root, path) or ""):
        return _RANKS["own"]
    return _PLAIN if said > 1 else _PROSE


def _sections(settings: Settings, path: str, kind: str) -> int:
    return sections(kind, parted(head_of(settings.root, path) or "")[1])


def _elsewhere(cards: Mapping[tuple[str, str], Iterable[_Card]]) -> Iterator[tuple[str, str]]:
    """Yield plain cards whose folder is called as that of a card with fields: both would have the folder's name."""
    fields: dict[tuple[str, str], str] = {}
    plain: list[tuple[tuple[str, str], str]] = []
    for (folder, kind), held in cards.items():
        named = slug(folder.rpartition("/")[2])
        if named and named not in GENERAL:
            called = named, kind
            fields.update((called, one.path) for one in held if one.rank < _PLAIN)
            plain += [(called, one.path) for one in held if one.rank >= _PLAIN]
    yield from ((path, fields[called]) for called, path in plain if called in fields)


def _of_another(settings: Settings, path: str, card: str) -> bool:
    """Tell whether a card says by its title that it is of another model, and not a word of that is the other's.

    Those of the top are not called after a folder, so both may be read.
    """
    heading = _heading(settings, path)
    named, said = bare(heading), _said(settings, card)
    return named not in ("", heading) and bool(said) and said.isdisjoint(_words(named))


def _heading(settings: Settings, path: str) -> str:
    return next(iter(titles_in(unfenced(parted(head_of(settings.root, path) or "")[1]))), "")


def _said(settings: Settings, path: str) -> set[str]:
    """Return the words by which a card calls what it describes."""
    front = parted(head_of(settings.root, path) or "")[0]
    keys = keys_in(front)
    indexed = _INDEXED.search(front)
    texts = [*(keys.get(key, "") for key in _CALLED), indexed[1] if indexed else "", bare(_heading(settings, path))]
    return {word for text in texts for word in _words(text)}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _alone(settings: Settings, path: str) -> str:
    """Return the name of the one entity of a catalog; empty where it holds several."""
    held = [one for one in documents(head_of(settings.root, path) or "") if keys_in(one)]
    named = _NAME.search(held[0]) if len(held) == 1 else None
    return slug(named[1]) if named else ""


def _called(settings: Settings, card: str) -> str:
    """Return how a card in a folder is called: as its `id` says, or as the folder is."""
    written = keys_in(parted(head_of(settings.root, card) or "")[0]).get("id", "")
    return slug(written.strip("\"'")) or slug(card.split("/")[-2])
