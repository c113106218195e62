"""Text that others wrote as one line that can be shown: commit subjects, names of authors, what a forge's API says."""

from __future__ import annotations

import re

# Characters that turn the direction of what stands around them: a name could show another commit's id behind itself.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb]")
_HALVES = re.compile("[\ud800-\udfff]")
_LONG = 300


def one_line(text: str, longest: int = _LONG) -> str:
    """Return a text without what a page or a terminal would obey: control characters, turns of direction, line ends.

    Bytes that were no UTF-8 become U+FFFD. What is longer than 300 characters, or `longest`, is cut.
    """
    if text.isascii() and text.isprintable():  # most are
        shown = text
    else:
        shown = _HALVES.sub("\ufffd", _CONTROL.sub(" ", _TURNING.sub("", text)))
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"
