"""`prose/metric`: a metric in prose that differs from the recorded one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.observations.thresholds import figure as shown
from mkdocs_handoff.statements.claims import claims_of, tail_of
from mkdocs_handoff.statements.figures import Figure, agrees
from mkdocs_handoff.statements.guard import Others, of_another, of_now, stands_apart
from mkdocs_handoff.statements.measured import measured
from mkdocs_handoff.statements.subject import Subject
from mkdocs_handoff.statements.words import holds_any, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.claims import Claim
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.words import Words
    from mkdocs_handoff.text.yaml import Path

KINDS = ("model", "evaluation")


def check(
    record: Record, held: Iterable[Sentence], catalog: Catalog, others: Others, words: Words
) -> Iterator[Finding]:
    """Yield the metrics in a record's prose that are recorded with another value.

    Args:
        record: A model or an evaluation.
        held: Its sentences.
        catalog: All records.
        others: The models among them, by name.
        words: How metrics are written.
    """
    asked = [one for one in held if any(map(str.isdigit, one.text)) and holds_any(one.text, words.names_of_metrics)]
    if not asked:
        return
    recorded, subject = measured(record, catalog, words), Subject(record, catalog, words)
    claims, units = claims_of(record.kind, words), recorded.units()
    stated = [_Stated(one, claim) for one in asked for claim in claims.of(subject.marked(one.text), units)]
    beside = _Beside(stated, subject, words)
    for one in stated:
        sentence, written = one.sentence, one.claim.figure
        metric = words.metric(one.claim.name)
        value = recorded.holds(metric)
        share = metric in words.shares
        if value is None or any(agrees(written, known, share=share) for known in recorded.known[metric]):
            continue
        if share and not written.percent and written.value > 1 and written.step >= 1:
            continue  # "a precision of 16" is of bits
        if written.percent and not share and value.unit not in ("", "%"):
            continue
        if not _of_all(sentence, subject, words) or of_another(sentence.text, record, others, words):
            continue
        if any(_differ(written, other, share=share) for other in beside.figures(one)):
            continue  # one metric with two values in one section: nobody can say which is the record's
        message = (
            f"{one.claim.name} is {written.text} here, and {_as_written(written, value.value)} where it is recorded"
        )
        step = value.path[-1] if isinstance(value.path[-1], str) else metric
        take = f"`[[{value.record}#metrics.{step}]]`" if value.record.kind == "evaluation" else "the recorded value"
        hint = f"It stands at {value.place}. Mend the one that is wrong; {take} keeps the two from parting again."
        where = sentence.place(one.claim.at)
        yield Finding(where, "prose/metric", message, hint, Severity.WARNING, str(record.identity))


@dataclass(frozen=True, slots=True)
class _Stated:
    """A claim, and the sentence that makes it."""

    sentence: Sentence
    claim: Claim


class _Beside:
    """The figures that sections give metrics, each once."""

    def __init__(self, stated: Iterable[_Stated], subject: Subject, words: Words) -> None:
        self._stated: dict[tuple[Path, int, str], list[_Stated]] = defaultdict(list)
        for one in stated:
            self._stated[self._key(one, words)].append(one)
        self._figures: dict[tuple[Path, int, str], tuple[Figure, ...]] = {}
        self._subject, self._words = subject, words

    def figures(self, one: _Stated) -> tuple[Figure, ...]:
        """Return what the section of a claim says of its metric, where it is of the record as a whole."""
        key = self._key(one, self._words)
        if key not in self._figures:
            whole = (other for other in self._stated[key] if _of_all(other.sentence, self._subject, self._words))
            self._figures[key] = tuple({other.claim.figure.text: other.claim.figure for other in whole}.values())
        return self._figures[key]

    @staticmethod
    def _key(one: _Stated, words: Words) -> tuple[Path, int, str]:
        return one.sentence.path, one.sentence.section, words.metric(one.claim.name)


def _differ(one: Figure, other: Figure, *, share: bool) -> bool:
    share = share or one.percent or other.percent
    return not (agrees(one, other.value, share=share) or agrees(other, one.value, share=share))


def _of_all(sentence: Sentence, subject: Subject, words: Words) -> bool:
    """Tell whether a sentence is of now, and of the record as a whole, as are its heading and what is before it."""
    text = one_of(words.names_of_metrics).sub(" ", sentence.text)  # "mean average precision" tells of no average
    text = text[: ended.start()] if (ended := tail_of(words).search(text)) is not None else text
    if stands_apart(sentence, words) or not of_now(text, words, "past", "wish", "denied", "other", "part"):
        return False
    return all(subject.plain(title) for title in sentence.headings) and subject.holds(sentence)


def _as_written(written: Figure, value: float) -> str:
    """Return a recorded value in the form in which prose has it."""
    if written.percent and abs(value) <= 1:
        return f"{shown(value * 100)} % ({shown(value)})"
    return shown(value)
