"""Prose that was written for another place (GitHub, the Hub, Hugo), so that a builder shows the same."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_NO_PARAGRAPH = re.compile(r"[ \t]|#{1,6}[ \t]|[>|<]|[-*+][ \t]|\d+[.)][ \t]|\[\^|!!!|\?\?\?|:::|: ")
_TOOLTIP = re.compile(r"\{\{<\s*glossary_tooltip\b([^<>{}]*?)/?\s*>\}\}")
_ARGUMENT = re.compile(r"(text|term_id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def readable(text: str) -> str:
    """Return prose of an adopted file as the builder is to read it: what it says stays the same."""
    return lists_apart(without_tooltips(text))


def without_tooltips(text: str) -> str:
    """Put the words of Kubernetes' `{{< glossary_tooltip … >}}` in its place: terms are linked wherever they stand."""
    return _TOOLTIP.sub(_words, text) if "glossary_tooltip" in text else text


def _words(match: re.Match[str]) -> str:
    given = {name: double or single for name, double, single in _ARGUMENT.findall(match[1])}
    return given.get("text") or given.get("term_id", "").replace("-", " ") or match[0]


def lists_apart(text: str) -> str:
    """Put a blank line between a paragraph and the list right below it: without one the builder sees no list."""
    made: list[str] = []
    fence = ""
    paragraph = False
    for line in text.split("\n"):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if opened is not None and opened[1].startswith(fence) else fence
            paragraph = False
        elif opened is not None:
            fence = opened[1]
            paragraph = False
        elif not line.strip():
            paragraph = False
        elif paragraph and _ITEM.match(line) and not _RULE.match(line):
            made.append("")
            paragraph = False
        elif not paragraph:
            # Only what begins a block: the lines of a list, a table or a quotation go on as they began.
            begins = not made or not made[-1].strip() or made[-1].startswith("#")
            paragraph = begins and not _NO_PARAGRAPH.match(line)
        made.append(line)
    return "\n".join(made)
