"""A template of the project's own that cannot be used: where it fails, and a page that says so."""

from __future__ import annotations

import traceback
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.pages.page import Page

if TYPE_CHECKING:
    from mkdocs_handoff.settings import Settings

RULE = "template/error"


def finding(error: Exception, settings: Settings) -> Finding | None:
    """Return what is wrong with a template of the project's own, or None where the error is not in one."""
    folder = (settings.root / settings.templates).resolve()
    frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    syntax = getattr(error, "filename", None), getattr(error, "lineno", None)
    if isinstance(syntax[0], str) and isinstance(syntax[1], int):
        frames.append((syntax[0], syntax[1]))
    for name, line in reversed(frames):
        path = Path(name)
        if path.is_absolute() and path.resolve().is_relative_to(folder):
            shown = f"{settings.templates}/{path.resolve().relative_to(folder).as_posix()}"
            reason = f"{type(error).__name__}: {error}"
            hint = "Mend the template, or delete it to get the standard layout back."
            return Finding(Place(shown, line), RULE, f"cannot be used: {reason}", hint)
    return None


def page(wrong: Finding, src_uri: str) -> Page:
    """Return a page that shows a finding in place of what could not be made."""
    name = src_uri.rpartition("/")[2].removesuffix(".md")
    before = (
        f"<h1>{escape(name)}</h1>\n"
        '<div class="admonition failure handoff-failure">\n'
        f'<p class="admonition-title">{escape(str(wrong.place))}: {escape(wrong.rule)}</p>\n'
        f"<p>{escape(wrong.message)}</p>\n<p>{escape(wrong.hint)}</p>\n</div>"
    )
    return Page(src_uri, name, before=before)
