"""How a card calls what it describes: in the heading over all others, in Markdown or in HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.text.headings import folded

if TYPE_CHECKING:
    from mkdocs_handoff.records.markdown import Body, Heading

_CARD = r"(?:(?:model|data|dataset)[\s-]?card|data[\s-]?sheet)"
_FRONT = re.compile(
    rf"\W*(?:(?:the|our|this)\s+)?{_CARD}(?:\s+(?:and|&)\s+{_CARD})?(?:[\s-]+(?:for|of)[\s-]+|\s*[:：—–|-]+\s*|\s*\Z)",
    re.IGNORECASE,
)
_BACK = re.compile(rf"(?:(?<=[^\W_])['\u2019]s)?[\s:：—–|(-]{{1,20}}{_CARD}\W*\Z", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:for|of|to|with|on|in|from|by|a|an|the|and)\s*\Z", re.IGNORECASE)
DESCRIBING = frozenset(
    (
        *("model description", "model details", "model overview", "model summary", "dataset description"),
        *("dataset details", "dataset overview", "dataset summary", "description", "overview", "summary"),
        *("introduction", "about", "abstract"),
    )
)
"""Sections that are there to say what is described."""

# What a card's first heading says of no model: the name of a section, or what a template wrote.
_NO_TITLES = DESCRIBING | frozenset(
    (
        *("card", "contents", "data", "dataset", "details", "evaluation", "how to use", "intended use"),
        *("intended uses", "model", "readme", "table of contents", "training", "usage", "uses"),
        *("draft", "example", "final", "template", "model card template", "model id", "model name", "dataset name"),
        "model trained using autotrain",
    )
)


def over_all(body: Body | None) -> str:
    """Return what the one heading at the top names; empty where headings are only those of sections."""
    if body is None:
        return ""
    if named := bare(body.banner):
        return named
    headings = _headings(body)
    first = headings[0] if headings and headings[0].level == 1 else None
    alone = sum(heading.level == 1 for heading in headings) == 1
    return bare(first.title) if first is not None and alone else ""


def first(body: Body | None) -> str:
    """Return what the first heading of the highest level names; empty where it is that of a section."""
    if body is None:
        return ""
    top = next((heading.title for heading in _headings(body) if heading.level == 1), "")
    return bare(body.banner) or bare(top)


def bare(heading: str) -> str:
    """Return what a card's first heading names: `Model Card for Churn` and `Churn: model card` name Churn."""
    named = _FRONT.sub("", heading, count=1) if _FRONT.match(heading) else _BACK.sub("", heading, count=1)
    if _OPEN.search(named):  # `Template for model cards`
        named = heading
    named = named.strip().strip("\"'“”")
    return "" if folded(named.strip("[]{}<>")) in _NO_TITLES else named


def is_of_card(heading: str) -> bool:
    """Tell whether a heading says that its text is the card of something."""
    return bool(_FRONT.match(heading) or _BACK.search(heading))


def of_section(heading: str) -> bool:
    """Tell whether a heading names a section of a card, or nothing yet, and no model and no data."""
    return folded(heading) in _NO_TITLES


def _headings(body: Body) -> tuple[Heading, ...]:
    """Return the headings but for a first one that is nothing but links to other pages."""
    lost = bool(body.headings) and body.headings[0].level == 1 and _leads_elsewhere(body.headings[0], body)
    return body.headings[1:] if lost else body.headings


def _leads_elsewhere(heading: Heading, body: Body) -> bool:
    words = [link.text for link in body.links if link.line == heading.line]
    rest = heading.title
    for text in words:
        rest = rest.replace(text, " ", 1)
    return len(words) > 1 and not any(letter.isalnum() for letter in bare(rest))
