"""The ids under which things stand on our pages, for whatever links to them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import slug
from mkdocs_handoff.staleness.verdict import About

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.relations import Wanted
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.verdict import Cause


def version_anchor(version: str) -> str:
    """Return the id under which a version stands on its record's page."""
    return f"handoff-version-{slug(version)}"


def wanted_anchor(wanted: Wanted) -> str:
    """Return the id under which a wanted record stands on the page of wanted records."""
    return f"handoff-wanted-{wanted.kind or 'any'}~{slug(wanted.name)}"  # no name holds a tilde: no two are alike


def owner_anchor(owner: Identity) -> str:
    """Return the id under which a team or person stands on the page of owners."""
    return f"handoff-owner-{owner.kind}-{owner.namespace and owner.namespace + '~'}{owner.name}"


def term_anchor(term: Identity) -> str:
    """Return the id under which a term stands in the glossary."""
    return f"handoff-term-{term.namespace and term.namespace + '~'}{term.name}"


def letter_anchor(letter: str) -> str:
    """Return the id under which a letter stands in the glossary."""
    return f"handoff-letter-{letter.lower() if letter != '#' else 'other'}"


def cause_anchor(cause: Cause) -> str:
    """Return the id under which what made records suspect stands on the page of stale records."""
    name = slug(cause.name)
    if cause.about is About.FILES and name != cause.name:
        # A glob: what a slug leaves out of it may tell it from another one.
        name = f"{name}-{sha256(cause.name.encode()).hexdigest()[:6]}"
    return f"handoff-cause-{name}"
