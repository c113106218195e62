"""Markdown of fields (`x-format: markdown`) to safe HTML.

Fields are untrusted: no HTML of their own, no image from elsewhere, no link that a browser may run. The prose of a
record is another matter: the builder renders it, with the user's extensions.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from mkdocs_handoff.pages.html.addresses import safe
from mkdocs_handoff.pages.html.readable import without_tooltips
from mkdocs_handoff.records.markdown_inline import mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.pages.html.addresses import Addresses
    from mkdocs_handoff.records.record import Identity

# Lines of words that mean nothing to Markdown: most fields, and a parser's work saved.
_PLAIN = re.compile(r"[^\W\d_][^\n*_`\[\]<>&\\#|~!{}]*(?:\n[^\W\d_][^\n*_`\[\]<>&\\#|~!{}]*)*\n?")
_HARD_BREAK = re.compile(r"  +\n")
# A comment, which no reader sees; but for one in code, which is shown, and one that is never closed: that is text, and
# is looked at once.
_COMMENT = re.compile(
    r"(?P<shown>(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|<!--.*?(?:-->|(?P<open>\Z))", re.DOTALL
)
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>\n?", re.DOTALL)


class Markdown:
    """Renders the fields of one page. Remembers which glossary terms the page has linked already.

    Args:
        here: Addresses, as the page writes them.
        own: The record that the page is about: its own term is not linked.
    """

    def __init__(self, here: Addresses, own: Identity | None = None) -> None:
        self.here = here
        self.linked: set[Identity] = {own} if own is not None else set()

    def html(self, text: str, path: str, *, terms: bool = True) -> Markup:
        """Return a field's Markdown as safe HTML; a single paragraph without its `<p>`.

        Args:
            text: The Markdown.
            path: The file it is written in, for relative links.
            terms: Whether glossary terms are linked.
        """
        if _PLAIN.fullmatch(text) and not _HARD_BREAK.search(text):
            return Markup(self._words(text.strip(), terms=terms))  # noqa: S704 - escaped piece by piece
        tokens = _parser().parse(text)
        for token in tokens:
            if token.type == "inline" and token.children:
                token.children = list(self._inline(token.children, path, terms=terms))
            elif token.type in ("heading_open", "heading_close"):
                # The page's own headings are its outline; those in a field are only strong words.
                token.tag = "p"
                if token.type == "heading_open":
                    token.attrSet("class", "handoff-minor")
        rendered = _parser().renderer.render(tokens, _parser().options, {})
        single = _ONE_PARAGRAPH.fullmatch(rendered)
        return Markup(single[1] if single else rendered)  # noqa: S704 - markdown-it escapes, with `html` off

    def _inline(self, children: list[Token], path: str, *, terms: bool) -> Iterator[Token]:
        depth = 0
        kept: list[bool] = []
        for child in children:
            if child.type == "link_open":
                href = self.here.link(str(child.attrGet("href") or ""), path)
                kept.append(bool(href))
                depth += 1
                if href:
                    child.attrSet("href", href)
                    yield child
            elif child.type == "link_close":
                depth -= 1
                if kept.pop():
                    yield child
            elif child.type == "image":
                yield _made(self._image(child, path))
            elif child.type == "mention":
                yield _made(self._mention(child))
            elif child.type == "text" and terms and not depth:
                yield _made(self._words(child.content, terms=True))
            else:
                yield child

    def _image(self, token: Token, path: str) -> str:
        """An image of ours is shown; one from elsewhere is a link, because pages fetch nothing from other hosts."""
        src = str(token.attrGet("src") or "")
        href = self.here.link(src, path)
        words = escape(token.content or src)
        if not href:
            return str(words)
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", href):
            return f'<a href="{escape(href)}">{words}</a>'
        return f'<img src="{escape(href)}" alt="{words}" loading="lazy">'

    def _mention(self, token: Token) -> str:
        answer = self.here.prose.mention(token.meta["target"], token.meta["label"], self.here.page)
        if answer is None:
            return str(escape(token.content))
        hint = f' title="{escape(answer.problem or answer.hint)}"' if answer.problem or answer.hint else ""
        words = escape(answer.text)
        if not answer.href:
            state = " handoff-ref--broken" if answer.problem else ""
            return f'<span class="handoff-ref{state}"{hint}>{words}</span>'
        state = " handoff-ref--wanted" if answer.wanted else ""
        return f'<a class="handoff-ref{state}" href="{escape(self.here.source(answer.href))}"{hint}>{words}</a>'

    def _words(self, text: str, *, terms: bool) -> str:
        """Escape running text, and link the terms that this page has not linked yet."""
        if not terms:
            return str(escape(text))
        out: list[str] = []
        done = 0
        for match in self.here.prose.terms(text):
            if match.term in self.linked:
                continue
            self.linked.add(match.term)
            href = escape(self.here.record(match.term))
            out += (
                str(escape(text[done : match.start])),
                f'<a class="handoff-term" href="{href}">{escape(text[match.start : match.end])}</a>',
            )
            done = match.end
        out.append(str(escape(text[done:])))
        return "".join(out)


def plain(text: str) -> str:
    """Return Markdown as the words a reader sees, in one line."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    text = without_tooltips(text)
    if "<!--" in text:
        text = _COMMENT.sub(lambda found: found["shown"] or (" " if found["open"] is None else found[0]), text)
    tokens = _parser().parse(text)
    words: list[str] = []
    between = False  # what stands in an item of a list and what follows
    for token in tokens:
        if token.type == "list_item_close":
            between = True
        elif token.children:
            said = "".join(_shown(child) for child in token.children).strip()
            words.append("; " if between and words and words[-1][-1:] not in ".;:,!?…" else " ")
            words += [said] if said else []
            between = False
    words += [f" {token.content}" for token in tokens if token.type in ("fence", "code_block")]
    return " ".join("".join(words).split())


def _shown(token: Token) -> str:
    if token.type == "mention":
        return str(
            token.meta["label"] or token.meta["target"].partition("#")[0].partition(":")[2] or token.meta["target"]
        )
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline", "image") else ""


def _made(html: str) -> Token:
    token = Token("html_inline", "", 0)
    token.content = html
    return token


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("link", "mention", mention)
    parser.validateLink = lambda url: bool(safe(url))  # type: ignore[method-assign]
    return parser
