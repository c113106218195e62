"""What lies around a record: the folder that is its own, and the files that it names itself."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts.located import located
from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.text.files import inside, read_text
from mkdocs_handoff.text.paths import leads_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.records.record import Record

_OF_FOLDER = frozenset(("readme", "index", "card"))
_PASSED_OVER = frozenset(("mlruns", "node_modules", "__pycache__", "site", "venv"))
_SHOWN = frozenset((".eval_results",))
_DEPTH, _MOST = 4, 5_000


@dataclass(frozen=True)
class Surroundings:
    """A record, and where to look for what belongs to it.

    Attributes:
        root: The project's root.
        record: The model, or the pipeline.
        pipeline: The pipeline that makes the model, or the record itself.
        alone: Whether no other record of its kind stands in its folder.
        given: Files and folders that somebody named, from the root; where there are any, they come first.
        run: The run of MLflow that somebody named.
        fields: Which fields the record's kind has.
    """

    root: Path
    record: Record
    pipeline: Record | None
    alone: bool
    given: tuple[str, ...] = ()
    run: str = ""
    fields: frozenset[str] = frozenset()

    @property
    def is_model(self) -> bool:
        """Whether values go where a model has them."""
        return "reproduce" in self.fields

    @property
    def making(self) -> tuple[str, ...]:
        """Where the record says how it is made: in `reproduce`, or at the top of a pipeline."""
        return ("reproduce",) if self.is_model else ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """Where the parameters of the training belong."""
        return ("architecture", "hyperparameters") if self.is_model else ("parameters",)

    @cached_property
    def folder(self) -> str:
        """The folder that is the record's own, from the root; empty: the root; None of the files in it are others'."""
        here, _, file = self.record.source.path.rpartition("/")
        stem = file.partition(".")[0]
        if stem.lower() in _OF_FOLDER or (self.alone and here):
            return here
        return posixpath.join(here, stem)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that others may know the record by, in lower case."""
        record = self.record
        found = {record.identity.name, record.title, *record.aliases}
        found |= {f"{record.identity.name}{joint}{version}" for version in self.versions for joint in "-@_ "}
        return frozenset(name.lower() for name in found if name)

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """The versions that the record lists."""
        listed = self.record.get("versions") or ()
        stated = [str(one["version"]) for one in listed if isinstance(one, dict) and one.get("version")]
        own = self.record.get("version")
        return tuple(dict.fromkeys((*stated, *([str(own)] if own else ()))))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files in the record's own folder, and in folders that were named, from the root, in order."""
        found: dict[str, None] = {}
        for given in self.given:
            found.update(dict.fromkeys(self.below(given)))
        found.update(dict.fromkeys(self.below(self.folder)))
        return tuple(found)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The files that the record, or its pipeline, names: artifacts, outputs, sources of its values."""
        found: dict[str, None] = {}
        for origin in self.record.origins.values():
            if origin.how == "computed":
                found[origin.source.partition("#")[0]] = None
        for record in (self.record, self.pipeline):
            folder = record.source.path.rpartition("/")[0] if record is not None else ""
            for path in _paths(record.fields if record is not None else {}):
                full = located(path, folder, self.root)
                if full is not None:
                    found[full] = None
        return tuple(path for path in found if ":" not in path)

    @cached_property
    def artifacts(self) -> tuple[str, ...]:
        """The files that the record says it consists of: those of the version in use, and those in `checksums`."""
        fields = self.record.fields
        found = [path for one in fields.get("checksums") or () for path in _path(one)]
        versions = [one for one in fields.get("versions") or () if isinstance(one, dict)]
        in_use = [one for one in versions if one.get("stage") == "production"] or versions[:1]
        found += [path for version in in_use for one in version.get("artifacts") or () for path in _path(one)]
        placed = (self.located(path) for path in found)
        return tuple(dict.fromkeys(path for path in placed if path is not None))

    def below(self, path: str) -> tuple[str, ...]:
        """Return the files below a folder that are not too deep in it, or a file itself."""
        full = self.root / path
        try:
            if not inside(self.root, full):
                return ()
        except (OSError, ValueError):
            return ()
        if full.is_file():
            return (posixpath.normpath(path),)
        found: list[str] = []
        depth = 1 if path in ("", ".") else _DEPTH
        for here, folders, names in os.walk(full):
            relative = os.path.relpath(here, self.root).replace(os.sep, "/")
            relative = "" if relative == "." else relative
            level = 0 if relative == (path if path != "." else "") else os.path.relpath(here, full).count(os.sep) + 1
            folders[:] = sorted(name for name in folders if _entered(name) and (level < depth - 1 or name in _SHOWN))
            found += (posixpath.join(relative, name) for name in sorted(names) if _named(name))
            if len(found) > _MOST:
                break
        return tuple(found[:_MOST])

    def text(self, path: str) -> str | Finding:
        """Return a file's text, or why there is none."""
        found = read_text(self.root, path)
        if isinstance(found, Finding):
            return Finding(Place(path, found.place.line, found.place.column), found.rule, found.message, found.hint)
        return found

    def exists(self, path: str) -> bool:
        """Tell whether there is a file at a path; not where that cannot be asked (a name that is too long)."""
        return not leads_out(path) and os.path.isfile(os.path.join(self.root, path))  # noqa: PTH113, PTH118 - see above

    def folder_there(self, path: str) -> bool:
        """Tell whether there is a folder of the project at a path."""
        full = self.root / path
        try:
            return not leads_out(path) and inside(self.root, full) and full.is_dir()
        except (OSError, ValueError):
            return False

    def as_written(self, path: str, listed: Any) -> str:
        """Return a file's path as an entry of a list writes it already, else from the root."""
        written = [one for entry in (listed if isinstance(listed, list) else ()) for one in named_by(entry)]
        return next((one for one in written if self.located(one) == path), path)

    def located(self, path: str) -> str | None:
        """Return a path that the record writes from the root, or None where it leads out: see `artifacts.located`."""
        return located(path, self.record.source.path.rpartition("/")[0], self.root)


def _entered(name: str) -> bool:
    return name in _SHOWN or (not name.startswith(".") and name not in _PASSED_OVER)


def _named(name: str) -> bool:
    """Tell whether a file's name is text: what is not can be written into no record."""
    return name.isprintable() and not any("\ud800" <= char <= "\udfff" for char in name)


def _paths(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the files that fields name, by the names of fields that hold paths."""
    reproduce = fields.get("reproduce")
    making = reproduce if isinstance(reproduce, dict) else fields
    for name in ("lockfile", "dvc_lock", "dvc_yaml"):
        if isinstance(making.get(name), str):
            yield making[name]
    for one in fields.get("checksums") or ():
        yield from _path(one)
    for version in fields.get("versions") or ():
        for one in (version.get("artifacts") or ()) if isinstance(version, dict) else ():
            yield from _path(one)
    for step in fields.get("steps") or ():
        for one in (step.get("outputs") or ()) if isinstance(step, dict) else ():
            yield from _path(one)


def _path(one: Any) -> Iterator[str]:
    yield from (path for path in named_by(one) if " " not in path and isinstance(one, dict))


def named_by(entry: Any) -> Iterator[str]:
    """Yield the path of an entry of a list of files: `{path: …}`, or the path alone."""
    path = entry.get("path") if isinstance(entry, dict) else entry
    if isinstance(path, str) and path:
        yield str(path)
