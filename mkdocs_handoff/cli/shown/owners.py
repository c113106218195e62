"""Who owns what, as rows and as JSON; where CODEOWNERS says something else, as lines."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.cli.asked.options import CSV, TABLE
from mkdocs_handoff.cli.shown import tables
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.reports.owners.codeowners import Comparison
    from mkdocs_handoff.reports.owners.ownership import Holder
    from mkdocs_handoff.reports.owners.roster import Row

_HEAD = ("Record", "Accountable", "What is wrong", "Other roles", "File")
COLUMNS = ("record", "accountable", "troubles", "others", "path")
"""The names of CSV, of the same cells."""


def rows(form: str, listed: Sequence[Row], catalog: Catalog) -> str:
    """Return a row for each record; a terminal is only so wide, and its table has no files."""
    cells = [
        (
            str(row.record),
            ", ".join(_named(one, catalog) for one in row.accountable) or "nobody",
            "; ".join(one.told for one in row.troubles),
            ", ".join(f"{_named(one, catalog)} ({one.role})" for one in row.others),
            row.path,
        )
        for row in listed
    ]
    last = len(_HEAD) - 1 if form == TABLE else len(_HEAD)
    return tables.shown(form, (COLUMNS if form == CSV else _HEAD)[:last], [row[:last] for row in cells])


def as_json(rows: Sequence[Row], catalog: Catalog, compared: Comparison | None) -> str:
    """Return one JSON document."""
    return json.dumps(_document(rows, catalog, compared), ensure_ascii=False, indent=2) + "\n"


def summary(rows: Sequence[Row], compared: Comparison | None) -> str:
    """Return one closing line, and what is to be said of CODEOWNERS as a whole."""
    counts = Counter(name for row in rows for name in {one.name for one in row.troubles})
    wrong = sum(1 for row in rows if row.troubles)
    found = ", ".join(f"{counts[name]} {name}" for name in sorted(counts))
    told = f"{counted(len(rows), 'record')}: {f'{wrong} with something wrong ({found})' if wrong else 'nothing wrong'}"
    if compared is None:
        return f"{told}; there is no CODEOWNERS file"
    more = []
    if compared.hidden or compared.idle:
        lines = sorted([one.rule.line for one in compared.hidden] + [one.line for one in compared.idle])
        more.append(f"lines without effect: {', '.join(map(str, lines))}")
    if compared.strangers:
        more.append(f"names that no team or person has: {', '.join(name for name, _ in compared.strangers)}")
    if compared.incomparable:
        names = ", ".join(str(holder.identity) for holder, _ in compared.incomparable)
        more.append(f"owners that it has no name for (add `github:` to their records): {names}")
    if compared.mistakes:
        more.append(f"lines that are passed over: {', '.join(str(one.line) for one in compared.mistakes)}")
    if not compared.complete:
        more.append("without git it is not known which files there are")
    return "\n".join([told, *(f"{compared.path}: {one}" for one in more)])


def differences(compared: Comparison, catalog: Catalog) -> list[str]:
    """Return a line for each file that has no code owner, or another one than the records say."""
    lines = []
    for none in compared.unowned:
        at = f"{compared.path}:{none.line}" if none.line else compared.path
        lines.append(f"{at}: {none.path} has no code owner{_of(none)}")
    for other in compared.disagreeing:
        owner = _named(other.accountable, catalog)
        lines.append(
            f"{compared.path}:{other.line}: {other.path} is {' '.join(other.owners)}'s here, and {owner} is accountable"
            f"{_of(other)}"
        )
    return lines


def _of(one: Any) -> str:
    if one.path == one.example:
        return ""
    return f" ({one.example})" if one.files == 1 else f" ({counted(one.files, 'file')}, such as {one.example})"


def _named(holder: Holder, catalog: Catalog) -> str:
    """Return an owner's name, as a reader knows it."""
    return catalog.title(holder.identity) if holder.identity is not None else holder.text


def _document(rows: Sequence[Row], catalog: Catalog, compared: Comparison | None) -> dict[str, Any]:
    def holder(one: Holder) -> dict[str, Any]:
        return {"owner": str(one.identity) if one.identity is not None else one.text, "role": one.role}

    document: dict[str, Any] = {
        "version": 1,
        "records": [
            {
                "record": str(row.record),
                "title": row.title,
                "path": row.path,
                "owners": [holder(one) for one in (*row.accountable, *row.others)],
                "troubles": [{"name": one.name, "message": one.told} for one in row.troubles],
            }
            for row in rows
        ],
        "codeowners": None,
    }
    if compared is not None:
        document["codeowners"] = {
            "path": compared.path,
            "complete": compared.complete,
            "unowned": [_where(one, {"line": one.line or None}) for one in compared.unowned],
            "disagreeing": [
                _where(
                    one,
                    {
                        "line": one.line,
                        "accountable": str(one.accountable.identity),
                        "code_owners": list(one.owners),
                    },
                )
                for one in compared.disagreeing
            ],
            "without_handle": [_named(one, catalog) for one, _ in compared.incomparable],
            "hidden": [
                {"line": one.rule.line, "pattern": one.rule.pattern, "by": list(one.by)} for one in compared.hidden
            ],
            "idle": [{"line": one.line, "pattern": one.pattern} for one in compared.idle],
            "strangers": [{"name": name, "lines": list(lines)} for name, lines in compared.strangers],
            "mistakes": [{"line": one.line, "text": one.text, "message": one.why} for one in compared.mistakes],
        }
    return document


def _where(one: Any, more: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": one.path,
        "records": [str(record) for record in one.records],
        "files": one.files,
        "example": one.example,
        **more,
    }
