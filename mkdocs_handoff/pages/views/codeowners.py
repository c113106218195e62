"""Where CODEOWNERS and the records differ, for the page of owners."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Link
    from mkdocs_handoff.pages.views.listing import Listing
    from mkdocs_handoff.reports.owners.codeowners import Disagreement, Unowned

_HOST = re.compile(r"(?<=[^\s@])@[^\s@]+")
"""Of an e-mail address what a published page need not show."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Files that CODEOWNERS gives to nobody, or to others than the accountable owner.

    Attributes:
        path: The file or glob.
        files: How many files of a glob, and one of them; empty for a record's own file.
        records: Whose file it is, or who covers it.
        accountable: Who answers for them; None where nobody is named there at all.
        owners: Whom CODEOWNERS names.
        line: That says so, of CODEOWNERS; 0 where none does. `place` is the same with the file's name.
    """

    path: str
    files: str
    records: tuple[Link, ...]
    accountable: Link | None
    owners: tuple[str, ...]
    line: int
    place: str


@dataclass(frozen=True, slots=True)
class CodeownersView:
    """Where CODEOWNERS and the records differ.

    Attributes:
        lines: Lines with something odd about them: place, text, and what it is.
        strangers: Names that no team or person has, with the lines that name them.
    """

    path: str
    unowned: tuple[Difference, ...]
    disagreeing: tuple[Difference, ...]
    incomparable: tuple[Link, ...]
    lines: tuple[tuple[str, str, str], ...]
    strangers: tuple[tuple[str, str], ...]
    complete: bool


def codeowners(at: Listing) -> CodeownersView | None:
    """Return what differs, or None where there is no CODEOWNERS file."""
    found = at.inputs.codeowners
    if found is None:
        return None
    path = found.path
    odd = [
        *((one.line, one.text, one.why) for one in found.mistakes),
        *((one.line, one.pattern, "matches no file") for one in found.idle),
        *(
            (one.rule.line, one.rule.pattern, f"decides about no file: line {', '.join(map(str, one.by))} comes later")
            for one in found.hidden
        ),
    ]
    return CodeownersView(
        path,
        tuple(_difference(one, at, path, None, ()) for one in found.unowned),
        tuple(_difference(one, at, path, at.owner(one.accountable), one.owners) for one in found.disagreeing),
        tuple(at.owner(holder) for holder, _ in found.incomparable),
        tuple((f"{path}:{line}", _unaddressed(text), why) for line, text, why in sorted(odd)),
        tuple((_unaddressed(name), ", ".join(map(str, lines))) for name, lines in found.strangers),
        found.complete,
    )


def _unaddressed(text: str) -> str:
    """Return a text of CODEOWNERS with no address that could be written to: `ann@…`; handles stay."""
    return _HOST.sub("@\u2026", text)


def _difference(
    one: Unowned | Disagreement, at: Listing, path: str, accountable: Link | None, owners: tuple[str, ...]
) -> Difference:
    files = "" if one.path == one.example else f"{one.files:,} {'file' if one.files == 1 else 'files'}: {one.example}"
    return Difference(
        one.path,
        files + (", …" if files and one.files > 1 else ""),
        tuple(at.link(record) for record in one.records),
        accountable,
        tuple(map(_unaddressed, owners)),
        one.line,
        f"{path}:{one.line}" if one.line else "",
    )
