"""The Python-Markdown extension: `[[references]]`, links to records, glossary terms; in records and in user pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from mkdocs_handoff.site.headings import HeadingTreeprocessor
from mkdocs_handoff.site.links import LinkTreeprocessor
from mkdocs_handoff.site.mentions import MentionProcessor
from mkdocs_handoff.site.terms import TermTreeprocessor

if TYPE_CHECKING:
    from markdown import Markdown
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File

    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.site.build import Build

RESOLVER = "relpath"
"""The builder's tree processor that turns `.md` links into addresses, and checks them."""


class HandoffExtension(Extension):
    """Knows the build under way, once there is one, and teaches it to every Markdown parser that the builder makes."""

    build: Build | None = None

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__()
        self.site_config = config

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register our processors."""
        run = Run(self, md)
        md.preprocessors.register(_Start(run), "handoff_start", 1000)
        # After code spans (190) and escapes (180), before everything that begins with a bracket (170).
        md.inlinePatterns.register(MentionProcessor(run), "handoff_mention", 175)
        # After inline patterns (20), before the table of contents reads the headings (5).
        md.treeprocessors.register(HeadingTreeprocessor(run), "handoff_headings", 15)
        # After `toc` (5) and `abbr` (7), before the builder resolves links (0).
        md.treeprocessors.register(LinkTreeprocessor(run), "handoff_links", 4)
        md.treeprocessors.register(TermTreeprocessor(run), "handoff_terms", 3)


@dataclass
class Run:
    """One conversion of one text.

    Attributes:
        mentioned: The terms that the text links already.
    """

    extension: HandoffExtension
    md: Markdown
    mentioned: set[Identity] = field(default_factory=set)

    @property
    def build(self) -> Build | None:
        """The build under way."""
        return self.extension.build

    @property
    def file(self) -> File | None:
        """The builder's file that is being converted.

        The builder's own link processor knows it best: plugins convert a page's text in the midst of another page.
        """
        if RESOLVER in self.md.treeprocessors:
            return getattr(self.md.treeprocessors[RESOLVER], "file", None)
        page = getattr(self.extension.site_config, "_current_page", None)
        return getattr(page, "file", None)

    def address(self, href: str, page: str) -> str:
        """Return an address as this parser writes it: the builder's way where the builder resolves it, else final."""
        if RESOLVER in self.md.treeprocessors or self.build is None or not href:
            return href
        return self.build.final(href, page)


class _Start(Preprocessor):
    """Forgets the text before: plugins convert many with one parser."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.md)
        self._run = run

    def run(self, lines: list[str]) -> list[str]:
        self._run.mentioned.clear()
        return lines
