"""Whether the words that are used are explained."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.reports.readiness.ask import KNOWLEDGE
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.given import EVALUATION, mappings
from mkdocs_handoff.reports.readiness.told import Lack, Sort, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

TERMS = Sort(
    Area.VOCABULARY,
    "terms-are-defined",
    "Every term that is used in scope is in the glossary, with a definition",
    "Write the term's `definition`.",
    KNOWLEDGE,
)
WORDS = Sort(
    Area.VOCABULARY,
    "no-discouraged-words",
    "No record in scope uses a word that the glossary discourages",
    "Use the glossary's word.",
    KNOWLEDGE,
)
METRICS = Sort(
    Area.VOCABULARY,
    "metrics-are-explained",
    "Every metric of an evaluation is explained: by a term, or in the evaluation's own words",
    "Add a term of the metric's name to the glossary, or tell in the evaluation's `notes` what it counts.",
    KNOWLEDGE,
)
SORTS = (TERMS, WORDS, METRICS)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of the vocabulary."""
    terms = [
        [] if record.get("definition") else [lack(record, ("definition",), f"the definition of {record.identity}")]
        for record in case.of_kind(TERM)
    ]
    wanted = [
        [Lack(place, str(one), record, mend="Write the term into the glossary.")]
        for record, one, place in case.wanted
        if one.kind == TERM
    ]
    yield tell(case, TERMS, "term", (*terms, *wanted))
    wrong: dict[object, list[Lack]] = {record.identity: [] for record in case.records}
    for record, finding in case.findings:
        if finding.rule == "term/discouraged":
            text = f"{record.identity}: {finding.message}"
            wrong[record.identity].append(Lack(finding.place, text, record, mend=finding.hint))
    yield tell(case, WORDS, "record", wrong.values())
    known: dict[str, bool] = {}
    measured = (one for record in case.of_kind(EVALUATION) for one in _metrics(case, record, known))
    yield tell(case, METRICS, "metric", measured)


def _metrics(case: Case, record: Record, known: dict[str, bool]) -> Iterator[list[Lack]]:
    seen: set[str] = set()
    for path, item in mappings(record, "metrics"):
        if not isinstance(item, dict):
            continue
        given = [str(item[field]) for field in ("name", "type") if item.get(field)]
        name = given[0] if given else "value"
        if name in seen:  # the same, of a slice
            continue
        seen.add(name)
        names = given or [name]
        good = item.get("description") or any(_is_term(case, one, known) for one in names) or _told(record, names)
        yield [] if good else [lack(record, path, f"what {name} is ({record.identity})")]


def _is_term(case: Case, name: str, known: dict[str, bool]) -> bool:
    """Whether a metric's name holds a word of the glossary; many evaluations have the same few metrics."""
    if name not in known:
        words = name.replace("_", " ")
        # `auc` as a type means the abbreviation `AUC`, which the glossary finds in capitals only.
        found = (match for text in (words, words.upper()) for match in case.catalog.glossary.find(text))
        known[name] = any(not match.discouraged for match in found)
    return known[name]


def _told(record: Record, names: list[str]) -> bool:
    """Whether an evaluation speaks of a metric in its own words."""
    own = [str(record.get(field) or "") for field in ("description", "notes")]
    text = _plain(" ".join((*own, record.body.text if record.body is not None else "")))
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in map(_plain, names) if name)


def _plain(text: str) -> str:
    """Return a text as names are compared: `ROC-AUC`, `roc_auc` and `Roc  AUC` are one."""
    return " ".join(text.replace("_", " ").replace("-", " ").split()).casefold()
