"""Whether each model can be made again, and somebody has."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.handoffs.reproduction import SAME, lacking
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.readiness.ask import TECHNICAL
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.given import PIPELINE, mappings
from mkdocs_handoff.reports.readiness.told import NO_MODEL, Lack, Sort, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

WAY = Sort(
    Area.REPRODUCIBILITY,
    "way-is-named",
    "Each model says how it is made: by a pipeline that is written down, or a command",
    "Write `reproduce` with `pipeline` or `command`.",
    TECHNICAL,
)
COMMIT = Sort(
    Area.REPRODUCIBILITY,
    "commit-is-stated",
    "Each model says from which commit it was made",
    "Write `commit` into `reproduce`, the version, or the pipeline.",
    TECHNICAL,
)
LOCK = Sort(
    Area.REPRODUCIBILITY,
    "lock-file-exists",
    "Each model names a lock file, and it is in the repository",
    "Write `lockfile`, from the project's root, into `reproduce` or the pipeline, and commit the file.",
    TECHNICAL,
)
CHECKSUMS = Sort(
    Area.REPRODUCIBILITY,
    "checksums-are-stated",
    "Every artifact of a version that is not retired has a checksum",
    "Write `checksum` beside the artifact's path; `mkdocs-handoff capture` computes it.",
    TECHNICAL,
)
FILES = Sort(
    Area.REPRODUCIBILITY,
    "files-were-compared",
    "Somebody compared each model's files with their checksums, and they were the same",
    "Run `mkdocs-handoff verify --record`: it writes `verified`.",
    TECHNICAL,
)
RUN = Sort(
    Area.REPRODUCIBILITY,
    "last-run-matches",
    "When each model's pipeline was last run again, the same came out",
    "Run `mkdocs-handoff verify --run --record`, or add the run to the pipeline's `runs`.",
    TECHNICAL,
)
TAKER = Sort(
    Area.REPRODUCIBILITY,
    "receiving-side-made-it",
    "Somebody of the receiving side has made it again, and got the same",
    "Let somebody of the receiving team follow the pipeline alone, and write it down under `reproduction`.",
    handoff=True,
)
SORTS = (WAY, COMMIT, LOCK, CHECKSUMS, FILES, RUN, TAKER)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of reproducibility."""
    ways = [_Way(case, model) for model in case.models]
    for sort, asked in ((WAY, _Way.way), (COMMIT, _Way.commit), (LOCK, _Way.lock)):
        yield tell(case, sort, "model", map(asked, ways), nothing=NO_MODEL)
    artifacts = (one for model in case.models for one in _artifacts(model))
    yield tell(case, CHECKSUMS, "artifact", artifacts, nothing=NO_MODEL)
    yield tell(case, FILES, "model", map(_compared, case.models), nothing=NO_MODEL)
    yield tell(case, RUN, "model", map(_Way.run, ways), nothing=NO_MODEL)
    if case.handoff is not None:
        yield tell(case, TAKER, "reproduction", [_reproduced(case, case.handoff)])


class _Way:
    """How one model is made: what it says itself, and its pipeline."""

    def __init__(self, case: Case, model: Record) -> None:
        self.case = case
        self.model = model
        value = model.get("reproduce")
        self.own: dict[str, Any] = value if isinstance(value, dict) else {}
        catalog = case.catalog
        said = catalog.targets.get((model.identity, ("reproduce", "pipeline")))
        makes = (
            one.source
            for one in catalog.incoming.get(model.identity, ())
            if one.source.kind == PIPELINE and "outputs" in one.path
        )
        named = said if isinstance(said, Identity) else next(makes, None)
        self.pipeline = catalog.records[named] if named is not None else None
        self.wanted = "pipeline" in self.own and not isinstance(said, Identity)

    def way(self) -> list[Lack]:
        """What is missing of the way."""
        if self.own.get("command") or (self.pipeline is not None and not self.wanted):
            return []
        what = (
            f"{self.own['pipeline']}, which is not written down"
            if self.wanted
            else f"how {self.model.identity} is made"
        )
        return [lack(self.model, ("reproduce", "pipeline") if self.wanted else ("reproduce",), what)]

    def commit(self) -> list[Lack]:
        """What is missing of the commit."""
        versions = [item for _, item in mappings(self.model, "versions") if isinstance(item, dict)]
        if self._given("commit") or any(one.get("commit") for one in versions if one.get("stage") != "retired"):
            return []
        if any(isinstance(item, dict) and item.get("commit") and _same(item) for _, item in self._runs()):
            return []
        return [lack(self.model, ("reproduce", "commit"), f"the commit of {self.model.identity}")]

    def lock(self) -> list[Lack]:
        """What is missing of the lock file."""
        written = self._given("lockfile")
        for record, path, file in written:
            folder = posixpath.dirname(record.source.path)
            name = posixpath.normpath(posixpath.join(folder, file) if file.startswith(("./", "../")) else file)
            if "://" not in file and not self.case.given.has_file(name):
                return [lack(record, path, f"the file {file}, which {record.identity} names")]
        return (
            [] if written else [lack(self.model, ("reproduce", "lockfile"), f"the lock file of {self.model.identity}")]
        )

    def run(self) -> list[Lack]:
        """What is missing of the last run."""
        runs = [(path, item) for path, item in self._runs() if isinstance(item, dict)]
        last = max(runs, key=lambda one: (str(one[1].get("on") or ""), one[0][-1]), default=None)
        if last is None or self.pipeline is None:
            text = f"a run that made {self.model.identity} again"
            if self.pipeline is not None:
                return [lack(self.pipeline, ("runs",), text)]
            return [lack(self.model, ("reproduce", "pipeline"), text)]
        path, item = last
        if _same(item):
            return []
        said = item.get("result") or "not stated"
        return [
            lack(
                self.pipeline, path, f"the last run of {self.pipeline.identity} ({item.get('on') or 'no day'}): {said}"
            )
        ]

    def _runs(self) -> list[tuple[tuple[str | int, ...], Any]]:
        return mappings(self.pipeline, "runs") if self.pipeline is not None else []

    def _given(self, name: str) -> list[tuple[Record, tuple[str | int, ...], str]]:
        """Where a value is given: by the model, by its pipeline, by a step of it."""
        found: list[tuple[Record, tuple[str | int, ...], str]] = []
        if self.own.get(name):
            found.append((self.model, ("reproduce", name), str(self.own[name])))
        if self.pipeline is not None:
            if self.pipeline.get(name):
                found.append((self.pipeline, (name,), str(self.pipeline.get(name))))
            for path, step in mappings(self.pipeline, "steps"):
                if isinstance(step, dict) and step.get(name):
                    found.append((self.pipeline, (*path, name), str(step[name])))
        return found


def _same(run: dict[str, Any]) -> bool:
    """Tell whether a run gave the same."""
    return run.get("result") in SAME or (run.get("result") is None and run.get("checksums_match") is True)


def _compared(model: Record) -> list[Lack]:
    """What is missing of the last comparison of a model's files with their checksums."""
    value = model.get("verified")
    if not isinstance(value, dict) or not value:
        return [lack(model, ("verified",), f"a comparison of the files of {model.identity}")]
    matched, of = value.get("matched"), value.get("of")
    if of and matched == of:
        return []
    return [lack(model, ("verified",), f"{matched or 0} of {of or 0} files of {model.identity} are the same")]


def _artifacts(model: Record) -> Iterator[list[Lack]]:
    stated = {str(item.get("path")) for _, item in mappings(model, "checksums") if isinstance(item, dict)}
    count = 0
    for path, version in mappings(model, "versions"):
        if not isinstance(version, dict) or version.get("stage") == "retired":
            continue
        listed = version.get("artifacts")
        for number, one in enumerate(listed if isinstance(listed, list) else ()):
            count += 1
            item = one if isinstance(one, dict) else {"path": one}
            where = str(item.get("path") or item.get("url") or number + 1)
            good = item.get("checksum") or where in stated
            yield [] if good else [lack(model, (*path, "artifacts", number), f"the checksum of {where}")]
    if not count and not stated:
        yield [lack(model, ("versions",), f"an artifact of {model.identity} with its checksum")]


def _reproduced(case: Case, of: Handoff) -> list[Lack]:
    found = lacking(case.catalog, of, case.given.rolls)
    return [] if found is None else [lack(of.record, *found, who=of.taker)]
