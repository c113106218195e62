"""A pack of the sample's handoff, unpacked to a folder and opened in a browser: no server, no other host."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.devtools import Browser

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
NAME = "digit-reader-to-field-services"
LOOKS = ((360, False), (1280, False), (1280, True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked pack, in a folder with a name that addresses have to escape."""
    out = tmp_path_factory.mktemp("pack") / "a folder #1 with é"
    out.mkdir()
    code = "from mkdocs_handoff.cli.main import run; run()"
    command = [sys.executable, "-c", code, "pack", f"handoff:{NAME}", "-o", str(out / "pack.zip")]
    done = subprocess.run(
        command, cwd=REPOSITORY / "sample_project", capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(out / "pack.zip") as archive:
        archive.extractall(out)
    return out / NAME


def test_every_page_opens_from_a_folder_and_asks_nobody(browser: Browser, folder: Path) -> None:
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 20
    troubles = []
    for page in pages:
        for width, dark in LOOKS:
            browser.look(width=width, dark=dark)
            browser.go(page.as_uri())
            seen = str(page.relative_to(folder)), width, dark
            for event in browser.events:
                told = event["params"]
                if event["method"] == "Network.requestWillBeSent":
                    url = told["request"]["url"]
                    if not url.startswith((folder.as_uri(), "data:", "blob:")):
                        troubles.append((*seen, "asked for", url))
                elif event["method"] == "Network.loadingFailed":
                    troubles.append((*seen, "did not get", told.get("errorText")))
                elif event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown"):
                    troubles.append((*seen, "complained", str(told)[:200]))
            if browser.run("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                troubles.append((*seen, "scrolls sideways", ""))
    assert troubles == []


def test_a_reader_goes_from_the_start_page_to_the_model_and_back(browser: Browser, folder: Path) -> None:
    browser.look(width=1280)
    browser.go((folder / "index.html").as_uri())
    assert browser.run("document.querySelector('h1').textContent") == "Digit reader to field services"
    target = browser.run(
        "[...document.querySelectorAll('.handoff-pack a')].find(one => one.textContent.trim() === 'Digit reader').href"
    )
    browser.go(target)
    assert browser.run("document.querySelector('h1').textContent") == "Digit reader"
    assert (
        browser.run("getComputedStyle(document.querySelector('.handoff-facts')).backgroundColor") != "rgba(0, 0, 0, 0)"
    )
    home = browser.run("document.querySelector('.md-logo').href")
    browser.go(home)
    assert browser.run("document.querySelector('h1').textContent") == "Digit reader to field services"


def test_a_page_of_the_pack_cannot_reach_another_host(browser: Browser, folder: Path) -> None:
    browser.go((folder / "index.html").as_uri())
    asked = "fetch('https://example.org/').then(() => 'answered', error => error.name)"
    assert browser.run(asked) == "TypeError"
    blocked = (
        "new Promise(done => { addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));"
        "new Image().src = 'https://example.org/x.png'; setTimeout(() => done('allowed'), 2000); })"
    )
    assert browser.run(blocked) == "img-src"
