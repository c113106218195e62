"""Decision records: MADR 4, 3 and 2, and Nygard's form."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import Origin
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Value

NOT_STATED = "not-stated"
STATUSES = ("proposed", "accepted", "rejected", "deprecated", "superseded", "on-hold", NOT_STATED)
_LIFECYCLES = {
    "proposed": "draft",
    "on-hold": "draft",
    "accepted": "active",
    "deprecated": "deprecated",
    "rejected": "retired",
    "superseded": "retired",
}
_NUMBER = re.compile(r"(\d+)(?:[-_. ]|$)")
_TITLE_NUMBER = re.compile(r"^(?:ADR[- ]?)?\d+[.:)]?\s+", re.IGNORECASE)
# MADR 2 writes its fields as a bullet list below the title, Nygard a line `Date: …`.
_LINE = re.compile(r"^[ \t]*(?:[*+-][ \t]+)?\**(status|deciders|date)\**:\**[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]+)\)")
_NAMED = re.compile(r"\b(?:ADR[- #]?)(\d+)\b", re.IGNORECASE)
# Nygard's files say it in the section "Status", a line each; his `adr-tools` spells it with a c.
_SUPERSESSION = re.compile(r"^[^\w\n]*(super[sc]ed(?:es|ed by))\b(.*)$", re.IGNORECASE | re.MULTILINE)
_NOT_WORDS = re.compile(r"[^\w\s-]+")
_PEOPLE = ("decision-makers", "consulted", "informed")


def decision(adapted: Adapted, body: Body | None, path: str) -> None:
    """Read a decision: number from the file's name, status and people from front matter, bullets or sections."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    number = _NUMBER.match(stem)
    if number:
        adapted.infer("number", Plain(str(int(number[1]))), "the file's name")
        plain = str(int(number[1]))
        adapted.aliases.extend(dict.fromkeys((f"adr-{number[1]}", number[1], f"adr-{plain}", plain)))
    for old in ("deciders", "contact"):
        adapted.take("decision-makers", adapted.fields.get(old), (old,), f"the field {old!r}")
    if ("decision-makers",) in adapted.moved and adapted.moved["decision-makers",] == ("deciders",):
        del adapted.fields["deciders"]  # MADR 3's name for the same: told once
    if body is not None:
        adapted.infer("title", _TITLE_NUMBER.sub("", body.title), "the first heading")
        _from_prose(adapted, body)
    for name in _PEOPLE:
        if isinstance(adapted.fields.get(name), str):
            adapted.fields[name] = _people(adapted.fields[name])
    _status(adapted)


def _from_prose(adapted: Adapted, body: Body) -> None:
    first = next((heading for heading in body.headings if heading.level == 2), None)
    head = "\n".join(body.text.split("\n")[: first.line - body.line]) if first else body.text
    for name, value in _LINE.findall(head):
        field = "decision-makers" if name.lower() == "deciders" else name.lower()
        adapted.read(field, value.strip(), f"the line {name!r} below the title")
    section = body.section(("Status",))
    if section is not None:
        line = next((line for line in section.text.split("\n") if line.strip()), "")
        adapted.read("status", line.strip(), "the section 'Status'")
        for word, target in _SUPERSESSION.findall(section.text):
            field = "superseded_by" if word.lower().endswith("by") else "supersedes"
            adapted.read(field, _targets(target), "the section 'Status'")


def _status(adapted: Adapted) -> None:
    """Bring the status to one of the known words; what was written stays in `status_raw`."""
    written = adapted.fields.get("status")
    if isinstance(written, dict) and len(written) == 1:  # `status: {proposed}`, seen in a real record
        written = next(iter(written))
    if not isinstance(written, str) or not written.strip():
        adapted.fields["status"] = NOT_STATED
        adapted.origins["status",] = Origin("inferred", "no status is written")
        return
    status = normalised(written)
    if status != written:
        adapted.fields["status_raw"] = written
        adapted.moved["status_raw",] = ("status",)
    adapted.fields["status"] = status
    adapted.lifecycle = _LIFECYCLES.get(status, "")
    if status == "superseded":
        adapted.take("superseded_by", _targets(written), ("status",), "the status")


def normalised(written: str) -> str:
    """Return the known status that a text begins with, or the text itself, folded."""
    words = _NOT_WORDS.sub(" ", _LINK.sub(r"\1", written)).strip().lower()
    for status in STATUSES:
        if re.match(rf"{status.replace('-', '[- ]')}\b", words):
            return status
    return {
        "superseeded": "superseded",
        "superceded": "superseded",
        "approved": "accepted",
        "declined": "rejected",
        "draft": "proposed",
    }.get(words.split(" ")[0] if words else "", words)


def _targets(written: str) -> list[Value]:
    """Return the decisions that a text links to, or else names by number."""
    linked = [target.partition("#")[0] for _, target in _LINK.findall(written)]
    named = [f"adr-{number}" for number in _NAMED.findall(written)]
    return [posixpath.splitext(posixpath.basename(target))[0] for target in linked] or list(named)


def _people(written: str) -> list[Value]:
    people = [name.strip().lstrip("@") for name in re.split(r"[,;]", _LINK.sub(r"\1", written))]
    return [name for name in people if name]
