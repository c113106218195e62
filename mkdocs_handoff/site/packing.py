"""One run of the builder for a pack: the configuration as it is used, and the plugin that puts the pages in."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build as run
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin, PluginCollection, event_priority
from mkdocs.structure.files import File

from mkdocs_handoff import resources
from mkdocs_handoff.pages.sitemap import HOME
from mkdocs_handoff.site import navigation, placing
from mkdocs_handoff.site.build import Build
from mkdocs_handoff.site.markdown import HandoffExtension
from mkdocs_handoff.site.page import HandoffPage
from mkdocs_handoff.site.plugin import SCRIPT, STYLESHEET
from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.pages.page import Page
    from mkdocs_handoff.pages.prose import Prose
    from mkdocs_handoff.pages.render import Renderer
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.project import Project

_FEATURES_LEFT_OUT = ("navigation.instant", "navigation.tabs", "search.", "content.action.", "announce.")
"""Features of Material that need a server, or that are of no use in a pack."""

_PLAIN: dict[str, Any] = {
    "theme": {"name": "material", "font": False},
    "markdown_extensions": [
        "admonition",
        "attr_list",
        "md_in_html",
        "tables",
        "pymdownx.details",
        "pymdownx.superfences",
    ],
}
"""How a project looks that has no configuration of a builder's."""


class RefusedError(Exception):
    """The builder refuses; the text says why."""


@dataclass(frozen=True)
class Job:
    """What is to be built.

    Attributes:
        layout: Where every page of the project would be: links are made from it.
        shown: The part of it that is built.
        start: Makes the start page.
    """

    project: Project
    layout: Sitemap
    shown: Sitemap
    prose: Prose
    renderer: Renderer
    start: Callable[[], Page]
    problems: list[Finding] = field(default_factory=list)


def build(job: Job, configuration: Path | None, folder: Path, site: Path) -> tuple[Finding, ...]:
    """Run the builder, and return what rendering found wrong.

    Args:
        job: What is to be built.
        configuration: The project's configuration of a builder, if there is one.
        folder: An empty folder for the builder's own use.
        site: Where the pages go.

    Raises:
        RefusedError: The builder cannot use the configuration, or fails.
    """
    docs = folder / "docs"
    docs.mkdir()
    try:
        config = _config(job, configuration, docs, site)
        config.plugins = PluginCollection()
        config.plugins["handoff"] = Packer(job)
        run(config)
    except (MkDocsException, OSError) as error:
        raise RefusedError(str(error) or type(error).__name__) from None
    except SystemExit as error:  # the builder's way to end a command
        raise RefusedError(str(error)) from None
    return tuple(job.problems)


def _config(job: Job, configuration: Path | None, docs: Path, site: Path) -> MkDocsConfig:
    """Return the project's configuration, without all that leads elsewhere: other plugins, hooks, addresses."""
    settings = job.project.settings
    config = MkDocsConfig(config_file_path=str(configuration or settings.root / "mkdocs.yml"))
    if configuration is None:
        config.load_dict({"site_name": job.project.settings.root.name, **_PLAIN})
    else:
        with configuration.open("rb") as opened:
            config.load_file(opened)
    styles = [one for one in config.data.get("extra_css") or [] if isinstance(one, str)]
    theme = config.data.get("theme")
    config.load_dict(
        {
            "docs_dir": str(docs),
            "site_dir": str(site),
            "site_url": "",
            "use_directory_urls": False,
            "strict": False,
            "plugins": [],
            "hooks": [],
            "extra": {},
            "extra_css": [one for one in styles if _own(job.project, one)],
            "extra_javascript": [],
            "extra_templates": [],
            "nav": None,
            "exclude_docs": None,
            "draft_docs": None,
            "not_in_nav": None,
            "repo_url": None,
            "repo_name": None,
            "edit_uri": None,
            "edit_uri_template": None,
            "theme": theme if theme is not None else _PLAIN["theme"],
        }
    )
    errors, _ = config.validate()
    if errors:
        raise RefusedError("; ".join(f"{name}: {error}" for name, error in errors))
    config.theme.static_templates = set()
    config.theme["font"] = config.theme["highlightjs"] = False  # both come from other hosts
    config.theme["features"] = [
        one for one in config.theme.get("features") or [] if not str(one).startswith(_FEATURES_LEFT_OUT)
    ]
    for name in ("logo", "favicon"):
        given = config.theme.get(name)
        if isinstance(given, str) and not given.startswith("assets/images/") and not _own(job.project, given):
            config.theme[name] = None if name == "logo" else "assets/images/favicon.png"
    config.validation.links.not_found = logging.DEBUG
    config.validation.links.anchors = logging.DEBUG
    return config


def _own(project: Project, path: str) -> bool:
    """Tell whether a file that the configuration names lies in the project's folder of pages."""
    root = project.settings.root
    full = root / project.settings.docs_dir / path
    try:
        return ":" not in path and full.is_file() and inside(root, full)
    except OSError:
        return False


class Options(Config):  # type: ignore[no-untyped-call]
    """None: the job says everything."""


class Packer(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Puts the pages of a pack among the builder's, in place of those of a site."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._extension: HandoffExtension | None = None
        self._pages: dict[str, HandoffPage] = {}

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our theme folder, stylesheet, script and Markdown extension, as on a site."""
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(resources.folder("templates") / "theme"))
        config.extra_css.insert(0, STYLESHEET)
        script = ExtraScriptValue(SCRIPT)
        script.defer = True
        config.extra_javascript.insert(0, script)
        self._extension = HandoffExtension(config)
        config.markdown_extensions.append(self._extension)  # type: ignore[arg-type]  # Python-Markdown takes instances
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Place the pages in scope, the start page, and what they show."""
        if self._extension is None:
            raise RuntimeError("the builder asks for files before it has read its configuration")
        job = self.job
        whole = Build(job.project, job.layout, job.prose, job.renderer, job.problems)
        self._extension.build = whole
        self._pages = placing.place(replace(whole, sitemap=job.shown), files, config)
        start = job.layout.reports[HOME]
        first = File.generated(config, start, content="")
        files.append(first)
        self._pages[start] = HandoffPage(job.start, whole, first, config, title="This pack")
        named = [*config.extra_css, *(config.theme.get(name) for name in ("logo", "favicon"))]
        for path in dict.fromkeys(str(one) for one in named if one):
            if files.get_file_from_path(path) is None and _own(job.project, path):
                full = job.project.settings.root / job.project.settings.docs_dir / path
                files.append(File.generated(config, path, abs_src_path=str(full)))
        config.nav = self._navigation()
        return files

    def _navigation(self) -> list[Any]:
        """Return the navigation: the start page, then the records by kind."""
        job, catalog = self.job, self.job.project.catalog
        nav: list[Any] = [job.layout.reports[HOME]]
        for name, kind in catalog.kinds.items():
            listed = [
                job.shown.records[one.identity] for one in catalog.of_kind(name) if one.identity in job.shown.records
            ]
            if listed:
                nav.append({escape(kind.plural): listed})
        return nav

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give titles and parents to our pages."""
        navigation.settle(config.nav, self._pages)
        return nav
