"""What is this file? Told from its path and its first bytes, without reading YAML or Markdown properly.

A guess that is wrong claims somebody's file, so each format has to show something that only it writes. What is unsure
is nothing. Globs in the settings win over all of this: they say what the people of the repository know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.decisions import decision
from mkdocs_handoff.adoption.heads import documents, first, headings, parted, unfenced
from mkdocs_handoff.adoption.heads import keys as keys_in
from mkdocs_handoff.records.dialects import listed
from mkdocs_handoff.text import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = 32_768
"""How many bytes of a file are enough to tell what it is."""

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

_MODEL = frozenset(("pipeline_tag", "library_name", "base_model", "model-index", "model_name", "co2_eq_emissions"))
_OF_MODELS = frozenset(("pipeline_tag", "library_name", "base_model", "model-index"))
_DATASET = frozenset(
    (
        "task_categories", "task_ids", "size_categories", "annotations_creators", "language_creators", "dataset_info",
        "configs", "pretty_name", "source_datasets", "multilinguality", "train-eval-index", "paperswithcode_id",
    )
)  # fmt: skip
# A card of a Hugging Face Space: an application, and neither model nor data.
_SPACE = frozenset(("sdk", "colorFrom", "colorTo", "app_file"))
_WEAK = frozenset(("configs", "task_ids"))

_OF_CARDS = frozenset(
    (
        "model details", "model description", "intended use", "intended uses", "intended uses & limitations", "uses",
        "direct use", "downstream use", "out-of-scope use", "limitations", "bias, risks, and limitations", "factors",
        "metrics", "training data", "training details", "training procedure", "evaluation", "evaluation data",
        "evaluation results", "quantitative analyses", "ethical considerations", "caveats and recommendations",
        "environmental impact", "how to get started with the model", "citation",
    )
)  # fmt: skip
_CNCF = frozenset(("completed", "feedback appreciated", "deprecated", "to be created"))
_ENTITY = re.compile(r"^apiVersion:[ \t]*[\"']?backstage\.io/", re.MULTILINE)
_ENTITIES = {"group": "team", "user": "person"}
_TYPED = {("component", "machine-learning-model"): "model", ("resource", "dataset"): "dataset"}
_TOP = re.compile(r"^\S", re.MULTILINE)
_APART = re.compile(r"[-_. ]+")
_TYPE = re.compile(r"[ \t]+type:[ \t]*[\"']?([\w-]+)")
_TYPE_INSIDE = re.compile(r"[{,][ \t]*type:[ \t]*[\"']?([\w-]+)")


@dataclass(frozen=True, slots=True)
class Detected:
    """What a file is.

    Attributes:
        kind: The kind of record that it holds, the first where it holds several; empty where it is no record and says
            something of records beside it (`dvc.lock`, `MLmodel`, `CODEOWNERS`, a benchmark's `eval.yaml`).
        dialect: The format: `own`, `hugging-face`, `model-card` (one without front matter), `open-model-zoo`,
            `madr-4`, `madr-3`, `madr-2`, `nygard`,
            `backstage`, `kubernetes-glossary`, `cncf-glossary`, `datahub-glossary`, `keyed-glossary`, `eval-results`,
            `eval-benchmark`, `mlflow`, `dvc` or `codeowners`.
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
        head: Its text, or as much of it as `HEAD` bytes are.
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
        lambda: _card(keys, front),
        lambda: _plain_card(path, keys, body),
        lambda: _term(path, keys),
        lambda: _decided(path, keys, body),
    )
    return next((found for each in tried if (found := each()) is not None), None)


def _card(keys: dict[str, str], front: str) -> Detected | None:
    if not keys or (_SPACE & keys.keys() and "pipeline_tag" not in keys):
        return None
    model, dataset = _MODEL & keys.keys(), _DATASET & keys.keys()
    if dataset and dataset <= _WEAK and "config_name" not in front and not keys.keys() & {"license", "language"}:
        dataset = frozenset()
    # What older model cards have is a list of data, or a widget, and a license; pages of other tools have no such pair.
    if not model and not dataset and keys.keys() & {"datasets", "widget"} and keys.keys() & {"license", "metrics"}:
        model = frozenset(("datasets",))
    if not model and not dataset:
        return None
    # Cards of models say what they were trained for, too: in the words of data.
    return _record("model" if _OF_MODELS & keys.keys() or not dataset else "dataset", "hugging-face")


def _plain_card(path: str, keys: dict[str, str], body: str) -> Detected | None:
    """Return what a card without front matter is: it is called so, and has headings of the template."""
    name = _APART.sub("", path.rpartition("/")[2].lower().rpartition(".")[0])
    if name != "modelcard" or keys or len(headings(unfenced(body)) & _OF_CARDS) < 2:
        return None
    return _record("model", "model-card")


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
    glossary = "glossary" in path.rpartition("/")[2].lower()
    if "version" in keys and (
        ("nodes" in keys and ({"source", "owners"} & keys.keys() or glossary)) or ("terms" in keys and glossary)
    ):
        return _record("term", "datahub-glossary")
    return _record("term", "keyed-glossary") if glossary and is_keyed(head) else None


def _catalog(head: str) -> Detected | None:
    """Return what a Backstage catalog file holds; a file of services and interfaces is nothing of ours."""
    found: list[str] = []
    for document in documents(head):
        if not _ENTITY.search(document):
            continue
        kind = _kind(keys_in(document))
        ours = _ENTITIES.get(kind) or _TYPED.get((kind, _type(document)), "")
        if ours:
            found.append(ours)
    return Detected(found[0], "backstage", tuple(found)) if found else None


def _record(kind: str, dialect: str) -> Detected:
    return Detected(kind, dialect, (kind,))


def _type(document: str) -> str:
    """Return the `type` under an entity's `spec`."""
    inside = False
    for line in document.splitlines():
        if inside and (found := _TYPE.match(line)):
            return found[1]
        if line.strip() and not line.startswith((" ", "\t", "#")):
            inside = line.startswith("spec:")
            if inside and (written := _TYPE_INSIDE.search(line)):
                return written[1]
    return ""


def is_catalog(path: str, head: bytes) -> bool:
    """Tell whether a file begins as a catalog of Backstage does, which may hold much before what is ours."""
    return path.lower().endswith(YAML) and b"backstage.io/" in head


def is_keyed(head: str) -> bool:
    """Tell whether a YAML text is a mapping of terms by their keys; of a text that is cut off its whole terms count."""
    if len(head) >= HEAD:
        head = head[: max((found.start() for found in _TOP.finditer(head)), default=0)]
    reading = yaml.read(head)
    return len(reading.documents) == 1 and not reading.problems and bool(listed.entries(reading.documents[0]))


def is_object(head: str) -> bool:
    """Tell whether a YAML text is another tool's object, whatever its kind is called: Kubernetes', Tekton's."""
    return "apiVersion" in keys_in(first(head)) and _ENTITY.search(head) is None


def keys_of(path: str, head: str) -> frozenset[str]:
    """Return the keys of a file's first document, or of its front matter."""
    return frozenset(keys_in(parted(head)[0] if path.lower().endswith(MARKDOWN) else first(head)))


def _kind(keys: dict[str, str]) -> str:
    return keys.get("kind", "").partition("#")[0].strip().strip("\"'").lower()


def _folders(path: str) -> list[str]:
    return [folder.lower() for folder in path.split("/")[:-1]]
