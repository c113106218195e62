"""Globs over paths with `/`: `*` stays within a folder, `**` crosses folders, as git's `:(glob)` has it."""

from __future__ import annotations

import re
from functools import lru_cache

_SETS = re.compile(r"[\\\[&~|]")
_CROSSING = {"": "", "**": ".*", "**/": "(?:[^/]+/)*"}


def matches(path: str, glob: str) -> bool:
    """Tell whether a path from the project's root matches a glob from there."""
    return bool(pattern(glob).fullmatch(path))


@lru_cache(maxsize=4096)  # a glob a record
def pattern(glob: str) -> re.Pattern[str]:
    """Return the regular expression of a glob. None makes it slow, whoever wrote the glob.

    Of what stands between two wildcards the first place is as good as any: the second wildcard takes up what lies
    between it and a later one. So the expression never goes back over the first (`(?>…)`).
    """
    out = ""
    stretches = _stretches(glob.removeprefix("./").removeprefix("/"))
    for number, (gap, (first, *pieces)) in enumerate(stretches, 1):
        last = number == len(stretches)
        text = first + "".join(f"(?>[^/]*?{piece})" for piece in (pieces[:-1] if last else pieces))
        text += f"[^/]*{pieces[-1]}" if last and pieces else ""
        out += _CROSSING[gap] + text if last or not gap else f"(?>{_CROSSING[gap]}?{text})"
    try:
        return re.compile(out, re.DOTALL)
    except re.error:
        return re.compile(re.escape(glob))


def _stretches(glob: str) -> list[tuple[str, list[str]]]:
    """Return what stands between wildcards that cross folders, each with the one before it.

    It is a list of regular expressions of a fixed length: what stands between wildcards that stay within a folder.
    """
    out = [("", [""])]
    position = 0
    while position < len(glob):
        char, pieces = glob[position], out[-1][1]
        if glob.startswith("**", position):
            gap = "**/" if glob.startswith("**/", position) and glob[:position][-1:] in ("", "/") else "**"
            out.append((gap, [""]))
            position += len(gap)
            continue
        if char == "[" and (end := glob.find("]", position + 2)) != -1:
            pieces[-1] += _class(glob[position + 1 : end])
            position = end + 1
            continue
        if char == "*":
            pieces.append("")
        else:
            pieces[-1] += "[^/]" if char == "?" else re.escape(char)
        position += 1
    return out


def _class(inner: str) -> str:
    """Return what stands in square brackets as a regular expression's.

    As in git it never means the `/` between folders. Python warns of what it may one day read as sets: a bracket
    within, and `&`, `~`, `|` or `-` doubled.
    """
    negated = "^" if inner[0] in "!^" else ""
    inner = _SETS.sub(r"\\\g<0>", inner[len(negated) :])
    inner = "\\" + inner if inner.startswith("--") else inner.replace("--", r"-\-")
    return f"(?!/)[{negated}{inner}]"


def path_for(name: str, glob: str) -> str:
    """Return the path at which a glob finds a file of a name, without its ending; empty where it leaves no room for it.

    The file stands as near to the root as the glob allows.
    """
    for star in ("**", "*"):
        before, found, after = glob.removeprefix("./").removeprefix("/").rpartition(star)
        if found:
            path = f"{before.replace('**/', '')}{name}{after}"
            if not any(char in path for char in "*?[") and matches(path, glob):
                return path
    return ""


def fixed_part(glob: str) -> str:
    """Return the folders of a glob before its first wildcard: where a search for its files may begin."""
    parts = glob.removeprefix("./").removeprefix("/").split("/")
    fixed = []
    for part in parts[:-1]:
        if any(char in part for char in "*?["):
            break
        fixed.append(part)
    return "/".join(fixed)
