"""A page's headings and ids, read from its HTML, so that a template of a project's own is right as well."""

from __future__ import annotations

import re
from html import unescape

from mkdocs_handoff.pages.page import Heading

LISTED = 40
"""So many headings of one level are listed in a page's contents: a report may have thousands."""

_HEADING = re.compile(r'<h([23])\b[^>]*?\sid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'\sid="([^"]+)"')  # only a tag has a quotation mark that is not escaped


def headings(html: str) -> tuple[Heading, ...]:
    """Return the headings of level two and three that have an id; of each level so many as a contents can list."""
    found: list[Heading] = []
    left = {2: LISTED, 3: LISTED}
    for match in _HEADING.finditer(html):
        level = int(match[1])
        if left[level]:
            left[level] -= 1
            title = " ".join(unescape(_TAG.sub("", match[3])).split())
            found.append(Heading(unescape(match[2]), title, level))
    return tuple(found)


def anchors(*parts: str) -> frozenset[str]:
    """Return all ids."""
    return frozenset(unescape(found) for part in parts for found in _ID.findall(part))
