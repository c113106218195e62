"""Is this text a card of a model or of data? Told from its front matter, or from its name, its title and headings."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.heads import titles, unfenced
from mkdocs_handoff.text.headings import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODEL = frozenset(("pipeline_tag", "library_name", "base_model", "model-index", "model_name", "co2_eq_emissions"))
_OF_MODELS = frozenset(("pipeline_tag", "library_name", "base_model", "model-index"))
_DATASET = frozenset(
    (
        "task_categories", "task_ids", "size_categories", "annotations_creators", "language_creators", "dataset_info",
        "configs", "pretty_name", "source_datasets", "multilinguality", "train-eval-index", "paperswithcode_id",
    )
)  # fmt: skip
_TELLING = _MODEL | _DATASET
# A card of a Hugging Face Space: an application, and neither model nor data.
_SPACE = frozenset(("sdk", "colorFrom", "colorTo", "app_file"))
_WEAK = frozenset(("configs", "task_ids"))
_ARTICLE = frozenset(("date", "layout", "author", "authors", "slug"))
"""What the pages of a blog have: with a list of data and a license they are no card."""

_PLAIN = frozenset(
    ("license", "license_name", "license_link", "language", "tags", "version", "date", "updated", "author", "authors")
)
"""Front matter that says nothing of what a text is. With other keys it is another tool's."""

_OF_MODEL_CARDS = frozenset(
    (
        "model details", "model description", "model information", "model overview", "model summary", "intended use",
        "intended uses", "intended uses & limitations", "uses", "direct use", "downstream use", "out of scope use",
        "out of scope uses", "out of scope use cases", "limitations", "known limitations", "limitations and biases",
        "bias, risks, and limitations", "factors", "metrics", "performance", "model performance", "training data",
        "training datasets", "training details", "training procedure", "evaluation", "evaluation data",
        "evaluation datasets", "evaluation results", "quantitative analyses", "ethical considerations",
        "caveats and recommendations", "environmental impact", "how to get started with the model", "citation",
    )
)  # fmt: skip
_OF_DATA_CARDS = frozenset(
    (
        "motivation", "composition", "collection process", "data collection", "preprocessing", "dataset description",
        "dataset summary", "dataset structure", "dataset details", "dataset creation", "dataset overview",
        "dataset purpose", "data fields", "data splits", "data sources", "source data", "annotations", "intended use",
        "intended uses", "uses", "out of scope use", "limitations", "known limitations", "biases", "distribution",
        "maintenance", "personal and sensitive information", "considerations for using the data",
    )
)  # fmt: skip
_IN_OTHER_LANGUAGES = frozenset(
    (
        *("uso previsto", "usos previstos", "uso pretendido", "usos pretendidos", "limitaciones", "limitações"),
        *("limitaciones conocidas", "limitações conhecidas", "usage prévu", "utilisation prévue", "limites"),
        *("limites connues", "einschränkungen", "bekannte einschränkungen", "verwendungszweck", "limitazioni"),
        *("ограничения", "预期用途", "局限性", "限制", "制限事項", "想定用途"),
    )
)
_SECTIONS = {"model": _OF_MODEL_CARDS, "dataset": _OF_DATA_CARDS}
_OF_DATASHEETS = frozenset(("motivation", "composition", "collection process"))
"""Sections of a datasheet for data (Gebru and others): that of a circuit board has none of them."""

_NAMED = {
    "model": re.compile(r"(?<![^\W_])model[-_. ]?card(?![^\W_])"),
    "dataset": re.compile(r"(?<![^\W_])data(?:set)?[-_. ]?card(?![^\W_])"),
}
# `Model Card: Churn` names what it is the card of, `Model card policy` does not.
_NAMING = r"(?:\s+(?:and|&)\s+\w+[\s_-]card)?(?:\s*[:：—–|(\[]|\s+-+\s|-\s|\s+(?:for|of)\s)"
_TITLED = {
    "model": re.compile(
        rf"model[\s_-]?card{_NAMING}|.*(?<!\ba )(?<!\bthe )\bmodel[\s_-]?card\W*\Z"
        r"|(?:tarjeta|ficha) del modelo|(?:cartão|ficha) do modelo|(?:fiche|carte) (?:du |de )?modèle|modellkarte"
        r"|scheda del modello|карточка модели|模型卡|モデルカード|모델 ?카드"
    ),
    "dataset": re.compile(rf"data(?:set)?[\s_-]?card{_NAMING}|.*(?<!\ba )(?<!\bthe )\bdata(?:set)?[\s_-]?card\W*\Z"),
}
_ALSO = re.compile(r"model[\s_-]?card\W*\Z|.*\bdata[\s_-]?card\W*\Z")
"""Titles that other things have: a part of a page may be called so, or a piece of hardware."""

_DECORATED = re.compile(r"[\W\d_]+(?=[^\W\d_])")
_OF_PARTS = frozenset(("props", "slots", "api"))
"""Sections of a page on a part of a user interface."""

_FOLDERS = {"modelcards": "model", "datasetcards": "dataset", "datacards": "dataset"}
_TEMPLATES = frozenset(("template", "templates"))
_COPIED = frozenset(
    ("model", "data", "dataset", "card", "modelcard", "datacard", "readme", "adr", "madr", "decision", "record", "md")
)
"""What a template is one of: `template-model-card.md`, and not `template-matcher.md`."""

_TESTS = _TEMPLATES | {"test", "tests", "testdata", "fixture", "fixtures"}
_ABOUT = frozenset(
    ("annotated", "checklist", "component", "components", "example", "faq", "generator", "guide", "guidelines", "how",
     "howto", "instructions", "policy", "process", "schema", "spec", "specification", "toolkit", "write", "writing")
)  # fmt: skip
"""In the name of a file that says how cards are written."""

_OVERVIEWS = frozenset(("readme", "index"))
_APART = re.compile(r"[-_. ]+")
_LEFT = re.compile(r"[\"']?(?:\{\{|\{[\w .-]+\}[\"']?[ \t]*(?:#|$))")
"""What stands where a template is to be filled in."""

_PROMPTS = re.compile(r"^[*+-] Person or organization developing model\W*\n[*+-] Model date\W*$", re.MULTILINE)
"""What the paper on model cards asks, with no answer."""


def hub(path: str, keys: dict[str, str], front: str) -> str:
    """Return the kind that a card of the Hugging Face Hub describes; empty where a text is none.

    Args:
        path: The file's, from the project's root.
        keys: Of its front matter, with what stands on their lines.
        front: The front matter.
    """
    if not keys or (_SPACE & keys.keys() and "pipeline_tag" not in keys):
        return ""
    model, dataset = _MODEL & keys.keys(), _DATASET & keys.keys()
    if dataset and dataset <= _WEAK and "config_name" not in front and not keys.keys() & {"license", "language"}:
        dataset = frozenset()
    # What older model cards have is a list of data, or a widget, and a license; pages of other tools have no such pair.
    paired = keys.keys() & {"datasets", "widget"} and keys.keys() & {"license", "metrics"}
    if not model and not dataset and paired and not _ARTICLE & keys.keys():
        model = frozenset(("datasets",))
    if not (model or dataset) or _example(path) or is_template(path, keys):
        return ""
    # Cards of models say what they were trained for, too: in the words of data.
    return "model" if _OF_MODELS & keys.keys() or not dataset else "dataset"


def plain(path: str, keys: dict[str, str], body: str) -> str:
    """Return the kind that a card without front matter describes; empty where a text is none.

    It is called so, and has a title that says so, or headings of such cards. In a folder of cards the title does.

    Args:
        path: The file's, from the project's root.
        keys: Of its front matter.
        body: Its text.
    """
    folder, _, name = path.lower().rpartition("/")
    stem = name.rpartition(".")[0]
    within = _APART.sub("", folder.rpartition("/")[2])
    sheet = stem == "datasheet"
    kind = "dataset" if sheet else next((kind for kind in _NAMED if _named(stem, kind)), "")
    listed = "" if kind or stem in _OVERVIEWS else _FOLDERS.get(within, "")
    if not (kind or listed) or _example(path) or not _ABOUT.isdisjoint(_APART.split(stem)):
        return ""
    text = unfenced(body)
    found = titles(text)
    headings = {folded(heading) for heading in found}
    known = headings & _SECTIONS[kind or listed]
    sure = bool(known or headings & _IN_OTHER_LANGUAGES)
    titled = any(_says(heading, kind or listed, sure=sure) for heading in (*found[:2], keys.get("title", "")))
    if keys.keys() - _PLAIN - ({"title"} if titled else set()) or _PROMPTS.search(text):
        return ""
    if sheet:
        return kind if len(_OF_DATASHEETS & headings) > 1 else ""
    if titled and (sure or not headings & _OF_PARTS):
        return kind or listed
    return kind if len(known) > 1 else ""


def sections(kind: str, body: str) -> int:
    """Return how many headings a text has that cards of a kind have.

    Args:
        kind: The cards'.
        body: The text.
    """
    return len({folded(heading) for heading in titles(unfenced(body))} & _SECTIONS.get(kind, frozenset()))


def _named(stem: str, kind: str) -> bool:
    """Tell whether a name begins or ends with what such cards are called: `MODEL_CARD`, `audiogen_model_card`."""
    found = _NAMED[kind].search(stem)
    return found is not None and (found.start() == 0 or found.end() == len(stem))


def _says(heading: str, kind: str, *, sure: bool) -> bool:
    """Tell whether a title says that a text is the card of something, and not how to write one.

    Args:
        heading: The title.
        kind: Whose card it may be.
        sure: Whether a section says that it is a card: then a title that other things have is enough.
    """
    said = heading.strip("\"'").replace("*", "").casefold()
    decorated = _DECORATED.match(said)
    said = said[decorated.end() :] if decorated else said
    if "template" in said or "{{" in said or not _TITLED[kind].match(said):
        return False
    return sure or not _ALSO.match(said)


def _example(path: str) -> bool:
    """Tell whether a file is a template, or lies where templates and data of tests do."""
    *folders, name = path.lower().split("/")
    # A model may be called `test`: then its README is in a folder of that name.
    if folders[-1:] == ["test"] and name.partition(".")[0] in _OVERVIEWS:
        folders.pop()
    return is_template(path) or not _TESTS.isdisjoint(folders)


def is_template(path: str, keys: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Tell whether a file is there to be copied and filled in: it or its folder is called so, or it holds no values.

    Args:
        path: The file's, from the project's root.
        keys: Of its front matter, with what stands on their lines.
    """
    *folders, name = path.lower().split("/")
    words = _APART.split(name.rpartition(".")[0])
    called = "template" in (words[-1], words[0] if _COPIED.issuperset(words[1:]) else "")
    placed = not _TEMPLATES.isdisjoint(folder.strip("_-.") for folder in folders)
    return called or placed or any(_LEFT.match(keys.get(key, "")) for key in _TELLING)
