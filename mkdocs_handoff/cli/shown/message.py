"""A team's digest as a message for chat or mail."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs_handoff.cli.shown import quoting
from mkdocs_handoff.cli.shown.words import cause_in_words
from mkdocs_handoff.history.repository import State
from mkdocs_handoff.reports.stale.digest import counts
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.cli.asked.looked import Looked
    from mkdocs_handoff.reports.stale.digest import Digest, Entry, Item

_SHOWN, _NAMED = 5, 3


class Message:
    """Writes digests, as plain text or as Markdown."""

    def __init__(self, one: Looked, files: str, site: str, *, markdown: bool) -> None:
        """Take the project, where its files and its site are shown, and whether to write Markdown."""
        self.one = one
        self.rich = markdown
        self.files = files
        self.site = site
        self.quoted = quoting.markdown if markdown else quoting.chat

    def lines(self, found: Digest) -> Iterator[str]:
        """Yield the lines of a message, fifteen at most."""
        state = self.one.history.repository.state
        total = counted(found.records, "record")
        head = f"{self._strong(self.quoted(found.title))}, {found.today}:"
        blind = f" What changed is unknown: {state.value}." if state not in (State.READY, State.OFF) else ""
        if self.one.report.shallow:
            blind = " More may have changed: the clone is shallow."
        if not found.items:
            yield f"{head} nothing to look at, of {total}.{blind}"
            yield from self._leaving(found)
            return
        asking = f"{len(found.items):,} of {total} ask{'s' if len(found.items) == 1 else ''} for a look"
        yield f"{head} {asking} ({_told(counts(found.items))}).{blind}"
        yield from self._between()
        if found.new:
            before = _told(counts(found.earlier)) or "none"
            yield f"New since {found.since}: {_told(counts(found.new))}. Before: {before}."
        else:
            yield f"Nothing new since {found.since}."
        yield from self._leaving(found)
        yield from self._between()
        for number, entry in enumerate(found.entries[:_SHOWN], 1):
            yield f"{number}. {self._entry(entry, found)}"
        yield from self._between()
        more = sum(len(entry.items) for entry in found.entries[_SHOWN:])
        if more:
            yield f"{more:,} more: {self._code(f'mkdocs-handoff staleness --owner {found.owner}')}"
        yield f"Still true? {self._code('mkdocs-handoff review RECORD --by person:NAME')}"
        if self.site:
            yield from self._between()
            yield f"Report: {self.site}"

    def _entry(self, entry: Entry, found: Digest) -> str:
        first, group = entry.items[0], entry.group
        if group is None:
            ask = f" Ask {self.quoted(first.ask)}." if first.ask else ""
            new = f", new ({first.since})" if found.is_new(first) else ""
            return f"{self._record(first)} is {first.row.verdict}{new}: {_ended(self.quoted(first.why))}{ask}"
        new_ones = sum(found.is_new(item) for item in entry.items)
        new = f" ({'all' if new_ones == len(entry.items) else f'{new_ones:,}'} new)" if new_ones else ""
        names = ", ".join(self._code(str(item.row.identity)) for item in entry.items[:_NAMED])
        more = f" and {len(entry.items) - _NAMED:,} more" if len(entry.items) > _NAMED else ""
        name, text = cause_in_words(group)
        who = group.changes[0].commit.name if group.changes else first.ask
        ask = f" Ask {self.quoted(who)}." if who else ""
        beyond = len(group.members) - len(entry.items)
        settle = f"One answer{f' (for {beyond:,} of others too)' if beyond else ''}: {self._cause(name)}"
        why = _ended(self.quoted(text))
        return f"{len(entry.items):,} records are suspect{new}: {names}{more}. Why: {why}{ask} {settle}"

    def _cause(self, name: str) -> str:
        """Return the command that settles a cause; its name is quoted where a shell would take it apart."""
        command = f"mkdocs-handoff review --cause {shlex.quote(name)} --by person:NAME"
        return self.quoted(command) if set(command) & set("`<>\n@") else self._code(command)

    def _record(self, item: Item) -> str:
        """Return a record by its title, its name, and where its file is."""
        row = item.row
        name = self._code(str(row.identity))
        prefix = self.one.history.repository.prefix
        if not self.files:
            return f"{self.quoted(row.title)} ({name}, {self.quoted(row.path)})"
        path = prefix + row.path
        address = f"{self.files}/{quote(path.encode('utf-8', 'surrogateescape'), safe='/')}"
        if self.rich:
            return f"[{self.quoted(row.title)}]({address}) ({name})"
        return f"{self.quoted(row.title)} ({name}, {address} )"

    def _leaving(self, found: Digest) -> Iterator[str]:
        if found.leaving:
            who, when, number = found.leaving[0]
            more = f"; {len(found.leaving) - 1:,} more are leaving" if len(found.leaving) > 1 else ""
            owned = counted(number, "record")
            yield f"{self.quoted(who)} leaves on {when} and is accountable for {owned}{more}."

    def _between(self) -> Iterator[str]:
        if self.rich:
            yield ""  # a list and a paragraph stand apart

    def _strong(self, text: str) -> str:
        return f"**{text}**" if self.rich else text

    def _code(self, text: str) -> str:
        return f"`{text}`" if self.rich else text


def _told(counted: object) -> str:
    return ", ".join(f"{number:,} {verdict}" for verdict, number in dict(counted).items())  # type: ignore[call-overload]


def _ended(text: str) -> str:
    return text + ("" if text.endswith((".", "…")) else ".")
