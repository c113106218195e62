"""What is this file? Told from its path and its first bytes, without reading YAML or Markdown properly.

A guess that is wrong claims somebody's file, so each format has to show something that only it writes. What is unsure
is nothing. Globs in the settings win over all of this: they say what the people of the repository know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.cards import hub, plain
from mkdocs_handoff.adoption.decisions import decision
from mkdocs_handoff.adoption.glossaries import glossary
from mkdocs_handoff.adoption.heads import documents, first, parted
from mkdocs_handoff.adoption.heads import keys as keys_in
from mkdocs_handoff.records.dialects.backstage import PLACEHOLDER, kind_for

if TYPE_CHECKING:
    from collections.abc import Callable

MARKDOWN = (".md", ".markdown")
YAML = (".yml", ".yaml")

_OURS = frozenset(
    (
        "model",
        "dataset",
        "feature",
        "pipeline",
        "evaluation",
        "decision",
        "term",
        "playbook",
        "handoff",
        "team",
        "person",
    )
)

_PLAIN = {"model": "model-card", "dataset": "data-card"}
_CNCF = frozenset(("completed", "feedback appreciated", "deprecated", "to be created"))
_ENTITY = re.compile(r"^apiVersion:[ \t]*[\"']?backstage\.io/", re.MULTILINE)
_TYPE = re.compile(r"(?:^[ \t]+|[{,][ \t]*)type:[ \t]*[\"']?([\w-]+)")
_NAME = re.compile(r"(?:^[ \t]+|[{,][ \t]*)name:([^,}]*)")


@dataclass(frozen=True, slots=True)
class Detected:
    """What a file is.

    Attributes:
        kind: The kind of record that it holds, the first where it holds several; empty where it is no record and says
            something of records beside it (`dvc.lock`, `MLmodel`, `CODEOWNERS`, a benchmark's `eval.yaml`).
        dialect: The format: `own`, `hugging-face`, `model-card` and `data-card` (without front matter),
            `open-model-zoo`, `madr-4`, `madr-3`, `madr-2`, `nygard`, `backstage`, `kubernetes-glossary`,
            `cncf-glossary`, `datahub-glossary`, `keyed-glossary`, `listed-glossary`, `eval-results`, `eval-benchmark`,
            `mlflow`, `dvc` or `codeowners`.
        kinds: The kinds of all records in the file, as far as can be seen; empty where there are none.
    """

    kind: str
    dialect: str
    kinds: tuple[str, ...] = ()


def promising(path: str) -> bool:
    """Tell whether a file's name alone allows it to be something; what is not need not be opened.

    Args:
        path: The path from the project's root, with slashes.
    """
    name = path.rpartition("/")[2]
    lower = name.lower()
    return not lower.endswith(".handoff.yml") and (
        lower.endswith((*MARKDOWN, *YAML)) or _by_name(path, name) is not None
    )


def detect(path: str, head: str) -> Detected | None:
    """Return what a file is, or None where it is nothing that is known for sure.

    Args:
        path: The path from the project's root, with slashes.
        head: Its text, or as much of it as `heads.HEAD` bytes are.
    """
    name = path.rpartition("/")[2]
    lower = name.lower()
    if lower.endswith(".handoff.yml"):
        return None
    named = _by_name(path, name)
    if named is not None:
        return named
    if lower.endswith(MARKDOWN):
        return _markdown(path, head)
    return _yaml(path, head) if lower.endswith(YAML) else None


def _by_name(path: str, name: str) -> Detected | None:
    """Return what a file is whose name is fixed by its tool."""
    folder = path.rpartition("/")[0]
    if name == "CODEOWNERS" and folder in ("", ".github", ".gitlab", "docs"):
        return Detected("", "codeowners")
    if name in ("dvc.lock", "dvc.yaml") or (name.endswith(".dvc") and name != ".dvc"):
        return Detected("", "dvc")
    if name == "MLmodel":
        return Detected("", "mlflow")
    if folder.rpartition("/")[2] == ".eval_results" and name.lower().endswith(YAML):
        return Detected("evaluation", "eval-results", ("evaluation",))
    return None


def _markdown(path: str, head: str) -> Detected | None:
    front, body = parted(head)
    keys = keys_in(front)
    if _kind(keys) in _OURS:
        return _record(_kind(keys), "own")
    tried: tuple[Callable[[], Detected | None], ...] = (
        lambda: _record(kind, "hugging-face") if (kind := hub(path, keys, front)) else None,
        lambda: _record(kind, _PLAIN[kind]) if (kind := plain(path, keys, body)) else None,
        lambda: _term(path, keys),
        lambda: _decided(path, keys, body),
    )
    return next((found for each in tried if (found := each()) is not None), None)


def _term(path: str, keys: dict[str, str]) -> Detected | None:
    if "short_description" in keys and keys.keys() & {"full_link", "aka"}:
        return _record("term", "kubernetes-glossary")
    if {"title", "status", "category"} <= keys.keys() and not path.rpartition("/")[2].startswith("_"):
        signs = ("glossary" in _folders(path), keys["status"].strip("\"'").lower() in _CNCF, "tags" in keys)
        if sum(signs) >= 2:
            return _record("term", "cncf-glossary")
    return None


def _decided(path: str, keys: dict[str, str], body: str) -> Detected | None:
    dialect = decision(path, keys, body)
    return _record("decision", dialect) if dialect else None


def _yaml(path: str, head: str) -> Detected | None:
    if _ENTITY.search(head):
        return _catalog(head)
    if is_object(head):
        return None
    keys = keys_in(first(head))
    if _kind(keys) in _OURS:
        return _record(_kind(keys), "own")
    if {"files", "framework", "task_type"} <= keys.keys():
        return _record("model", "open-model-zoo")
    if "evaluation_framework" in keys and "tasks" in keys:
        return Detected("", "eval-benchmark")
    form = glossary(path, keys, head)
    return _record("term", form) if form else None


def _catalog(head: str) -> Detected | None:
    """Return what a Backstage catalog file holds; a file of services and interfaces is nothing of ours."""
    found: list[str] = []
    for document in documents(head):
        if not _ENTITY.search(document):
            continue
        ours = kind_for(_kind(keys_in(document)), _below(document, "spec:", _TYPE))
        if ours and not _is_unfilled(document):
            found.append(ours)
    return Detected(found[0], "backstage", tuple(found)) if found else None


def _record(kind: str, dialect: str) -> Detected:
    return Detected(kind, dialect, (kind,))


def _below(document: str, block: str, key: re.Pattern[str]) -> str:
    """Return the first value of a key below a block of an entity: the `type` below `spec:`."""
    inside = False
    for line in document.splitlines():
        if inside and (found := key.match(line)):
            return found[1]
        if line.strip() and not line.startswith((" ", "\t", "#")):
            inside = line.startswith(block)
            if inside and (written := key.search(line, len(block))):
                return written[1]
    return ""


def is_catalog(path: str, head: bytes) -> bool:
    """Tell whether a file begins as a catalog of Backstage does, which may hold much before what is ours."""
    return path.lower().endswith(YAML) and b"backstage.io/" in head


def is_object(head: str) -> bool:
    """Tell whether a YAML text is another tool's object, whatever its kind is called: Kubernetes', Tekton's."""
    return "apiVersion" in keys_in(first(head)) and _ENTITY.search(head) is None


def is_skeleton(head: str) -> bool:
    """Tell whether a YAML text is what Backstage's templates write entities from: `name: ${{ values.name }}`."""
    return any(_ENTITY.search(document) and _is_unfilled(document) for document in documents(head))


def _is_unfilled(document: str) -> bool:
    return PLACEHOLDER in _below(document, "metadata:", _NAME)


def keys_of(path: str, head: str) -> frozenset[str]:
    """Return the keys of a file's first document, or of its front matter."""
    return frozenset(keys_in(parted(head)[0] if path.lower().endswith(MARKDOWN) else first(head)))


def _kind(keys: dict[str, str]) -> str:
    return keys.get("kind", "").partition("#")[0].strip().strip("\"'").lower()


def _folders(path: str) -> list[str]:
    return [folder.lower() for folder in path.split("/")[:-1]]
