"""What others wrote (titles, commit subjects, names) as text that a chat, a comment or a spreadsheet does not obey."""

from __future__ import annotations

import html
import re

from mkdocs_handoff.text.plain import one_line

_MARKDOWN = re.compile(r"([\\`*_\[\]~|$])")
_BEGINNING = re.compile(r"\A(\d{1,9}(?=[.)])|(?=[-+#=]))")  # of a heading, a list, a line: in a list's entry too
_MENTION = re.compile(r"@(?=\w)")
_FORMULA = ("=", "+", "-", "@")
_SPLIT = ("\t", "\r", "\n")


def markdown(text: str, longest: int | None = None) -> str:
    """Return a text as GitHub-flavoured Markdown on one line, also within a table's cell: it shows as it is written.

    Nobody is called by an `@name` in it. It is cut as `one_line` does, or at `longest`.
    """
    line = one_line(text) if longest is None else one_line(text, longest)
    escaped = _BEGINNING.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", html.escape(line, quote=False)))
    return _MENTION.sub("@&#8203;", escaped)


def code(text: str) -> str:
    """Return a name as a code span of Markdown where it can be in one: a glob may hold anything."""
    return markdown(text) if not text.isprintable() or set(text) & set("`|<>@") else f"`{text}`"


def chat(text: str) -> str:
    """Return a text on one line that chats take as text: no `<!channel>`, no `@here`."""
    return _MENTION.sub("@\u200b", one_line(text)).replace("<", "\u2039").replace(">", "\u203a")


def cell(text: str) -> str:
    """Return a text as a spreadsheet takes it for text, and not for a formula (OWASP, "CSV Injection")."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_SPLIT) else text
