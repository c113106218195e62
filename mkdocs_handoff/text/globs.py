"""Globs over paths with `/`: `*` stays within a folder, `**` crosses folders, as git's `:(glob)` has it."""

from __future__ import annotations

import re
from functools import lru_cache


def matches(path: str, glob: str) -> bool:
    """Tell whether a path from the project's root matches a glob from there."""
    return bool(pattern(glob).fullmatch(path))


@lru_cache(maxsize=512)
def pattern(glob: str) -> re.Pattern[str]:
    """Return the regular expression of a glob."""
    glob = glob.removeprefix("./").removeprefix("/")
    out = []
    position = 0
    while position < len(glob):
        char = glob[position]
        if glob.startswith("**/", position):
            out.append("(?:[^/]+/)*")
            position += 3
            continue
        if glob.startswith("**", position):
            out.append(".*")
            position += 2
            continue
        if char == "[" and (end := glob.find("]", position + 2)) != -1:
            inner = glob[position + 1 : end].replace("\\", r"\\")
            out.append(f"[{'^' + inner[1:] if inner[0] in '!^' else inner}]")
            position = end + 1
            continue
        out.append("[^/]*" if char == "*" else "[^/]" if char == "?" else re.escape(char))
        position += 1
    try:
        return re.compile("".join(out), re.DOTALL)
    except re.error:
        return re.compile(re.escape(glob))


def fixed_part(glob: str) -> str:
    """Return the folders of a glob before its first wildcard: where a search for its files may begin."""
    parts = glob.removeprefix("./").removeprefix("/").split("/")
    fixed = []
    for part in parts[:-1]:
        if any(char in part for char in "*?["):
            break
        fixed.append(part)
    return "/".join(fixed)
