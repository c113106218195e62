"""One run of the builder for a preview: a plain configuration, and the plugin with settings that no file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.commands.build import build as run
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from mkdocs_handoff.site.plugin import HandoffPlugin

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.settings import Found

SITE = "site"


class RefusedError(Exception):
    """The builder refuses; the text says why."""


def build(found: Found, folder: Path) -> Project:
    """Run the builder, and return the project as it was read.

    Args:
        found: The settings; `docs_dir` is an empty folder.
        folder: Where the pages go, into `SITE`.

    Raises:
        RefusedError: The builder fails.
    """
    plugin = Previewer(found)
    try:
        config = _config(found, folder)
        config.plugins["handoff"] = plugin
        run(config)
    except (MkDocsException, OSError) as error:
        raise RefusedError(str(error) or type(error).__name__) from None
    except SystemExit as error:  # the builder's way to end a command
        raise RefusedError(str(error)) from None
    return plugin.project


def _config(found: Found, folder: Path) -> MkDocsConfig:
    config = MkDocsConfig(config_file_path=str(folder / "mkdocs.yml"))
    config.load_dict(
        {
            "site_name": found.settings.root.name or "Preview",
            "docs_dir": found.settings.docs_dir,
            "site_dir": str(folder / SITE),
            "use_directory_urls": False,
            "theme": {
                "name": "material",
                "font": False,
                "features": ["navigation.indexes", "navigation.top"],
                "palette": [
                    {"media": "(prefers-color-scheme: light)", "scheme": "default"},
                    {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
                ],
            },
            "plugins": ["search"],
            "markdown_extensions": [
                "admonition", "attr_list", "footnotes", "md_in_html", "tables",
                "pymdownx.details", "pymdownx.superfences", "pymdownx.tasklist",
            ],
        }
    )  # fmt: skip
    errors, _ = config.validate()
    if errors:
        raise RefusedError("; ".join(f"{name}: {error}" for name, error in errors))
    return config


class Previewer(HandoffPlugin):  # type: ignore[no-untyped-call]
    """The plugin of a site, with settings that it is given."""

    def __init__(self, given: Found) -> None:
        super().__init__()
        self._given = given
        self._serving = True  # only who sits at this machine sees it, as with the builder's own server

    @property
    def project(self) -> Project:
        """The project as it was read.

        Raises:
            RefusedError: The builder never asked for pages.
        """
        if self._build is None:
            raise RefusedError("the builder asked for no pages")
        return self._build.project

    def _settings(self, config: MkDocsConfig) -> Found:
        del config
        return self._given
