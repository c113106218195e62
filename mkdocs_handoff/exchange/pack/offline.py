"""HTML that asks nothing of anybody: it links to what is in the pack, and what it shows comes from there.

The builder's pages are taken as they are, whatever theme and templates made them. A link to something that is not in
the pack loses its address and says so; what a browser would fetch from elsewhere when the page is viewed goes, and a
policy in the page forbids the rest.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection

ABSENT = "not in this pack"
POLICY = (
    "default-src 'self' file: data: blob: 'unsafe-inline'; connect-src 'self' file: data: blob:; "
    "object-src 'none'; frame-src 'self' file: data:; form-action 'none'"
)
"""What a page may load: what lies beside it, in a folder or on whatever host the folder is put."""

_FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "feimage": ("href", "xlink:href"),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
"""What a browser fetches without being asked, by tag. Pictures and `link` are looked at by themselves."""

_CSS = re.compile(
    rb"""@import\s+(?:url\(\s*)?["']?(?:https?:)?//[^;]*;|(?<=url\()\s*["']?(?:https?:)?//[^)]*(?=\))""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Offline:
    """A page that asks nothing of anybody, and the addresses that it had to give up."""

    html: str
    absent: tuple[str, ...]


def offline(html: str, page: str, members: Collection[str]) -> Offline:
    """Return a page for a pack.

    Args:
        html: The page as the builder made it.
        page: Its path in the pack.
        members: All paths in the pack.
    """
    parser = _Parser(html, posixpath.dirname(page), members)
    parser.feed(html)
    parser.close()
    pieces, done = [], 0
    for start, end, text in parser.edits:
        pieces += [html[done:start], text]
        done = end
    return Offline("".join([*pieces, html[done:]]), tuple(dict.fromkeys(parser.absent)))


def stylesheet(css: bytes) -> bytes:
    """Return a stylesheet that loads nothing from another host."""
    return _CSS.sub(b"", css)


class _Parser(HTMLParser):
    """Finds what to change in a page; nothing else of it is touched."""

    def __init__(self, html: str, folder: str, members: Collection[str]) -> None:
        super().__init__(convert_charrefs=False)
        self._html = html
        self.folder = folder
        self.members = members
        self.edits: list[tuple[int, int, str]] = []
        self.absent: list[str] = []
        self._begins = [0, *(match.end() for match in re.finditer("\n", html))]
        self._links: list[str] = []
        self._drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag that opens."""
        self._drawings += tag == "svg"
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._links.append(self._link(given))
        else:
            self._look(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag that closes itself."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._link(given, closed=True)
        else:
            self._look(tag, given, closed=True)

    def handle_endtag(self, tag: str) -> None:
        """Close what stands in for a link."""
        if tag == "svg":
            self._drawings = max(0, self._drawings - 1)
        elif tag == "a" and self._links:
            now = self._links.pop()
            if now:
                start = self._offset()
                self.edits.append((start, self._html.index(">", start) + 1, now))

    def _link(self, given: dict[str, str], *, closed: bool = False) -> str:
        """Look at a link; return what ends the element that stands in for it, or nothing where it stays."""
        name = "href" if "href" in given else "xlink:href"
        target = given.get(name, "")
        if name not in given or self._leads(target) or _elsewhere(target):
            return ""
        self.absent.append(target)
        tag = "g" if self._drawings else "span"
        hint = given.get("title", "")
        kept = {key: value for key, value in given.items() if key not in (name, "target", "rel", "download")}
        kept["title"] = f"{hint} ({ABSENT})" if hint else ABSENT[0].upper() + ABSENT[1:]
        classes = [one for one in given.get("class", "").split() if not one.startswith("handoff-ref")]
        kept["class"] = " ".join([*classes, "handoff-ref", "handoff-ref--absent"])
        self._replace(_tag(tag, kept, closed=closed))
        return f"</{tag}>"

    def _look(self, tag: str, given: dict[str, str], *, closed: bool = False) -> None:
        if tag == "head":
            meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
            self._replace(f"{self.get_starttag_text()}{meta}")
        elif tag == "img":
            self._picture(given, closed=closed)
        elif tag == "link":
            if "href" in given and not self._leads(given["href"]) and not given["href"].startswith("data:"):
                self._replace("")
        elif (tag == "meta" and given.get("http-equiv", "").lower() == "refresh") or tag == "base":
            self._replace("")
        elif tag == "pre" and "mermaid" in given.get("class", "").split():
            # Themes load the program that draws it from another host: better its text than nothing.
            self._replace(_tag(tag, given | {"class": "handoff-code"}, closed=closed))
        else:
            gone = [name for name in _FETCHED.get(tag, ()) if name in given and not self._shows(given[name])]
            if gone:
                self.absent += [given[name] for name in gone]
                kept = {name: value for name, value in given.items() if name not in gone}
                self._replace(_tag(tag, kept, closed=closed))

    def _picture(self, given: dict[str, str], *, closed: bool) -> None:
        source = given.get("src", "")
        if source and not self._shows(source):
            self.absent.append(source)
            words = given.get("alt") or posixpath.basename(urlsplit(source).path) or "picture"
            hint = f"The picture {source} is {ABSENT}"
            self._replace(
                f'<span class="handoff-ref handoff-ref--absent" title="{escape(hint)}">{escape(words)}</span>'
            )
        elif "srcset" in given:
            kept = {name: value for name, value in given.items() if name != "srcset"}
            self._replace(_tag("img", kept, closed=closed))

    def _leads(self, target: str) -> bool:
        """Tell whether an address leads to something in the pack, or to a place on the page itself."""
        if target.startswith("#") or not target:
            return True
        try:
            parts = urlsplit(target)
        except ValueError:
            return False
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return False
        path = posixpath.normpath(posixpath.join(self.folder, unquote(parts.path))) if parts.path else ""
        return not path or (path in self.members and not parts.path.endswith("/"))

    def _shows(self, target: str) -> bool:
        return target.lower().startswith("data:") or (bool(target) and self._leads(target))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._begins[line - 1] + column

    def _replace(self, text: str) -> None:
        start = self._offset()
        self.edits.append((start, start + len(self.get_starttag_text() or ""), text))


def _elsewhere(target: str) -> bool:
    """Tell whether an address is one of another host, of mail or telephone: following it is the reader's choice."""
    if target.startswith("//"):
        return True
    named, colon, _ = target.partition(":")
    return bool(colon) and named != "file" and bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", named))


def _tag(tag: str, given: dict[str, str], *, closed: bool) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    return f"<{tag}{written}{' /' if closed else ''}>"
