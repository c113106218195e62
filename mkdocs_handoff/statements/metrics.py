"""`prose/metric`: a metric in prose that differs from the recorded one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.observations.thresholds import figure as shown
from mkdocs_handoff.statements.figures import NUMBER, Figure, agrees, alone, figure, percents
from mkdocs_handoff.statements.guard import Others, of_another, of_now, stands_apart
from mkdocs_handoff.statements.measured import Measured, measured
from mkdocs_handoff.statements.words import alternatives, holds_any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.words import Words

KINDS = ("model", "evaluation")
_WORD_BEFORE = re.compile(r"(?:^|[^\w\u2019'-])([\w\u2019'-]+)\s+$")


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
    for sentence in held:
        if not any(map(str.isdigit, sentence.text)):
            continue
        for name, written, at, last in _stated(sentence.text, words):
            end = last
            recorded = measured(record, catalog, words) if recorded is None else recorded
            metric = words.metric(name)
            value = recorded.holds(metric)
            share = metric in words.shares
            if value is None or any(agrees(written, known, share=share) for known in recorded.known[metric]):
                continue
            if written.percent and not share and value.unit not in ("", "%"):
                continue
            if not share and value.unit:
                unit = re.match(rf"\s*{re.escape(value.unit)}(?!\w)", sentence.text[end:], re.IGNORECASE)
                end += unit.end() if unit is not None else 0
            if not _whole(sentence.text, end, words):  # another unit is no end, either
                continue
            if stands_apart(sentence, words) or not of_now(sentence, words, "past", "wish", "other", "part"):
                continue
            if of_another(sentence.text, record, others, words):
                continue
            message = f"{name} is {written.text} here, and {_as_written(written, value.value)} where it is recorded"
            step = value.path[-1] if isinstance(value.path[-1], str) else metric
            take = f"`[[{value.record}#metrics.{step}]]`" if value.record.kind == "evaluation" else "the recorded value"
            hint = f"It stands at {value.place}. Mend the one that is wrong; {take} keeps the two from parting again."
            where = sentence.place(at)
            yield Finding(where, "prose/metric", message, hint, Severity.WARNING, str(record.identity))


def _stated(text: str, words: Words) -> Iterator[tuple[str, Figure, int, int]]:
    """Yield what a sentence says of metrics: the name, the figure, where the figure begins, and where it all ends."""
    names = tuple(word for ways in words.metrics.values() for word in ways)
    if not holds_any(text, names):
        return
    connectors, percent = alternatives(words["connectors"]), percents(words)
    about = rf"(?P<about>{alternatives(words['about'])}\s*)?"
    after = re.compile(rf"(?:\s+score)?\s*{connectors}\s*(?:(?:a|an|the)\s+)?{about}{NUMBER}{percent}", re.IGNORECASE)
    before = re.compile(rf"{about}{NUMBER}{percent}\s+(?:{alternatives(words['whole'])}\s+)?$", re.IGNORECASE)
    for match in re.finditer(alternatives(names), text, re.IGNORECASE):
        following = after.match(text, match.end())
        if following is not None:
            word = _WORD_BEFORE.search(text[: match.start()])
            allowed = word is None or word[1].casefold().replace("\u2019", "'") in (*words["before"], *words["whole"])
            if allowed and alone(text, following.end()):
                found = figure(following, about=bool(following["about"]))
                yield match[0], found, following.start("number"), following.end()
            continue
        start = max(0, match.start() - 40)
        leading = before.search(text[start : match.start()])
        if leading is not None and re.match(r"\s*(?:[.,;:)]|and\b|on\b|over\b|in\b|$)", text[match.end() :]):
            found = figure(leading, about=bool(leading["about"]))
            if found.percent or "." in found.text:  # "3 precision" is no figure of it
                yield match[0], found, start + leading.start("number"), match.end()


def _whole(text: str, end: int, words: Words) -> bool:
    """Tell whether what follows a figure leaves it one of all the data."""
    rest = text[end:]
    on, whole, sets = (alternatives(words[name]) for name in ("on", "whole", "sets"))
    all_of_it = rf"{on}\s+(?:(?:the|its|our)\s+)?{whole}(?:[\s-]*{sets})?"
    joins = alternatives(words["joins"])
    return re.match(rf"\s*(?:{all_of_it})?\s*(?:$|[.,;:!)\]\u2014\u2013]|{joins})", rest, re.IGNORECASE) is not None


def _as_written(written: Figure, value: float) -> str:
    """Return a recorded value in the form in which prose has it."""
    if written.percent and abs(value) <= 1:
        return f"{shown(value * 100)} % ({shown(value)})"
    return shown(value)
