"""Generated pages built by builders that load no plugin of ours: all links and anchors in the sites hold.

Each builder but MkDocs gets an environment of its own. `HANDOFF_BUILDERS` names a folder that keeps them between runs.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from mkdocs_handoff.cli.main import main
from tests.projects import HERE, write_files

pytestmark = pytest.mark.slow

PACKAGES = {"zensical": "zensical==0.0.73", "techdocs": "mkdocs-techdocs-core"}
EXTENSIONS = (
    "markdown_extensions: [admonition, attr_list, md_in_html, tables, {toc: {permalink: true}}, pymdownx.details, "
    "pymdownx.highlight, pymdownx.superfences]\n"
)
CONFIGURATIONS = {
    "mkdocs": f"theme: {{name: material, font: false}}\nplugins: [search]\n{EXTENSIONS}",
    "zensical": f"theme: {{name: material, font: false}}\nplugins: [search, awesome-nav]\n{EXTENSIONS}",
    "techdocs": "plugins: [techdocs-core]\n",
}
_RECORD = re.compile(r"\]\(\.\./((?:models|experiments)/[\w-]+)\.(?:md|yml)\)")


@dataclass
class Html(HTMLParser):
    """What stands on a page: ids, and addresses."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids.update(one for one in (named.get("id"), named.get("name") if tag == "a" else None) if one)
        self.links.extend(one for one in (named.get("href"), named.get("src")) if one)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(site: Path) -> dict[str, Html]:
    pages = {}
    for path in sorted(site.rglob("*.html")):
        pages[path.relative_to(site).as_posix()] = page = Html()
        page.feed(path.read_text(encoding="utf-8"))
    return pages


def dead(site: Path, pages: dict[str, Html]) -> list[str]:
    """Return the relative links and anchors that lead nowhere."""
    found = []
    for name, page in pages.items():
        for link in page.links if name != "404.html" else ():
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link.startswith("/"):
                continue
            joined = posixpath.join(posixpath.dirname(name), unquote(parts.path))
            path = posixpath.normpath(joined) if parts.path else name
            if (site / path).is_dir():
                path = posixpath.normpath(posixpath.join(path, "index.html"))
            anchor = unquote(parts.fragment)
            if not (site / path).is_file() or (anchor and path in pages and anchor not in pages[path].ids):
                found.append(f"{name}: {link}")
    return found


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = os.environ.get("HANDOFF_BUILDERS", "")
    return Path(kept) if kept else tmp_path_factory.mktemp("builders")


def command(builder: str, environments: Path) -> list[str]:
    """Return how a builder is called; the test is skipped where it cannot be installed."""
    if builder == "mkdocs":
        return [sys.executable, "-m", "mkdocs"]
    folder = environments / builder
    name = "zensical" if builder == "zensical" else "mkdocs"
    if not (folder / "bin" / name).exists():
        venv.create(folder, with_pip=True, symlinks=True)
        install = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", PACKAGES[builder]]
        done = subprocess.run(install, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            last = [*done.stderr.strip().splitlines(), ""][-2:][0]
            shutil.rmtree(folder, ignore_errors=True)
            pytest.skip(f"{PACKAGES[builder]} cannot be installed: {last}")
    return [str(folder / "bin" / name)]


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("builder", sorted(CONFIGURATIONS))
def test_every_link_of_the_site_holds(
    builder: str, directory_urls: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environments: Path
) -> None:
    called = command(builder, environments)
    sample = tmp_path / "sample"
    shutil.copytree(HERE.parent / "sample_project", sample)
    # Pages of the user's own link to record files, which only the plugin can resolve: others need the page.
    ending = "/index.md)" if directory_urls else ".md)"
    for own in (sample / "docs").glob("*.md"):
        text = own.read_text(encoding="utf-8")
        own.write_text(_RECORD.sub(rf"](handoff/\1{ending}", text), encoding="utf-8")
    write_files(sample, {"models/extra.md": PAGE})
    monkeypatch.chdir(sample)
    options = () if directory_urls else ("--no-directory-urls",)
    assert main(["generate", "docs/handoff", "--today", "2026-11-23", *options]) == 0
    shutil.move(sample / "docs", tmp_path / "site-source")
    shutil.rmtree(tmp_path / "site-source" / "decisions")  # records, and generated
    root = tmp_path / "elsewhere"
    root.mkdir()
    shutil.move(tmp_path / "site-source", root / "docs")
    urls = f"use_directory_urls: {str(directory_urls).lower()}\n"
    write_files(root, {"mkdocs.yml": f"site_name: Models\n{urls}{CONFIGURATIONS[builder]}"})
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"}
    build = [*called, "build", "--strict"]
    done = subprocess.run(build, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    site = root / "site"
    pages = read(site)
    assert len(pages) > 90
    assert dead(site, pages) == []
    page = pages["handoff/models/extra/index.html" if directory_urls else "handoff/models/extra.html"]
    text = " ".join(page.text.split())
    assert "if a < b: x {{ y }} {++ z ++} # no heading" in text
    assert "[[" not in text
    assert any(link.endswith("assets/handoff/handoff.css") for link in page.links)
    written = (site / "handoff" / ("models/extra/index.html" if directory_urls else "models/extra.html")).read_text()
    assert written.count("<h1") == 1
    assert "<script>alert" not in written


PAGE = """---
title: "Extra <script>alert(1)</script> & *more*"
status: active
description: "if a < b: `x` {{ y }} {++ z ++} # no heading"
owners: team:lab-models
---
# Extra

# Second

!!! note "A title"
    See [[model:fna-triage]], [a file](fna-triage.md "t") and [[model:fna-triage|its *name*]].

| a | b |
|---|---|
| [[model:fna-triage\\|x]] | malignant |

Not there: [gone](gone.md). Raw: <a href="fna-triage.md">here</a>. [By name][f].

[f]: fna-triage.md
"""
