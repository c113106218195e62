"""What is run for a repository already, by a forge or a service: the files that say so, and what they do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption import workflows
from mkdocs_handoff.adoption.step import held, there

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REQUIREMENTS = (
    "docs/requirements.txt", "doc/requirements.txt", "requirements-docs.txt", "requirements-doc.txt",
    "docs-requirements.txt", "requirements/docs.txt", "requirements/doc.txt", "requirements.docs.txt",
)  # fmt: skip
"""Where projects write what their documentation needs."""

_GITHUB, _GITLAB = ".github/", ".gitlab-ci.yml"
_READ_THE_DOCS = (".readthedocs.yaml", ".readthedocs.yml")
_OTHERS = (
    ".circleci/config.yml", ".travis.yml", "Jenkinsfile", "azure-pipelines.yml", "bitbucket-pipelines.yml",
    "netlify.toml",
)  # fmt: skip
_FOLDERS = (".github/workflows", ".github/actions")
_PUBLISHING = re.compile(
    r"actions/deploy-pages|actions-gh-pages|github-pages-deploy-action|gh-deploy|mkdocs-deploy-gh-pages"
    r"|\bmike[ \t]+deploy"
)
_BUILDING = re.compile(
    r"\b(?:mkdocs|properdocs)(?:[ \t]+-\S+)*[ \t]+(?:build|gh-deploy)\b|\bmike[ \t]+deploy|mkdocs-deploy-gh-pages"
)
_HOOKS = re.compile(r"(?<![\w.-])(?:pre-commit|prek)(?![\w.]|-config|-hooks)")
_CALLED = re.compile(r"\buses:[ \t]*[\"']?([^\s\"'#]+/\.github/workflows/[^\s\"'#]+)")
_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A file that says what is run.

    Attributes:
        path: From the project's root.
        text: What it holds, without lines that are comments.
    """

    path: str
    text: str

    @property
    def publishes(self) -> bool:
        """Whether it publishes pages, as far as that can be seen: those of GitHub, or at Read the Docs."""
        if self.path in _READ_THE_DOCS:
            return True
        return self.path.startswith(_GITHUB) and _PUBLISHING.search(self.text) is not None

    @property
    def builds(self) -> bool:
        """Whether it runs MkDocs or ProperDocs."""
        if self.path in _READ_THE_DOCS and re.search(r"^mkdocs:", self.text, re.MULTILINE):
            return True
        return _BUILDING.search(self.text) is not None

    @property
    def hooks(self) -> bool:
        """Whether it runs the hooks of commits."""
        return _HOOKS.search(self.text) is not None

    @property
    def ours(self) -> bool:
        """Whether it installs mkdocs-handoff."""
        return "mkdocs-handoff" in self.text

    @property
    def history(self) -> str:
        """How it gets the whole history, which verdicts need; empty where it does, or nobody can tell here how."""
        if self.path.startswith(_GITHUB):
            asked, told = "fetch-depth: 0", "check out with `fetch-depth: 0`"
        elif self.path == _GITLAB:
            asked, told = "GIT_DEPTH", "set `GIT_DEPTH: 0`"
        elif self.path in _READ_THE_DOCS:
            asked, told = "unshallow", "run `git fetch --unshallow || true` in `build: jobs: post_checkout`"
        else:
            return ""
        return "" if asked in self.text else told

    @property
    def called(self) -> tuple[str, ...]:
        """The workflows of other repositories that it calls: nobody here can tell what they do."""
        return tuple(dict.fromkeys(one for one in _CALLED.findall(self.text) if not one.startswith("./")))


def pipelines(root: Path) -> tuple[Pipeline, ...]:
    """Return what is run for a repository already, without what `init` writes, by path.

    Args:
        root: The project's root.
    """
    found: list[Pipeline] = []
    for path in (*_in_folders(root), *_READ_THE_DOCS, _GITLAB, *_OTHERS):
        read = held(root, path) if path not in workflows.PATHS.values() and there(root, path) else ""
        if isinstance(read, tuple):
            found.append(Pipeline(path, _COMMENT.sub("", read[0])))
    return tuple(found)


def requirements_of(root: Path) -> str:
    """Return the file that says what the documentation needs; empty where there is none.

    Args:
        root: The project's root.
    """
    return next((one for one in REQUIREMENTS if there(root, one)), "")


def _in_folders(root: Path) -> Iterator[str]:
    for folder in _FOLDERS:
        if (root / folder).is_dir():
            paths = (path for path in (root / folder).rglob("*") if path.name.lower().endswith((".yml", ".yaml")))
            yield from sorted(path.relative_to(root).as_posix() for path in paths)
