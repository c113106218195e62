"""Whether the data behind a model is described well enough to be used by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.readiness.ask import DATA
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.given import mappings
from mkdocs_handoff.reports.readiness.told import Lack, Sort, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

_FIELDS = ("training_data", "datasets", "evaluation_data")

CARDS = Sort(
    Area.DATA,
    "data-have-cards",
    "All data that a model is trained and evaluated on has a record",
    "Write the dataset's record, and name it in `training_data` or `evaluation_data`.",
    DATA,
)
VERSIONS = Sort(
    Area.DATA,
    "data-have-versions",
    "Each dataset states its version, or a checksum of its files",
    "Write `version`, or `checksum` beside each of its `files`.",
    DATA,
)
ACCESS = Sort(
    Area.DATA,
    "data-access-is-described",
    "Each dataset says how one gets at it",
    'Write `access`: the system, and how one gets in. `{not-applicable: "it is public"}` is an answer.',
    DATA,
)
LICENCE = Sort(
    Area.DATA,
    "licences-are-stated",
    "Each dataset states its licence, or how confidential it is",
    "Write `license` or `confidentiality`.",
    DATA,
)
PERSONAL = Sort(
    Area.DATA,
    "personal-information-is-stated",
    "Each dataset says what it holds of persons",
    'Write `personal_sensitive_information`, also where it is none: `{not-applicable: "no persons in it"}`.',
    DATA,
)
QUALITY = Sort(
    Area.DATA,
    "quality-holds",
    "No quality check of a dataset has failed",
    "Mend the data, or change what is expected by a decision.",
    DATA,
)
SORTS = (CARDS, VERSIONS, ACCESS, LICENCE, PERSONAL, QUALITY)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of data."""
    yield tell(case, CARDS, "reference", (one for model in case.models for one in _cards(case, model)))
    for sort, fields, what in (
        (VERSIONS, ("version",), "the version"),
        (ACCESS, ("access",), "the access"),
        (LICENCE, ("license", "licenses", "license_name", "confidentiality"), "the licence"),
        (PERSONAL, ("personal_sensitive_information", "privacy_considerations"), "what is personal in it"),
    ):
        items = (_states(record, fields, f"{what} of {record.identity}") for record in case.data)
        yield tell(case, sort, "dataset", items)
    results = (one for record in case.data for one in _quality(record))
    yield tell(case, QUALITY, "result", results, nothing="no quality result is written")


def _cards(case: Case, model: Record) -> Iterator[list[Lack]]:
    found = False
    for field in _FIELDS:
        for path, item in mappings(model, field):
            found = found or field != "evaluation_data"
            inner = (*path, "ref") if isinstance(item, dict) else path
            target = case.catalog.targets.get((model.identity, inner))
            name = item.get("ref") if isinstance(item, dict) else item
            yield [] if isinstance(target, Identity) else [lack(model, inner, f"a record of {name}")]
    if not found:
        yield [lack(model, ("training_data",), f"the training data of {model.identity}")]


def _states(record: Record, fields: tuple[str, ...], text: str) -> list[Lack]:
    if any(record.get(name) not in (None, "", [], {}) for name in fields):
        return []
    if fields == ("version",) and _summed(record):
        return []
    stated = next((name for name in fields if (name,) in record.gaps), fields[0])
    return [lack(record, (stated,), text)]


def _summed(record: Record) -> bool:
    files = mappings(record, "files")
    return bool(files) and all(isinstance(item, dict) and item.get("checksum") for _, item in files)


def _quality(record: Record) -> Iterator[list[Lack]]:
    for path, item in mappings(record, "quality"):
        if isinstance(item, dict) and item.get("success") is not None:
            name = item.get("name") or item.get("metric") or f"result {int(path[-1]) + 1}"
            yield (
                []
                if item["success"] is not False
                else [lack(record, (*path, "success"), f"{name} of {record.identity}")]
            )
