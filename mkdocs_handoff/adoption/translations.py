"""Terms and decisions that stand in several languages: one of them is read, as a record has one name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.settings import Settings

_GLOSSARIES = frozenset(("cncf-glossary", "kubernetes-glossary"))
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_FIRST = "en"
_LANGUAGES = (
    *("ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu"),
    *("id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk"),
    *("vi", "zh"),
)
"""Languages as names of files have them. Few, as `use-node.js.md` is no translation of `use-node.md`."""

_SUFFIX = re.compile(rf"(.+)(\.(?:{'|'.join(_LANGUAGES)})(?:[-_][A-Za-z]{{2,4}})?)(\.[^./]+)")
_TRANSLATED = frozenset(("term", "decision"))
"""Kinds whose pages may stand beside one another in several languages: `0007-cache.md` and `0007-cache.fr.md`."""


def translations(look: Look, settings: Settings) -> Mapping[str, str]:
    """Return the files that are translations of another, each with the file that is read in its place.

    Of glossaries with a folder for each language that is the one that the settings claim, else the English one, else
    the one of the language with most terms; of pages beside one another the one whose name has no language. What the
    settings claim is never among the translations.

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
    return {**found, **dict(_beside(look, settings))}


def language_of(path: str) -> str:
    """Return the language in a file's name, with its dot (`.fr`); empty where there is none."""
    named = _SUFFIX.fullmatch(path)
    return named[2] if named else ""


def _beside(look: Look, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield pages with a language in their names, and the page without that stands beside each."""
    originals = {one.path for one in look.seen if one.detected.kind in _TRANSLATED}
    for path in (*(one.path for one in look.seen), *look.others):
        named = _SUFFIX.fullmatch(path)
        original = f"{named[1]}{named[3]}" if named else ""
        if original in originals and not any(matches(path, claim.glob) for claim in settings.claims):
            yield path, original
