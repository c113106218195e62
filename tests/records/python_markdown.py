"""What Python-Markdown finds in a text, with the extensions that Material recommends: the other opinion."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from mkdocs_handoff.records.markdown import MENTION

EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|#|\\|$")


class _Mentions(InlineProcessor):
    """Stands where the site's own processor stands: after code spans and escapes, before all other brackets."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"\[\[([^\[\]\n]+?)\]\](?![(\[])", md)
        self.found: list[str] = []

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int] | tuple[None, None, None]:
        plain = re.sub("\x02([0-9]+)\x03", lambda char: chr(int(char[1])), self.unescape(m[1]))
        match = MENTION.fullmatch(f"[[{plain}]]")
        if match is None:
            return None, None, None
        self.found.append(match[1].strip())
        return Element("b"), m.start(0), m.end(0)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = {"a": "href", "img": "src"}.get(tag)
        self.found.extend(value or "" for key, value in attrs if key == name)


def relative(target: str) -> bool:
    """Tell whether a link leads to a file beside this one: no address, no place on the page, no path of the site."""
    return not _SCHEME.match(target)


def found_by_python_markdown(text: str) -> tuple[list[str], list[str]]:
    """Return the mentions and the relative links of a text, sorted."""
    md = Markdown(extensions=list(EXTENSIONS), extension_configs={"pymdownx.tabbed": {"alternate_style": True}})
    mentions = _Mentions(md)
    md.inlinePatterns.register(mentions, "mentions", 175)
    links = _Links()
    links.feed(md.convert(text))
    links.close()
    return sorted(mentions.found), sorted(target for target in links.found if relative(target))
