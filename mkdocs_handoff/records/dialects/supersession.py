"""Which decision takes the place of which: from the words of a status, a line, or a field."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects import words
from mkdocs_handoff.records.dialects.marks import LINK, plain
from mkdocs_handoff.text.comments import without_comments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.text.yaml import Value

FIELDS = ("supersedes", "superseded_by")
# Where words follow the number, they are the name of a file: what has the number may be another decision.
_NUMBERED = re.compile(r"\bADR[-_ #]?0*(\d+)(?!\w|[-_]\w)", re.IGNORECASE)
_NAMED = re.compile(r"\b(ADR[-_]?\d+[-_]\w(?:[\w.-]*\w)?)", re.IGNORECASE)
_TARGET = re.compile(
    rf"{LINK.pattern}|\[\[([^\[\]|#]+)(?:[|#][^\[\]]*)?\]\]|`((?:adr[-_]?)?\d[\w.-]*)`|{_NAMED.pattern}|{_NUMBERED.pattern}",
    re.IGNORECASE,
)
# Between two that are named in one breath; whatever else stands there begins something new.
_AND = re.compile(r"[\s,;&+/、，]*(?:(?:and|und|y|et|e|и|和)\b)?[\s,]*", re.IGNORECASE)
# A word between hyphens belongs to another: "read-only", "partial-index".
_PARTLY = (
    r"(?:(?<![\w-])(?:part(?:ly|ially)|in\s+parts?|parcialmente|partiellement|teilweise|parzialmente"
    r"|deels|gedeeltelijk|częściowo|k[i\u0131]smen|частично|частково)(?![\w-])|部分|一部|일부)"
)
_PART = r"(?:(?<![\w-])(?:part|partial|parcial|partiel(?:le)?|parziale)(?![\w-]))"
_IN_PART = re.compile(rf"{_PARTLY}|{_PART}|(?<![\w-])(?:parts|portions?|sections?|some)(?![\w-])", re.IGNORECASE)
_WORDS_ONLY = "only|nur|alleen|solo|sólo|somente|apenas|seulement|uniquement|solamente|только|лише|tylko"
_ARTICLES = r"(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bdas\s)(?<!\bdie\s)(?<!\bder\s)(?<!\bel\s)(?<!\bla\s)(?<!\ble\s)"
_ONLY = rf"(?:{_ARTICLES}(?<![\w-])(?:{_WORDS_ONLY})(?![\w-])|のみ|仅|只)"
# At the beginning: with a capital it may begin a title, unless what it limits follows right away.
_ONLY_FIRST = (
    rf"(?:(?-i:(?:{_WORDS_ONLY})(?![\w-]))|のみ|仅|只"
    rf"|(?:{_WORDS_ONLY})\s+(?:for|in|the|its|für|in|die|der|das|den|en|la|el|los|las|para|pour|le|les|per|il|voor|het)\b)"
)
_OF = rf"(?:{_PARTLY}|{_PART})\s*(?:$|[.,;:)\uff09—–]|(?:superseded|replaced|for|in|of)\b)"
# What is said right behind one that is named: in brackets, or at the beginning or end of its clause.
_SCOPE = re.compile(
    rf"\s*[(\uff08]\s*(?:{_ONLY_FIRST}|{_OF})"
    rf"|\s*[(\uff08][^()\uff08\uff09]{{0,200}}?(?:{_ONLY}|{_PARTLY})\s*[.,;:)\uff09—–]"
    rf"|[ \t]*(?:{_ONLY_FIRST}|{_OF})|\s*,\s*(?:{_PARTLY}|{_PART})\s*(?:$|[.,;:])"
    rf"|[^.,;:—–()\uff08\uff09]{{0,200}}?(?:{_ONLY}|{_PARTLY})\s*(?:$|[.,;:—–])",
    re.IGNORECASE,
)
# Where a clause begins: at the start, and after what ends the one before.
_CLAUSE = re.compile(r"^|[,;.(/，；。—–]\s*|\s-\s+")
_EDGE = re.compile(r"^\W+")
# `Superseded (by ADR-2)`
_BRACKETED = re.compile(r"\(\s*(?=(?:by|por|par|durch|door|przez)\b)", re.IGNORECASE)
_LONGEST = 2000
"""A line that is longer is no statement of a status."""

_PAGES = (".md", ".markdown", ".html", ".adoc")
_NOTHING = frozenset(("", "-", "–", "—", "none", "n/a", "null", "~", "no"))


class Linked(str):
    """The name of a decision that a link or a path leads to, with that path if it is a file of the project."""

    __slots__ = ("address",)
    address: str


def superseded(text: str) -> bool:
    """Tell whether a text says of its decision that another took its place: `Accepted, superseded by …`."""
    return any(field == "superseded_by" and not _scoped(rest) for field, rest in _clauses(text))


def in_part(text: str) -> bool:
    """Tell whether a text says that another took the place of a part of its decision: it is still in force."""
    text = without_comments(text)
    said = plain(text)
    bare = _IN_PART.sub("", said)
    if words.status(bare) != "superseded":
        return False
    first = _TARGET.search(text)
    before = text[: first.start()] if first else said
    begins = _IN_PART.match(_EDGE.sub("", said)) is not None
    return begins or re.search(_PARTLY, before, re.IGNORECASE) is not None or _scoped(text)


def said(text: str) -> Iterator[tuple[str, list[Value]]]:
    """Yield what a line says of supersession: the field that it stands for, and the decisions that it names."""
    for field, rest in _clauses(text):
        if found := targets(rest):
            yield field, found


def _scoped(text: str) -> bool:
    """Tell whether the first decision that a text names is meant in part."""
    first = _TARGET.search(text)
    return first is not None and _SCOPE.match(text, first.end()) is not None


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    text = _BRACKETED.sub("", without_comments(text)[:_LONGEST])
    for match in _CLAUSE.finditer(text):
        clause = text[match.end() :].lstrip(" \t*_>+-~")
        tokens = clause.split(None, 3)
        for count in (3, 2, 1):
            field = words.field(" ".join(tokens[:count])) if len(tokens) >= count else ""
            if field in FIELDS:
                rest = re.match(r"\s*\S+" * count, clause)
                yield field, clause[rest.end() if rest else 0 :]
                break


def targets(text: str) -> list[Value]:
    """Return the decisions that a text names in one breath, by the names of their files or as `adr-7`.

    What is superseded in part only is still in force: it is not named.
    """
    found: dict[tuple[str, str], Value] = {}
    end = 0
    for match in _TARGET.finditer(text):
        between = text[end : match.start()]
        if _IN_PART.search(between) if not found else not _AND.fullmatch(between):
            break
        if _SCOPE.match(text, match.end()):
            break
        end = match.end()
        name = _name(match)
        if name:
            found.setdefault((name, name.address if isinstance(name, Linked) else ""), name)
    return list(found.values())


def _name(match: re.Match[str]) -> str:
    label, address, wiki, code, named, number = match.groups()
    if number:
        return f"adr-{int(number)}"
    if address:
        path = address.partition("#")[0].partition("?")[0]
        if path and ("://" not in path or path.lower().endswith(_PAGES)):
            return _linked(path)
        called, numbered = _NAMED.search(label), _NUMBERED.search(label)
        return _stem(called[1]) if called else f"adr-{int(numbered[1])}" if numbered else ""
    return _stem(wiki or code or named)


def _linked(path: str) -> Linked:
    name = Linked(_stem(path))
    name.address = "" if "://" in path else path
    return name


def _stem(path: str) -> str:
    name = posixpath.basename(path.strip().rstrip("/"))
    stem, ending = posixpath.splitext(name)
    return stem if ending.lower() in _PAGES else name


def names(value: Value) -> list[tuple[int, Value]]:
    """Return the decisions of a field with the place of each in it: `ADR-018`, a link or a path as a name of ours."""
    found: list[tuple[int, Value]] = []
    for place, one in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(one, Linked):
            found.append((place, one))
        elif isinstance(one, str):
            if one.strip().lower() in _NOTHING:
                continue
            written = without_comments(one).strip()
            match = _TARGET.match(written)
            if match:
                found.extend((place, name) for name in targets(written))
            elif written.lower().endswith(_PAGES):
                found.append((place, _linked(written)))
            else:
                found.append((place, one))
        elif one is not None:
            found.append((place, one))
    return found
