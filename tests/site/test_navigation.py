"""Our section of the navigation, and what of it a record's page shows."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.site.navigation import leaves
from tests.builders import BUILDERS, Built, build, words, write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

FILES = {
    "docs/index.md": "# Welcome\n",
    "docs/guide/start.md": "# Start\n",
    "docs/guide/more.md": "# More of it\n",
    "docs/decisions/0001-use-trees.md": "---\nstatus: accepted\n---\n# Use trees\n",
    "models/churn.yml": "title: Churn & co\n",
    "models/lapse.yml": "title: Lapse\n",
    "teams/core.yml": "title: Core\n",
}
ALWAYS = ["Staleness", "Ownership", "Progress", "Knowledge map", "Wanted", "Problems"]


def configuration(nav: str = "", plugin: str = "handoff", features: str = "") -> str:
    return (
        "site_name: Lab\n"
        f"theme: {{name: material, font: false, features: [navigation.footer, navigation.path, {features}]}}\n"
        f"plugins: [search, {plugin}]\n{nav}\n"
    )


NAV = "nav: [Home: index.md, Guide: [guide/start.md, guide/more.md]]"


def made(builder: str, root: Path, config: str, files: dict[str, str] | None = None) -> Built:
    built = build(builder, write(root / "lab", {**FILES, **(files or {}), "mkdocs.yml": config}), "--strict")
    assert built.code == 0, built.output
    return built


class Sidebar(HTMLParser):
    """The titles of Material's sidebar, nested as they are: a page is a text, a section a pair."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._depth = 0
        self._in_link = False
        text = page.partition('<nav class="md-nav md-nav--primary')[2].partition("md-sidebar--secondary")[0]
        text = re.sub(r'<nav class="md-nav md-nav--secondary".*?</nav>', "", text, flags=re.DOTALL)
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = dict(attrs)
        classes = (shown.get("class") or "").split()
        if tag == "li":
            self._depth += 1
            self.lines.append("  " * (self._depth - 1) + ("*" if "md-nav__item--active" in classes else ""))
        elif tag in ("a", "label") and "md-nav__link" in classes and self.lines[-1].strip(" *") == "":
            self._in_link = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._depth -= 1
        elif tag in ("a", "label"):
            self._in_link = False

    def handle_data(self, data: str) -> None:
        if self._in_link and data.strip():
            self.lines[-1] += data.strip()


def sidebar(page: str) -> list[str]:
    return Sidebar(page).lines


def links(page: str, css: str) -> list[tuple[str, str]]:
    found = re.findall(rf'<a href="([^"]*)"[^>]*class="[^"]*\b{css}\b[^"]*"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [(href, words(text)) for href, text in found]


def test_the_leaves_of_a_navigation_have_titles_where_they_are_given() -> None:
    nav = ["index.md", {"A": "./a.md", None: "b.md"}, {"S": ["c.md", {"D": "d/index.md"}]}]
    assert list(leaves(nav)) == [("", "index.md"), ("A", "a.md"), ("", "b.md"), ("", "c.md"), ("D", "d/index.md")]
    assert list(leaves(None)) == []


def test_a_broken_files_page_is_no_news_to_the_navigation(builder: str, tmp_path: Path) -> None:
    built = build(builder, write(tmp_path / "lab", {**FILES, "models/b.yml": "[", "mkdocs.yml": configuration(NAV)}))
    assert built.has("handoff/models/b/index.html")
    assert "not included in the" not in built.output


def test_our_section_comes_after_the_users(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration(NAV))
    ours = [
        "Handoff",
        "  Handoff",
        "  Models",
        "    Models",
        "    Churn & co",
        "    Lapse",
        "  Decisions",
        "    Decisions",
    ]
    ours += ["    Use trees", "  Teams", "    Teams", "    Core", *(f"  {name}" for name in ALWAYS)]
    titles = sidebar(built.html(""))
    assert [line.replace("*", "") for line in titles] == ["Home", "Guide", "  Start", "  More of it", *ours]
    assert "not included in the" not in built.output


def test_without_a_navigation_the_builders_own_is_kept(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration(plugin="handoff: {nav: Knowledge & more}"))
    titles = [line.replace("*", "") for line in sidebar(built.html(""))]
    assert titles[:6] == ["Welcome", "Decisions", "  Use trees", "Guide", "  More of it", "  Start"]
    assert titles[6] == "Knowledge & more"
    assert titles.count("    Use trees") == 0, "a record that the builder lists among the user's pages stays there"
    assert "  Decisions" in titles[7:]


def test_the_section_can_be_left_out(builder: str, tmp_path: Path) -> None:
    for nav in (NAV, ""):
        built = made(builder, tmp_path, configuration(nav, plugin="handoff: {nav: false}"))
        assert not any("Models" in line or "Handoff" in line for line in sidebar(built.html("")))
        assert built.has("handoff/models/churn/index.html")
        assert "handoff/" not in built.output


def test_the_users_navigation_may_name_our_pages(builder: str, tmp_path: Path) -> None:
    nav = "nav: [Home: index.md, Catalogue: handoff/index.md, Best: [Our best: handoff/models/churn.md]]"
    built = made(builder, tmp_path, configuration(nav))
    titles = [line.replace("*", "") for line in sidebar(built.html(""))]
    assert titles[:4] == ["Home", "Catalogue", "Best", "  Our best"]
    assert titles[4] == "Handoff"
    assert "    Churn & co" not in titles
    assert "    Lapse" in titles
    assert "  Handoff" not in titles


MANY = {f"models/m{number:03}.yml": f"title: Model {number:03}\n" for number in range(70)}


@pytest.fixture(scope="module", params=BUILDERS)
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return made(request.param, tmp_path_factory.mktemp("large"), configuration(NAV), MANY)


def test_many_records_stay_out_of_the_navigation(large: Built) -> None:
    titles = [line.replace("*", "") for line in sidebar(large.html(""))]
    assert titles[4:] == ["Handoff", "  Handoff", "  Models", "  Decisions", "  Teams", *(f"  {one}" for one in ALWAYS)]
    assert "not included in the" not in large.output


def test_a_page_outside_the_navigation_is_shown_below_its_kind(large: Built) -> None:
    page = large.html("handoff/models/m007/")
    assert sidebar(page) == [
        "Home",
        "Guide",
        "*Handoff",
        "  Handoff",
        "  *Models",
        "    Models",
        "    *Model 007",
        "  Decisions",
        "  Teams",
        *(f"  {name}" for name in ALWAYS),
    ]
    assert [text for _, text in links(page, "md-path__link")] == ["Home", "Handoff", "Models"]
    decision = large.html("decisions/0001-use-trees/")
    assert "    *Use trees" in sidebar(decision)
    assert ("../../handoff/", "Handoff") in links(decision, "md-path__link")


def test_the_navigation_of_other_pages_is_whole(large: Built) -> None:
    assert "  Start" in sidebar(large.html(""))
    assert "  Start" in sidebar(large.html("handoff/models/"))


def test_cost_does_not_grow_with_the_pages(builder: str, tmp_path: Path) -> None:
    """A record's page is as large with three hundred pages in the navigation as with a hundred."""
    sizes = []
    for count in (100, 300):
        files = {f"models/m{number:03}.yml": "title: Same\n" for number in range(3)}
        files |= {f"docs/notes/n{number:03}.md": f"# N {number:03}\n" for number in range(count)}
        built = made(builder, tmp_path / str(count), configuration(), files)
        sizes.append(len(built.html("handoff/models/m001/")))
    assert sizes[0] == sizes[1]


LISTED = {f"models/m{number:03}.yml": f"title: Model {number:03}\n" for number in range(45)}


@pytest.mark.parametrize(
    "features",
    [
        "",
        "navigation.tabs",
        "navigation.indexes",
        "navigation.sections",
        "navigation.tabs, navigation.indexes, navigation.sections",
        "navigation.prune",
        "navigation.expand, toc.integrate",
    ],
)
def test_a_cut_navigation_keeps_what_a_reader_steers_by(tmp_path: Path, features: str) -> None:
    """Tabs, crumbs, footer and sidebar of a record's page, with the features of Material that change them."""
    built = made("mkdocs", tmp_path, configuration(NAV, features=features), LISTED)
    page = built.html("handoff/models/m007/")
    indexes = "navigation.indexes" in features
    titles = sidebar(page)
    assert titles[:2] == ["Home", "Guide"]
    assert "*Handoff" in titles
    assert "  *Models" in titles
    assert "    *Model 007" in titles
    assert "    Model 008" in titles
    assert "    Use trees" not in titles
    assert ("    Models" in titles) is not indexes
    top = {text: href for href, text in links(page, "md-nav__link")}
    assert top["Guide"] == "../../../guide/start/"
    assert top["Teams"] == "../../teams/"
    assert [text for _, text in links(page, "md-path__link")] == ["Home", "Handoff", "Models"]
    assert [text for _, text in links(page, "md-footer__link")] == ["Previous Model 006", "Next Model 008"]
    if "navigation.tabs" in features:
        tabs = {text: href for href, text in links(page, "md-tabs__link")}
        assert tabs == {"Home": "../../..", "Guide": "../../../guide/start/", "Handoff": "../../"}
        assert len(re.findall("md-tabs__item--active", page)) == 1
    # The logo leads to the real home page.
    assert re.search(r'<a href="\.\./\.\./\.\."[^>]*class="md-(?:nav__button|header__button) md-logo"', page)


def test_a_small_navigation_is_shown_whole(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration(NAV))
    whole = [line.replace("*", "") for line in sidebar(built.html(""))]
    assert [line.replace("*", "") for line in sidebar(built.html("handoff/models/churn/"))] == whole


def test_the_theme_mkdocs_gets_along_with_a_cut_navigation(tmp_path: Path) -> None:
    config = f"site_name: Lab\ntheme: mkdocs\nplugins: [handoff]\n{NAV}\n"
    built = made("mkdocs", tmp_path, config, MANY)
    page = built.html("handoff/models/m007/")
    assert 'href="../../../guide/start/"' in page
    assert "Model 008" not in page.partition("<body")[2].partition('role="main"')[0]
