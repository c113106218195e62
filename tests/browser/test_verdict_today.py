"""A built page read on later days: the verdict is that of the reader's day, never a milder one, and needs no server."""

from __future__ import annotations

import os
import subprocess
import sys
from calendar import timegm
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.history.repositories import ENVIRONMENT, repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.devtools import Browser

pytestmark = pytest.mark.slow

BUILT = timegm((2026, 11, 23, 9, 0, 0))
SITE = """\
site_name: Days
site_url: !ENV ADDRESS
theme: {name: material, font: false, features: [navigation.instant]}
plugins: [handoff]
"""
FILES: dict[str, str | bytes | None] = {
    "mkdocs.yml": SITE,
    "docs/index.md": "# Days\n\n[good](handoff/models/good.md)\n",
    "people/ann.yml": "title: Ann\nlast_reviewed: 2026-11-20\nreview_every: 3 years\nleft: 2027-02-01\n",
    "models/good.yml": "title: Good\nlast_reviewed: 2026-11-01\nreview_every: 6 months\ntraining_data: [data]\n",
    "models/leaving.yml": "title: Leaving\nlast_reviewed: 2026-11-01\nreview_every: 1 year\nowners: ann\n",
    "models/soon.yml": "title: Soon\nlast_reviewed: 2026-05-28\nreview_every: 6 months\n",
    "models/overdue.yml": "title: Overdue\nlast_reviewed: 2026-01-01\nreview_every: 6 months\n",
    "models/changed.yml": "title: Changed\nlast_reviewed: 2026-10-01\nreview_every: 6 months\ncovers: [src/]\n",
    "models/old.yml": "title: Old\nlifecycle: retired\n",
    "datasets/data.yml": "title: Data\nlast_reviewed: 2026-11-01\nreview_every: 2 years\n",
    "src/a.py": "a\n",
}
LOOK = """({
    chip: (document.querySelector('.handoff-kicker [data-handoff-verdict]') || {}).textContent || '',
    tone: (document.querySelector('.handoff-kicker [data-handoff-verdict]') || {}).className || '',
    banner: [...document.querySelectorAll('.handoff-banner')].filter(one => one.checkVisibility())
        .map(one => [one.className, one.querySelector('.admonition-title').innerText.trim(), one.innerText])[0] || null,
})"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the project will be."""
    return tmp_path_factory.mktemp("days")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """Where its site is served, ending in `/`: it must be known before it is built."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder / "site"))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def built(folder: Path, served: str) -> Path:
    """A site built on 2026-11-23, from a repository in which what a record covers changed after its review."""
    made = repository(folder)
    made.commit(FILES, "Begin", time=timegm((2026, 9, 1, 12, 0, 0)))
    made.commit({"src/a.py": "b\n"}, "Change it", time=timegm((2026, 11, 2, 12, 0, 0)))
    environment = {**ENVIRONMENT, "SOURCE_DATE_EPOCH": str(BUILT), "NO_MKDOCS_2_WARNING": "1", "ADDRESS": served}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--no-directory-urls", "-q"]
    done = subprocess.run(command, cwd=made.root, env=os.environ | environment, capture_output=True, check=False)
    assert not done.returncode, done.stderr.decode()
    return made.root / "site"


class Reader:
    """Reads pages of a site from disk, on a day."""

    def __init__(self, browser: Browser, site: Path) -> None:
        self.browser = browser
        self.site = site
        self._clock = ""

    def on(self, moment: str) -> Reader:
        """Set the clock, as ISO 8601 in UTC, for pages that are opened from now on."""
        self.off()
        clock = (
            f"{{const now = Date.parse('{moment}'), Real = Date; window.Date = class extends Real {{"
            "constructor(...given) { given.length ? super(...given) : super(now); } static now() { return now; }};}"
        )
        self._clock = self.browser.call("Page.addScriptToEvaluateOnNewDocument", source=clock)["identifier"]
        return self

    def off(self) -> None:
        """Let the clock be that of the machine."""
        if self._clock:
            self.browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=self._clock)
            self._clock = ""

    def read(self, name: str) -> tuple[str, str, str, str]:
        """Return of a model's page its chip, the chip's tone, the title of its banner and the banner's class."""
        self.browser.go((self.site / f"handoff/models/{name}.html").as_uri())
        seen = self.browser.run(LOOK)
        tone = next((one for one in seen["tone"].split() if one.startswith("handoff-chip--")), "")
        look, title, _ = seen["banner"] or ("", "", "")
        known = {"danger", "warning", "note", "info"}
        return seen["chip"], tone.removeprefix("handoff-chip--"), title, " ".join(known & set(look.split()))


@pytest.fixture
def reader(browser: Browser, built: Path) -> Iterator[Reader]:
    browser.look(width=1280)
    made = Reader(browser, built)
    yield made
    made.off()


@pytest.mark.parametrize(
    ("moment", "chip", "tone", "title", "look"),
    [
        ("2026-11-23T12:00:00Z", "fresh", "good", "", ""),
        ("2027-04-16T23:59:59Z", "fresh", "good", "", ""),
        ("2027-04-17T00:00:00Z", "due", "info", "Due: its review is due by 2027-05-01", "note"),
        ("2027-05-01T23:59:59Z", "due", "info", "Due: its review is due by 2027-05-01", "note"),
        ("2027-05-02T00:00:00Z", "stale", "warn", "Stale: its review was due by 2027-05-01", "warning"),
        ("2031-01-01T00:00:00Z", "stale", "warn", "Stale: its review was due by 2027-05-01", "warning"),
    ],
)
def test_a_fresh_page_becomes_due_and_stale(
    reader: Reader, moment: str, chip: str, tone: str, title: str, look: str
) -> None:
    assert reader.on(moment).read("good") == (chip, tone, title, look)


def test_a_page_becomes_suspect_when_its_owner_leaves(reader: Reader) -> None:
    assert reader.on("2027-01-31T12:00:00Z").read("leaving")[:3] == ("fresh", "good", "")
    suspect = ("suspect", "bad", "Suspect: its accountable owner is gone", "danger")
    assert reader.on("2027-02-01T00:00:00Z").read("leaving") == suspect
    assert reader.on("2028-02-01T00:00:00Z").read("leaving") == suspect, "suspect is graver than stale"


def test_due_becomes_stale(reader: Reader) -> None:
    assert reader.on("2026-11-28T12:00:00Z").read("soon")[0] == "due"
    assert reader.on("2026-11-29T12:00:00Z").read("soon") == (
        "stale",
        "warn",
        "Stale: its review was due by 2026-11-28",
        "warning",
    )


def test_a_verdict_is_never_milder_than_the_builds(reader: Reader) -> None:
    reader.on("2020-01-01T00:00:00Z")
    assert reader.read("soon")[0::2] == ("due", "Due: its review is due by 2026-11-28")
    assert reader.read("overdue")[0::2] == ("stale", "Stale: its review was due by 2026-07-01")
    for moment in ("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"):
        chip, tone, title, look = reader.on(moment).read("changed")
        assert (chip, tone, look) == ("suspect", "bad", "danger")
        assert title == "Suspect: what this page speaks of has changed since its review of 2026-10-01"


def test_what_does_not_age_stays(reader: Reader) -> None:
    assert reader.on("2040-01-01T00:00:00Z").read("old") == ("", "", "", "")


def test_reasons_and_the_day_of_the_build_follow(reader: Reader) -> None:
    reader.on("2026-11-23T12:00:00Z").read("changed")
    told = reader.browser.run(LOOK)["banner"][2]
    assert "overdue" not in told
    assert "Looked at in the repository on 2026-11-23." in told
    reader.on("2027-06-01T12:00:00Z").read("changed")
    told = reader.browser.run(LOOK)["banner"][2]
    assert "overdue since 2027-04-01" in told
    assert "on 2026-11-23; review dates are counted to this day." in told


def test_without_our_script_a_page_shows_the_day_of_its_build(reader: Reader) -> None:
    reader.on("2030-01-01T00:00:00Z")
    reader.browser.call("Network.setBlockedURLs", urls=["*handoff.js"])  # with none at all nothing could be asked
    try:
        assert reader.read("good") == ("fresh", "good", "", "")
        assert reader.read("soon")[0::2] == ("due", "Due: its review is due by 2026-11-28")
    finally:
        reader.browser.call("Network.setBlockedURLs", urls=[])


def test_lists_follow_the_day_too(reader: Reader) -> None:
    reader.on("2027-05-02T00:00:00Z")
    reader.browser.go((reader.site / "handoff/models/index.html").as_uri())
    chips = "[...document.querySelectorAll('td [data-handoff-verdict]')].map(one => one.textContent)"
    assert reader.browser.run(chips) == ["suspect", "stale", "suspect", "stale", "stale"]


def test_the_themes_instant_navigation_is_followed(reader: Reader, served: str) -> None:
    reader.on("2027-05-02T00:00:00Z")
    browser = reader.browser
    browser.go(f"{served}index.html")
    browser.run("window.kept = true")
    browser.run("document.querySelector('article a[href*=good]').click()")
    browser.wait("document.querySelector('.handoff-kicker [data-handoff-verdict]')?.textContent === 'stale'")
    assert browser.run("window.kept"), "another page, and yet no page was loaded"


def test_nothing_is_asked_of_anybody_and_nothing_goes_wrong(reader: Reader) -> None:
    reader.on("2027-05-02T00:00:00Z").read("good")
    asked = [
        event["params"]["request"]["url"]
        for event in reader.browser.events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert any(url.endswith("handoff.js") for url in asked)
    assert all(url.startswith(("file:", "data:", "blob:")) for url in asked), asked
    assert not [event for event in reader.browser.events if event["method"] == "Runtime.exceptionThrown"]
