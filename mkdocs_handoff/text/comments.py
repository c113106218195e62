"""HTML comments, which no reader sees."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def without_comments(text: str, *, lines: bool = False) -> str:
    """Return a text without its HTML comments; one that is never closed is text, as it is on the site.

    Args:
        text: Markdown or HTML.
        lines: Whether the line breaks of comments stay, so that what follows stands on its line.
    """
    # Behind the last `-->` none is looked for: each `<!--` there would be followed to the end of the text in vain.
    end = text.rfind("-->") + 3 if "<!--" in text else 0
    if end < 3:
        return text
    return _COMMENT.sub(_breaks if lines else "", text[:end]) + text[end:]


def _breaks(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")
