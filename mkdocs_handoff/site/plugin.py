"""The plugin that MkDocs and ProperDocs load: it hears the builder's events, and hands each to its module."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.utils import write_file

from mkdocs_handoff import resources
from mkdocs_handoff.findings import Severity, ordered
from mkdocs_handoff.pages.prose import Prose
from mkdocs_handoff.pages.render import Renderer
from mkdocs_handoff.pages.sitemap import HOME, sitemap
from mkdocs_handoff.past import look_back
from mkdocs_handoff.project import load
from mkdocs_handoff.reports.reading_path import ReadingPaths
from mkdocs_handoff.settings import find_settings, from_options
from mkdocs_handoff.site import navigation, placing, reporter
from mkdocs_handoff.site.build import Build
from mkdocs_handoff.site.cut import Cutter
from mkdocs_handoff.site.markdown import HandoffExtension
from mkdocs_handoff.site.page import HandoffPage
from mkdocs_handoff.site.watching import Watcher
from mkdocs_handoff.today import DateError, today

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from jinja2 import Environment
    from mkdocs.config.base import ConfigErrors, ConfigWarnings
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_handoff.settings import Found, Settings

STYLESHEET = "assets/handoff/handoff.css"
SCRIPT = "assets/handoff/handoff.js"
CATALOG = "handoff.json"


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin's entry as written. What may stand in it is `settings.schema.json`'s business."""


class HandoffPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds a project's records, indexes and reports to the site."""

    def __init__(self) -> None:
        self._options: dict[str, Any] = {}
        self._serving = False
        self._watcher: Watcher | None = None
        self._good: Settings | None = None
        self._reset()

    def _reset(self) -> None:
        """Forget the build before: the builder keeps this instance as long as it serves."""
        self._found: Found | None = None
        self._extension: HandoffExtension | None = None
        self._build: Build | None = None
        self._pages: dict[str, HandoffPage] = {}
        self._cutter: Cutter | None = None

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Take the options as they are: settings are checked where line and column are known, as in the command."""
        self._options = dict(options)
        self.config = Options(config_file_path=config_file_path)
        self.config.load_dict(options)
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether pages are served. Being defined, this keeps the instance through all builds of a server."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the settings; add our theme folder, stylesheet and Markdown extension."""
        self._reset()
        self._found = self._settings(config)
        # A `custom_dir` of the user's stands first, and wins.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(resources.folder("templates") / "theme"))
        config.extra_css.insert(0, STYLESHEET)  # the user's own stylesheets come after it, and win
        script = ExtraScriptValue(SCRIPT)
        script.defer = True
        config.extra_javascript.insert(0, script)
        self._extension = HandoffExtension(config)
        config.markdown_extensions.append(self._extension)  # type: ignore[arg-type]  # Python-Markdown takes instances
        return config

    def _settings(self, config: MkDocsConfig) -> Found:
        """Return the settings; with errors in them a build fails, and a server goes on with the last good ones."""
        file = Path(config.config_file_path or "")
        written = config.config_file_path and file.is_file()
        root = Path(os.path.abspath(file)).parent if written else Path.cwd()  # noqa: PTH100 - links are not followed
        docs_dir = Path(os.path.relpath(config.docs_dir, root)).as_posix()
        found = find_settings(root, file.name) if written else from_options(root, docs_dir, self._options)
        # The builder knows its folder best: environment variables and its own defaults have gone into it.
        found = replace(found, settings=replace(found.settings, docs_dir=docs_dir))
        wrong = [finding for finding in found.findings if finding.severity is Severity.ERROR]
        if not wrong:
            self._good = found.settings
        elif not self._serving:
            raise PluginError("\n".join(["the settings of handoff cannot be used:", *map(reporter.line, wrong)]))
        elif self._good is not None:
            found = replace(found, settings=replace(self._good, docs_dir=docs_dir))
        return found

    @event_priority(-50)  # after plugins that generate files, and before those that make a navigation of them (-100)
    def _on_files_place(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the project, and add its pages."""
        if self._found is None or self._extension is None:
            raise RuntimeError("the builder asks for files before it has read its configuration")
        project = load(self._found)
        past = look_back(project.settings, self._today())
        reading = ReadingPaths(project.catalog, past.today)
        layout = sitemap(project, reading, directory_urls=config.use_directory_urls, private=self._serving)
        prose = Prose(project, layout)
        self._build = Build(project, layout, prose, Renderer(project, layout, prose, past, reading))
        self._extension.build = self._build
        reporter.report(project.findings, project.settings.strict_on)
        self._pages = placing.place(self._build, files, config)
        if self._watcher is not None:
            self._watcher.update(project, layout)
        if not any(file.url in ("./", "index.html") for file in files):
            home = layout.reports[HOME]
            reporter.log.info("the site has no start page: write %s/index.md; ours is %s", config.docs_dir, home)
        return files

    @staticmethod
    def _today() -> date:
        try:
            return today("", os.environ)
        except DateError as error:
            raise PluginError(str(error)) from None

    @event_priority(-95)  # as late as can be before -100: an automatic navigation must list what others still add
    def _on_files_navigate(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our section to the navigation."""
        if self._build is not None:
            navigation.extend(self._build, self._pages, files, config)
        return files

    on_files = CombinedEvent(_on_files_place, _on_files_navigate)

    @event_priority(-100)  # when other plugins have made of the navigation what they will
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give titles and parents to our pages."""
        navigation.settle(config.nav, self._pages)
        self._cutter = Cutter(nav, indexes="navigation.indexes" in (config.theme.get("features") or ()))
        return nav

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell what only rendering could find out: all pages are rendered now."""
        if self._build is not None:
            settings = self._build.project.settings
            weighed = (settings.weigh(finding) for finding in ordered(self._build.problems))
            told = [finding for finding in weighed if finding.severity is not Severity.OFF]
            reporter.report(told, settings.strict_on)
        return env

    @event_priority(100)
    def _on_page_context_begin(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show search plugins a page's fields."""
        if isinstance(page, HandoffPage):
            page.begin_indexing()
        return context

    @event_priority(-100)
    def _on_page_context_end(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the content back, and cut the navigation of a record's page."""
        if isinstance(page, HandoffPage):
            page.end_indexing()
            if page.identity is not None and self._cutter is not None:
                context["nav"] = self._cutter.cut(page)
        return context

    on_page_context = CombinedEvent(_on_page_context_begin, _on_page_context_end)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the catalog for machines."""
        if self._build is not None:
            from mkdocs_handoff.exchange import catalog_json  # noqa: PLC0415 - the serialiser is needed once, at the end

            renderer = self._build.renderer
            text = catalog_json.dump(self._build.project, self._build.sitemap, renderer.staleness, renderer.lineages)
            write_file(text.encode("utf-8"), os.path.join(config.site_dir, CATALOG))  # noqa: PTH118

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch what pages are made of."""
        self._serving = True
        self._watcher = Watcher(server)
        if self._build is not None:
            self._watcher.update(self._build.project, self._build.sitemap)
        return server
