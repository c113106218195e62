"""Decision records: MADR 4, 3 and 2, and Nygard's form."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs_handoff.records.dialects import dates, numbers, supersession, words
from mkdocs_handoff.records.dialects.marks import plain
from mkdocs_handoff.records.dialects.people import people
from mkdocs_handoff.records.dialects.stated import day, described, stated
from mkdocs_handoff.records.dialects.statuses import LIFECYCLES, NOT_READ, NOT_STATED, is_choice, status_of
from mkdocs_handoff.records.placeholders import is_placeholder
from mkdocs_handoff.records.record import Origin
from mkdocs_handoff.text.comments import without_comments
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.records.dialects.stated import Stated
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Value

_KEYS = {"state": "status"}  # as a heading it may be any state
_DATED = ("proposed", "accepted", "rejected", "deprecated")
_CALLED = ("name", "email", "github", "login")
_PEOPLE = ("decision-makers", "consulted", "informed")


def decision(adapted: Adapted, body: Body | None, path: str) -> None:
    """Read a decision: number from the file's name, status and people from front matter, lines, tables or sections."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    _number(adapted, stem)
    _other_names(adapted)
    _title(adapted, body, stem)
    unread = _from_prose(adapted, body) if body is not None else ""
    adapted.lead = described(body) if body is not None and body.lead else None
    for name in _PEOPLE:
        written = adapted.fields.get(name)
        if isinstance(written, str):
            adapted.fields[name] = people(written)
        elif isinstance(written, list | dict):
            _roles(adapted, name, written)
    for name in supersession.FIELDS:
        _decisions(adapted, name, path)
    _date(adapted, stem)
    _status(adapted, unread)
    _day_of_status(adapted)


def _number(adapted: Adapted, stem: str) -> None:
    number = numbers.number_of(stem)
    if number:
        adapted.infer("number", Plain(str(int(number))), "the file's name")
        adapted.aliases.extend((*numbers.names_of(number), numbers.also_called(stem)))
    written = adapted.fields.get("number")
    if isinstance(written, Plain) and written.isdecimal() and len(written) <= 6:
        adapted.aliases.extend(name for name in numbers.names_of(written) if name.startswith("adr-"))


def _other_names(adapted: Adapted) -> None:
    """Read fields under their other names: MADR 3's `deciders`, `superseded-by`, `estado`; they are told once."""
    dated = [key for key in adapted.fields if isinstance(key, str) and key != "created" and words.of_a_day(key)]
    named = [key for key in adapted.fields if isinstance(key, str) and key != words.field(key) and key not in dated]
    for key in named + sorted(dated, key=words.rank_of_day):
        name = _KEYS.get(key) or words.field(key) or ("date" if key in dated else "")
        value = adapted.fields[key]
        day_in = dates.day_first if key in dated else dates.day_in
        if not name or name in adapted.fields or (name == "date" and not (isinstance(value, str) and day_in(value))):
            continue
        adapted.take(name, value, (key,), f"the field {key!r}")
        del adapted.fields[key]
    adapted.take("decision-makers", adapted.fields.get("contact"), ("contact",), "the field 'contact'")


def _roles(adapted: Adapted, name: str, written: list[Value] | dict[str, Value]) -> None:
    """Bring people who are written as `{name: …, role: …}` to our form; what else is said of each is a note."""
    listed: list[Value] = list(written) if isinstance(written, list) else [written]
    at = adapted.moved.get((name,), (name,))
    for place, one in enumerate(listed):
        key = next((key for key in _CALLED if isinstance(one, dict) and isinstance(one.get(key), str)), "")
        if not isinstance(one, dict) or "ref" in one or not key:
            continue
        said = [str(held) for other, held in one.items() if other != key and isinstance(held, str) and held.strip()]
        listed[place] = {"ref": one[key], **({"note": ", ".join(said)} if said else {})}
        where = (*at, place) if isinstance(written, list) else at
        adapted.moved[name, place, "ref"] = (*where, key)
        adapted.moved[name, place, "note"] = where
        adapted.origins[name,] = Origin("imported", f"the field {str(at[0])!r}")
        adapted.fields[name] = listed


def _title(adapted: Adapted, body: Body | None, stem: str) -> None:
    written = adapted.fields.get("title")
    if isinstance(written, str):
        adapted.fields["title"] = numbers.without_number(written, stem)
    elif body is not None:
        adapted.infer("title", numbers.without_number(body.title, stem), "the first heading")


def _from_prose(adapted: Adapted, body: Body) -> str:
    """Read what the prose states; returns where a status has its place and none could be read.

    A status that we know is one wherever it stands; other words are one where none is known.
    """
    unread = ""
    other: Stated | None = None
    for one in stated(body):
        value = one.value
        if isinstance(value, str) and one.field == "status":
            said = "" if is_choice(value) else plain(value)
            value = value.strip() if said else ""
            unread = unread or ("" if value else one.where)
            if value and status_of(value) not in LIFECYCLES:
                other = other or one
                continue
        elif isinstance(value, str):
            value = without_comments(value).strip()
            value = dates.day_or_text(value) if one.field == "date" else value
        _read(adapted, one, value, body)
    if other is not None:
        _read(adapted, other, str(other.value).strip(), body)
    if "date" not in adapted.fields and (found := day(body)):
        _read(adapted, found, found.value, body)
    return unread


def _read(adapted: Adapted, one: Stated, value: Value, body: Body) -> None:
    if one.field not in adapted.fields and value:
        adapted.read(one.field, value, one.where, _line(one, body))


def _line(one: Stated, body: Body) -> int:
    """Return the line of the file on which a value stands: the first from its section on that has it, or a part."""
    parts = [part for value in (one.value if isinstance(one.value, list) else [one.value]) for part in _pieces(value)]
    rows = body.text.split("\n")
    first = max(one.line - body.line, 0)
    return next((body.line + n for n in range(first, len(rows)) if any(part in rows[n] for part in parts)), one.line)


def _pieces(value: Value) -> list[str]:
    return [piece for line in str(value).split("\n") for part in line.split(", ") if (piece := part.strip())]


def _decisions(adapted: Adapted, name: str, path: str) -> None:
    """Bring references to other decisions to the names that these have here, and keep the files that links lead to."""
    written = adapted.fields.get(name)
    if not isinstance(written, str | list):
        return
    named = supersession.names(written)
    adapted.fields[name] = [str(one) if isinstance(one, supersession.Linked) else one for _, one in named]
    for place, (_, one) in enumerate(named):
        if isinstance(one, supersession.Linked) and one.address:
            adapted.linked[name, place] = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), unquote(one.address))
            )
    if not named:
        del adapted.fields[name]
    at = adapted.moved.get((name,), (name,))
    for place, (was, _) in enumerate(named) if isinstance(written, list) else ():
        adapted.moved[name, place] = (*at, was)


def _date(adapted: Adapted, stem: str) -> None:
    written = adapted.fields.get("date")
    day = dates.day_of_timestamp(written) if isinstance(written, str) else ""
    if day:
        adapted.fields["date"] = day
        adapted.origins["date",] = Origin("imported", f"the time {written}")
    adapted.infer("date", numbers.day_of(stem), "the file's name")


def _status(adapted: Adapted, unread: str) -> None:
    """Bring the status to one of the known words; what was written stays in `status_raw`."""
    written = adapted.fields.get("status")
    if isinstance(written, dict) and len(written) == 1:  # `status: {proposed}`, seen in a real record
        written = next(iter(written))
    if not isinstance(written, str) or not written.strip() or is_placeholder(written) or is_choice(written):
        if isinstance(written, str) and written.strip():  # a template's text is told where it stands
            adapted.fields["status_raw"] = written
            adapted.moved["status_raw",] = ("status",)
        adapted.fields["status"] = NOT_READ if unread else NOT_STATED
        why = f"{unread} says none that can be read" if unread else "no status is written"
        adapted.origins["status",] = Origin("inferred", why)
        return
    status = status_of(written)
    if status == "accepted" and supersession.in_part(written):
        adapted.origins["status",] = Origin("inferred", "superseded in part, and still in force")
    if status != written:
        adapted.fields["status_raw"] = plain(written)
        adapted.moved["status_raw",] = ("status",)
    adapted.fields["status"] = status
    adapted.lifecycle = LIFECYCLES.get(status, "")
    for name, found in supersession.said(written):
        if name not in adapted.fields:
            adapted.take(name, found, ("status",), "the status")


def _day_of_status(adapted: Adapted) -> None:
    """Read the day that stands in the status, where no other is written: not of what is superseded or waits."""
    written = adapted.fields.get("status_raw")
    if isinstance(written, str) and adapted.fields.get("status") in _DATED:
        adapted.infer("date", dates.day_of_status(written), "the status")
