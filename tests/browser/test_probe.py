"""The probe sees what it is there to see: a page with one fault of each sort, and the same page without."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from tests.browser.devtools import Browser

pytestmark = pytest.mark.slow

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
PAGE = """<!doctype html><html lang="en"><head><title>Page</title><meta name="viewport" content="width=device-width">
<style>body {{ margin: 0; background: #222 }} a {{ outline: none }} .seen:focus {{ outline: 2px solid }}</style></head>
<body data-md-color-scheme="default"><div class="md-content"><div class="handoff-box" style="background: {behind}">
<p style="color: {colour}">Text</p><a class="{link}" href="#x" style="color: #000">Link</a>
<svg width="90" height="20"><rect width="90" height="20" fill="#000"/><text y="15" fill="{drawn}">Drawn</text></svg>
<p style="width: {width}px; opacity: {opacity}; color: #000">Wide</p></div></div></body></html>"""
GOOD = {
    "behind": "rgb(255 255 255 / 95%)",
    "colour": "color-mix(in srgb, black 70%, white)",
    "link": "seen",
    "drawn": "#fff",
    "width": 300,
    "opacity": 1,
}


def probe(browser: Browser, **changes: object) -> dict[str, Any]:
    browser.look(width=360)
    browser.go("data:text/html," + quote(PAGE.format(**GOOD | changes)))
    browser.press("Tab")
    seen: dict[str, Any] = browser.run(PROBE)
    return seen


def faint(seen: dict[str, Any]) -> list[str]:
    return [text["text"] for text in seen["texts"] if text["contrast"] < 4.5]


def test_a_good_page_has_nothing_to_mend(browser: Browser) -> None:
    seen = probe(browser)
    assert [text["text"] for text in seen["texts"]] == ["Text", "Link", "Drawn", "Wide"]
    assert (faint(seen), seen["overflowing"], seen["unfocused"], seen["width"]) == ([], [], [], 360)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"colour": "#999"}, ["Text"]),
        ({"behind": "rgb(255 255 255 / 30%)"}, ["Text", "Link", "Wide"]),
        ({"drawn": "#333"}, ["Drawn"]),
        ({"opacity": 0.4}, ["Wide"]),
    ],
    ids=["colour", "background that shines through", "drawing", "opacity"],
)
def test_faint_text_is_seen(browser: Browser, changes: dict[str, object], expected: list[str]) -> None:
    assert faint(probe(browser, **changes)) == expected


def test_contrast_is_what_the_standard_says(browser: Browser) -> None:
    texts = probe(browser, behind="#fff", colour="#767676")["texts"]
    assert texts[0]["contrast"] == pytest.approx(4.54, abs=0.005)  # the well-known lightest grey that passes


def test_what_is_too_wide_is_named(browser: Browser) -> None:
    seen = probe(browser, width=500)
    assert seen["width"] > 360
    assert "p" in seen["overflowing"]


def test_a_link_that_does_not_show_its_focus_is_named(browser: Browser) -> None:
    assert probe(browser, link="plain")["unfocused"] == ["a.plain Link"]
