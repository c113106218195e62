"""What was in a catalog and is in a later one no more, and who refers to it all the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.links import local, record_at
from mkdocs_handoff.catalog.references import parse, written
from mkdocs_handoff.catalog.relations import External
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.record import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.fields import Reference


@dataclass(frozen=True, slots=True)
class Asker:
    """A reference to a record that is gone.

    Attributes:
        record: Who refers to it.
        place: Where.
        text: As it is written.
        link: Whether it is a link to the record's file, and not its name.
        address: Where it leads now, if it is taken for something outside.
        read: Whether it was read from a line of prose, on which a link may say the same.
    """

    record: Identity
    place: Place
    text: str
    link: bool = False
    address: str = ""
    read: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """A record that was there and is there no more.

    Attributes:
        identity: What it was called.
        path: The file that it stood in.
        lifecycle: What it had last.
        adopted: Whether its file was another tool's, in which nobody writes fields of ours.
        now: What is new since, and seems to be the same record under another name; None where nothing does.
        now_path: The file of that one.
        asked_by: Who refers to it all the same, by place.
    """

    identity: Identity
    path: str
    lifecycle: str = ""
    adopted: bool = False
    now: Identity | None = None
    now_path: str = ""
    asked_by: tuple[Asker, ...] = ()


def gone(
    before: Catalog, now: Catalog, unread: Collection[str] = (), there: Callable[[str], bool] | None = None
) -> tuple[Gone, ...]:
    """Return the records that are gone.

    Args:
        before: The earlier catalog.
        now: The later one.
        unread: Files that cannot be read now: what they held is not gone, and is told of elsewhere.
        there: Tells whether a file is there now: a link to it leads somewhere, record or not. None: of none.
    """
    left = {
        identity: record
        for identity, record in before.records.items()
        if identity not in now.records and record.source.path not in unread
    }
    if not left:
        return ()
    asking: dict[Identity, list[Asker]] = defaultdict(list)
    for identity, asker in (*_askers(now, before, left), *_linking(now, before, left)):
        if not asker.link or there is None or not there(left[identity].source.path):
            asking[identity].append(asker)
    found = []
    for identity, record in left.items():
        same = _same(record, before, now)
        where = now.records[same].source.path if same is not None else ""
        asked_by = tuple(sorted(_once(asking[identity]), key=lambda one: (one.place, one.text)))
        theirs = adopted(record)
        found.append(Gone(identity, record.source.path, record.lifecycle, theirs, same, where, asked_by))
    return tuple(found)


def _once(askers: Collection[Asker]) -> set[Asker]:
    """Return references without those that were read from a link which is among them."""
    links = {(one.place.path, one.place.line) for one in askers if one.link}
    return {one for one in askers if not one.read or (one.place.path, one.place.line) not in links}


def _askers(now: Catalog, before: Catalog, left: Collection[Identity]) -> Iterator[tuple[Identity, Asker]]:
    """Yield the references that mean nothing now, and meant a record that is gone."""
    for identity, record in now.records.items():
        for one in written(record, now.kinds[identity.kind].root):
            target = now.targets.get((identity, one.path))
            if isinstance(target, Identity) or _several(now, one.text, one.reference):
                continue
            address = target.url if isinstance(target, External) else ""
            for meant in _meant(before, one.text, one.reference, left):
                read = str(one.path[0]) in record.source.prose
                yield meant, Asker(identity, record.source.place(one.path), one.text, address=address, read=read)
        for passage in now.passages.get(identity, ()):
            for mention in passage.mentions:
                if now.find(mention.reference):
                    continue
                for meant in _meant(before, mention.reference, None, left):
                    place = passage.place(record, mention.line, mention.column)
                    yield meant, Asker(identity, place, f"[[{mention.reference}]]")


def _several(now: Catalog, text: str, reference: Reference) -> bool:
    """Tell whether a reference may mean several records now: that is told by itself."""
    name = parse(text, now.namespace)
    return name is not None and len(now.index.meant(name, reference)) > 1


def _linking(now: Catalog, before: Catalog, left: Collection[Identity]) -> Iterator[tuple[Identity, Asker]]:
    """Yield the links that lead to no record now, and led to one that is gone."""
    for identity, record in now.records.items():
        for passage, link in ((held, link) for held in now.passages.get(identity, ()) for link in held.links):
            where = local(link.target, record.source.path)
            meant = record_at(where, before.files) if where is not None and not link.image else None
            if where is not None and meant is not None and meant in left and record_at(where, now.files) is None:
                yield meant, Asker(identity, passage.place(record, link.line, link.column), link.target, link=True)


def _meant(before: Catalog, text: str, reference: Reference | None, left: Collection[Identity]) -> tuple[Identity, ...]:
    """Return the record that a reference, in prose or in a field, meant; nothing where it could have meant several."""
    name = parse(text, before.namespace)
    found = before.find(text) if name is None or reference is None else before.index.meant(name, reference)
    return found if len(found) == 1 and found[0] in left else ()


def _same(record: Record, before: Catalog, now: Catalog) -> Identity | None:
    """Return the one new record that is probably the same: of its kind, in its file, else elsewhere with its title."""
    new: Mapping[Identity, Record] = {
        identity: other
        for identity, other in now.records.items()
        if identity not in before.records and identity.kind == record.kind
    }
    here = [identity for identity, other in new.items() if other.source.path == record.source.path]
    # In a file that was there the new one is another record, under another name.
    there = [
        identity
        for identity, other in new.items()
        if other.title == record.title and len(before.files.get(other.source.path, ())) != 1
    ]
    found = here or there
    return found[0] if len(found) == 1 else None
