"""Who stands behind a name in a commit: `.mailmap` as it is today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.history import git

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Person = tuple[str, str]
"""A name and an e-mail address."""


def mapped(top: Path, people: Iterable[Person]) -> dict[Person, Person]:
    """Return each name and e-mail as `.mailmap` (and what `mailmap.file` and `mailmap.blob` name) has them.

    One that git cannot take, for want of an address, stays as it is.
    """
    asked = sorted({(name, email) for name, email in people if email and not {"<", ">", "\n"} & {*name, *email}})
    given = "".join(f"{name} <{email}>\n" for name, email in asked).encode("utf-8", "surrogateescape")
    answer = git.run(top, "check-mailmap", "--stdin", given=given) if asked else None
    lines = answer.text.split("\n")[:-1] if answer else []
    if answer is None or answer.status or len(lines) != len(asked):
        return {}
    found = {}
    for person, line in zip(asked, lines, strict=True):
        name, _, email = line.rpartition("<")
        found[person] = (name.rstrip(" "), email.removesuffix(">"))
    return found
