"""How a record is called: its name, its title, its other names."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.records.dialects.cards import bare_heading
from mkdocs_handoff.records.discover import CARDS
from mkdocs_handoff.records.markdown import is_placeholder, parse
from mkdocs_handoff.records.record import Origin, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Path, Value

# Folders that say nothing of whose card lies in them; a project's own folder has another name in every clone.
_GENERAL = frozenset(("", "docs", "doc", "model", "models", "data", "dataset", "datasets"))
_OVERVIEWS = frozenset(("readme", "index", "card"))
_WORDS = re.compile(r"[-_\s]+")


def name_of(document: Document, value: dict[str, Value], glob: str) -> tuple[str, Origin | None]:
    """Return a record's name as a slug, and where it came from if it was not written.

    The `id` field, else the file's stem; the folder's name for README, index and card (`MODEL_CARD` and the like), and
    where the glob that claims the file says how it is called but not where it stands (`zoo/*/model.yml`). A card at the
    top is named by its `model-index`, its title or its first heading. Of several records in one file each is named by
    its own `id`, `name` or `title`.
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
    if card and (not folder or (folder.lower() in _GENERAL and stem.lower() not in _OVERVIEWS)):
        named, source = _card_name(document, value)
        if slug(named):
            return slug(named), Origin("inferred", source)
    if folder and (card or _names_the_file(glob)):
        return slug(folder), Origin("inferred", "the folder's name")
    position = "".join(
        f"-{step}" for step in (*document.layer.prefix, document.layer.document or "") if isinstance(step, int)
    )
    return (slug(stem) or "unnamed") + position, Origin("inferred", "the file's name")


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
    heading = parse(document.body, document.body_line).title if document.body else ""
    return ("", "") if is_placeholder(heading) else (bare_heading(heading), "the first heading")


def _names_the_file(glob: str) -> bool:
    folder, _, name = glob.rpartition("/")
    return "*" in folder and not any(char in name for char in "*?[")


def fill_title(
    value: dict[str, Value], name: str, body: Body | None, origins: dict[Path, Origin], lead: str | None = None
) -> None:
    """Write title and description into a record's fields where they are missing; what is of a wrong type stays.

    Args:
        value: The fields, which change.
        name: The record's.
        body: Its Markdown.
        origins: Where values came from; those that are written are added.
        lead: The paragraph that describes the record, where that is not the first one.
    """
    if _missing(value, "title"):
        heading = body.title if body is not None and not is_placeholder(body.title) else ""
        named = _text(value, "name")
        if named:
            value["title"], origins["title",] = named, Origin("inferred", "the field 'name'")
        elif heading:
            value["title"], origins["title",] = heading, Origin("inferred", "the first heading")
        else:
            words = _WORDS.sub(" ", name).strip()
            value["title"] = words[:1].upper() + words[1:]
            origins["title",] = Origin("inferred", "the record's name")
    lead = body.lead if lead is None and body is not None else lead
    if _missing(value, "description") and lead:
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
