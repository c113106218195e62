"""The beginning of a text, as plain words."""

from __future__ import annotations

import re

from mkdocs_handoff.pages.html.markup import plain

_LONGEST = 160
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?](?=\s|$)")


def description(markdown: str) -> str:
    """Return the first 160 characters of a text as plain words, cut between two of them."""
    text = plain(markdown)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def sentences(markdown: str) -> str:
    """Return as many whole sentences of a text as fit into a description; of one that is too long, its beginning."""
    text = plain(markdown)
    if len(text) <= _LONGEST:
        return text
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, _LONGEST)]
    return text[: ends[-1]].rstrip() if ends else description(markdown)


def first_sentence(markdown: str) -> str:
    """Return the first sentence of a text as plain words."""
    text = plain(markdown)
    end = _SENTENCE.search(text)
    return text[: end.end()].rstrip() if end is not None else text
