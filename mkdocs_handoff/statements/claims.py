"""What a sentence claims of metrics.

It is read from where the sentence begins, and given up at the first word that is not known. Behind a figure the same
holds: what goes on in a way that is not known may make it one of a part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.figures import NUMBER, Figure, alone, figure, percents
from mkdocs_handoff.statements.speech import speech
from mkdocs_handoff.statements.words import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.statements.speech import Speech
    from mkdocs_handoff.statements.words import Words

END = r"(?:\s*\(see\b[^()]*\))?\s*[.!]*\s*$"
"""The end of a sentence that is no question."""
_APART = r"(?:measured|tested|evaluated|only|for|of|on|in|with|among|at|when|where|from)\b"
_AFTER_JOIN = rf"(?!\s*(?:(?:that|which|this|it)\s+\w+\s+)?(?:{_APART}|(?:\w+\s+)?(?:that|those|the one|what)\s+of\b))"


def tail(words: Words) -> str:
    """Return the regular expression of what begins a tail that only says what a figure means."""
    return rf"(?:\s*,\s*{alternatives(words['showing'])}|\s*,?\s+{alternatives(words['means'])})\b"


def goes_on(words: Words) -> str:
    """Return the regular expression of how a sentence may go on behind a figure that is one of the whole."""
    joins = alternatives(words["joins"])
    plain = r"(?:it|that|has|is|its|this|the|runs|was|needs|does)\b"
    apart = tail(words)
    return rf"(?:{apart}|\s*,\s*{joins}{_AFTER_JOIN}|\s+{joins}{_AFTER_JOIN}\s+{plain}(?!\s+{_APART}))"


@dataclass(frozen=True, slots=True)
class Claim:
    """A metric with a value: its name, the figure, and where the figure begins."""

    name: str
    figure: Figure
    at: int


@dataclass(frozen=True, slots=True)
class _Read:
    """A claim that was read, where it ends, and whether nothing but an end may follow it."""

    claim: Claim
    end: int
    alone: bool


class Claims:
    """Reads the claims of sentences in which the names of the record are marked."""

    def __init__(self, speaks: Speech) -> None:
        """Make what finds them of how prose speaks of a kind's records."""
        words = speaks.words
        self._words = words
        verbs, articles = alternatives(words["verbs"]), alternatives(words["articles"])
        names = alternatives(words.names_of_metrics)
        about = rf"(?P<about>{alternatives(words['about'])}\s*)?"
        still = rf"(?:{alternatives(words['still'])}\s+)?"
        article = rf"(?P<article>{articles}\s+)?"
        actor = rf"(?:{speaks.who}|{alternatives(words['we'])})\s+{still}"
        number = rf"{about}{NUMBER}{percents(words)}"
        joins = alternatives(words["joins"])
        self._start = _compiled(rf"{speaks.lead}(?P<actor>{actor}{verbs}\s+{still})?{article}{speaks.before}")
        self._next = _compiled(
            rf"\s*(?:[,;]\s*)?(?:{joins}\s+)?(?:with\s+)?"
            rf"(?P<actor>(?:{actor})?{verbs}\s+)?{article}{speaks.before}(?<=[\s,;])"
        )
        self._name = _compiled(rf"(?P<name>{names})(?:\s+scores?)?(?:\s*\({names}\))?")
        self._of = _compiled(rf"(?:\s+(?:of|for)\s+{speaks.who})?(?:\s+{speaks.whole}|\s*\({speaks.sets}\))?")
        self._value = _compiled(rf"\s*{alternatives(words['connectors'])}\s*(?:(?:a|an|the)\s+)?{number}")
        self._bare = _compiled(rf"\s+{number}")
        self._first = _compiled(rf"{number}\s+(?:{alternatives(words['whole'])}\s+)?(?P<name>{names})")
        remark = rf"(?:\s*\({alternatives(words['remarks'])}[^()]*\))?"
        self._end = _compiled(rf"{remark}(?:\s*{alternatives(words['signs'])})*{END}")
        self._apart = _compiled(r"\s*;(?=\s)")
        self._clause = _compiled(rf"\s*;(?=\s)|{goes_on(words)}")

    def of(self, text: str, units: Mapping[str, str]) -> Iterator[Claim]:
        """Yield the claims of a sentence.

        Args:
            text: Its words.
            units: In which metrics are recorded, by the name that `Words.metric` gives them; none of percent.
        """
        opening = self._start.match(text)
        before: _Read | None = None
        chain: list[Claim] = []  # "an accuracy of 0.9 and a recall of 0.8 for small shops": the end is that of all
        while opening is not None:
            read = self._one(text, opening, units)
            if read is None:
                break
            if before is not None and not before.alone:
                chain.append(before.claim)
                read = replace(read, alone=False)
            before = read
            if not read.alone and self._apart.match(text, read.end):
                yield from (*chain, read.claim)
                chain, before = [], None
            opening = self._next.match(text, read.end)
        if before is not None and self._follows(text, before):
            yield from (*chain, before.claim)

    def _one(self, text: str, opening: re.Match[str], units: Mapping[str, str]) -> _Read | None:
        """Read what follows an opening as a metric and its value, in either order."""
        name = self._name.match(text, opening.end())
        if name is None:
            value = name = self._first.match(text, opening.end())
            if value is None or not (value["percent"] or "." in value["number"]):
                return None  # "3 precision" is no figure of it
        else:
            of = self._of.match(text, name.end())
            start = of.end() if of is not None else name.end()
            value = self._value.match(text, start)
            if value is None:
                value = self._bare.match(text, start)
                if value is None or not (value["percent"] or "." in value["number"]):
                    return None
            if not alone(text, value.end()):
                return None
        if name is None:
            return None
        end = value.end()
        if (written := units.get(self._words.metric(name["name"]))) and value.re is not self._first:
            measure = re.compile(rf"\s*{re.escape(written)}(?!\w)", re.IGNORECASE).match(text, end)
            end = measure.end() if measure is not None else end
        of = self._of.match(text, end)
        end = of.end() if of is not None else end
        claim = Claim(name["name"], figure(value, about=bool(value["about"])), value.start("number"))
        # "An AUC of 0.5 means …" is of any AUC: with an article alone in front, the sentence must be all of it.
        return _Read(claim, end, bool(opening["article"]) and not opening["actor"])

    def _follows(self, text: str, read: _Read) -> bool:
        """Tell whether what follows a claim leaves it one of all the data."""
        if self._end.match(text, read.end):
            return True
        return not read.alone and self._clause.match(text, read.end) is not None


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=8)
def claims_of(kind: str, words: Words) -> Claims:
    """Return what reads the claims in the prose of a kind's records, made once."""
    return Claims(speech(kind, words))


@lru_cache(maxsize=8)
def tail_of(words: Words) -> re.Pattern[str]:
    """Return what finds where a tail begins that only says what a figure means, made once."""
    return _compiled(tail(words))
