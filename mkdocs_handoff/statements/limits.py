"""`prose/threshold`: a threshold in prose that is none of those that are recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.statements.figures import Figure, agrees, figure
from mkdocs_handoff.statements.guard import Others, of_another, of_now, stands_apart
from mkdocs_handoff.statements.measured import lines
from mkdocs_handoff.statements.subject import Subject
from mkdocs_handoff.statements.thresholds import NAME_LEAST, marked, patterns_of
from mkdocs_handoff.statements.words import holds_any, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.thresholds import Patterns
    from mkdocs_handoff.statements.words import Words
    from mkdocs_handoff.text.yaml import Path

KINDS = ("model", "playbook")
_FIELDS = (("decision_thresholds", "value"), ("monitors", "threshold"), ("guardrails", "threshold"))
_UNITS = re.compile(r"(?<=\d)\s?([^\W\d_][^\W\d_/]*)")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Limit:
    """A recorded limit: of which metric, its numbers, and where it stands."""

    record: Record
    path: Path
    metric: str
    lines: tuple[float, ...]
    text: str


def check(
    record: Record, held: Iterable[Sentence], catalog: Catalog, others: Others, words: Words
) -> Iterator[Finding]:
    """Yield the thresholds in prose that are not those of the model's monitors, guardrails and decision thresholds.

    Args:
        record: A model, or a playbook of models.
        held: Its sentences.
        catalog: All records.
        others: The models among them, by name.
        words: How thresholds are written.
    """
    limits = list(_limits(record, catalog))
    if not limits:
        return
    known = [number for limit in limits for number in limit.lines] + list(_others(record, catalog))
    subject = Subject(record, catalog, words)
    for sentence in held:
        if not any(map(str.isdigit, sentence.text)):
            continue
        if not holds_any(sentence.text, (*words["thresholds"], *words["beyond"])):
            continue
        text = marked(subject.marked(sentence.text), (limit.metric for limit in limits))
        for match, meant in _stated(sentence.text, text, patterns_of(record.kind, words), limits):
            written: Figure = figure(match)
            if not meant or any(_agrees(written, number) for number in known) or not _unit_of(match, meant[0]):
                continue
            around = f"{sentence.text[: match.start()]} {sentence.text[match.end() :]}"
            if stands_apart(sentence, words) or not of_now(around, words, "past", "other"):
                continue
            if _wished(sentence.text, match, words) or of_another(sentence.text, record, others, words):
                continue
            if record.kind == "model" and not all(subject.plain(title) for title in sentence.headings):
                continue
            if not subject.holds(sentence, alerts=True):
                continue
            limit = meant[0]
            place = limit.record.source.place(limit.path)
            of = f" of {limit.metric!r}" if limit.metric else ""
            message = f"the threshold is {written.text} here, and {limit.text} where that{of} is recorded"
            hint = f"It stands at {place}. Mend the one that is wrong."
            where = sentence.place(match.start("number"))
            yield Finding(where, "prose/threshold", message, hint, Severity.WARNING, str(record.identity))


def _stated(
    written: str, text: str, patterns: Patterns, limits: list[Limit]
) -> Iterator[tuple[re.Match[str], list[Limit]]]:
    """Yield the thresholds of a sentence, each with the limits that it may mean."""
    named = [limit for limit in limits if _names(limit.metric, written)]
    match = patterns.plain.match(text) or patterns.alone.match(text)
    if match is not None:
        decides = [limit for limit in limits if limit.path[0] == "decision_thresholds"]
        alerts = [limit for limit in limits if limit.path[0] != "decision_thresholds"]
        what = written[slice(*match.span("what"))].casefold()
        meant = named or (decides if what.startswith("decision") else alerts if what.startswith("al") else limits)
        # Of several limits of several metrics, nobody can say which one is meant.
        yield match, meant if len({limit.metric for limit in meant}) == 1 else []
    for match in patterns.alerts(text) if named else ():
        yield match, named if len({limit.metric for limit in named}) == 1 else []


def _names(metric: str, text: str) -> bool:
    return len(metric) >= NAME_LEAST and one_of((metric,)).search(text) is not None


def _unit_of(match: re.Match[str], limit: Limit) -> bool:
    """Tell whether a figure has the unit of a limit, or none."""
    unit = (match.groupdict().get("unit") or "").strip().casefold()
    return not unit or unit in _UNITS.findall(limit.text.casefold())


def _wished(text: str, match: re.Match[str], words: Words) -> bool:
    """Tell whether a wish stands before a threshold, or a denial beside it; what else comes after is its reason."""
    modal = tuple(word for word in words["wish"] if word not in (*words["beyond"], *words["when"]))
    denials = tuple(word for word in words["denied"] if word != "off")  # "it is switched off when …" is a guardrail
    before, after = text[: match.start("number")], text[match.end() :]
    return one_of((*modal, *denials)).search(before) is not None or words.found(after, "denied")


def _agrees(written: Figure, number: float) -> bool:
    both = (written.percent, False) if abs(number) <= 1 else (False,)
    return any(agrees(written, number, share=share) for share in both) or (
        not written.percent and written.value > 1 and agrees(written, number * 100, share=False)
    )


def _limits(record: Record, catalog: Catalog) -> Iterator[Limit]:
    for model in _models(record, catalog):
        for field, key in _FIELDS:
            listed: Any = model.get(field)
            for number, one in enumerate(listed if isinstance(listed, list) else ()):
                written = one.get(key) if isinstance(one, dict) else None
                if written in (None, ""):
                    continue
                found = lines(written)
                if found:
                    metric = str(one.get("metric") or "")
                    yield Limit(model, (field, number, key), metric, found, str(written))


def _models(record: Record, catalog: Catalog) -> list[Record]:
    if record.kind == "model":
        return [record]
    found = (one.target for one in catalog.outgoing.get(record.identity, ()) if one.path[:1] == ("applies_to",))
    return [catalog.records[identity] for identity in dict.fromkeys(found) if identity.kind == "model"]


def _others(record: Record, catalog: Catalog) -> Iterator[float]:
    """Yield the numbers beside thresholds: what is normal, what a condition says, what evaluations must reach."""
    for model in _models(record, catalog):
        for field in ("monitors", "guardrails"):
            listed: Any = model.get(field)
            for one in listed if isinstance(listed, list) else ():
                for key in ("normal", "condition", "threshold", "note", "action"):
                    if isinstance(one, dict) and one.get(key) not in (None, ""):
                        yield from map(float, _NUMBERS.findall(str(one[key])))
        for relation in catalog.incoming.get(model.identity, ()):
            metrics: Any = (
                catalog.records[relation.source].get("metrics") if relation.source.kind == "evaluation" else None
            )
            for one in metrics if isinstance(metrics, list) else ():
                if isinstance(one, dict) and one.get("threshold") is not None:
                    yield from lines(one["threshold"])
