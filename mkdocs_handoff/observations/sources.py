"""The field `observations` of a record, as plain data: which files hold values over time, and how they are read."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.text.paths import located

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path

FIELD = "observations"


@dataclass(frozen=True, slots=True)
class Observations:
    """One entry of the field.

    Attributes:
        path: Where the entry stands in the record.
        written: The file as it is written.
        file: The same from the project's root; empty where it leads out.
        title: What tells it from other entries, such as the scanner or the region.
        time: The column of times; empty: the first of `time`, `date`, `timestamp` that there is.
        metric: The column that names the metric, where each row holds one value; empty where each metric has a column.
        value: The column of the value, where `metric` is given.
        columns: What each metric is called in the file: its column, or its name in the column `metric`; empty: all.
        where: Rows that count: the text that each of these columns holds in them.
        unit: The unit of the values.
    """

    path: Path
    written: str
    file: str
    title: str = ""
    time: str = ""
    metric: str = ""
    value: str = "value"
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unit: str = ""


def observations(record: Record) -> tuple[Observations, ...]:
    """Return what a record says of its observations; what is of a wrong type has been told and is left out."""
    listed = record.get(FIELD)
    return tuple(_entries(listed if isinstance(listed, list) else [], posixpath.dirname(record.source.path)))


def _entries(listed: list[Any], folder: str) -> Iterator[Observations]:
    for number, one in enumerate(listed):
        path: Path = (FIELD, number)
        if isinstance(one, str) and one.strip():
            yield Observations(path, one.strip(), located(one.strip(), folder) or "")
        elif isinstance(one, dict) and isinstance(one.get("file"), str) and one["file"].strip():
            written = one["file"].strip()
            yield Observations(
                path,
                written,
                located(written, folder) or "",
                title=_text(one, "title"),
                time=_text(one, "time"),
                metric=_text(one, "metric"),
                value=_text(one, "value") or "value",
                columns=_texts(one.get("columns")),
                where=_texts(one.get("where")),
                unit=_text(one, "unit"),
            )


def _text(one: Mapping[str, Any], key: str) -> str:
    value = one.get(key)
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _texts(value: Any) -> Mapping[str, str]:
    """A mapping of texts. A list of columns names metrics that are called in the file as they are here."""
    if isinstance(value, list):
        return {str(one): str(one) for one in value if isinstance(one, str)}
    if not isinstance(value, dict):
        return MappingProxyType({})
    return {str(key): str(one) for key, one in value.items() if one is not None and not isinstance(one, dict | list)}
