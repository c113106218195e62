"""How records stand, and what a change makes suspect, as Markdown: the texts of comments."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.shown.quoting import code, markdown
from mkdocs_handoff.cli.shown.settling import covering
from mkdocs_handoff.cli.shown.words import SHA, cause_in_words, in_words, owner_shown, why_of
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_handoff.cli.asked.records import Asked
    from mkdocs_handoff.reports.stale.groups import CauseGroup
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.verdict import Reason

MARK = "<!-- mkdocs-handoff: what this change makes suspect -->"
"""By which a job finds its own comment again, to edit it instead of adding another."""

_ROOM = 60_000  # GitHub takes 65,536 characters, GitLab a million
_FIELDS, _FILES, _CAUSES = 5, 3, 20


def standings(asked: Sequence[Asked], today: date) -> str:
    """Return GitHub-flavoured Markdown for a comment: counts, causes, and a table of records by risk."""
    rows = [row for one in asked for row in one.rows]
    text = f"**Staleness on {today}**: {in_words(row for one in asked for row in one.scope)}\n"
    causes = [f"- {_cause(group, rows)}\n" for one in asked for group, rows in one.causes() if len(rows) > 1]
    if causes:
        text += f"\nWhat made several suspect:\n\n{''.join(causes[:_CAUSES])}"
    if len(causes) > _CAUSES:
        text += f"- and {len(causes) - _CAUSES:,} more\n"
    if rows:
        text += "\n| Verdict | Record | Owner | Due | Why |\n| --- | --- | --- | --- | --- |\n"
    for number, row in enumerate(rows):
        line = _line(row)
        if len(text) + len(line) > _ROOM:
            return f"{text}\nAnd {len(rows) - number:,} more: `mkdocs-handoff staleness` lists all.\n"
        text += f"{line}\n"
    return text


def change(asked: Sequence[Asked]) -> str:
    """Return GitHub-flavoured Markdown: what to ask of each record that a change makes suspect, by what caused it."""
    number = len({(one.looked.name, row.identity) for one in asked for row in one.rows})
    if not number:
        return f"{MARK}\nThis change makes no record suspect.\n"
    those = "1 record suspect: is it" if number == 1 else f"{number:,} records suspect: are they"
    text = f"{MARK}\n### This change makes {those} still true?\n"
    for one in asked:
        for group, rows in one.causes():
            part = "".join(f"{line}\n" for line in _part(group, rows, one))
            if len(text) + len(part) > _ROOM:
                return f"{text}\nAnd more: `mkdocs-handoff staleness --changed` lists all.\n"
            text += part
    return text


def _part(group: CauseGroup, rows: Sequence[StaleRow], one: Asked) -> Iterator[str]:
    yield ""
    yield f"**{markdown(group.title)}**{_by(group)}"
    reasons = [reason for row in rows for reason in row.reasons if reason.cause == group.cause]
    found = [str(one) for reason in reasons for one in reason.differences or ()]
    yield from (f"- {markdown(one)}" for one in list(dict.fromkeys(found))[:_FIELDS])
    yield ""
    for row in rows:
        ask = owner_shown(row)
        files = ", ".join(_files(row, group))
        yield (
            f"- [ ] {markdown(row.title)} ({code(str(row.identity))}, {code(one.looked.shown(row.path))})"
            f"{f': {files}' if files else ''}. Ask {markdown(ask)}."
        )
    yield ""
    if group.cause is not None:
        command = f"mkdocs-handoff review --cause {shlex.quote(group.cause.name)} --by person:NAME"
        covered = covering(group.cause, _reasons(group, rows, one))
        still = f"If {'they are' if len(rows) > 1 else 'it is'} still true: {code(command)}"
        yield f"Mend what is wrong. {still}{f'. {covered}' if covered else ''}"


def _reasons(group: CauseGroup, rows: Sequence[StaleRow], one: Asked) -> Iterator[Reason]:
    """Yield why a cause made records suspect, and why they are so already: one answer settles both."""
    for row in rows:
        told = [reason for reason in row.reasons if reason.cause == group.cause]
        globs = {reason.glob for reason in told}
        yield from told
        yield from (reason for reason in one.looked.whole[row.identity].reasons if reason.glob and reason.glob in globs)


def _files(row: StaleRow, group: CauseGroup) -> list[str]:
    paths = (
        path
        for reason in row.reasons
        if reason.cause == group.cause and reason.glob
        for path in (*(change.path for change in reason.changes), *reason.uncommitted)
    )
    found = list(dict.fromkeys(paths))
    more = [f"and {len(found) - _FILES} more"] if len(found) > _FILES else []
    return [*map(code, found[:_FILES]), *more]


def _by(group: CauseGroup) -> str:
    if not group.changes:
        return " (not committed yet)" if group.uncommitted else ""
    newest = group.changes[0].commit
    more = f" and {len(group.changes) - 1} more" if len(group.changes) > 1 else ""
    return f" ({newest.sha[:SHA]} by {markdown(newest.name)}{more})"


def _cause(group: CauseGroup, rows: Sequence[StaleRow]) -> str:
    name, text = cause_in_words(group)
    return f"{code(name)} {markdown(text)} ({counted(len(rows), 'record')})"


def _line(row: StaleRow) -> str:
    who = owner_shown(row)
    shown = f"{markdown(row.title)} ({code(str(row.identity))})"
    owner = code(who) if row.owner is not None else markdown(who)
    why = "<br>".join(markdown(text) for text in why_of(row))
    return f"| {row.verdict} | {shown} | {owner} | {row.due or ''} | {why} |"
