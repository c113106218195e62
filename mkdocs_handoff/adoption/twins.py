"""Files that describe what a card beside them describes: a catalog's entry for a model, a second card in a folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.heads import documents, parted
from mkdocs_handoff.adoption.heads import keys as keys_in
from mkdocs_handoff.adoption.look import head_of
from mkdocs_handoff.records.discover import CARDS
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.settings import Settings

_CARD, _PLAIN, _CATALOG = "hugging-face", "model-card", "backstage"
_NAME = re.compile(r"^metadata:(?:[ \t]*\{|(?:[ \t]*(?:#.*)?\n(?:[ \t]+.*\n)*?)[ \t]+)(?:[^}\n]*,[ \t]*)?"
                   r"name:[ \t]*[\"']?([\w.-]+)", re.MULTILINE)  # fmt: skip


def twins(look: Look, settings: Settings) -> Mapping[str, str]:
    """Return files with the card that stands beside each and describes the same model or data.

    Two records of one name are an error, and one of them is on no page. What the settings claim is never among them.

    Args:
        look: What the look at the repository showed.
        settings: The project's, before.
    """
    cards: dict[tuple[str, str], str] = {}
    for dialect in (_CARD, _PLAIN):  # of two cards the one with front matter says more
        for one in look.seen:
            folder, _, name = one.path.rpartition("/")
            if one.detected.dialect == dialect and name.rpartition(".")[0].lower() in CARDS and folder:
                cards.setdefault((folder, one.detected.kind), one.path)
    found: dict[str, str] = {}
    for one in look.seen:
        folder = one.path.rpartition("/")[0]
        card = cards.get((folder, one.detected.kind), one.path)
        if card == one.path or any(matches(one.path, claim.glob) for claim in settings.claims):
            continue
        same = one.detected.dialect == _PLAIN or (
            one.detected.dialect == _CATALOG and _alone(settings, one.path) == _called(settings, card)
        )
        if same:
            found[one.path] = card
    return found


def _alone(settings: Settings, path: str) -> str:
    """Return the name of the one entity of a catalog; empty where it holds several."""
    held = [one for one in documents(head_of(settings.root, path) or "") if keys_in(one)]
    named = _NAME.search(held[0]) if len(held) == 1 else None
    return slug(named[1]) if named else ""


def _called(settings: Settings, card: str) -> str:
    """Return how a card in a folder is called: as its `id` says, or as the folder is."""
    written = keys_in(parted(head_of(settings.root, card) or "")[0]).get("id", "")
    return slug(written.strip("\"'")) or slug(card.split("/")[-2])
