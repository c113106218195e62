"""Every page of the sample site as a reader sees it: on a phone and a desktop, in light and dark, with a keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.browser.devtools import Browser
    from tests.browser.markup import Page

pytestmark = pytest.mark.slow

PHONE, DESKTOP = 360, 1280
LEGIBLE = 4.5
"""The contrast that WCAG 2.2 AA asks of text (large text could do with less)."""
PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Visit:
    """What was seen of one page in one look."""

    path: str
    width: int
    dark: bool
    requests: tuple[str, ...]
    complaints: tuple[str, ...]
    seen: dict[str, Any]


@pytest.fixture(scope="module")
def visits(browser: Browser, address: str, pages: Mapping[str, Page]) -> list[Visit]:
    """Every page on a phone in light; every other on a desktop in dark, and every fourth there in light."""
    found = []
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    for width, dark, every in ((PHONE, False, 1), (DESKTOP, False, 4), (DESKTOP, True, 2)):
        browser.go("about:blank")
        browser.look(width=width, dark=dark)
        for path in list(pages)[::every]:
            # The theme remembers the scheme that a reader had, and an open page would store it again.
            browser.call("Storage.clearDataForOrigin", origin=origin, storageTypes="local_storage")
            browser.go(address + quote(path.removesuffix("index.html") if path.endswith("index.html") else path))
            browser.press("Tab")
            seen = browser.run(PROBE)
            found.append(Visit(path, width, dark, requests(browser), complaints(browser), seen))
    return found


def requests(browser: Browser) -> tuple[str, ...]:
    """Return the addresses that the page asked for."""
    sent = (
        event["params"]["request"]["url"] for event in browser.events if event["method"] == "Network.requestWillBeSent"
    )
    return tuple(url for url in sent if not url.startswith(("data:", "blob:")))


def complaints(browser: Browser) -> tuple[str, ...]:
    """Return what the browser's console shows as an error."""
    found = []
    for event in browser.events:
        parameters = event["params"]
        if event["method"] == "Runtime.exceptionThrown":
            found.append(parameters["exceptionDetails"]["text"])
        elif event["method"] == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "assert"):
            found.append(" ".join(str(value.get("value", value.get("description"))) for value in parameters["args"]))
        elif event["method"] == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            found.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")
    return tuple(found)


def test_no_request_leaves_this_machine(visits: list[Visit], address: str) -> None:
    left = {url: visit.path for visit in visits for url in visit.requests if not url.startswith(address)}
    assert not left, "\n".join(f"{url} on {path}" for url, path in sorted(left.items()))


def test_the_console_has_no_errors(visits: list[Visit]) -> None:
    wrong = {line: visit.path for visit in visits for line in visit.complaints}
    assert not wrong, "\n".join(f"{line} on {path}" for line, path in sorted(wrong.items()))


def test_both_schemes_are_shown(visits: list[Visit]) -> None:
    assert {(visit.dark, visit.seen["scheme"]) for visit in visits} == {(False, "default"), (True, "slate")}


def test_no_page_is_wider_than_a_phone(visits: list[Visit]) -> None:
    wide = [
        f"{visit.path}: {visit.seen['width']} px wide; {', '.join(visit.seen['overflowing'])}"
        for visit in visits
        if visit.width == PHONE and visit.seen["width"] > PHONE
    ]
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_our_text_can_be_read(visits: list[Visit], *, dark: bool) -> None:
    seen = [(visit.path, text) for visit in visits if visit.dark is dark for text in visit.seen["texts"]]
    assert seen, "no page has text in an element of ours"
    # One line per element and not per page: a colour that is too faint is so everywhere.
    faint = {
        f"{text['element']}: {text['contrast']:.2f}": f"{path}: {text['text']!r}"
        for path, text in seen
        if not text["picture"] and text["contrast"] < LEGIBLE
    }
    assert not faint, "\n".join(f"{what} on {where}" for what, where in sorted(faint.items()))


def test_a_keyboard_shows_where_it_is(visits: list[Visit]) -> None:
    lost = {f"{visit.path}: {element}" for visit in visits for element in visit.seen["unfocused"]}
    assert not lost, "\n".join(sorted(lost))


def test_search_finds_a_record_and_asks_nobody_else(browser: Browser, address: str) -> None:
    browser.look(width=DESKTOP)
    browser.go(address)
    query, meta = "[data-md-component=search-query]", ".md-search-result__meta"
    browser.run(f"document.querySelector('{query}').focus()")
    # The index is read on focus, in a worker; and the theme looks when a key comes up again, not when text comes in.
    browser.wait(f"!document.querySelector('{meta}').textContent.includes('Initializing')")
    browser.call("Input.insertText", text="digit reader")
    browser.press("End")
    browser.wait("document.querySelector('.md-search-result__link') !== null")
    found = browser.run("[...document.querySelectorAll('.md-search-result__link')].map(link => link.href)")
    assert any("digit-reader" in link for link in found), found
    assert not [url for url in requests(browser) if not url.startswith(address)]


_LONG_WORDS = """(() => {
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) found.push(texts.currentNode);
  const ours = found.filter(text => text.data.trim() && text.parentElement.closest("[class*=handoff-]")
    && !text.parentElement.closest("svg, style, script, time, .handoff-number, .handoff-date, .handoff-chip"));
  for (const text of ours) text.data = text.data.replace(/\\S+/, "x".repeat(200));
  return [ours.length, document.documentElement.scrollWidth];
})()"""


@pytest.mark.parametrize("kind", ["handoffs/", "playbooks/"])
def test_a_word_without_end_makes_no_page_wider(
    browser: Browser, address: str, pages: Mapping[str, Page], kind: str
) -> None:
    browser.look(width=PHONE)
    of_kind = [path for path in pages if f"/{kind}" in path and not path.endswith(f"/{kind}index.html")]
    assert of_kind
    for path in of_kind:
        browser.go(address + quote(path.removesuffix("index.html")))
        replaced, width = browser.run(_LONG_WORDS)
        assert replaced > 20, path
        assert width == PHONE, path


_UNSEEN = """[...document.querySelectorAll("article details > :not(summary)")].filter(
  part => !part.getBoundingClientRect().height).map(part => part.parentElement.innerText)"""


def test_what_is_folded_is_printed_and_no_table_runs_off_the_paper(
    browser: Browser, address: str, pages: Mapping[str, Page]
) -> None:
    browser.look(width=800)
    browser.call("Emulation.setEmulatedMedia", media="print")
    try:
        for path in (one for one in pages if "/handoffs/" in one or "/progress/" in one):
            browser.go(address + quote(path.removesuffix("index.html")))
            assert browser.run(_UNSEEN) == [], path
            assert browser.run("document.documentElement.scrollWidth") <= 800, path
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")
