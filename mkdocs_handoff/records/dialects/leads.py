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
_STRESS = "*_ \t\n>"


def described(body: Body) -> str | None:
    """Return the paragraph of a card's text that describes it, as Markdown.

    What stands above the first section comes first, then what a section says that is there for it, then the paragraph
    that the text begins with.

    Returns:
        None where the text has no paragraph at all; empty where none describes.
    """
    if not body.paragraphs:
        return "" if _labels_alone(body) else None
    good = [(line, text) for line, text in body.paragraphs if _describes(text)]
    over = next((one.line for one in body.headings if one.level > 1 or one.title != body.title), None)
    above = (text for line, text in good if over is None or line < over)
    within = (text for first, last in _ranges(body) for line, text in good if first < line < last)
    start = (text for line, text in good if line == body.paragraphs[0][0])
    return next((text for found in (above, within, start) for text in found), "")


def _ranges(body: Body) -> Iterator[tuple[int, float]]:
    """Yield the lines between which sections stand that say what is described."""
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
    if not says(paragraph) or bare.endswith((":", "：")) or _NO_START.match(bare) or _AFTER_OTHERS.match(bare):
        return False
    words = _TAG.sub(" ", _LINK.sub(" ", _IMAGE.sub(" ", paragraph)))
    if not any(letter.isalnum() for letter in _LABEL_ALONE.sub(" ", words)):
        return False
    return not _of_labels(paragraph.split("\n"))


def _of_labels(lines: list[str]) -> bool:
    """Tell whether each line is a label with its value; a sentence may begin with a word and a colon, too."""
    found = [_STRESSED_LABEL.match(line) for line in lines]
    if found[0] is not None and folded(found[0][1]) in _DESCRIBES:
        return False
    plain = len(lines) > 1 and all(_LABEL.match(line) for line in lines)
    return plain or all(match is not None for match in found)
