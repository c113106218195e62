"""Comments that ignore findings, as they stand in a record's file: which rules, on which lines, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Place
from mkdocs_handoff.text.yaml import _nodes as composed

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULE = r"[A-Za-z]+(?:-[A-Za-z]+)*(?:/(?:\*|[A-Za-z]+(?:-[A-Za-z]+)*))?"
_LINE, _FILE = "ignore", "ignore-file"
# What only looks like one of the two is told of: else it would ignore nothing, and nobody would know why.
_WORDS = r"(?P<mark>(?i:handoff:))\s*(?P<word>(?i:ignor)[\w-]*)"
_YAML = re.compile(rf"(?:(?<=[ \t])|^)#[ \t]*{_WORDS}(?P<rest>[^\n]*)$".replace(r"\s*", r"[ \t]*"), re.MULTILINE)
# In Markdown it may go over several lines; one that nothing ends is none.
_MARKDOWN = re.compile(rf"<!--\s*{_WORDS}(?P<rest>(?:(?!-->|<!--\s*handoff:).)*)-->", re.DOTALL)
_REST = re.compile(rf"(?P<rules>{_RULE}(?:[ \t]*,[ \t]*{_RULE})*)?(?P<more>.*)", re.DOTALL)
_SEPARATOR = re.compile(r"[ \t]*(?:—|\u2013|--|-|:)[ \t]*")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_FRONT = re.compile(r"\s*---[ \t]*\n")
_FRONT_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_EMPTY = re.compile(r"[ \t]*(?:#[^\n]*)?")
_EMPTY_MARKDOWN = re.compile(r"(?:\s|<!--\s*handoff:\s*ignore(?:(?!-->).)*-->)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that ignores findings.

    Attributes:
        place: Where it begins.
        rules: Names of rules or families as written; none, where it names none.
        reason: Why; empty where it does not say.
        lines: The lines of which it speaks; None: the whole file.
        misspelt: How it begins, where that is neither `handoff: ignore` nor `handoff: ignore-file`.
    """

    place: Place
    rules: tuple[str, ...]
    reason: str
    lines: frozenset[int] | None
    misspelt: str = ""


def comments(path: str, text: str) -> list[Comment]:
    r"""Return the comments of a file, in order.

    A comment behind something speaks of its own line; one that stands alone of the next line that holds something.

    Args:
        path: The file; its ending says whether it is Markdown.
        text: What it holds, with `\n` line ends.
    """
    if not path.lower().endswith((".md", ".markdown")):
        return list(_found(path, text, _YAML, _within(text, 0), 0, len(text)))
    front = _FRONT.match(text)
    end = _FRONT_END.search(text, front.end()) if front else None
    head = (front.end(), end.start()) if front and end else (0, 0)
    body = end.end() if end else 0
    first = _found(path, text, _YAML, _within(text[head[0] : head[1]], head[0]), *head)
    return [*first, *_found(path, text, _MARKDOWN, _code(text, body), body, len(text))]


def _found(
    path: str, text: str, pattern: re.Pattern[str], not_in: list[tuple[int, int]], begin: int, end: int
) -> Iterator[Comment]:
    for match in pattern.finditer(text, begin, end):
        at = match.start()
        if any(start < at < stop for start, stop in not_in):
            continue
        parts = _REST.fullmatch(" ".join(match["rest"].split()))
        rules = tuple(re.split(r"[ \t]*,[ \t]*", parts["rules"])) if parts and parts["rules"] else ()
        more = parts["more"] if parts else ""
        separator = _SEPARATOR.match(more)
        line = text.count("\n", 0, at) + 1
        start = text.rfind("\n", 0, at) + 1
        known = match["mark"] == "handoff:" and match["word"] in (_LINE, _FILE)
        misspelt = "" if known else f"{match['mark']} {match['word']}"
        lines = None if match["word"] == _FILE else frozenset(_lines(text, match, line, markdown=pattern is _MARKDOWN))
        place = Place(path, line, at - start + 1)
        yield Comment(place, rules, more[separator.end() :].strip() if separator else "", lines, misspelt)


def _lines(text: str, match: re.Match[str], line: int, *, markdown: bool) -> tuple[int, ...]:
    """Return the lines that a comment speaks of: its own, and if it stands alone the next that holds something."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    end = len(text) if end == -1 else end
    last = line + text.count("\n", match.start(), match.end())
    own = tuple(range(line, last + 1))
    if text[start : match.start()].strip() or text[match.end() : end].strip():
        return own
    if markdown:
        held = _EMPTY_MARKDOWN.match(text, end)
        below = held.end() if held is not None else end
        return (*own, last + text.count("\n", match.end(), below)) if below < len(text) else own
    for number, content in enumerate(text[end + 1 :].split("\n"), last + 1):
        if not _EMPTY.fullmatch(content):
            return (*own, number)
    return own


def _within(text: str, offset: int) -> list[tuple[int, int]]:
    """Return where the scalars of a YAML text stand: a mark in one of them is its text, and no comment."""
    found: list[tuple[int, int]] = []
    waiting: list[Any] = list(composed(text))
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif isinstance(node.value, list):
            waiting.extend(node.value)
        elif getattr(node, "style", None) in ("'", '"', "|", ">"):
            begin, end = node.start_mark.index, node.end_mark.index
            if node.style in ("|", ">"):
                # A comment may stand behind the sign itself; what comes less indented below it is one as well.
                begin = text.find("\n", begin)
                end = _block_end(text, begin, end)
            found.append((offset + begin, offset + end))
    return found


def _block_end(text: str, begin: int, end: int) -> int:
    """Return where a block of text ends: its mark may lie beyond the comments below it."""
    lines = text[begin + 1 : end].split("\n")
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    at = begin + 1
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            return at - 1
        at += len(line) + 1
    return end


def _code(text: str, begin: int) -> list[tuple[int, int]]:
    """Return where code stands in Markdown: what shows such a comment is none."""
    found: list[tuple[int, int]] = []
    fence, start = "", 0
    for match in _FENCE.finditer(text, begin):
        if not fence:
            fence, start = match[1], match.start()
        elif match[1][0] == fence[0] and len(match[1]) >= len(fence) and not match[2].strip():
            found.append((start, match.end()))
            fence = ""
    if fence:
        found.append((start, len(text)))
    spans = re.finditer(r"(?<!`)(`+)(?!`)(?:(?!\n\n).)*?(?<!`)\1(?!`)", text[begin:], re.DOTALL)
    return found + [(begin + span.start(), begin + span.end()) for span in spans]
