"""How prose speaks of a record of a kind: the parts of which the regular expressions of statements are made.

A record's names are not among them: `Subject.marked` puts marks in their place, so that everything is compiled once for
all records of a kind.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.words import alternatives, fold_heading, one_of

if TYPE_CHECKING:
    from mkdocs_handoff.statements.words import Words

NAME = "\ue000"
"""What stands for each character of a name of the record."""
LIMITED = "\ue001"
"""What stands for each character of the name of a metric that has a limit."""


class Speech:
    """Parts of regular expressions, and some whole ones, for a kind of record."""

    def __init__(self, kind: str, words: Words) -> None:
        """Take a kind's name, and the words that there are."""
        self.kind, self.words = kind, words

    @cached_property
    def who(self) -> str:
        """What finds the record as a sentence's subject."""
        subjects = self.words.subjects
        plain = alternatives((*subjects.get("any", ()), *subjects.get(self.kind, ())))
        return rf"(?:{plain}|(?:the\s+)?{NAME}+(?:\s+{alternatives(subjects.get('called', ()))})?)"

    @cached_property
    def sets(self) -> str:
        """What finds the name of all the data: "test set"."""
        return rf"{alternatives(self.words['whole'])}(?:[\s-]*{alternatives(self.words['sets'])})?"

    @cached_property
    def whole(self) -> str:
        """What finds words that leave a figure one of all the data: "on the test set"."""
        return rf"{alternatives(self.words['on'])}\s+(?:(?:the|its|our)\s+)?{self.sets}"

    @cached_property
    def all_data(self) -> re.Pattern[str]:
        """What finds a name of all the data."""
        return one_of(self.words["whole"])

    @cached_property
    def lead(self) -> str:
        """What finds the words that may stand before everything else in a sentence."""
        signs = rf"(?:{alternatives(self.words['signs'])}\s*)*"
        return rf"\s*{signs}(?:(?:{alternatives(self.words['leads'])}|{self.whole})\s*,?\s+)?"

    @cached_property
    def before(self) -> str:
        """What finds the words that may stand right in front of a noun that is the record's."""
        possessive = rf"{self.who}['\u2019]s?"
        return rf"(?:{possessive}\s+)?(?:{alternatives((*self.words['before'], *self.words['whole']))}\s+){{0,3}}"

    @cached_property
    def begins(self) -> re.Pattern[str]:
        """What finds that a sentence begins with the record, or with something of it."""
        return self._begins((*self.words.names_of_metrics, *self.words["thresholds"]))

    @cached_property
    def begins_or_alerts(self) -> re.Pattern[str]:
        """The same, where an alert and who gets it are of the record as well."""
        return self._begins((*self.words.names_of_metrics, *self.words["thresholds"], *self.words["alarmed"]))

    def _begins(self, nouns: tuple[str, ...]) -> re.Pattern[str]:
        we = rf"{alternatives(self.words['we'])}\s+{alternatives(self.words['verbs'])}"
        who = rf"(?:{self.who}|{alternatives(self.words['introduces'])}|{we})(?![\w'\u2019-])"
        return _compiled(rf"{self.lead}(?:{who}|{self.before}{alternatives(nouns)}|its\s)")

    @cached_property
    def metric(self) -> re.Pattern[str]:
        """What finds a metric."""
        return one_of(self.words.names_of_metrics)

    @cached_property
    def part(self) -> re.Pattern[str]:
        """What finds that a figure is of a part, of which the next sentence goes on to tell."""
        of_all = rf"{self.sets}|{self.who}|\d|(?:the|its|our)\s+{self.sets}|{alternatives(self.words['about'])}"
        return _compiled(rf"\b(?:for|on|in|among|with|at|of)\s+(?!{of_all})")

    def another(self, text: str) -> bool:
        """Tell whether a sentence brings in what "the model" may mean from there on: "The vendor sells a model."."""
        return one_of(self.words["nouns"]).search(_compiled(self.who).sub(" ", text)) is not None

    @cached_property
    def drops(self) -> re.Pattern[str]:
        """What finds that a sentence takes back what the one before it says: "So we dropped it."."""
        turned = rf"{alternatives(self.words['turns'])}\b.*?{alternatives(self.words['drops'])}"
        return _compiled(rf"\s*(?:{alternatives(self.words['takes_back'])}|{turned})")

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """What finds an item that says of what those after it are: "Split: train"."""
        return _compiled(rf"\s*{alternatives(self.words['labels'])}\s*[:=]\s*")

    @cached_property
    def hands_on(self) -> re.Pattern[str]:
        """What finds something else that a following "it" may mean: "it calls a detector"."""
        one = r"\s+(?:an?|another|one|the|its|our)\b"
        return _compiled(rf"{alternatives(self.words['hands_on'])}{one}")

    @cached_property
    def plain(self) -> frozenset[str]:
        """The words of headings under which everything is of the record."""
        lists = (self.words[name] for name in ("sections", "on", "whole", "sets", "leads"))
        known = (*(one for words in lists for one in words), *self.words.names_of_metrics)
        return frozenset(part for one in known for part in fold_heading(one))


@lru_cache(maxsize=32)
def speech(kind: str, words: Words) -> Speech:
    """Return how prose speaks of a kind's records, made once."""
    return Speech(kind, words)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
