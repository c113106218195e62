"""The sample project's site: built once by the real builder, read from disk, served, and shown in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.devtools import Browser, find_chromium
from tests.browser.markup import SITE_URL, Page, read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "sample_project/mkdocs.yml", "-d", str(out)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def pages(site: Path) -> Mapping[str, Page]:
    """The site's pages by their path in it."""
    return read_pages(site)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, ending in `/`: under the path it will have, which its 404 page relies on."""
    prefix = urlsplit(SITE_URL).path

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            inside = path.removeprefix(prefix) if path.startswith(prefix) else "nothing-here"
            return super().translate_path("/" + inside)

        def log_message(self, *_: object) -> None:
            """Say nothing: the browser reports what it did not get."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A running Chromium; without one the tests are skipped, and fail where `CI` is set."""
    program = find_chromium()
    if program is None:
        reason = "no Chromium found: install it (Debian: apt install chromium), or name one in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with Browser(program, tmp_path_factory.mktemp("browser")) as running:
        yield running
