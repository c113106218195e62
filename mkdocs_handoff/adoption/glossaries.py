"""Is this YAML text a glossary, and in which form? Told from its name, its keys and what its entries say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.heads import is_cut
from mkdocs_handoff.records.dialects import listed
from mkdocs_handoff.text import yaml

if TYPE_CHECKING:
    from collections.abc import Collection

    from mkdocs_handoff.text.yaml import Value

_OF_DATAHUB = frozenset(("source", "owners"))
_KEYS = re.compile(r"^\S", re.MULTILINE)
_ITEMS = re.compile(r"^(?:\S|[ \t]+-[ \t])", re.MULTILINE)


def glossary(path: str, keys: Collection[str], head: str) -> str:
    """Return the form of glossaries that a text has; empty: it is none.

    Args:
        path: The file.
        keys: Those of its first document.
        head: Its text, or the first of it.
    """
    called, theirs = listed.is_glossary(path), not _OF_DATAHUB.isdisjoint(keys)
    if "version" in keys and (("nodes" in keys and (theirs or called)) or (listed.TERMS in keys and called and theirs)):
        return "datahub-glossary"
    if not called:
        return ""
    for begins in (_KEYS, _ITEMS):
        if found := listed.entries(_value(head, begins), texts=listed.may_hold_texts(path)):
            return "keyed-glossary" if "key" in found[0][2] else "listed-glossary"
    return "listed-glossary" if {"version", listed.TERMS} <= {*keys} and not says_no_term(path, head) else ""


def says_no_term(path: str, head: str) -> bool:
    """Tell whether a file that is called a glossary is none: it names no term, and says what none means."""
    if not listed.is_glossary(path):
        return False
    value = _value(head, _ITEMS)
    return value is not None and listed.says_no_term(value)


def _value(head: str, begins: re.Pattern[str]) -> Value:
    """Return what a text holds, of one that is cut off what is whole in it; None where it cannot be read."""
    if is_cut(head):
        head = head[: max((found.start() for found in begins.finditer(head)), default=0)]
    reading = yaml.read(head)
    return reading.documents[0] if len(reading.documents) == 1 and not reading.problems else None
