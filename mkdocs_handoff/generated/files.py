"""All generated files of a project: pages, what they need, and the navigation; as bytes, by path."""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from mkdocs_handoff import resources
from mkdocs_handoff.generated import navigation
from mkdocs_handoff.generated.block import block
from mkdocs_handoff.generated.layout import SCRIPT, STYLESHEET
from mkdocs_handoff.generated.prose import rewritten
from mkdocs_handoff.pages.page import Page
from mkdocs_handoff.pages.prose import Prose
from mkdocs_handoff.pages.render import Renderer
from mkdocs_handoff.records.documents import MARKDOWN
from mkdocs_handoff.text.files import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs_handoff.generated.layout import Layout
    from mkdocs_handoff.past import Past

_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
COMMAND = "mkdocs-handoff generate"


def files(layout: Layout, past: Past) -> dict[str, bytes]:
    """Return all generated files of a project, by path from the generated folder.

    Args:
        layout: Where the pages stand.
        past: What git knows, and which day it is.
    """
    project, sitemap = layout.project, layout.sitemap
    prose = Prose(project, sitemap)
    made: dict[str, bytes] = {}
    for page in Renderer(project, sitemap, prose, past).pages():
        made[layout.file(page.src_uri)] = _text(page, prose, layout).encode("utf-8")
    for path, src_uri in sitemap.assets.items():
        content = (project.settings.root / path).read_bytes()
        if src_uri.lower().endswith(MARKDOWN):  # it becomes a page, in a place where its links do not hold
            content = _travelled(content, src_uri, path, prose, project.settings.root)
        made.setdefault(layout.file(src_uri), content)
    theme = resources.folder("templates") / "theme"
    for name in (STYLESHEET, SCRIPT):
        made[name] = (theme / name).read_bytes()
    made |= navigation.files(layout)
    return dict(sorted(made.items()))


def _travelled(content: bytes, src_uri: str, path: str, prose: Prose, root: Path) -> bytes:
    """Return a Markdown file that travels along, with links that lead to generated pages; its front matter stays."""
    text = decode(path, content)
    if not isinstance(text, str):
        return content
    head = _FRONT_MATTER.match(text)
    start = head.end() if head is not None else 0
    page = Page(src_uri, posixpath.basename(src_uri), prose=text[start:])
    return (text[:start] + rewritten(page, prose, path, root)).encode("utf-8")


def _text(page: Page, prose: Prose, layout: Layout) -> str:
    """Return a page as Markdown: front matter, HTML, the record's prose, HTML."""
    written = rewritten(page, prose, page.source, layout.project.settings.root)
    parts = [_front_matter(page), block(_links(page, layout) + page.before), written.strip("\n"), block(page.after)]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def _links(page: Page, layout: Layout) -> str:
    """Return the links to our stylesheet and script: in the page, as no setting of the builder's is needed then."""
    sheet, script = (
        layout.sitemap.link(posixpath.join(layout.prefix, one), page.src_uri) for one in (STYLESHEET, SCRIPT)
    )
    return f'<link rel="stylesheet" href="{escape(sheet)}">\n<script defer src="{escape(script)}"></script>\n'


def _front_matter(page: Page) -> str:
    """Return a page's front matter. Its values are JSON, which is YAML, and escaped: themes print them as they are."""
    from_where = f" from {json.dumps(page.source, ensure_ascii=False)}" if page.source else ""
    what = "change that file" if page.source else "change the records"
    lines = ["---", f"# Written by `{COMMAND}`{from_where}: {what}, and not this one."]
    meta: dict[str, Any] = {**_plain(page.meta), "title": str(escape(page.title))}
    if not page.search:
        search = meta.get("search")
        meta["search"] = {**(search if isinstance(search, dict) else {}), "exclude": True}
    lines += [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in sorted(meta.items())]
    return "\n".join([*lines, "---"])


def _plain(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): _escaped(value) for name, value in meta.items()}


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return str(escape(value))
    if isinstance(value, dict):
        return {str(name): _escaped(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(item) for item in value]
    return value if isinstance(value, bool | int | float) or value is None else str(escape(str(value)))
