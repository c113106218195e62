"""The paragraph of a card that says what the model or the data is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.placeholders import says, without_comments
from mkdocs_handoff.text.headings import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.markdown import Body

_SECTIONS = frozenset(
    (
        *("model description", "model details", "model overview", "model summary", "dataset description"),
        *("dataset details", "dataset overview", "dataset summary", "description", "overview", "summary"),
        *("introduction", "about", "abstract"),
    )
)
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?")
_LINK = re.compile(r"\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?|<?https?://[^\s<>]+>?|<a\b[^<>]*>[^<>]*</a>")
_TAG = re.compile(r"<[^<>]*>")
_LABEL_ALONE = re.compile(r"[^\W\d_][\w /()-]{0,40}:")
_STRESSED_LABEL = re.compile(r"[\s>*+-]*\*\*([^*\n]{1,60}?)\s*(?::\s*\*\*|\*\*\s*:)")
_LABEL = re.compile(r"[\s>]*(?:[*+-]\s+)?[^\W\d_][^:*\n]{0,40}:(?:\s|$)")
# Labels of a paragraph that describes after all.
_DESCRIBES = frozenset(("abstract", "description", "goal", "overview", "purpose", "summary", "task", "tl;dr"))
_NO_START = re.compile(
    r"last (?:updated|modified)\b|for (?:additional|more|further) (?:information|details)\b|thanks to\b|disclaimer\b"
    r"|an example (?:from|of) the dataset\b",
    re.IGNORECASE,
)
# `Following OpenAI's example, …`; a model may well say who leaves "following a complaint".
_AFTER_OTHERS = re.compile(r"(?:Following|Inspired by)\s+(?:the\s+)?[^\sa-z]")
_DATE = re.compile(r"(?:\w+[ ,]+){0,2}\d{4}\.?|\d{4}-\d\d(?:-\d\d)?")
# One sentence that only leads to what stands below it.
_LEADS_ON = re.compile(r"\A(?![\s\S]*[.!?。]\s)[\s\S]*[:：][*_\s]*\Z")
_STRESS = "*_ \t\n>"


def described(body: Body) -> str | None:
    """Return the paragraph of a card's text that describes it, as Markdown.

    What stands above the first section comes first, then what a section says that is there for it, then the same again
    of a sentence that ends with a colon, then the paragraph that the text begins with.

    Returns:
        None where the text has no paragraph at all; empty where none describes.
    """
    if not body.paragraphs:
        return "" if _labels_alone(body) else None
    told = [text for first, last in _ranges(body) for line, text in body.paragraphs if first < line < last]
    whole = (text for text in told if not _LEADS_ON.search(text))
    start = (text for _, text in body.paragraphs[:1] if not _LEADS_ON.search(text))
    return next((text for found in (whole, told, start) for text in found if _describes(text)), "")


def _ranges(body: Body) -> Iterator[tuple[int, float]]:
    """Yield the lines between which a text says what it describes: above the first section, and in those for it."""
    first = (one.line for one in body.headings if one.level > 1 or one.title != body.title)
    yield 0, next(first, float("inf"))
    for number, heading in enumerate(body.headings):
        if folded(heading.title) in _SECTIONS:
            after = (one.line for one in body.headings[number + 1 :] if one.level <= heading.level)
            yield heading.line, next(after, float("inf"))


def _labels_alone(body: Body) -> bool:
    """Tell whether a text without paragraphs has only lists of labels and values where it should describe."""
    texts = [one.text for one in body.headings if folded(one.title) in _SECTIONS]
    lines = [line for text in texts for line in without_comments(text).split("\n") if line.strip() and line[0] != "#"]
    return all(_STRESSED_LABEL.match(line) or _LABEL.match(line) for line in lines)


def _describes(paragraph: str) -> bool:
    bare = paragraph.strip(_STRESS)
    if not says(paragraph) or _NO_START.match(bare) or _AFTER_OTHERS.match(bare) or _DATE.fullmatch(bare):
        return False
    words = _TAG.sub(" ", _LINK.sub(" ", _IMAGE.sub(" ", paragraph)))
    if words != paragraph:  # `Paper: <https://…> Code: <https://…>`
        words = _LABEL_ALONE.sub(" ", words)
    if not any(letter.isalnum() for letter in words):
        return False
    return not _of_labels(paragraph.split("\n"))


def _of_labels(lines: list[str]) -> bool:
    """Tell whether each line is a label with its value; a sentence may begin with a word and a colon, too."""
    found = [_STRESSED_LABEL.match(line) for line in lines]
    if found[0] is not None and folded(found[0][1]) in _DESCRIBES:
        return False
    plain = len(lines) > 1 and all(_LABEL.match(line) for line in lines)
    return plain or all(match is not None for match in found)
