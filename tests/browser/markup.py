"""What a built page holds, as far as links and structure go, read from its file."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Loader(yaml.SafeLoader):
    """Reads a builder's configuration; its Python names are none of our business."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)

CONFIGURATION = yaml.load(
    (Path(__file__).parents[2] / "sample_project" / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader
)
SITE_URL: str = CONFIGURATION["site_url"]

_SOURCES = {"src", "href", "xlink:href", "poster", "data", "action", "formaction"}
_ICONS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch", "manifest"}


@dataclass
class Page:
    """A built page.

    Attributes:
        path: Its file, from the site's folder.
        ids: Everything a fragment can name, as often as it is there.
        links: Each address that the page names, with the tag that names it.
        fetched: Those of them that a browser fetches by itself.
    """

    path: str
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The page's address."""
        folder, name = posixpath.split(self.path)
        return urljoin(SITE_URL, (folder + "/" if folder else "") if name == "index.html" else self.path)


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.page.ids.append(given["id"])
        if tag == "a" and given.get("name", given.get("id")) != given.get("id"):
            self.page.ids.append(given["name"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.page.headings.append(int(tag[1]))
        if tag == "img" and "alt" not in given:
            self.page.unnamed.append(given.get("src", ""))
        for name in _SOURCES & set(given):
            self.page.links.append((given[name], tag))
            fetched = tag not in ("a", "form", "area", "link") or bool(_ICONS & set(given.get("rel", "").split()))
            if fetched:
                self.page.fetched.append(given[name])
        for candidate in given.get("srcset", "").split(","):
            if candidate.strip():
                self.page.links.append((candidate.split()[0], tag))
                self.page.fetched.append(candidate.split()[0])

    handle_startendtag = handle_starttag


def read_pages(site: Path) -> Mapping[str, Page]:
    """Read all pages of a site; by path, in order."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        page = Page(file.relative_to(site).as_posix())
        reader = _Reader(page)
        reader.feed(file.read_text(encoding="utf-8"))
        reader.close()
        pages[page.path] = page
    return pages


def broken(url: str, site: Path, pages: Mapping[str, Page]) -> str:
    """Return what is wrong with a full address of the site; nothing for a good one, or for another site's."""
    if not url.startswith(SITE_URL):
        same = urlsplit(url)[:2] == urlsplit(SITE_URL)[:2]
        return "leads out of the site" if same else ""
    parts = urlsplit(url)
    path = unquote(parts.path.removeprefix(urlsplit(SITE_URL).path))
    file = site / path
    if path == "" or path.endswith("/"):
        path += "index.html"
    elif file.is_dir():
        return "lacks the slash at its end"
    if not (site / path).is_file():
        return "leads nowhere"
    fragment = unquote(parts.fragment)
    if fragment and path in pages and fragment not in pages[path].ids and fragment != "__top":
        return "has no such place on its page"
    return ""
