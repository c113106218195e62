"""The head of a file: its keys, its headings and its documents, read without reading YAML or Markdown properly."""

from __future__ import annotations

import re

HEAD = 32_768
"""How many bytes of a file are enough to tell what it is."""

_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_OPEN = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(?=(?:[ \t]*(?:#.*)?\r?\n)*[\"']?[A-Za-z_][\w-]*[\"']?[ \t]*:)")
_NO_YAML = re.compile(r"^(?![ \t\r\n#\]}]|-[ \t\r\n]|[^\s#-][^\n]*?:[ \t\r\n]).+\n", re.MULTILINE)
"""A line at the margin that is no key, no item and no comment: text."""

_KEY = re.compile(r"^[\"']?([A-Za-z_][\w-]*)[\"']?[ \t]*:((?:[ \t].*)?)\r?$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,3}[ \t](.+)$", re.MULTILINE)
_DOCUMENTS = re.compile(r"^---(?:[ \t].*)?\r?$", re.MULTILINE)


def parted(head: str) -> tuple[str, str]:
    """Return the front matter of a Markdown text and what follows it.

    Of front matter that is longer than a head, as that of cards with hundreds of results is, all that there is; where
    a line in it is text, what begins it is a ruler.
    """
    front = _FRONT.match(head)
    if front:
        return front[1], head[front.end() :]
    begun = _OPEN.match(head) if is_cut(head) else None
    return (head[begun.end() :], "") if begun and not _NO_YAML.search(head, begun.end()) else ("", head)


def is_cut(head: str) -> bool:
    """Tell whether a head may be less than its file: it has as many bytes, those of line ends counted as on Windows."""
    return len(head) >= HEAD or len(head.encode()) + head.count("\n") >= HEAD


def titles(text: str) -> list[str]:
    """Return the headings of a Markdown text of the first three levels, in their order, as they are written."""
    return [match.strip().rstrip("#").strip() for match in _HEADING.findall(text)]


def headings(text: str) -> set[str]:
    """Return the headings of a Markdown text, in lower case and without a colon at the end."""
    return {title.lower().rstrip(":") for title in titles(text)}


def documents(text: str) -> list[str]:
    """Return the documents of a YAML text."""
    return _DOCUMENTS.split(text)


def first(text: str) -> str:
    """Return the first document of a YAML text that is not empty."""
    return next((document for document in documents(text) if document.strip()), "")


def keys(text: str) -> dict[str, str]:
    """Return the keys at the left margin with what stands on their lines; of one that is written twice the first."""
    found: dict[str, str] = {}
    for key, value in _KEY.findall(text):
        found.setdefault(key, value.strip())
    return found


def lists(text: str) -> bool:
    """Tell whether a YAML text begins with an item of a list."""
    lines = (line for line in first(text).splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return next(lines, "").startswith(("- ", "["))


def unfenced(text: str) -> str:
    """Return a Markdown text without its fenced code: what is quoted there is no heading."""
    kept: list[str] = []
    fence = ""
    for line in text.splitlines():
        start = line.lstrip()[:3]
        if fence:
            fence = "" if start == fence and not line.strip().strip(fence[0]) else fence
        elif start in ("```", "~~~"):
            fence = start
        else:
            kept.append(line)
    return "\n".join(kept)
