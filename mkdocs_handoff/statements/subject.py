"""What a sentence is about: the record in whose prose it stands, as far as its words show it.

Everything that is told needs a beginning that is known: "it", "the model", the record's title, or nothing but the
metric itself. What else a sentence may begin with ("In Austria", "The vendor's model", "At first") nobody can list; so
it is not looked for, and the sentence is let alone.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.measured import EVALUATES
from mkdocs_handoff.statements.words import alternatives, fold_heading, one_of

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.words import Words

_TITLE_LEAST = 3


class Subject:
    """How a record's prose speaks of the record."""

    def __init__(self, record: Record, catalog: Catalog, words: Words) -> None:
        """Take the names of a record, and of the models that it measures or is for."""
        self._record, self._catalog, self._words = record, catalog, words

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The titles that mean the record."""
        about = [self._record]
        about += [
            self._catalog.records[one.target]
            for one in self._catalog.outgoing.get(self._record.identity, ())
            if (one.name == EVALUATES[0] or one.path[:1] == ("applies_to",)) and one.target in self._catalog.records
        ]
        found = (name for one in about for name in (one.title, one.identity.name))
        return tuple(dict.fromkeys(name for name in found if len(name) >= _TITLE_LEAST))

    @cached_property
    def who(self) -> str:
        """What finds the record as a sentence's subject, as a part of a regular expression."""
        subjects = self._words.subjects
        plain = alternatives((*subjects.get("any", ()), *subjects.get(self._record.kind, ())))
        return rf"(?:{plain}|(?:the\s+)?{alternatives(self.names)}(?:\s+{alternatives(subjects.get('called', ()))})?)"

    @cached_property
    def whole(self) -> str:
        """What finds words that leave a figure one of all the data: "on the test set", as such a part."""
        return rf"{alternatives(self._words['on'])}\s+(?:(?:the|its|our)\s+)?{self.sets}"

    @cached_property
    def sets(self) -> str:
        """What finds the name of all the data: "test set", as such a part."""
        return rf"{alternatives(self._words['whole'])}(?:[\s-]*{alternatives(self._words['sets'])})?"

    @cached_property
    def lead(self) -> str:
        """What finds the words that may stand before everything else in a sentence, as such a part."""
        return rf"\s*(?:(?:{alternatives(self._words['leads'])}|{self.whole})\s*,?\s+)?"

    @cached_property
    def before(self) -> str:
        """What finds the words that may stand right in front of a noun that is the record's, as such a part."""
        possessive = rf"{self.who}['\u2019]s?"
        return rf"(?:{possessive}\s+)?(?:{alternatives((*self._words['before'], *self._words['whole']))}\s+){{0,3}}"

    @cached_property
    def _begins(self) -> re.Pattern[str]:
        nouns = alternatives((*self._words.names_of_metrics(), *self._words["thresholds"], *self._words["alarmed"]))
        return re.compile(rf"{self.lead}(?:{self.who}(?!['\u2019-])\b|{self.before}{nouns}|its\s)", re.IGNORECASE)

    @cached_property
    def _metric(self) -> re.Pattern[str]:
        return one_of(self._words.names_of_metrics())

    @cached_property
    def _part(self) -> re.Pattern[str]:
        """What finds that a figure is of a part, of which the next sentence goes on to tell."""
        of_all = rf"{self.sets}|{self.who}|\d|(?:the|its|our)\s+{self.sets}|{alternatives(self._words['about'])}"
        return re.compile(rf"\b(?:for|on|in|among|with|at|of)\s+(?!{of_all})", re.IGNORECASE)

    @cached_property
    def _hands_on(self) -> re.Pattern[str]:
        """What finds something else that a following "it" may mean: "it calls a detector"."""
        one = r"\s+(?:an?|another|one|the|its|our)\b"
        return re.compile(rf"{alternatives(self._words['hands_on'])}{one}", re.IGNORECASE)

    def holds(self, sentence: Sentence) -> bool:
        """Tell whether what stands before a sentence leaves it one of the record as a whole.

        The sentences before it in its paragraph begin with the record too, and tell of no part and of no try; so does
        what a list stands under. A sentence with "it" at the head of a paragraph is held against the paragraph before.
        """
        words = self._words
        pronoun = re.match(r"\s*its?\b", sentence.text, re.IGNORECASE) is not None
        for text in sentence.before:
            if words.found(text, "tried", "other") or (pronoun and self._hands_on.search(text)):
                return False
            if self._metric.search(text) and self._part.search(text):
                return False
            if not sentence.first and self._begins.match(text) is None:
                return False
        for text in sentence.above:
            if words.found(text, "part", "tried", "other", "past", "wish"):
                return False
            if self._begins.match(text) is None and not self.plain(text):
                return False
        if not sentence.before and pronoun:
            return not any(words.found(text, "tried", "other") for text in sentence.earlier)
        return True

    def plain(self, heading: str) -> bool:
        """Tell whether under a heading everything is of the record: all its words are known, or of the title."""
        return all(part in self._plain for part in fold_heading(heading))

    @cached_property
    def _plain(self) -> frozenset[str]:
        lists = (self._words[name] for name in ("sections", "on", "whole", "sets", "leads"))
        known = (*(one for words in lists for one in words), *self._words.names_of_metrics(), *self.names)
        return frozenset(part for one in known for part in fold_heading(one))
