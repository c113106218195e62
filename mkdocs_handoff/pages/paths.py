"""Paths within a site, with `/` between parts."""

from __future__ import annotations


def between(target: str, folder: str) -> str:
    """Return the way from a folder to a path, both from the site's root; `.` where they are the same.

    As `posixpath.relpath`, which asks the system for the working directory at every call: a site has a million links.
    """
    there = target.split("/") if target else []
    here = folder.split("/") if folder else []
    shared = 0
    while shared < min(len(there), len(here)) and there[shared] == here[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
