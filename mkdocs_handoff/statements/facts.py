"""`prose/fact`: statements of the project's own, given in its settings as a form of words and a field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.values import value_at
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.statements.figures import agrees, alone, figure
from mkdocs_handoff.statements.forms import PatternError, compile_pattern
from mkdocs_handoff.statements.guard import of_now, stands_apart
from mkdocs_handoff.statements.measured import lines
from mkdocs_handoff.statements.stretches import FACT
from mkdocs_handoff.statements.subject import Subject
from mkdocs_handoff.statements.words import Words, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.guard import Others
    from mkdocs_handoff.statements.sentences import Sentence

_NOT_NOW = ("past", "wish", "denied", "other", "part")
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w]*[.,]?\d)")


@dataclass(frozen=True)
class Fact:
    """A statement to look for.

    Attributes:
        pattern: What finds it.
        field: The field that must agree; `record` is whose, empty for the record in which the prose stands.
        tolerance: By how much a number may differ; `relative`: as a share of the recorded value. None: by the digits.
        kinds: In whose prose it is looked for; empty: in all.
        strict: Whether its sentence must be one of the record as a whole, as those are that we look for.
    """

    name: str
    pattern: re.Pattern[str]
    field: str
    record: str = ""
    tolerance: float | None = None
    relative: bool = False
    kinds: frozenset[str] = frozenset()
    strict: bool = False


def facts_of(prose: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return the statements that settings name; what is wrong with one is told by `unknown`, and it is left out."""
    words = load_words(prose.get("words", {}))
    found: list[Fact] = []
    for name, one in prose.get("facts", {}).items():
        try:
            pattern = compile_pattern(one["pattern"], words)
        except PatternError:
            continue
        record, _, field = one["field"].rpartition("#")
        given = str(one.get("tolerance", "")).strip()
        relative = given.endswith("%")
        number = float(given.rstrip("% ")) / (100 if relative else 1) if given else None
        kinds = one.get("kind", ())
        named = frozenset([kinds] if isinstance(kinds, str) else kinds)
        found.append(Fact(name, pattern, field, record, number, relative, named, bool(one.get("strict"))))
    return tuple(found)


def check(
    record: Record,
    held: Iterable[Sentence],
    facts: Iterable[Fact],
    catalog: Catalog,
    others: Others,
    words: Words,
) -> Iterator[Finding]:
    """Yield the statements in prose that do not agree with the field that they are about.

    Args:
        record: Any.
        held: Its sentences.
        facts: What to look for.
        catalog: All records.
        others: The models among them, by name.
        words: Which words say that a sentence is not of now, or not of the whole.
    """
    asked = [fact for fact in facts if not fact.kinds or record.kind in fact.kinds]
    subject = Subject(record, catalog, words)
    for sentence in held if asked else ():
        for fact in asked:
            for match in fact.pattern.finditer(sentence.text):
                about = _about(fact, record, catalog)
                value = value_at(about, fact.field) if about is not None else None
                if about is None or value is None or _same(fact, match, value, catalog):
                    continue
                around = f"{sentence.text[: match.start()]} {FACT} {sentence.text[match.end() :]}"
                if stands_apart(sentence, words) or not of_now(around, words, *_NOT_NOW):
                    continue
                if others.named_in(around, about) or (fact.strict and not subject.begins(sentence)):
                    continue
                said = " ".join(match[0].split()).rstrip("." if match.groupdict().get("word") else "")
                shown = " ".join(", ".join(map(str, _each(value))).split())[:60]
                path = tuple(int(step) if step.isdigit() else step for step in fact.field.split("."))
                where = about.source.place(path)
                message = f"says {said!r}, and {fact.field} is {shown}"
                hint = f"It stands at {where}; `prose.facts.{fact.name}` compares the two. Mend the one that is wrong."
                start = match.start("number" if "number" in match.re.groupindex else "word")
                at = sentence.place(start)
                yield Finding(at, "prose/fact", message, hint, Severity.WARNING, str(record.identity))


def _about(fact: Fact, record: Record, catalog: Catalog) -> Record | None:
    if not fact.record:
        return record
    found = catalog.find(fact.record)
    return catalog.records[found[0]] if len(found) == 1 else None


def _same(fact: Fact, match: re.Match[str], value: Any, catalog: Catalog) -> bool:
    if "word" in match.re.groupindex:
        said = _folded(match["word"].strip("."))
        recorded = [str(one) for one in _each(value)]
        names = [name for one in recorded for name in _names(one, catalog)]
        if " " in said and not names and "listed" not in match.re.groupindex:
            return True  # several words are somebody's name, and no other value
        return said in map(_folded, recorded) or slug(said) in names
    numbers = lines(value) or _in_words(value)
    if not numbers or not alone(match.string, match.end("number")):
        return True  # it is not said as a number that can be compared
    return any(_near(fact, match, number) for number in numbers)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _names(reference: str, catalog: Catalog) -> list[str]:
    """Return the names of the record that a value refers to, as slugs; none where it refers to none."""
    found = catalog.find(reference.partition("@")[0].strip())
    if len(found) != 1:
        return []
    record = catalog.records[found[0]]
    return [slug(record.identity.name), slug(record.title), *record.aliases]


def _in_words(value: Any) -> tuple[float, ...]:
    """Return the number in a value like "40 ms", where it holds one alone."""
    found = _NUMBER.findall(value) if isinstance(value, str) else []
    return (float(found[0]),) if len(found) == 1 else ()


def _near(fact: Fact, match: re.Match[str], number: float) -> bool:
    tolerance = fact.tolerance
    if tolerance is not None and fact.relative:
        tolerance *= abs(number)
    return agrees(figure(match, about=bool(match["near"])), number, share=False, tolerance=tolerance)
