"""`prose/fact`: statements of the project's own, given in its settings as a form of words and a field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.values import value_at
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.statements.figures import NUMBER, agrees, alone, figure, percents
from mkdocs_handoff.statements.guard import of_now, stands_apart
from mkdocs_handoff.statements.measured import number_of
from mkdocs_handoff.statements.words import NAMED, Words, known_lists, load_words
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.statements.sentences import Sentence

_TOKEN = re.compile(r"\s*(?:(?P<hole>\{number\}|\{word\})|\[(?P<maybe>[^\[\]{}]+)\]|(?P<word>[^\s\[\]{}]+))")
_HOLES = ("{number}", "{word}")


class PatternError(Exception):
    """A form of words that cannot be looked for; the text says why."""


@dataclass(frozen=True)
class Fact:
    """A statement to look for.

    Attributes:
        pattern: What finds it.
        field: The field that must agree; `record` is whose, empty for the record in which the prose stands.
        tolerance: By how much a number may differ; `relative`: as a share of the recorded value. None: by the digits.
        kinds: In whose prose it is looked for; empty: in all.
    """

    name: str
    pattern: re.Pattern[str]
    field: str
    record: str = ""
    tolerance: float | None = None
    relative: bool = False
    kinds: frozenset[str] = frozenset()


def compile_pattern(written: str, words: Words) -> re.Pattern[str]:
    """Return what finds a form of words: words in this order, `a|b` for either, `[a]` for one that may be left out.

    Nothing in it can repeat, so that looking for it takes time in proportion to the text.

    Raises:
        PatternError: It is no such form.
    """
    out: list[str] = []
    at = holes = literal = 0
    while at < len(written.rstrip()):
        token = _TOKEN.match(written, at)
        if token is None:
            raise PatternError(f"nothing can stand at {written[at:].strip()[:20]!r}")
        at = token.end()
        gap = r"\s+" if out and token[0][:1].isspace() else ""
        if token["hole"]:
            holes += 1
            out.append(gap + (NUMBER + percents(words) if token["hole"] == "{number}" else r"(?P<word>[\w.-]{1,80})"))
            if holes > 1:
                raise PatternError("it holds more than one value")
            continue
        choices = "|".join(re.escape(one) for one in (token["maybe"] or token["word"]).split("|") if one)
        if not choices:
            raise PatternError(f"nothing can stand at {token[0].strip()!r}")
        literal += bool(token["word"])
        if token["maybe"]:
            out.append(f"(?:{gap}(?:{choices}))?")
        else:
            out.append(f"{gap}(?:{choices})")
    if holes != 1:
        raise PatternError("it holds no value")
    if not literal:
        raise PatternError("it holds no word that must be there")
    first = r"(?<!\w)" if re.match(r"\w", written.lstrip("[")) else ""
    return re.compile(first + "".join(out), re.IGNORECASE)


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
        found.append(
            Fact(
                name, pattern, field, record, number, relative, frozenset([kinds] if isinstance(kinds, str) else kinds)
            )
        )
    return tuple(found)


def unknown(prose: Mapping[str, Any], kinds: Iterable[str], place: Places) -> Iterator[Finding]:
    """Yield what is wrong with what settings say of prose.

    Args:
        prose: As the settings hold it.
        kinds: All there are.
        place: Where settings stand.
    """
    added = prose.get("words", {})
    for name in added:
        if name not in known_lists():
            near = nearest(name, known_lists())
            hint = f"Did you mean {near!r}?" if near else f"It is one of: {', '.join(sorted(known_lists()))}."
            where = place(("prose", "words", name), key=True)
            yield Finding(where, "settings/choice", f"there is no list of words {name!r}", hint)
        elif isinstance(added[name], dict) != (name in NAMED):
            hint = "Write words by name: `accuracy: [Genauigkeit]`." if name in NAMED else "Write a list of words."
            message = f"{name!r} {'holds words by name' if name in NAMED else 'is a list of words'}"
            yield Finding(place(("prose", "words", name)), "settings/type", message, hint)
    words = load_words(added)
    for name, one in prose.get("facts", {}).items():
        at = ("prose", "facts", name)
        try:
            compile_pattern(one["pattern"], words)
        except PatternError as error:
            hint = "Write words with one {number} or {word}: `answers within [about] {number} ms`."
            message = f"{one['pattern']!r} is no form of words: {error}"
            yield Finding(place((*at, "pattern")), "settings/format", message, hint)
        listed = one.get("kind", ())
        for kind in [listed] if isinstance(listed, str) else listed:
            if kind not in kinds:
                near = nearest(kind, kinds)
                hint = f"Did you mean {near!r}?" if near else f"It is one of: {', '.join(kinds)}."
                yield Finding(place((*at, "kind")), "settings/choice", f"there is no kind {kind!r}", hint)


def check(
    record: Record, held: Iterable[Sentence], facts: Iterable[Fact], catalog: Catalog, words: Words
) -> Iterator[Finding]:
    """Yield the statements in prose that do not agree with the field that they are about.

    Args:
        record: Any.
        held: Its sentences.
        facts: What to look for.
        catalog: All records.
        words: Which words say that a sentence is not of now.
    """
    asked = [fact for fact in facts if not fact.kinds or record.kind in fact.kinds]
    for sentence in held if asked else ():
        for fact in asked:
            for match in fact.pattern.finditer(sentence.text):
                about = _about(fact, record, catalog)
                value = value_at(about, fact.field) if about is not None else None
                if about is None or value is None or _same(fact, match, value, sentence.text):
                    continue
                if stands_apart(sentence, words) or not of_now(sentence, words, "past"):
                    continue
                said = " ".join(match[0].split())
                shown = " ".join(str(value).split())[:60]
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


def _same(fact: Fact, match: re.Match[str], value: Any, text: str) -> bool:
    if "word" in match.re.groupindex:
        said = match["word"].strip(".").casefold()
        return any(said == str(one).casefold() for one in (value if isinstance(value, list) else [value]))
    number = number_of(value)
    if number is None or not alone(text, match.end("number")):
        return True  # it is not said as a number that can be compared
    tolerance = fact.tolerance
    if tolerance is not None and fact.relative:
        tolerance *= abs(number)
    return agrees(figure(match), number, share=False, tolerance=tolerance)
