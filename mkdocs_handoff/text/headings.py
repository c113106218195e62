"""Headings for comparison: `## 3a. **Intended Use**` and `## 🎯 Intended use:` are one.

Numbers and pictures before the words do not count here. Elsewhere something else does not: accents among the labels of
many languages (`records.dialects.words`), what stands between words (`statements.words`), or in names (`text.near`).
"""

from __future__ import annotations

import re
from functools import lru_cache

_DECORATION = re.compile(r"[\s*_>#.:-]+")
# Not a year: `2019 results` are those of one.
_NUMBER = r"(?:\d{1,3}(?:\.\d+)*|\d{1,3}[a-z](?=[.)]))[\W_]+"
_LEAD = re.compile(rf"[\W_]*(?:{_NUMBER})?[\W_]*")
_END = re.compile(r"(?<![\W_])[\W_]+\Z")  # a run is looked at once, however long


@lru_cache(maxsize=4096)  # hot: each section of a kind is looked for among all headings of a text
def folded(heading: str) -> str:
    """Return a heading for comparison: no case, no decoration, no number and no picture before it.

    Args:
        heading: As it is written, or as a reader sees it.
    """
    bare = _END.sub("", heading[_LEAD.match(heading).end() :])  # type: ignore[union-attr] # matches the empty text, too
    return _DECORATION.sub(" ", bare or heading).strip().casefold()
