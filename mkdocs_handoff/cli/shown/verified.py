"""How files stand to what records state of them, and what came of running pipelines: as rows and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts.checked import WRONG, State
from mkdocs_handoff.artifacts.evidence import counts
from mkdocs_handoff.cli.shown import tables
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from mkdocs_handoff.artifacts.checked import Checked
    from mkdocs_handoff.findings import Place

_HEAD = ("State", "Record", "File", "What was found", "To mend")
_MENDED = WRONG | {State.UNSTATED}
"""States of which a row says what to type."""
_RUN = ("State", "Output", "What was found")


def rows(form: str, checked: Sequence[Checked], shown: Callable[[str], str]) -> str:
    """Return a row for each statement, those that must be mended first.

    Args:
        form: `table` or `markdown`.
        checked: What was found.
        shown: Says how a file is named from the current folder.
    """
    ordered = sorted(checked, key=lambda one: one.state not in WRONG)
    return tables.shown(form, _HEAD, [_row(one, shown) for one in ordered])


def summary(checked: Sequence[Checked]) -> str:
    """Return one closing line: how many match, and what the others are."""
    if not checked:
        return f"nothing to verify: no checksum is stated (`checksum:` beside a `path:`; {GUIDE}verify.md)"
    matched, of = counts(checked)
    found = Counter(one.state for one in checked)
    told = [f"{found[state]:,} {state}" for state in State if found[state] and state is not State.MATCH]
    files = len({one.stated.file for one in checked if one.found and one.stated.file})
    match = "matches" if of == 1 else "match"
    words = f"{matched:,} of {counted(of, 'checksum')} {match}, {counted(files, 'file')} read"
    return "; ".join([words, *told])


def run_rows(form: str, run: Mapping[str, Any]) -> str:
    """Return a row for each output and metric of a run."""
    cells = [(one["outcome"], one["name"], one["reason"]) for one in run["compared"]]
    return tables.shown(form, _RUN, cells)


def as_json(
    checked: Sequence[Checked],
    runs: Sequence[Mapping[str, Any]],
    today: date,
    commit: str,
    shown: Callable[[str], str],
) -> str:
    """Return one JSON document."""
    matched, of = counts(checked)
    document = {
        "version": 1,
        "today": today.isoformat(),
        "commit": commit or None,
        "matched": matched,
        "of": of,
        "counts": {state.value: sum(one.state is state for one in checked) for state in State},
        "checked": [_document(one, shown) for one in checked],
        "runs": list(runs),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _row(one: Checked, shown: Callable[[str], str]) -> tuple[str, ...]:
    stated = one.stated
    mend = f"{_place(stated.place, shown)}: {one.hint}" if one.state in _MENDED else ""
    return one.state.value, str(stated.record), stated.path or str(stated.at[0]), one.reason, mend


def _place(place: Place, shown: Callable[[str], str]) -> str:
    return f"{shown(place.path)}:{place.line}:{place.column}"


def _document(one: Checked, shown: Callable[[str], str]) -> dict[str, Any]:
    stated = one.stated
    return {
        "record": str(stated.record),
        "field": ".".join(map(str, stated.at)),
        "state": one.state.value,
        "path": stated.path or None,
        "file": shown(stated.file) if stated.file else None,
        "alg": stated.alg or None,
        "inferred": stated.inferred,
        "stated": stated.content or None,
        "found": one.found or None,
        "size": stated.size,
        "source": stated.source or None,
        "reason": one.reason,
        "hint": one.hint,
        "place": {"path": shown(stated.place.path), "line": stated.place.line, "column": stated.place.column},
    }
