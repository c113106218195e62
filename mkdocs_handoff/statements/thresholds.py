"""How prose states a threshold: what finds it, from the start of a sentence on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.claims import END, goes_on
from mkdocs_handoff.statements.figures import JOINED, NOT_ALONE, percents
from mkdocs_handoff.statements.speech import LIMITED, speech
from mkdocs_handoff.statements.words import alternatives, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.statements.speech import Speech
    from mkdocs_handoff.statements.words import Words

NAME_LEAST = 4
"""A metric with a shorter name is not looked for by it."""


class Patterns:
    """What finds the thresholds of a record's prose, from the start of a sentence on.

    The names of the record are marked in it, and the metrics that have limits.

    Attributes:
        plain: "the decision threshold is 0.7": a bare "threshold", or that of a metric that has a limit.
        alone: The same behind "a" alone, where nothing may follow: "a threshold of 0.5 doubles the calls" is of any.
        beyond: "an alert fires when the share flagged is above 8 %", and the other way round.
    """

    def __init__(self, speaks: Speech) -> None:
        """Make them of how prose speaks of a kind's records."""
        words, metric = speaks.words, f"{LIMITED}+"
        still = rf"(?:{alternatives(words['still'])}\s+)?"
        actor = rf"(?:{speaks.who}|{alternatives(words['we'])})\s+{still}{alternatives(words['uses'])}\s+"
        article = rf"{alternatives(words['articles'])}\s+"
        about = rf"(?:{alternatives(words['about'])}\s*)?"
        unit = r"(?P<unit>\s?[^\W\d_][^\W\d_/]{0,8})?"
        figures = rf"{about}{JOINED}{percents(words)}(?!{NOT_ALONE})"
        of = rf"(?:\s+(?:of|for|on)\s+(?:the\s+)?{metric})?"
        sort = rf"(?:{alternatives(words['sorts'])}\s+)?"
        named = rf"{sort}(?P<what>(?:{metric}\s+)?{alternatives(words['thresholds'])}){of}"
        value = rf"\s*{alternatives((*words['connectors'], *words['set_to']))}\s*{figures}(?!\w)"
        purpose = rf"(?:\s+for\s+(?:[\w-]+\s+)?{alternatives(words['purposes'])}|(?=\s+to\s))?(?:\s+to\s+[^\W\d]+\s.*)?"
        end = rf"(?:{END}|{goes_on(words)})"
        front = rf"{speaks.lead}(?:{actor}(?:{article})?)?{speaks.before}"
        self.plain = re.compile(front + named + value + rf"(?={of}{purpose}(?:{end}|\s*:\s*$))", re.IGNORECASE)
        self.alone = re.compile(rf"{speaks.lead}{article}{named}{value}(?={END})", re.IGNORECASE)
        when, alarmed = alternatives(words["when"]), alternatives(words["alarmed"])
        beyond = rf"{when}\s+(?:(?:the|its|our)\s+)?{metric}\s+{alternatives(words['beyond'])}\s*{figures}{unit}"
        lasting = r"(?:\s+for\s+(?:more\s+than\s+)?(?:an?|\d+|one|two|three|several)\s+(?:\w+\s+)?\w+)?"
        told = r"(?:\s+(?!(?:in|on|for|at|with|of)\b)[\w-]+){1,4}?"
        alerts = rf"(?:{alarmed}|{speaks.who}){told}\s+{beyond}{lasting}(?={end}|\s*,)"
        turned = rf"{beyond}{lasting}\s*,\s*(?:then\s+)?{alarmed}\b"
        bidden = rf"{alternatives(words['do_alert'])}\s+{beyond}{lasting}(?={END})"
        self.beyond = [re.compile(rf"\s*{one}", re.IGNORECASE) for one in (alerts, turned, bidden)]
        self._alerts = words["alerts"]

    def alerts(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where a sentence says from which value on there is an alert."""
        if one_of(self._alerts).search(text):
            found = (pattern.match(text) for pattern in self.beyond)
            yield from (match for match in found if match is not None)


@lru_cache(maxsize=8)
def patterns_of(kind: str, words: Words) -> Patterns:
    """Return what finds thresholds in the prose of a kind's records, made once."""
    return Patterns(speech(kind, words))


def marked(text: str, metrics: Iterable[str]) -> str:
    """Return a text with marks in the place of metrics that have limits, character by character."""
    named = tuple(dict.fromkeys(name for name in metrics if len(name) >= NAME_LEAST))
    return one_of(named).sub(lambda match: LIMITED * len(match[0]), text) if named else text
