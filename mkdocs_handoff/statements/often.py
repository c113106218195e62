"""How prose says how often something happens: what finds it, from the start of a sentence on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.claims import END
from mkdocs_handoff.statements.speech import speech
from mkdocs_handoff.statements.words import alternatives

if TYPE_CHECKING:
    from mkdocs_handoff.statements.words import Words


@lru_cache(maxsize=16)
def pattern_of(kind: str, words: Words) -> re.Pattern[str]:
    """Return what finds such a statement of a record of a kind: the record, what is done, how often.

    "Labels are refreshed weekly" is of labels, "a nightly run is cheap" of any run, and "runs a day after" says when.
    What is said begins with the group `said`.
    """
    speaks = speech(kind, words)
    adverbs, often = _often(words)
    verbs, nouns = alternatives(words[f"verbs_{kind}"]), alternatives(words[f"nouns_{kind}"])
    between = rf"\s+(?:{alternatives(words['adverbs'])}\s+)?"
    still = rf"(?:{alternatives((*words['still'], *words['adverbs']))}\s+)?"
    subject = rf"(?:{speaks.who}|{alternatives(words[f'all_{kind}'])})"
    said, named = "(?P<said>)", rf"(?:(?P<named>{subject})\s+)?"
    forms = (
        rf"{named}(?:{alternatives(words['be'])}\s+)?{still}{said}{verbs}{between}(?:{often})",
        rf"(?:{named}{alternatives(words['has'])}\s+)?(?:{alternatives(words['articles'])}\s+)?{said}(?:{adverbs})\s+{nouns}",
        rf"{alternatives(words['we'])}\s+{still}{said}{alternatives(words[f'do_{kind}'])}\s+(?P<named>{subject}){between}(?:{often})",
        rf"{said}{alternatives(words[f'labels_{kind}'])}\s*:\s*(?:{often})",
    )
    joins, goes_on = alternatives(words["joins"]), alternatives((*words["often_joins"], *words[f"on_{kind}"]))
    end = rf"(?={END}|\s*[;:(\u2013\u2014]|\s*,\s*{joins}\b|\s*,?\s+{goes_on})"
    start = rf"(?:{speaks.lead}|(?<=.)\s*[;,]?\s*(?:{joins}\s+)?)"
    return re.compile(start + _either(forms) + end, re.IGNORECASE)


def days_of(match: re.Match[str], words: Words) -> int:
    """Return the days of the period that a match names; 0 where it names none."""
    found = {name.rstrip("0123456789"): text for name, text in match.groupdict().items() if text is not None}
    word = next((" ".join(found[name].split()) for name in ("often", "units", "unit") if name in found), "").casefold()
    for days, ways in words.periods.items():
        if word in (one.casefold() for one in ways):
            return days * _count(found.get("count"), words)
    return 0


def start_of(match: re.Match[str]) -> int:
    """Return where what a match says begins."""
    return max(match.start(name) for name in match.groupdict() if name.startswith("said"))


def names_it(match: re.Match[str]) -> bool:
    """Tell whether what a match says is said of the record by a noun: not of "it", nor of nothing."""
    named = next((text for name, text in match.groupdict().items() if name.startswith("named") and text), "it")
    return named.casefold() != "it"


def _often(words: Words) -> tuple[str, str]:
    """Return what finds an adverb of a period, and what finds any way to say how often."""
    periods = tuple(one for ways in words.periods.values() for one in ways)
    adverb = alternatives(tuple(one for one in periods if one.endswith("ly")) or periods)
    some = rf"(?P<count>[1-9]\d?|{alternatives(words['counts'])})\s+(?P<units>\w{{3,12}})s\b"
    each = rf"{alternatives(words['every'])}\s+(?:(?P<unit>{alternatives(periods)})|{some})"
    at = rf"(?:\s+{alternatives(words['times'])})?"
    return rf"(?P<often>{adverb})", rf"(?:on\s+an?\s+)?(?P<often>{adverb})(?:\s+basis)?|{each}{at}"


def _either(forms: tuple[str, ...]) -> str:
    """Return one pattern of several, with the names of their groups numbered."""
    numbered = (re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{number}>", form) for number, form in enumerate(forms))
    return "(?:" + "|".join(numbered) + ")"


def _count(written: str | None, words: Words) -> int:
    if written is None or written.isdecimal():
        return int(written or 1)
    return words["counts"].index(written.casefold()) + 2 if written.casefold() in words["counts"] else 1
