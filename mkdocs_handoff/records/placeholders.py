"""What a template leaves in a text for somebody to write over: placeholders, and comments that say what to write."""

from __future__ import annotations

import re

from mkdocs_handoff.text.comments import without_comments
from mkdocs_handoff.text.headings import folded

# In capitals only: "todo" is a word in Spanish, and the name of many an application.
_WORDS = (
    r"(?i:\[?(?:more information needed|needs more information)\]?|\{\{(?:(?!\{\{).)*?\}\}|\{(?:lang_\d|card_data)\})"
    r"|\b(?:TODO|TBD|FIXME)\b"
)
# Whole sentences of the hub's template, which stand in every card that was made of it.
_SENTENCES = (
    r"Users (?:\(both direct and downstream\) )?should be made aware of the risks, biases,? and limitations of the "
    r"(?:model|dataset)\.(?:\s+More information needed for further recommendations\.)?"
    r"|Use the code below to get started with the model\."
    r"|This is the model card of a [^.\n]{1,40} model that has been pushed on the Hub\."
    r"|This model card has been automatically generated\."
    r"|Carbon emissions can be estimated using the \[Machine Learning Impact calculator\]\([^()\s]*\) presented in "
    r"\[Lacoste et al\. \(2019\)\]\([^()\s]*\)\."
)
_OF_SENTENCES = (
    "made aware of the risks",
    "code below to get started",
    "model card ",
    "Machine Learning Impact calculator",
)
_SHORTEST = 40
_PLACEHOLDER = re.compile(_WORDS)
# With its label: `**Funded by:** TODO`.
_LEFT = re.compile(rf"(?:\*\*[^*\n]{{1,60}}\*\*:?\s*)?(?:{_SENTENCES}|{_WORDS})")
_DECORATION = re.compile(r"[\s*_>#.:-]+")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t][^\n]*)?$", re.MULTILINE)
# Headings that stand over comments in the templates of the hub, and of MADR; any other heading may be all that somebody
# wrote.
_PARTS = frozenset(
    (
        *("direct use", "downstream use", "out of scope use", "recommendations", "model description", "model sources"),
        *("training data", "training procedure", "preprocessing", "training hyperparameters", "speeds, sizes, times"),
        *("testing data, factors & metrics", "testing data", "factors", "metrics", "results", "summary"),
        *("model architecture and objective", "compute infrastructure", "hardware", "software"),
        *("dataset description", "dataset sources", "curation rationale", "source data", "annotations"),
        *("data collection and processing", "who are the source data producers", "annotation process"),
        *("who are the annotators", "personal and sensitive information"),
        *("consequences", "positive consequences", "negative consequences", "confirmation"),
    )
)
_OPTIONAL = re.compile(r"\s*\[optional\]\s*\Z", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Tell whether a text is only what a template left behind (`More Information Needed`, `TODO`, `{{ name }}`).

    Its comments say nothing, and neither do headings over placeholders.
    """
    text = without_comments(text)
    # Hot: all texts of all records come here.
    if _PLACEHOLDER.search(text) is None and (
        len(text) < _SHORTEST or not any(words in text for words in _OF_SENTENCES)
    ):
        return False
    return not _DECORATION.sub("", _HEADING.sub("", _LEFT.sub(" ", text))).strip("[]()")


def own(text: str) -> str:
    """Return what stands in a section above its parts."""
    part = _HEADING.search(text)
    return text[: part.start()] if part is not None else text


def says(text: str) -> bool:
    """Tell whether somebody wrote something: nobody did where there are only a template's comments and placeholders."""
    left = without_comments(text)
    bare = left if left == text else _HEADING.sub(_said, left)
    return bool(bare.strip()) and not is_placeholder(left)


def _said(heading: re.Match[str]) -> str:
    return "" if folded(_OPTIONAL.sub("", heading[0])) in _PARTS else heading[0]
