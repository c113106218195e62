"""A record's prose below the record's title: one `h1` to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from mkdocs_handoff.site.markdown import Run

_LOWER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}


class HeadingTreeprocessor(Treeprocessor):
    """Moves all headings of a record's prose one level down where any of them is of level one."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.md)
        self._run = run

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        build, file = self._run.build, self._run.file
        if build is None or file is None or file.src_uri not in build.identities or root.find(".//h1") is None:
            return
        for element in root.iter():
            element.tag = _LOWER.get(element.tag, element.tag)
