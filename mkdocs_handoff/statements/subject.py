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
from mkdocs_handoff.statements.speech import NAME, speech
from mkdocs_handoff.statements.words import fold_heading, one_of

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.words import Words

_TITLE_LEAST = 3
_PRONOUN = re.compile(r"\s*its?\b", re.IGNORECASE)


class Subject:
    """The record of which prose speaks.

    Attributes:
        speech: How it does so.
    """

    def __init__(self, record: Record, catalog: Catalog, words: Words) -> None:
        """Take the names of a record, and of the models that it measures or is for."""
        self._record, self._catalog, self._words = record, catalog, words
        self.speech = speech(record.kind, words)

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
    def _named(self) -> re.Pattern[str]:
        return one_of(self.names)

    def marked(self, text: str) -> str:
        """Return a text with marks in the place of the record's names, character by character."""
        return self._named.sub(lambda match: NAME * len(match[0]), text)

    def begins(self, sentence: Sentence) -> bool:
        """Tell whether a sentence begins with the record, and where it stands leaves it one of it as a whole."""
        begins = self.speech.begins.match(self.marked(sentence.text)) is not None
        return begins and all(self.plain(title) for title in sentence.headings) and self.holds(sentence)

    def holds(self, sentence: Sentence, *, alerts: bool = False) -> bool:
        """Tell whether what stands around a sentence leaves it one of the record as a whole.

        The sentences before it in its paragraph begin with the record too, and tell of no part and of no try; so does
        what a list stands under, and the items before it. The one after it does not drop what it says. A sentence with
        "it" at the head of a paragraph is held against the paragraph before.

        Args:
            sentence: Any of the record's.
            alerts: Whether a sentence before it may begin with an alert, or with who gets it.
        """
        words, speaks = self._words, self.speech
        begins = speaks.begins_or_alerts if alerts else speaks.begins
        pronoun = _PRONOUN.match(sentence.text) is not None
        for text in map(self.marked, sentence.before):
            if words.found(text, "tried", "other") or (pronoun and speaks.hands_on.search(text)):
                return False
            if (speaks.metric.search(text) and speaks.part.search(text)) or begins.match(text) is None:
                return False
        for text in map(self.marked, sentence.above):
            if words.found(text, "part", "tried", "other", "past", "wish"):
                return False
            if begins.match(text) is None and not self.plain(text):
                return False
        if speaks.drops.match(sentence.after) or not self._listed_with_its_own(sentence):
            return False
        if not sentence.before and pronoun:
            return not any(words.found(text, "tried", "other") for text in sentence.earlier)
        return True

    def happens(self, sentence: Sentence, *, named: bool) -> bool:
        """Tell whether what stands around a sentence leaves what it says to happen that of the record.

        Where it names the record by a noun, the sentences before it may be of anything but another of its kind.
        """
        if not named or sentence.above:
            return self.holds(sentence)
        words, speaks = self._words, self.speech
        before = list(map(self.marked, sentence.before))
        return not any(words.found(text, "tried", "other") or speaks.another(text) for text in before)

    def _listed_with_its_own(self, sentence: Sentence) -> bool:
        """Tell whether the items before one leave it of the record: "Split: train" and "Recall (validation)" do not.

        One that names all the data says so anew: "Test accuracy", "Rows held out".
        """
        for item in (sentence.text, *reversed(sentence.beside)):
            text = self.speech.metric.sub(" ", self.marked(item))
            labelled = self.speech.labels.match(text)
            if item is not sentence.text and (
                self._words.found(text, "strays", "tried", "other")
                or (labelled is not None and not self.plain(item[labelled.end() :]))
            ):
                return False
            if self.speech.all_data.search(text):
                return True
        return True

    def plain(self, heading: str) -> bool:
        """Tell whether under a heading everything is of the record: all its words are known, or of the title."""
        own = {part for name in self.names for part in fold_heading(name)}
        return all(part in self.speech.plain or part in own for part in fold_heading(heading))
