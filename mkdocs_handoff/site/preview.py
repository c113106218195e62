"""The site of a preview: all records of a repository, built into another folder with nothing of its configuration.

What a repository configures (its theme, plugins, hooks, extensions) may run programs, and whoever previews one has not
looked at it yet. So the builder runs as it would where nobody has configured anything.
"""

from __future__ import annotations

from contextlib import chdir
from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.settings import Found
from mkdocs_handoff.site.builder import UnbuiltError, listening, load_builder

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.settings import Settings

DOCS = "docs"


def preview(settings: Settings, folder: Path) -> tuple[Project, Path]:
    """Build a preview, and return the project as it was read and the folder of its pages.

    Args:
        settings: The project's, with the globs that claim its records.
        folder: An empty folder for the builder's own use.

    Raises:
        UnbuiltError: No builder is installed, or it fails.
    """
    builder = load_builder(None)
    from mkdocs_handoff.site import previewing  # noqa: PLC0415 - it can be loaded only once a builder is

    (folder / DOCS).mkdir()
    # No page of the builder's own is shown: where records stand, the site has no other.
    found = Found(replace(settings, docs_dir=(folder / DOCS).as_posix(), prefix="", nav=settings.nav or "Handoff"))
    with listening(builder) as said, chdir(folder):
        try:
            return previewing.build(found, folder), folder / previewing.SITE
        except previewing.RefusedError as error:
            raise UnbuiltError("\n".join(dict.fromkeys([f"{builder} cannot make the pages: {error}", *said]))) from None
