"""The paragraph of a card that says what the model or the data is."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects.titles import DESCRIBING
from mkdocs_handoff.records.placeholders import says
from mkdocs_handoff.text.comments import without_comments
from mkdocs_handoff.text.headings import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.markdown import Body

_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?")
_LINK = re.compile(r"\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?|<?https?://[^\s<>]+>?|<a\b[^<>]*>[^<>]*</a>")
_TAG = re.compile(r"<[^<>]*>")
_LABEL_ALONE = re.compile(r"[^\W\d_][\w /()-]{0,40}:")
_STRESSED_LABEL = re.compile(r"[\s>*+-]*\*\*([^*\n]{1,60}?)\s*(?::\s*\*\*|\*\*\s*:)")
_LABEL = re.compile(r"[\s>]*(?:[*+-]\s+)?[^\W\d_][^:*\n]{0,40}:(?:\s|$)")
# Labels of a paragraph that describes after all, and those that do so with a whole sentence, where nothing else does.
_DESCRIBES = frozenset(("abstract", "description", "goal", "overview", "purpose", "summary", "task", "tl;dr"))
_SUBJECTS = frozenset(("about", "data", "dataset", "intended use", "model", "note", "use", "uses"))
# A model may be "last updated each week", leave a phone cool "thanks to its size", and say who leaves "following GDPR":
# what speaks of the text, or of other people, says more than that.
_UPDATED = re.compile(
    r"last (?:updated|modified)\b[*_]*\s*(?:[:：(]|(?:on|in|at)\b|\d|[^\W\d_]+\.?,? \d|\Z)", re.IGNORECASE
)
_OF_OTHERS = re.compile(
    r"(?i:for (?:additional|more|further) (?:information|details)\b(?!-)|disclaimer\b(?!-)"
    r"|an example (?:from|of) the dataset\b)"
    r"|Thanks to\s+(?:[@\[]|(?:all|our|every(?:body|one))\b|(?:the\s+)?\w+(?:\s+\w+){0,4}\s+for\b)"
    r"|(?:Following|Inspired by)\s+(?:the\s+)?[^\sa-z]"
    r"(?i:(?=.{0,150}?(?:\bet al\b|\b(?:card|example|framework|paper|report|template)s?\b|://|\]\()))"
)
_MORE = re.compile(r"(?:(?<!\bal)[.!?]\s|。)\s*[^\W\d]")
_DATE = re.compile(r"(?:\w+[ ,]+){0,2}\d{4}\.?|\d{4}-\d\d(?:-\d\d)?")
# One sentence that only leads to what stands below it.
_LEADS_ON = re.compile(r"\A(?![\s\S]*[.!?。]\s)[\s\S]*[:：][*_\s]*\Z")
_STRESS = "*_ \t\n>"


def described(body: Body) -> str | None:
    """Return the paragraph of a card's text that describes it, as Markdown.

    What stands above the first section comes first, then what a section says that is there for it, then the same again
    of a sentence that ends with a colon, then the paragraph that the text begins with. Where none of these speaks of
    the model or the data first, the first of them that has a sentence.

    Returns:
        None where the text has no paragraph at all; empty where none describes.
    """
    if not body.paragraphs:
        return "" if _labels_alone(body) else None
    told = [text for first, last in _ranges(body) for line, text in body.paragraphs if first < line < last]
    whole = [text for text in told if not _LEADS_ON.search(text)]
    start = [text for _, text in body.paragraphs[:1] if not _LEADS_ON.search(text)]
    found = (text for text in (*whole, *told, *start) if _describes(text))
    at_last = (text for text in (*whole, *start) if _describes(text, at_last=True))
    return next(chain(found, at_last), "")


def _ranges(body: Body) -> Iterator[tuple[int, float]]:
    """Yield the lines between which a text says what it describes: above the first section, and in those for it."""
    first = (one.line for one in body.headings if one.level > 1 or one.title != body.title)
    yield 0, next(first, float("inf"))
    for number, heading in enumerate(body.headings):
        if folded(heading.title) in DESCRIBING:
            after = (one.line for one in body.headings[number + 1 :] if one.level <= heading.level)
            yield heading.line, next(after, float("inf"))


def _labels_alone(body: Body) -> bool:
    """Tell whether a text without paragraphs has only lists of labels and values where it should describe."""
    texts = [one.text for one in body.headings if folded(one.title) in DESCRIBING]
    lines = [line for text in texts for line in without_comments(text).split("\n") if line.strip() and line[0] != "#"]
    return all(_STRESSED_LABEL.match(line) or _LABEL.match(line) for line in lines)


def _describes(paragraph: str, *, at_last: bool = False) -> bool:
    """Tell whether a paragraph describes; `at_last`: with a sentence behind a label or another one, as nothing does."""
    bare = paragraph.strip(_STRESS)
    if not says(paragraph) or paragraph.lstrip().startswith("<!--") or _DATE.fullmatch(bare):
        return False
    words = _TAG.sub(" ", _LINK.sub(" ", _IMAGE.sub(" ", paragraph)))
    if words != paragraph:  # `Paper: <https://…> Code: <https://…>`
        words = _LABEL_ALONE.sub(" ", words)
    if not any(letter.isalnum() for letter in words):
        return False
    lines = paragraph.split("\n")
    if not at_last:
        return not (_UPDATED.match(bare) or _OF_OTHERS.match(bare) or _of_labels(lines))
    if _UPDATED.match(bare) or _OF_OTHERS.match(bare):
        return _MORE.search(bare) is not None
    if not _of_labels(lines):
        return True
    label = _STRESSED_LABEL.match(paragraph)
    if label is not None:
        return folded(label[1]) in _SUBJECTS and _is_sentence(paragraph[label.end() :])
    return all(_is_sentence(line.partition(":")[2]) for line in lines)


def _of_labels(lines: list[str]) -> bool:
    """Tell whether each line is a label with its value; a sentence may begin with a word and a colon, too."""
    found = [_STRESSED_LABEL.match(line) for line in lines]
    if found[0] is not None and folded(found[0][1]) in _DESCRIBES:
        return False
    plain = len(lines) > 1 and all(_LABEL.match(line) for line in lines)
    return plain or all(match is not None for match in found)


def _is_sentence(value: str) -> bool:
    return len(value.split()) > 3 and value.rstrip(_STRESS)[-1:] in (".", "!", "?", "。")
