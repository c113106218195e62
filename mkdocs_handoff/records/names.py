"""How a record is called: its name, its title, its other names."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.records.dialects import titles
from mkdocs_handoff.records.discover import CARDS
from mkdocs_handoff.records.markdown import parse
from mkdocs_handoff.records.placeholders import is_placeholder
from mkdocs_handoff.records.record import Origin, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Path, Value

# Folders that say nothing of whose card lies in them; a project's own folder has another name in every clone.
GENERAL = frozenset(("", "docs", "doc", "model", "models", "data", "dataset", "datasets"))
_FOLDERS_OF_CARDS = frozenset(("cards", "modelcards", "datacards", "datasetcards"))
# Kinds that have cards; `AUDIO_MODEL_CARD.md`, and `bert-README.md` are called after the rest.
_DESCRIBED = frozenset(("model", "dataset"))
_OF_CARDS = re.compile(
    r"\A(?:model|dataset|data)[-_. ]?card[-_. ]+(?=.)|(?<=.)[-_. ]+(?:(?:model|dataset|data)[-_. ]?card|readme)\Z",
    re.IGNORECASE,
)
OF_REPOSITORY = Origin("inferred", "the repository's name")
_OF_FOLDER = Origin("inferred", "the folder's name")
_OF_FILE = Origin("inferred", "the file's name")
BY_PLACE = frozenset((_OF_FILE, _OF_FOLDER, OF_REPOSITORY))
"""Where a name comes from that nothing in the document says."""

_OVERVIEWS = frozenset(("readme", "index", "card"))
_WORDS = re.compile(r"[-_\s]+")
_JOINTS = re.compile(r"[-_. ]+")


def name_of(
    document: Document, value: dict[str, Value], glob: str, kind: str, repository: str
) -> tuple[str, Origin | None]:
    """Return a record's name as a slug, and where it came from if it was not written.

    The `id` field, else the file's stem; the folder's name for README, index and card (`MODEL_CARD` and the like), and
    where the glob that claims the file says how it is called but not where it stands (`zoo/*/model.yml`). A card at the
    top, or in `docs/`, is named by its `model-index`, its title or its first heading, else as the folder above or the
    repository is. `VISION_MODEL_CARD` is named by its folder and what it says itself. Of several records in one file
    each is named by its own `id`, `name` or `title`.

    Args:
        document: What the record is made of.
        value: Its fields.
        glob: What claims the file.
        kind: The record's kind: what a card's file name says of that is no name.
        repository: What the repository is called, if anybody knows.
    """
    written = value.get("id")
    if isinstance(written, str) and slug(written):
        return slug(written), None
    if document.entry or document.layer.document:
        for field in ("name", "title", "term"):
            named = value.get(field)
            if isinstance(named, str) and slug(named):
                return slug(named), Origin("inferred", f"the field {field!r}")
    path = document.layer.path
    stem = posixpath.splitext(posixpath.basename(path))[0]
    folder = posixpath.basename(posixpath.dirname(path))
    card = stem.lower() in CARDS
    if card and (not folder or (folder.lower() in GENERAL and stem.lower() not in _OVERVIEWS)):
        named, source = _card_name(document, value)
        if slug(named):
            return slug(named), Origin("inferred", source)
        # `risk/docs/MODEL_CARD.md` of several projects in one repository
        above = [one for one in posixpath.dirname(path).split("/") if one.lower() not in GENERAL and slug(one)]
        if above:
            return slug(above[-1]), _OF_FOLDER
        if slug(repository):
            return slug(repository), OF_REPOSITORY
    elif kind in _DESCRIBED and not card and (rest := _rest(stem)):
        stem = _after(folder, rest)
    elif folder and (card or _names_the_file(glob)):
        return slug(folder), _OF_FOLDER
    position = "".join(
        f"-{step}" for step in (*document.layer.prefix, document.layer.document or "") if isinstance(step, int)
    )
    return (slug(stem) or "unnamed") + position, _OF_FILE


def _rest(stem: str) -> str:
    """Return what a card's file name says of whose it is: `VISION_MODEL_CARD` VISION; empty where it says nothing."""
    rest = _OF_CARDS.sub("", stem)
    return "" if rest == stem or rest.lower() == "template" else rest


def _after(folder: str, rest: str) -> str:
    """Return what a file name says after its folder's name: another folder may have a card of that name."""
    said = folder.lower() not in GENERAL and _JOINTS.sub("", folder.lower()) not in _FOLDERS_OF_CARDS
    return f"{folder}-{rest}" if said and not slug(rest).startswith(slug(folder)) else rest


def _card_name(document: Document, value: dict[str, Value]) -> tuple[str, str]:
    """Return how a card calls itself, and where; empty where it does not."""
    index = value.get("model-index")
    first = index[0] if isinstance(index, list) and index else None
    named = first.get("name") if isinstance(first, dict) else None
    if isinstance(named, str) and slug(named):
        return named, "the name in model-index"
    for field in ("model_name", "pretty_name", "title"):
        written = value.get(field)
        if isinstance(written, str) and slug(written) and not is_placeholder(written):
            return written, "the card's title"
    heading = titles.first(parse(document.body, document.body_line)) if document.body else ""
    return ("", "") if is_placeholder(heading) else (heading, "the first heading")


def _names_the_file(glob: str) -> bool:
    folder, _, name = glob.rpartition("/")
    return "*" in folder and not any(char in name for char in "*?[")


def fill_title(
    value: dict[str, Value],
    name: str,
    body: Body | None,
    origins: dict[Path, Origin],
    lead: str | None = None,
    *,
    untitled: bool = False,
    repository: str = "",
) -> None:
    """Write title and description into a record's fields where they are missing; what is of a wrong type stays.

    Args:
        value: The fields, which change.
        name: The record's.
        body: Its Markdown.
        origins: Where values came from; those that are written are added.
        lead: The paragraph that describes the record, where that is not the first one.
        untitled: Whether the first heading is none of the record's.
        repository: What the repository is called: the title of a record that is named after it.
    """
    if _missing(value, "title"):
        heading = body.title if body is not None and not untitled and not is_placeholder(body.title) else ""
        named = _text(value, "name")
        if named:
            value["title"], origins["title",] = named, Origin("inferred", "the field 'name'")
        elif heading:
            value["title"], origins["title",] = heading, Origin("inferred", "the first heading")
        elif origins.get(("id",)) == OF_REPOSITORY:
            value["title"], origins["title",] = repository, OF_REPOSITORY
        else:
            words = _WORDS.sub(" ", name).strip()
            value["title"] = words[:1].upper() + words[1:]
            origins["title",] = Origin("inferred", "the record's name")
    lead = body.lead if lead is None and body is not None else lead
    if _missing(value, "description") and lead and not is_placeholder(lead):
        value["description"], origins["description",] = lead, Origin("inferred", "the first paragraph")


def aliases_of(value: dict[str, Any], name: str, adopted: Iterable[str]) -> tuple[str, ...]:
    """Return a record's other names, as slugs: those it states first, then those of its format."""
    stated = value.get("aliases") or []
    stated = stated if isinstance(stated, list) else [stated]
    named = [value["name"]] if isinstance(value.get("name"), str) else []
    number = value.get("number")
    numbers = [f"adr-{number:04d}"] if isinstance(number, int) and not isinstance(number, bool) else []
    slugs = (slug(str(alias)) for alias in (*stated, *named, *adopted, *numbers))
    return tuple(dict.fromkeys(alias for alias in slugs if alias and alias != name))


def _missing(value: dict[str, Value], field: str) -> bool:
    written = value.get(field)
    return written is None or (isinstance(written, str) and not written.strip())


def _text(value: dict[str, Value], field: str) -> str:
    text = value.get(field)
    return text.strip() if isinstance(text, str) else ""
