"""Fences and quotes line by line, as Python-Markdown sees them before it reads anything else of a text."""

from __future__ import annotations

import re

TAKEN = "\ue000"
"""A line of this and nothing else stands where something was taken out. (A private character: no text has it.)"""

_PREFIX = re.compile(r"[> \t]*")
_OPENING = re.compile(
    r"""(~{3,}|`{3,})
    (?:[ \t]*\.?[\w\#.+-]+(?=[\t ]|$))?
    (?:[ \t]*\{[^\n]*\}|(?:[ \t]*[a-zA-Z][a-zA-Z0-9_]*(?:=(?P<quote>["']).*?(?P=quote))?(?=[\t ]|$))+)?
    [ \t]*$""",
    re.VERBOSE,
)
_QUOTE = re.compile(r"[ \t]*>(?: {0,3}>)*")
_TAB = 4


def without_fences(lines: list[str]) -> list[str]:
    """Return as many lines, with those of closed fences taken out.

    As in superfences, and not as in CommonMark: a fence that never closes is none; it is closed by as many characters
    as opened it, no more; its lines stand as deep as its first.
    """
    lines = list(lines)
    if not any("```" in line or "~~~" in line for line in lines):
        return lines
    start = -1
    prefix, fence = "", ""
    for number, line in enumerate(lines):
        if start < 0:
            prefix = _prefix(line.expandtabs(_TAB))
            opening = _OPENING.match(line.expandtabs(_TAB), len(prefix))
            if opening:
                start, fence = number, opening[1]
            continue
        inside, content = _content(line.expandtabs(_TAB), len(prefix), quoted=">" in prefix)
        if content is None or inside.count(">") > prefix.count(">"):
            start = -1
        elif content.startswith(fence) and not content[len(fence) :].strip(" \t"):
            lines[start : number + 1] = [prefix + TAKEN] * (number + 1 - start)
            start = -1
    return lines


def with_quotes_joined(lines: list[str]) -> list[str]:
    """Return the lines with `>` where an empty one stands between two quotes: to Python-Markdown they are one."""
    lines = list(lines)
    above = ""
    empty: list[int] = []
    for number, line in enumerate(lines):
        if not line.strip("> \t"):
            empty.append(number)
            continue
        quote = _QUOTE.match(line)
        here = quote[0] if quote else ""
        depth = min(here.count(">"), above.count(">"))
        for other in empty if depth else ():
            if lines[other].count(">") < depth:
                lines[other] = here[: here.index(">")] + ">" * depth
        above, empty = here, []
    return lines


def _prefix(line: str) -> str:
    match = _PREFIX.match(line)
    return match[0] if match else ""


def _content(line: str, depth: int, *, quoted: bool) -> tuple[str, str | None]:
    """Return a line's prefix up to a depth and what stands behind it; None where it does not stand as deep."""
    inside = _prefix(line)[:depth]
    content = line[len(inside) :]
    if not content.strip() or (quoted and not content):
        return inside, ""
    return inside, content if len(inside) == depth else None
