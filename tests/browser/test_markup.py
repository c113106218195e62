"""The built sample site, read from its files: every link leads somewhere, and every page has one structure."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.browser.markup import CONFIGURATION, SITE_URL, broken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.browser.markup import Page

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]


def test_every_link_leads_somewhere(site: Path, pages: Mapping[str, Page]) -> None:
    wrong = [
        f"{page.path}: <{tag}> {link} {problem}"
        for page in pages.values()
        for link, tag in page.links
        if (problem := broken(urljoin(page.url, link), site, pages))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_page_fetches_from_another_host(pages: Mapping[str, Page]) -> None:
    wrong = [
        f"{page.path}: {link}"
        for page in pages.values()
        for link in page.fetched
        if not urljoin(page.url, link).startswith((SITE_URL, "data:"))
    ]
    assert not wrong, "\n".join(wrong)


def test_links_have_a_scheme_a_reader_can_follow(pages: Mapping[str, Page]) -> None:
    schemes = {urlsplit(urljoin(page.url, link)).scheme for page in pages.values() for link, _ in page.links}
    assert schemes <= {"http", "https", "mailto", "tel", "data"}


def test_edit_links_name_files_of_the_repository(pages: Mapping[str, Page]) -> None:
    start = CONFIGURATION["repo_url"].rstrip("/") + "/edit/main/"
    edited = {
        unquote(link[len(start) :]) for page in pages.values() for link, _ in page.links if link.startswith(start)
    }
    assert edited
    assert not [path for path in sorted(edited) if not (REPOSITORY / path).is_file()]


def test_the_search_index_and_the_sitemap_lead_to_places(site: Path, pages: Mapping[str, Page]) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    urls = [urljoin(SITE_URL, entry["location"]) for entry in index["docs"]]
    tree = ET.parse(site / "sitemap.xml")
    urls += [str(node.text) for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert not [f"{url} {problem}" for url in urls if (problem := broken(url, site, pages))]


def test_every_page_has_one_first_heading_and_skips_no_level(pages: Mapping[str, Page]) -> None:
    wrong = []
    for page in pages.values():
        if page.headings.count(1) != 1:
            wrong.append(f"{page.path}: {page.headings.count(1)} <h1>")
        after = page.headings[page.headings.index(1) :] if 1 in page.headings else []
        wrong += [f"{page.path}: <h{a}> is followed by <h{b}>" for a, b in pairwise(after) if b > a + 1]
    assert not wrong, "\n".join(wrong)


def test_every_id_is_there_once(pages: Mapping[str, Page]) -> None:
    wrong = [
        f"{page.path}: {name} {number} times"
        for page in pages.values()
        for name, number in Counter(page.ids).items()
        if number > 1
    ]
    assert not wrong, "\n".join(wrong)


def test_every_image_has_a_text_for_who_does_not_see_it(pages: Mapping[str, Page]) -> None:
    assert not [f"{page.path}: {image}" for page in pages.values() for image in page.unnamed]


def test_words_stand_apart_where_no_stylesheet_of_ours_says_so(site: Path) -> None:
    """Other themes than Material show the pages as the HTML has them; a hidden alternative is not read."""
    touching = re.compile(
        r"[\w.)%]</(?:span|a|strong|code|time)>(?:</(?:span|a|strong|code)>)*"
        r"(?:<(?:span|a|strong|code|time)\b(?![^>]*\shidden)[^>]*>)+[\w(]"
    )
    wrong = [
        f"{path.relative_to(site)}: {found[0]}"
        for path in sorted((site / "handoff").rglob("*.html"))
        for found in touching.finditer(
            path.read_text(encoding="utf-8").partition("<article")[2].partition("</article")[0]
        )
    ]
    assert not wrong, "\n".join(wrong[:20])
