"""Terms that stand in several languages, a folder for each: one of them is read, as a term has one name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.settings import Settings

_GLOSSARIES = frozenset(("cncf-glossary", "kubernetes-glossary"))
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_FIRST = "en"


def translations(look: Look, settings: Settings) -> Mapping[str, str]:
    """Return the files of terms that are translations, each with the file that is read in its place.

    That is the one that the settings claim, else the English one, else the one of the language with most terms. What
    the settings claim is never among the translations.

    Args:
        look: What the look at the repository showed.
        settings: The project's, before.
    """
    versions: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for one in look.seen:
        if one.detected.dialect in _GLOSSARIES:
            parts = one.path.split("/")
            for at, folder in enumerate(parts[:-1]):
                if _LANGUAGE.fullmatch(folder):
                    versions[*parts[:at], "*", *parts[at + 1 :]][folder] = one.path
    several = [held for held in versions.values() if len(held) > 1]
    most = Counter(language for held in several for language in held)
    found: dict[str, str] = {}
    for held in several:
        claimed = {path for path in held.values() if any(matches(path, claim.glob) for claim in settings.claims)}
        order = {path: (path not in claimed, name != _FIRST, -most[name], name) for name, path in held.items()}
        original = min(order, key=order.__getitem__)
        found |= dict.fromkeys((path for path in held.values() if path != original and path not in claimed), original)
    return found
