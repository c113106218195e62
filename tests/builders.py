"""Real builders in processes of their own: `mkdocs` and `properdocs` cannot live in one."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

BUILDERS = ("mkdocs", "properdocs")
CONFIGURATION = "mkdocs.yml"
PATIENCE = 40.0
"""Seconds until a page that does not appear counts as missing: machines in CI are slow and shared."""


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder, and return it. Texts may be indented."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return root


@dataclass(frozen=True)
class Built:
    """What a builder left behind: its exit status, what it said, and the site."""

    code: int
    output: str
    site: Path

    def html(self, path: str) -> str:
        """Return a file of the site; `""` is the home page, a path that ends in `/` its index."""
        full = self.site / (path + "index.html" if path == "" or path.endswith("/") else path)
        return full.read_text(encoding="utf-8")

    def has(self, path: str) -> bool:
        """Tell whether the site has a file."""
        return (self.site / path).is_file()

    def search(self) -> list[dict[str, Any]]:
        """Return the entries of the search index."""
        return list(json.loads(self.html("search/search_index.json"))["docs"])

    @property
    def warnings(self) -> list[str]:
        """What the builder warned of."""
        return [line for line in self.output.splitlines() if line.startswith("WARNING")]


def build(builder: str, root: Path, *options: str, configuration: str = CONFIGURATION) -> Built:
    """Build the project in a folder."""
    site = root.parent / f"{root.name}-{builder}-site"
    command = [sys.executable, "-m", builder, "build", "-f", str(root / configuration), "-d", str(site), *options]
    done = subprocess.run(command, cwd=root, env=_environment(), capture_output=True, text=True, check=False)
    return Built(done.returncode, done.stdout + done.stderr, site)


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}


@dataclass
class Served:
    """A builder that serves a project."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def get(self, path: str = "") -> str:
        """Return a page; an empty text where there is none."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError:
            return ""

    def wait(self, path: str, wanted: str | Callable[[str], bool]) -> str:
        """Return a page as soon as it holds a text (or meets a condition)."""
        meets = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + PATIENCE
        text = ""
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                text = self.get(path)
                if meets(text):
                    return text
            time.sleep(0.1)
        raise AssertionError(f"{path} does not become {wanted!r}:\n{text[-2000:]}\n\n{self.output[-4000:]}")

    @property
    def output(self) -> str:
        """What the builder has said so far."""
        return self.log.read_text(encoding="utf-8")

    def wait_for_output(self, wanted: str, times: int = 1, patience: float = PATIENCE) -> None:
        """Wait until the builder has said something so many times."""
        end = time.monotonic() + patience
        while self.output.count(wanted) < times:
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"{wanted!r} is not said {times} times:\n{self.output[-4000:]}")
            time.sleep(0.1)


@contextlib.contextmanager
def serve(builder: str, root: Path, *options: str) -> Iterator[Served]:
    """Serve the project in a folder, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root.parent / f"{root.name}-{builder}-serve.log"
    address = ["-a", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", builder, "serve", "-f", str(root / CONFIGURATION), *address, *options]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, cwd=root, env=_environment(), stdout=out, stderr=out, text=True)
        try:
            served = Served(f"http://127.0.0.1:{port}/", process, log)
            served.wait_for_output("Serving on")
            yield served
        finally:
            process.terminate()
            process.wait(10)


def article(html: str) -> str:
    """Return what stands in the article of a page of Material's."""
    return html.partition("<article")[2].partition("</article>")[0]


def words(html: str) -> str:
    """Return the words that a reader of a piece of HTML sees."""
    shown = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(shown).split())
