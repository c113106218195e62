"""Raw HTML blocks, as Python-Markdown takes them out of a text before it reads Markdown; `md_in_html` leaves some in.

An HTML block is raw up to its closing tag, blank lines and all, wherever a block-level tag begins a line. With a
`markdown` attribute only its tags are taken out, and what is between them is Markdown. CommonMark's own rule (raw up to
a blank line) would find links in what the site shows as it is written, and the other way round.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.records.markdown_fences import TAKEN
from mkdocs_handoff.text.comments import without_comments

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption figure
        footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map math menu nav noscript
        object ol option output p pre progress script section style summary table tbody td textarea tfoot th thead tr
        ul video""",
    )
)
_RAW = frozenset(("canvas", "math", "option", "pre", "script", "style", "textarea"))
_CODE = frozenset(("script", "style"))
# Bounded: a quote that never closes must not be searched for to the end of the text, from every tag again.
_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][^\s/>`\x00]*)(?P<rest>(?:[^<>"'`]|"[^"]{0,2000}"|'[^']{0,2000}'){0,2000}?)(?P<empty>/?)>
    |<!--|<\?|<![A-Za-z\[]""",
    re.VERBOSE,
)
_ENDS = {"<!--": "-->", "<?": "?>"}
_ATTRIBUTE = re.compile(r"""(?<=\s)markdown(?:\s*=\s*["']?(?P<value>\w+)["']?)?(?=[\s/]|$)""")
_CUT = "\ue001"
# Bounded, as tags are.
_HEADING = re.compile(r"<h1\b[^<>]{0,500}>(.{0,1000}?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_ANY_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class Taken:
    """A text with its raw HTML taken out, line for line, and the HTML with the line it begins on, from 0."""

    text: str
    html: list[tuple[int, str]] = field(default_factory=list)


def without_html(text: str) -> Taken:
    """Take the raw HTML blocks out of a text."""
    return _Scan(text).taken() if "<" in text else Taken(text)


def first_heading(blocks: Iterable[str]) -> str:
    """Return the text of the first `<h1>` with words in it in raw HTML, in one line."""
    for block in blocks:
        for found in _HEADING.finditer(without_comments(block)) if "<h1" in block.lower() else ():
            words = " ".join(entities.unescape(_ANY_TAG.sub(" ", found[1])).split())
            if words:
                return words
    return ""


class _Scan:
    """One pass over the tags of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cuts: list[tuple[int, int]] = []
        self.html: list[tuple[int, int]] = []
        self.open: list[str] = []  # elements with Markdown in them
        self.tail = -1  # where a block ended: the rest of its line may begin another
        self.endless: set[str] = set()  # what opens and is nowhere closed

    def taken(self) -> Taken:
        position = 0
        while match := _TAG.search(self.text, position):
            position = self._tag(match)
        parts: list[str] = []
        position = 0
        for start, end in self.cuts:
            parts += [self.text[position:start], _CUT, f"\n{_CUT}" * self.text.count("\n", start, end)]
            position = end
        parts.append(self.text[position:])
        lines = (_mended(line) if _CUT in line else line for line in "".join(parts).split("\n"))
        html = [(self.text.count("\n", 0, start), self.text[start:end]) for start, end in self.html]
        return Taken("\n".join(lines), html)

    def _tag(self, match: re.Match[str]) -> int:
        """Deal with one tag; return where to look for the next."""
        if match["name"] is None:
            return self._other(match)
        name = match["name"].lower()
        if match["close"]:
            if name in self.open:
                self._close(match, name)
        elif name in _BLOCKS and self._begins(match.start()):
            return self._block(match, name)
        return match.end()

    def _block(self, match: re.Match[str], name: str) -> int:
        end = match.end()
        if name not in _RAW and not match["empty"] and name != "hr" and _is_markdown(match["rest"]):
            self.open.append(name)
            self._cut(match.start(), end)
            return end
        if not match["empty"] and name != "hr":
            end = self._raw_end(match, name)
        self.html.append((match.start(), end))
        self._cut(match.start(), end)
        return end

    def _other(self, match: re.Match[str]) -> int:
        """Take out a comment, a declaration or an instruction: no link in it is one."""
        end = self._end_of(match)
        if end < 0:
            return match.end()
        if self._begins(match.start()):
            self._cut(match.start(), end)
        return end

    def _end_of(self, match: re.Match[str]) -> int:
        closing = _ENDS.get(match[0], ">")
        if closing in self.endless:
            return -1
        found = self.text.find(closing, match.end())
        if found < 0:
            self.endless.add(closing)
            return -1
        return found + len(closing)

    def _begins(self, at: int) -> bool:
        """Tell whether a tag begins a block: at the beginning of a line (three spaces are none), or behind another."""
        line = self.text.rfind("\n", 0, at) + 1
        before = self.text[max(line, at - 4) : at]
        return line <= self.tail <= at or (len(before) <= 3 and not before.strip(" "))

    def _close(self, match: re.Match[str], name: str) -> None:
        while self.open.pop() != name:
            pass
        self._cut(match.start(), match.end())

    def _raw_end(self, first: re.Match[str], name: str) -> int:
        """Return where a raw element ends: with its closing tag, or with the text."""
        stack = [name]
        held = Counter(stack)
        position = first.end()
        while stack:
            if stack[-1] in _CODE:
                end = re.compile(rf"</{stack[-1]}\s*>", re.IGNORECASE).search(self.text, position)
                held[stack.pop()] -= 1
                position = end.end() if end else len(self.text)
                continue
            match = _TAG.search(self.text, position)
            if match is None:
                return len(self.text)
            position = match.end()
            if match["name"] is None:
                position = max(position, self._end_of(match))
                continue
            tag = match["name"].lower()
            if not match["close"]:
                if not match["empty"] and tag != "hr":
                    stack.append(tag)
                    held[tag] += 1
            elif held[tag]:
                while True:
                    last = stack.pop()
                    held[last] -= 1
                    if last == tag:
                        break
        return position

    def _cut(self, start: int, end: int) -> None:
        self.cuts.append((start, end))
        self.tail = end


def _mended(line: str) -> str:
    """Return a line that something was cut out of: nothing but the mark of it, or the rest of its words."""
    if not line.replace(_CUT, "").strip():
        return TAKEN
    lead, _, rest = line.partition(_CUT)
    return f"{lead}{rest}".replace(_CUT, "") if lead.strip() else rest.replace(_CUT, "").lstrip(" \t")


def _is_markdown(rest: str) -> bool:
    found = _ATTRIBUTE.search(rest)
    return found is not None and (found["value"] or "1") in ("1", "block", "span", "markdown")
