"""Glossary files that hold many terms otherwise than as a list of ours: DataHub's tree, a mapping, a list by keys."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.text.yaml import Path, Value

    Entry = tuple[Path, dict[str, Value], Mapping[str, Value]]

TERMS = "terms"
GLOSSARY = "glossary"
"""What the list is called as well."""

OWN_NAMES = frozenset(("id", "title", "name"))
"""What a record is called: a mapping that has one of these is a record itself."""

CALLED = ("term", "canonical", "label", "formal_name", "word", "headword")
"""Other words for what a term is called."""

_MEANINGS = ("definition", "def", "short", "description", "long", "short_description")
_SAID = frozenset((*OWN_NAMES, *CALLED, *_MEANINGS, "kind", "version", "synonyms", "aka", "status"))
"""What a term says itself, and what a file says of all of them: no key of a term."""

_OF_A_TERM = _SAID | frozenset(
    (
        *("category", "date", "domain", "example", "examples", "formula", "lifecycle", "links", "owner", "owners"),
        *("related", "related_terms", "see_also", "source", "tags", "unit", "usage"),
    )
)
"""What a term says of itself below its title."""

_OF_SETTINGS = re.compile(
    r"author|file|format|licen[cs]e|notes?|output|path|source|template|theme|url"
    r"|(?:.*_)?(?:button|error|hint|label|message|placeholder|text|title|tooltip)|.*_(?:dir|file|format|path|url)",
    re.IGNORECASE,
)
"""Keys of what programs are told, or say: of terms few are called so."""

_NAMED_SO = re.compile(
    r"(?:(?:business|data|domain|terms?)[-_. ])?glossary(?:[-_. ](?:of[-_. ])?terms?)?", re.IGNORECASE
)
_OF_PROGRAMS = frozenset(
    ("i18n", "intl", "l10n", "lang", "langs", "languages", "locale", "locales", "messages", "settings", "translations")
)
_WORD = re.compile(r"(?<!\S)[(\"']*[^\W\d_]+(?:['\u2019-][^\W\d_]+)*[)\"'.,;:!?]*(?!\S)")
_WORDS = 3
"""So many words are prose; a formula or a label has fewer."""

_FEW = 10
"""One term in so many may be called as a setting is."""


def is_glossary(path: str) -> bool:
    """Tell whether a file is called a glossary."""
    return GLOSSARY in posixpath.basename(path).lower()


def may_hold_texts(path: str) -> bool:
    """Tell whether texts by keys in a file may be terms: it is called a glossary, and nothing else.

    `locales/glossary.yml` has what a page says, `glossary-settings.yml` what a program is told.
    """
    *folders, name = path.split("/")
    stem = posixpath.splitext(name)[0]
    return _NAMED_SO.fullmatch(stem) is not None and _OF_PROGRAMS.isdisjoint(folder.lower() for folder in folders)


def entries(value: Value, *, texts: bool = False) -> list[Entry]:
    """Return the terms of a glossary: where each stands, its fields, what stands above it and says something of it.

    Anything else is no such glossary, and gives nothing.

    Args:
        value: What the file holds.
        texts: Whether texts by keys are terms as well, as `may_hold_texts` tells of the file.
    """
    if isinstance(value, list):
        return _by_one_key(value, ())
    if isinstance(value, dict) and texts and "title" in value:
        return _titled(value)
    if not isinstance(value, dict) or OWN_NAMES & value.keys():
        return []
    listed = value.get(TERMS)
    if isinstance(listed, list):
        return _tree(value) or _by_one_key(listed, (TERMS,))
    return _tree(value) or _other_list(value) or _keyed(value, texts=texts)


def says_no_term(value: Value) -> bool:
    """Tell whether a file that is called a glossary names no term, and says what none means.

    It may hold what is said of all of them, which stand elsewhere, or words of another kind, without a name.
    """
    listed = value.get(TERMS, value.get(GLOSSARY)) if isinstance(value, dict) else value
    if isinstance(listed, list):
        return bool(listed) and not any(isinstance(one, dict) and (_named(one) or _means(one)) for one in listed)
    if not isinstance(value, dict) or {TERMS, "nodes", "kind"} & value.keys():
        return False
    return not ({*_MEANINGS, *CALLED, "synonyms", "aka"} & value.keys())


def _named(one: Mapping[str, Value]) -> bool:
    return any(isinstance(one.get(name), str) for name in (*OWN_NAMES, *CALLED))


def _means(one: Mapping[str, Value]) -> bool:
    return any(isinstance(one.get(name), str) for name in _MEANINGS)


def _tree(value: dict[str, Value]) -> list[Entry]:
    """Return the nodes and terms of a business glossary of DataHub; a node is a term with narrower ones.

    `path` is the way by which DataHub's own files refer to an entry; `twin` is set where another has its name too.
    """
    flat = isinstance(value.get(TERMS), list) and ("source" in value or isinstance(value.get("owners"), dict))
    if "version" not in value or not (flat or isinstance(value.get("nodes"), list)):
        return []
    found = _below(value, (), MappingProxyType({"datahub": "yes", "owners": value.get("owners")}))
    names = Counter(slug(str(own["name"])) for _, own, _ in found if own.get("name"))
    return [
        (where, own, MappingProxyType({**above, "twin": names[slug(str(own.get("name") or ""))] > 1}))
        for where, own, above in found
    ]


def _below(value: dict[str, Value], path: Path, above: Mapping[str, Value]) -> list[Entry]:
    found: list[Entry] = []
    for key in ("nodes", TERMS):
        listed = value.get(key)
        for number, one in enumerate(listed if isinstance(listed, list) else []):
            if not isinstance(one, dict):
                continue
            here = (*path, key, number)
            own = {name: held for name, held in one.items() if name not in ("nodes", TERMS)}
            parts = (above.get("path"), one.get("name"))
            named = ".".join(str(part) for part in parts if part)
            found.append((here, own, {**above, "parent": above.get("path"), "path": named}))
            found.extend(
                _below(one, here, {**above, "path": named, "owners": one.get("owners") or above.get("owners")})
            )
    return found


def _other_list(value: dict[str, Value]) -> list[Entry]:
    """Return the terms of a list that is called `glossary`."""
    listed = value.get(GLOSSARY)
    if not isinstance(listed, list) or not all(isinstance(one, dict) and _named(one) for one in listed):
        return _by_one_key(listed, (GLOSSARY,)) if isinstance(listed, list) else []
    nothing: Mapping[str, Value] = MappingProxyType({})
    return [((GLOSSARY, number), one, nothing) for number, one in enumerate(listed) if isinstance(one, dict)]


def _by_one_key(listed: list[Value], path: Path) -> list[Entry]:
    """Return the terms of a list of which each item is a name and what it means: `- AUC: The area …`."""
    found: list[Entry] = []
    for number, one in enumerate(listed):
        if not isinstance(one, dict) or len(one) != 1:
            return []
        ((key, text),) = one.items()
        if not isinstance(text, str) or key in _SAID:
            return []
        found.append(((*path, number, key), {"definition": text}, MappingProxyType({"key": key})))
    # What several items say of themselves is no name, and what a single one says may be anything.
    apart = len({one["key"] for _, _, one in found}) == len(found)
    return found if apart and (len(found) > 1 or any(_is_prose(one["definition"]) for _, one, _ in found)) else []


def _keyed(value: dict[str, Value], *, texts: bool) -> list[Entry]:
    """Return terms by their keys: `auc: {title: AUC, definition: …}`, at the top or below `terms`."""
    name = next((name for name in (TERMS, GLOSSARY) if isinstance(value.get(name), dict)), "")
    listed = value.get(name)
    path: Path = (name,) if name else ()
    held = listed if isinstance(listed, dict) else value
    if not path and texts and any(one is None or isinstance(one, str) for one in held.values()) and not _prose(held):
        return []
    found: list[Entry] = []
    for key, one in held.items():
        own = _meaning(one) if path or texts else one
        if not isinstance(own, dict) or not (path or one is None or isinstance(one, str) or _means(own)):
            return []
        if path and not any(own.get(name) for name in (*_MEANINGS, *OWN_NAMES, *CALLED)):
            return []
        found.append(((*path, key), own, MappingProxyType({"key": key})))
    return found


def _titled(value: dict[str, Value]) -> list[Entry]:
    """Return the terms of a file that has a title above texts by their keys; what a term says itself are none."""
    held = {key: one for key, one in value.items() if key != "title"}
    said = [one for one in held.values() if isinstance(one, str) and one]
    if len(said) < max(2, len(held)) or any(str(key).lower() in _OF_A_TERM for key in held):
        return []
    return _keyed(held, texts=True)


def _meaning(one: Value) -> Value:
    """Return what a key says of its term in the fields of one: a text is what it means."""
    return {"definition": one} if isinstance(one, str) and one else {} if one in (None, "") else one


def _prose(held: dict[str, Value]) -> bool:
    """Tell whether the texts of a mapping are sentences by their keys, and not settings, labels or formulas."""
    written = [one for one in held.values() if isinstance(one, str) and one]
    told = sum(_OF_SETTINGS.fullmatch(str(key)) is not None for key in held)
    return sum(map(_is_prose, written)) * 2 > len(written) and not _SAID & held.keys() and told * _FEW <= len(held)


def _is_prose(text: Value) -> bool:
    return isinstance(text, str) and len(_WORD.findall(text)) >= _WORDS
