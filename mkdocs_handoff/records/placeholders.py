"""What a template leaves in a text for somebody to write over: placeholders, and comments that say what to write."""

from __future__ import annotations

import re

# In capitals only: "todo" is a word in Spanish, and the name of many an application.
_WORDS = (
    r"(?i:\[?(?:more information needed|needs more information)\]?|\{\{.*?\}\}|\{(?:lang_\d|card_data)\})"
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
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def without_comments(text: str) -> str:
    """Return a text without HTML comments, where they are closed."""
    return COMMENT.sub(" ", text) if "<!--" in text else text


def is_placeholder(text: str) -> bool:
    """Tell whether a text is only what a template left behind (`More Information Needed`, `TODO`, `{{ name }}`).

    Its comments say nothing, and neither do headings over placeholders.
    """
    if "<!--" in text:
        text = COMMENT.sub(" ", text)
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
    bare = left if left == text else _HEADING.sub("", left)  # headings alone may be what somebody wrote
    return bool(bare.strip()) and not is_placeholder(left)
