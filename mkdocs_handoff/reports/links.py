"""What is known of a model's lineage, link by link, from origin to evaluation: "7 of 9 links known; missing: …"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.reports.flow import data, making, measuring
from mkdocs_handoff.reports.flow.link import State, Teller
from mkdocs_handoff.reports.flow.scope import scope
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.flow.link import Link, LinkType
    from mkdocs_handoff.text.yaml import Path as FieldPath

_TELLERS = (
    data.origins, data.derivations, data.columns, data.computations,
    making.inputs, making.training, making.pipelines, making.code, measuring.artifacts, measuring.evaluations,
    measuring.measured,
)  # fmt: skip
_FEW = 3


@dataclass(frozen=True, slots=True)
class Links:
    """The links that a model's lineage must have, in the order in which things flow."""

    model: Identity
    links: tuple[Link, ...]

    @property
    def known(self) -> int:
        """How many are known; those that do not apply among them."""
        return sum(one.counts for one in self.links)

    @property
    def missing(self) -> tuple[Link, ...]:
        """Those of which nothing is said."""
        return tuple(one for one in self.links if one.state is State.MISSING)

    @property
    def unknown(self) -> tuple[Link, ...]:
        """Those of which it is stated that nobody knows."""
        return tuple(one for one in self.links if one.state is State.UNKNOWN)

    @property
    def text(self) -> str:
        """How many are known, and what is missing."""
        told = [f"{self.known:,} of {counted(len(self.links), 'link')} known"]
        idle = sum(one.state is State.NOT_NEEDED for one in self.links)
        told[0] += f" ({idle:,} {'does' if idle == 1 else 'do'} not apply)" if idle else ""
        for word, found in (("missing", self.missing), ("stated unknown", self.unknown)):
            if found:
                told.append(f"{word}: {'; '.join(lacking(found))}")
        return "; ".join(told)


class Lineages:
    """The links of a catalog's models, each found once, however many ask.

    Args:
        catalog: All records.
        root: The project's root, in which the files are looked for that links lead to; None: nobody looks.
    """

    def __init__(self, catalog: Catalog, root: Path | None = None) -> None:
        self._catalog = catalog
        self._tell = Teller(catalog, root)
        self._found: dict[Identity, Links] = {}
        self._places: dict[tuple[Identity, FieldPath], Place] = {}

    def of(self, model: Identity) -> Links:
        """Return the links of a model. A link is asked for only where something of that step exists."""
        if model not in self._found:
            around = scope(self._catalog, model)
            self._found[model] = Links(model, tuple(link for told in _TELLERS for link in told(around, self._tell)))
        return self._found[model]

    def place(self, link: Link) -> Place:
        """Return the place at which a link is to be mended, looked up once for all models that share it."""
        key = (link.record, link.field)
        if key not in self._places:
            self._places[key] = link.place(self._catalog)
        return self._places[key]


def links(catalog: Catalog, model: Identity, root: Path | None = None) -> Links:
    """Return the links of one model; of many, ask `Lineages`."""
    return Lineages(catalog, root).of(model)


def lacking(found: Iterable[Link]) -> list[str]:
    """Return in words what is missing, one text for each sort of link."""
    sorts: dict[LinkType, list[str]] = {}
    for one in found:
        names = sorts.setdefault(one.type, [])
        if one.of not in names:
            names.append(one.of)
    return [(kind.lacking if len(names) == 1 else kind.several).format(_joined(names)) for kind, names in sorts.items()]


def _joined(names: list[str]) -> str:
    more = len(names) - _FEW
    if more > 1:
        return f"{', '.join(names[:_FEW])} and {more:,} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
