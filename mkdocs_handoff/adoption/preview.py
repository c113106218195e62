"""The settings with which a repository is shown as it is, whatever it has configured or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.globs import Globs, globs
from mkdocs_handoff.settings import Claim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Settings

_NOWHERE = ".handoff/nowhere"


def claiming(settings: Settings, found: Globs) -> Settings:
    """Return settings that claim what was found, too."""
    claims = tuple(Claim(kind, glob) for kind, listed in found.records.items() for glob in listed)
    return replace(settings, claims=(*settings.claims, *claims), exclude=(*settings.exclude, *found.exclude))


def shown(settings: Settings, look: Look, kinds: Mapping[str, Kind]) -> Settings:
    """Return the settings of a preview.

    Of a project that has settings only those files come to them that say themselves what they are, in its folder of
    pages: a preview has no such folder.

    Args:
        settings: As they were read, or the standard ones.
        look: What the look at the repository showed.
        kinds: Of the project.
    """
    if settings.path:
        docs = settings.docs_dir + "/"
        seen = tuple(one for one in look.seen if one.detected.dialect == "own" and one.path.startswith(docs))
        look = replace(look, seen=seen)
    else:
        # Templates of a project that knows nothing of us are another program's, and would run in the place of ours.
        settings = replace(settings, templates=_NOWHERE)
    return claiming(settings, globs(look, replace(settings, docs_dir=_NOWHERE), kinds))
