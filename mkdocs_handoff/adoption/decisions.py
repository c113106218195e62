"""Is this text a decision record, and in which form? Told from its name, its folder, its keys and its headings."""

from __future__ import annotations

import re

from mkdocs_handoff.adoption.heads import headings, parted, unfenced
from mkdocs_handoff.records.dialects import words as words_of_decisions

_DECISION_FOLDERS = frozenset(
    ("adr", "adrs", "decisions", "architecture-decision-record", "architecture-decision-records",
     "architecture-decisions", "decision-records", "decision-log", "decision-logs", "madr")
)  # fmt: skip
_MADR = frozenset(("context and problem statement", "considered options", "decision outcome"))
_PEOPLE = {"decision-makers": "madr-4", "deciders": "madr-3"}
_NUMBERED = re.compile(r"(?:adr[-_ ]?)?\d{1,5}[-_. ]", re.IGNORECASE)
_BULLET = re.compile(r"^[ \t]*[*+-][ \t]+\**(?:status|deciders|date)\**:", re.IGNORECASE | re.MULTILINE)
_DATE_LINE = re.compile(r"^Date:[ \t]*\S", re.MULTILINE)
_STATUS_LINE = re.compile(r"^\**status\**:[ \t*]*\S", re.IGNORECASE | re.MULTILINE)
_OF_MEETINGS = frozenset(("attendees", "agenda", "participants", "action items", "minutes", "present", "attendance"))
_WORDS = re.compile(r"[-_. ]+")
_APART = re.compile(r"[_ ]+")
_ONE_OF_SEVERAL = re.compile(r"\d|\b(?:adr|decision)\b", re.IGNORECASE)
_LEVELS = re.compile(r"^(#{1,6})[ \t]+(.+)$", re.MULTILINE)


def decision(path: str, keys: dict[str, str], body: str) -> str:
    """Return the form of decisions that a text has (`madr-4`, `madr-3`, `madr-2`, `nygard`); empty: it is none."""
    name = path.rpartition("/")[2]
    words = set(_WORDS.split(name.lower()))
    if words & {"template", "templates"} or name.lower().partition(".")[0] in ("readme", "index"):
        return ""
    text = unfenced(body)
    titles = headings(text)
    titles |= {meant for title in titles if (meant := words_of_decisions.heading(title))}
    if titles & _OF_MEETINGS or is_log(path, body):
        return ""
    sure = "context and problem statement" in titles or {"status", "decision"} <= titles
    placed = bool(_DECISION_FOLDERS.intersection(_folders(path)))
    # In its own folder a file may lack a heading or two. It still has to look like a decision, as meeting notes do not.
    likely = (
        bool(_PEOPLE.keys() & keys.keys())
        or bool(titles & _MADR)
        or ("status" in keys and _NUMBERED.match(name) is not None)
        or (_NUMBERED.match(name) is not None and bool(titles & {"status", "decision", "context", "consequences"}))
        or (_NUMBERED.match(name) is not None and (_BULLET.search(text) or _STATUS_LINE.search(text)) is not None)
        or len(titles & {"status", "context", "decision", "consequences", "alternatives", "rationale"}) >= 2
    )
    if not sure and not (placed and likely):
        return ""
    return _dialect(keys, titles, text)


def _dialect(keys: dict[str, str], titles: set[str], text: str) -> str:
    for key, dialect in _PEOPLE.items():
        if key in keys:
            return dialect
    first = text.find("\n## ")
    if _BULLET.search(text[: first if first >= 0 else len(text)]):
        return "madr-2"
    if titles & _MADR:
        return "madr-4"
    return "nygard" if "status" in titles or _DATE_LINE.search(text) else "madr-4" if keys else "nygard"


def is_numbered(path: str) -> bool:
    """Tell whether a file is called as decisions are: `0007-use-kafka.md`, `adr-7.md`."""
    return _NUMBERED.match(path.rpartition("/")[2]) is not None


def is_meeting(head: str) -> bool:
    """Tell whether a text has the headings of notes of a meeting."""
    return bool(headings(unfenced(parted(head)[1])) & _OF_MEETINGS)


def is_log(path: str, text: str) -> bool:
    """Tell whether a page tells of several decisions: each in a section of its own, with a heading for its status.

    A file that has a number is one decision, however often its status changed; so is one whose status stands right
    below its title.
    """
    if is_numbered(path):
        return False
    above: list[tuple[int, int, str]] = []  # the sections that are open: level, number, title
    decided: dict[int, set[int]] = {}  # by level, the sections that have a status
    for number, (marks, title) in enumerate(_LEVELS.findall(unfenced(parted(text)[1]))):
        level = len(marks)
        above = [one for one in above if one[0] < level]
        if words_of_decisions.field(title.partition(":")[0]) == "status":
            if not above or (above[-1][0] == 1 and not _ONE_OF_SEVERAL.search(above[-1][2])):
                return False
            decided.setdefault(above[-1][0], set()).add(above[-1][1])
        above.append((level, number, title))
    return any(len(sections) > 1 for sections in decided.values())


def _folders(path: str) -> list[str]:
    return [_APART.sub("-", folder.lower()) for folder in path.split("/")[:-1]]
