"""`prose/person`: somebody, or a team, whom prose tells to ask, and who is gone."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import departure, gone
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.statements.guard import stands_apart
from mkdocs_handoff.statements.words import alternatives, holds_any, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.words import Words

KINDS = ("person", "team")
SILENT = frozenset(("decision", "handoff", "person"))
"""Kinds whose prose tells of a day that is past, or of the person itself."""
_TEAM = " team"
_TITLES = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms)\.?\s+)+", re.IGNORECASE)
_FOLLOWING = re.compile(r"[ \t\n]+(\w+|&)")
_WORD = re.compile(r"([\w\u2019'-]+)\s+$")
_ELSEWHERE = re.compile(r"\s+(?:at|from|of)\s+(?:(?:the|an?|our|your)\s|[A-Z])")
"""What follows a first name of somebody who is told from others by it: "Maria at the vendor"."""
_LEADING = re.compile(r"([^\W\d_][\w-]*)\.?[ \t\n]+$")


@dataclass(frozen=True)
class Gone:
    """Those who are gone.

    Attributes:
        named: Their records, by the names that only they have, as those are written.
        pattern: What finds somebody who is to be asked, or who is said to know.
    """

    named: Mapping[str, Record]
    pattern: re.Pattern[str] | None

    def of(self, name: str) -> Record:
        """Return whom a name means."""
        written = " ".join(name.split())
        return self.named[written] if written in self.named else self.named[written.casefold()]


def those_gone(catalog: Catalog, today: date, words: Words) -> Gone:
    """Return those who are gone on a day, by name; a first name counts where nobody else has it."""
    holders: dict[str, list[Record]] = defaultdict(list)
    for kind in KINDS:
        for record in catalog.of_kind(kind):
            for name in _names(record):
                holders[name].append(record)
            for name in _names_of_team(record):
                if name not in _names(record):
                    holders[name].append(record)
    named = {
        name: records[0]
        for name, records in holders.items()
        if len(records) == 1 and gone(records[0], today) is not None
    }
    if not named:
        return Gone({}, None)
    # "Will" is somebody, "will" is not: names count as they are written, but for "the data science team".
    teams = tuple(name for name in named if name.endswith(_TEAM))
    who = rf"(?:(?-i:{alternatives(tuple(one for one in named if one not in teams))})|{alternatives(teams)})"
    polite = r"(?:first\s+)?(?:the\s+(?:team\s+)?)?(?:(?:dr|prof)\.?\s+)?"
    ask = rf"(?P<verb>{alternatives(words['ask'])})\s+{polite}(?P<asked>{who})"
    knows = rf"(?P<knows>{who})\s+(?:still\s+|also\s+)?{alternatives(words['answers'])}(?!\s+(?:no|nothing|little)\b)"
    label = rf"\A\s*{alternatives(words['holds_it'])}\s*:\s*{polite}(?P<labelled>{who})(?=\s*(?:[.,;(]|and\b|\Z))"
    return Gone(named, re.compile(f"{ask}|{knows}|{label}", re.IGNORECASE))


def check(record: Record, held: Iterable[Sentence], those: Gone, words: Words) -> Iterator[Finding]:
    """Yield where a record's prose sends the reader to somebody who is gone.

    Args:
        record: Of any kind but those that are `SILENT`.
        held: Its sentences.
        those: Who is gone.
        words: How people are asked.
    """
    everybody = tuple(those.named)
    for sentence in held if those.pattern is not None else ():
        if not holds_any(sentence.text, everybody):
            continue
        for match in those.pattern.finditer(sentence.text) if those.pattern is not None else ():
            group = next(one for one in ("asked", "knows", "labelled") if match[one])
            person = those.of(match[group])
            if _not_asked(sentence.text, match, words) or _somebody_else(sentence.text, match, group, words):
                continue
            if stands_apart(sentence, words) or _known_to_be_gone(sentence, match.start(), person, words):
                continue
            left = departure(person)
            when = f"left on {left.on}" if left is not None and left.on is not None else "is gone"
            after = f"Ask {left.successor} instead" if left is not None and left.successor else "Name who knows it now"
            sends = match["knows"] or (match["asked"] and not match["verb"].casefold().endswith(" by"))
            message = f"{'sends the reader to' if sends else 'names'} {match[group]}, who {when}"
            hint = f"{after}; {person.identity} says so in {person.source.place(_field(person))}."
            yield Finding(
                sentence.place(match.start(group)),
                "prose/person",
                message,
                hint,
                Severity.WARNING,
                str(record.identity),
            )


def _not_asked(text: str, match: re.Match[str], words: Words) -> bool:
    """Tell whether others ask somebody, or nobody says so: "users who ask Jonas", or a question."""
    if text.rstrip().endswith("?") or words.found(text[: match.start()], "samples"):
        return True
    before = _WORD.search(text, max(0, match.start() - 40), match.start())
    active = match["asked"] and not match["verb"].casefold().endswith((" by", " to"))
    return bool(active and before is not None and before[1].casefold() not in words["before_ask"])


def _somebody_else(text: str, match: re.Match[str], group: str, words: Words) -> bool:
    """Tell whether a name is a part of a longer one: "Jonas Weber" is not Jonas Brandt, and "May 5" is a day."""
    following = _FOLLOWING.match(text, match.end(group))
    if following is not None and not (following[1][0].islower() or following[1] == "Team"):
        return True
    if " " not in match[group] and _ELSEWHERE.match(text, match.end(group)):
        return True
    leading = _LEADING.search(text, max(0, match.start(group) - 40), match.start(group))
    if group != "knows" or leading is None:
        return False
    return leading[1][0].isupper() and leading[1].casefold() not in words["only"]


def _known_to_be_gone(sentence: Sentence, at: int, person: Record, words: Words) -> bool:
    """Tell whether the part of a sentence that names somebody, or a sentence before it, says that they went."""
    names = one_of(tuple(_names(person)))
    part = sentence.text[sentence.text.rfind(";", 0, at) + 1 :].partition(";")[0]
    texts = [part, *(text for text in sentence.before if names.search(text))]
    return any(words.found(names.sub(" ", text), "gone") for text in texts)


def _names(record: Record) -> Iterator[str]:
    """Yield the names by which prose calls a person or a team, each once; one without a capital is any word."""
    title = " ".join(_TITLES.sub("", record.title).split())
    stated = record.get("aliases")
    aliases = stated if isinstance(stated, list) else []
    found = [title, *(" ".join(str(alias).split()) for alias in aliases if " " in str(alias))]
    if record.kind == "person" and " " in title:
        first = title.split(" ")[0]
        if len(first) > 2 and first.isalpha():
            found.append(first)
    yield from dict.fromkeys(name for name in found if len(name) > 2 and name != name.casefold())


def _names_of_team(record: Record) -> Iterator[str]:
    """Yield how prose calls a team with "team" behind its name: in small letters where it has two words or more."""
    title = " ".join(record.title.split())
    bare = title[: -len(_TEAM)] if title.casefold().endswith(_TEAM) else title
    if record.kind == "team" and " " in bare:
        yield f"{bare.casefold()}{_TEAM}"
    elif record.kind == "team" and bare != title:
        yield f"{bare}{_TEAM}"


def _field(person: Record) -> tuple[str, ...]:
    return next(((name,) for name in ("left", "active", "lifecycle") if name in person.fields), ())
