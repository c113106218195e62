"""`[[references]]` in Markdown: an inline processor that asks the catalog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.records.markdown_inline import MENTION

if TYPE_CHECKING:
    from mkdocs.structure.files import File

    from mkdocs_handoff.pages.prose import Answer
    from mkdocs_handoff.site.build import Build
    from mkdocs_handoff.site.markdown import Run

# Looser than the grammar: a bar may be written `\|`, as a table's cell asks for, and arrives here as a placeholder.
_BRACKETS = r"\[\[([^\[\]\n]+?)\]\](?![(\[])"
_ESCAPED = re.compile("\x02([0-9]+)\x03")

MADE_HERE = "data-handoff-mention"
"""Marks a link whose address is right already; the link processor takes it off."""


class MentionProcessor(InlineProcessor):
    """Puts what a reference leads to in its place; what is no reference at all stays as it was written."""

    def __init__(self, run: Run) -> None:
        super().__init__(_BRACKETS, run.md)
        self._run = run

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the element that replaces a match, and where it begins and ends."""
        build, file = self._run.build, self._run.file
        written = MENTION.fullmatch(f"[[{self._plain(m[1])}]]")
        if build is None or file is None or written is None:
            return None, None, None
        reference, label = written[1].strip(), (written[2] or "").strip()
        answer = build.prose.mention(reference, label, file.src_uri)
        if answer is None:
            return None, None, None
        if answer.problem:
            _tell(build, file, reference, answer.problem)
        return self._element(answer, file.src_uri), m.start(0), m.end(0)

    def _plain(self, text: str) -> str:
        """Return a text without what Python-Markdown has put in place of code spans and escaped characters."""
        return _ESCAPED.sub(lambda match: chr(int(match[1])), self.unescape(text))

    def _element(self, answer: Answer, page: str) -> Element:
        element = Element("a" if answer.href else "span")
        state = " handoff-ref--broken" if answer.problem else " handoff-ref--wanted" if answer.wanted else ""
        element.set("class", f"handoff-ref{state}")
        if answer.href:
            element.set("href", self._run.address(answer.href, page))
            element.set(MADE_HERE, "")
        if answer.problem or answer.hint:
            element.set("title", answer.problem or answer.hint)
        element.text = AtomicString(answer.text)
        return element


def _tell(build: Build, file: File, reference: str, problem: str) -> None:
    """Tell what is wrong with a reference in a page of the user's own: of records the catalog has told."""
    if file.src_uri in build.identities:
        return
    found = build.prose.catalog.find(reference.partition("#")[0])
    rule = "reference/field" if len(found) == 1 else "reference/ambiguous" if found else "reference/near-miss"
    path = build.path_of(file.src_uri)
    build.tell(Finding(_place(build, file, path, reference), rule, problem))


def _place(build: Build, file: File, path: str, reference: str) -> Place:
    try:
        text = file.content_string
    except (OSError, ValueError):
        return Place(path)
    return build.place_of(path, text, reference)
