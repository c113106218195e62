"""A link of lineage: from what, to what, and whether anybody can say how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.owners import ACCOUNTABLE, owners
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.flow.disk import Disk
from mkdocs_handoff.reports.flow.lock import Locks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path as Folder

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Gap, Record
    from mkdocs_handoff.text.yaml import Path


class State(StrEnum):
    """How much is known of a link."""

    KNOWN = "known"
    NOT_NEEDED = "does not apply"
    UNKNOWN = "stated unknown"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class LinkType:
    """A sort of link.

    Attributes:
        name: For programs.
        title: From what to what, for people.
        lacking: What is missing where a link is: `lacking` of the record that lacks it, `several` of many.
        wants: What makes it known.
    """

    name: str
    title: str
    lacking: str
    several: str
    wants: str


ORIGIN = LinkType(
    "origin",
    "origin → dataset",
    "the origin of {}",
    "the origins of {}",
    "the dataset states where it comes from: `collection`, `source_datasets`, `lineage`, an address of its `files`, "
    "or a link to its source or citation",
)
DERIVATION = LinkType(
    "derivation",
    "dataset → dataset",
    "the code that makes {}",
    "the code that makes {}",
    "a step of the dataset's `lineage` names its `code` or `pipeline`, or a pipeline's step reads the one "
    "and makes the other",
)
COLUMNS = LinkType(
    "columns",
    "dataset column → feature",
    "the source columns of {}",
    "the source columns of {}",
    "the feature's `sources` name datasets, and `columns` of those that list theirs",
)
COMPUTATION = LinkType(
    "computation",
    "code → feature",
    "the code that computes {}",
    "the code that computes {}",
    "the feature's `transformation` names its `code`, `path` or `pipeline`, or a pipeline's step makes the feature",
)
INPUT = LinkType(
    "input",
    "feature → model input",
    "what {} is fed from or into",
    "what {} are fed from or into",
    "an input of the model names the `feature` or `column`, has a feature's name, or takes all features as one vector",
)
TRAINING = LinkType(
    "training",
    "dataset → training",
    "the version of {} that was trained on",
    "the versions of {} that were trained on",
    "the model's training data, or the pipeline that makes the model, names the dataset's `checksum`, or a `version` "
    "that its record does not contradict",
)
PIPELINE = LinkType(
    "pipeline",
    "pipeline → model",
    "how {} is made",
    "how {} are made",
    "the model's `reproduce` names a `pipeline`, whose steps make the model or a file of it, or a `command`",
)
CODE = LinkType(
    "code",
    "code → pipeline step",
    "the code of {}",
    "the code of {}",
    "the step that makes something has a `command`, `code`, or says what is done `by_hand`",
)
ARTIFACT = LinkType(
    "artifact",
    "model version → artifact",
    "the checksums of {}",
    "the checksums of {}",
    "the version lists `artifacts`, each with a `checksum`, and a `path` at which there is a file",
)
EVALUATION = LinkType(
    "evaluation",
    "model version → evaluation",
    "an evaluation of {}",
    "evaluations of {}",
    "an evaluation names the model, and this version of it or none, and has metrics",
)
MEASURED = LinkType(
    "measured",
    "dataset → evaluation",
    "the data of {}",
    "the data of {}",
    "the evaluation names the `dataset` that it was measured on",
)
TYPES = (
    ORIGIN, DERIVATION, COLUMNS, COMPUTATION, INPUT, TRAINING, PIPELINE, CODE, ARTIFACT, EVALUATION, MEASURED,
)  # fmt: skip
"""All sorts of links, in the order in which things flow."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: a record or a part of one, or what is only a word (`origin`, a path, a hub's name)."""

    text: str
    identity: Identity | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link.

    Attributes:
        reason: What makes it known, or what is missing, in words.
        record: The record that says it, or in which it is to be said; `field` is where in it.
        ask: Who answers for that record; None where nobody does, or nobody of that name is written down.
        of: What `lacking` speaks of.
    """

    type: LinkType
    source: End
    target: End
    state: State
    reason: str
    record: Identity
    field: Path
    of: str
    ask: Identity | None = None

    @property
    def counts(self) -> bool:
        """Whether nothing is to be found out: it is known, or is not needed."""
        return self.state in (State.KNOWN, State.NOT_NEEDED)

    def place(self, catalog: Catalog) -> Place:
        """Return the place to mend: reading a file again for its lines costs as much as reading it."""
        return catalog.records[self.record].source.place(self.field)


class Teller:
    """Tells links of one catalog: with whom to ask, and with the gaps that records state.

    Args:
        catalog: All records.
        root: The project's root, in which the files are looked for that links lead to; None: nobody looks.
    """

    def __init__(self, catalog: Catalog, root: Folder | None = None) -> None:
        self.catalog = catalog
        self.disk = Disk(root)
        self.locks = Locks(root)
        self._asked: dict[Identity, Identity | None] = {}

    def known(self, kind: LinkType, source: End, target: End, reason: str, at: tuple[Record, Path]) -> Link:
        """Return a link that is known, by what a record says in a field."""
        return self._link(kind, source, target, State.KNOWN, reason, at, target.text)

    def open(
        self,
        kind: LinkType,
        source: End,
        target: End,
        reason: str,
        at: tuple[Record, Path],
        of: str = "",
        gaps: Iterable[Path] = (),
    ) -> Link:
        """Return a link that nothing makes known: missing, unless its record states a gap in one of some fields.

        Args:
            kind: Its sort.
            source: From what.
            target: To what.
            reason: What is missing.
            at: The record that lacks it, and the field in which it belongs.
            of: What `lacking` speaks of; empty: the target.
            gaps: Fields besides this one in which a stated gap is an answer.
        """
        record, path = at
        for field in (path, *gaps):
            gap = gap_at(record, field)
            if gap is not None:
                state = State.UNKNOWN if gap.why == "unknown" else State.NOT_NEEDED
                told = gap.reason or ("nobody knows" if state is State.UNKNOWN else "does not apply")
                return self._link(kind, source, target, state, told, (record, field), of or target.text)
        return self._link(kind, source, target, State.MISSING, reason, at, of or target.text)

    def _link(
        self, kind: LinkType, source: End, target: End, state: State, reason: str, at: tuple[Record, Path], of: str
    ) -> Link:
        record, path = at
        return Link(kind, source, target, state, reason, record.identity, path, of, self._ask(record))

    def _ask(self, record: Record) -> Identity | None:
        """Return who answers for a record: its accountable owner, else its first."""
        if record.identity not in self._asked:
            listed = sorted(owners(record), key=lambda one: one.role != ACCOUNTABLE)
            targets = (self.catalog.targets.get((record.identity, one.path)) for one in listed)
            self._asked[record.identity] = next((one for one in targets if isinstance(one, Identity)), None)
        return self._asked[record.identity]

    def end(self, identity: Identity, part: str = "") -> End:
        """Return a record as an end of a link; `part` is a version or step of it."""
        return End(f"{self.catalog.title(identity)} {part}".rstrip(), identity)

    def said(self, identity: Identity, field: str) -> list[Relation]:
        """Return what a record says of others in one of its fields, in the order of writing."""
        return [one for one in self.catalog.outgoing.get(identity, ()) if one.path[:1] == (field,)]


def gap_at(record: Record, path: Path) -> Gap | None:
    """Return the gap that a record states at a path, or around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in record.gaps:
            return record.gaps[path[:length]]
    return None


def listed(record: Record, *names: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the mappings of the lists in some fields, each with its path."""
    for name in names:
        value = record.get(name)
        for number, one in enumerate(value if isinstance(value, list) else ()):
            if isinstance(one, dict):
                yield (name, number), one


def given(value: Any) -> bool:
    """Whether a value says something."""
    return value not in (None, "", [], {})
