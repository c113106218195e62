"""`prose/metric`: a metric in prose that differs from the recorded one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.observations.thresholds import figure as shown
from mkdocs_handoff.statements.claims import claims_of
from mkdocs_handoff.statements.figures import Figure, agrees
from mkdocs_handoff.statements.guard import Others, of_another, of_now, stands_apart
from mkdocs_handoff.statements.measured import Measured, measured
from mkdocs_handoff.statements.subject import Subject
from mkdocs_handoff.statements.words import holds_any, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.claims import Claims
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.words import Words

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
    recorded: Measured | None = None
    subject = Subject(record, catalog, words)
    claims: Claims | None = None
    units: Mapping[str, str] = {}
    for sentence in held:
        if not any(map(str.isdigit, sentence.text)) or not holds_any(sentence.text, words.names_of_metrics):
            continue
        if recorded is None or claims is None:
            recorded, claims = measured(record, catalog, words), claims_of(record.kind, words)
            units = recorded.units()
        for claim in claims.of(subject.marked(sentence.text), units):
            metric, written = words.metric(claim.name), claim.figure
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
            shown_as = _as_written(written, value.value)
            message = f"{claim.name} is {written.text} here, and {shown_as} where it is recorded"
            step = value.path[-1] if isinstance(value.path[-1], str) else metric
            take = f"`[[{value.record}#metrics.{step}]]`" if value.record.kind == "evaluation" else "the recorded value"
            hint = f"It stands at {value.place}. Mend the one that is wrong; {take} keeps the two from parting again."
            where = sentence.place(claim.at)
            yield Finding(where, "prose/metric", message, hint, Severity.WARNING, str(record.identity))


def _of_all(sentence: Sentence, subject: Subject, words: Words) -> bool:
    """Tell whether a sentence is of now, and of the record as a whole, as are its heading and what is before it."""
    text = one_of(words.names_of_metrics).sub(" ", sentence.text)  # "mean average precision" tells of no average
    if stands_apart(sentence, words) or not of_now(text, words, "past", "wish", "denied", "other", "part"):
        return False
    return all(subject.plain(title) for title in sentence.headings) and subject.holds(sentence)


def _as_written(written: Figure, value: float) -> str:
    """Return a recorded value in the form in which prose has it."""
    if written.percent and abs(value) <= 1:
        return f"{shown(value * 100)} % ({shown(value)})"
    return shown(value)
