"""What a forge runs: the workflow of GitHub and the jobs of GitLab, as they are written into a repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff import resources

if TYPE_CHECKING:
    from collections.abc import Sequence

GITHUB, GITLAB = "github", "gitlab"
FORGES = (GITHUB, GITLAB)

PATHS = {GITHUB: ".github/workflows/mkdocs-handoff.yml", GITLAB: ".gitlab/mkdocs-handoff.yml"}
"""Where each stands. GitLab reads one file alone, which names ours."""

_BUILD = re.compile(r"pip install mkdocs-handoff  # SITE\n(.*?)mkdocs build", re.DOTALL)
_OF_PAGES = re.compile(r" ?Pages are published.*?\"GitHub Actions\"\. ", re.DOTALL)
_NEEDS = "  # and what else the builder's configuration names: plugins, themes"
_CHECKS = ("test", "check", "checks", "lint", "verify", "quality", "validate")
_PUBLISHES = ("pages", "deploy", "publish", "release")


def workflow(forge: str, configuration: str, requirements: str = "") -> str:
    """Return the text of a forge's workflow.

    Args:
        forge: One of `FORGES`.
        configuration: The builder's configuration, `mkdocs.yml` or another; its name says which builder runs.
        requirements: The file that says what the documentation needs besides; empty where there is none.
    """
    text = (resources.folder("templates") / "workflows" / f"{forge}.yml").read_text(encoding="utf-8")
    other = configuration.startswith("properdocs")
    package = "'mkdocs-handoff[properdocs]'" if other else "mkdocs-handoff"
    installed = f"pip install {package} -r {requirements}" if requirements else f"pip install {package}{_NEEDS}"
    build = f"{'properdocs' if other else 'mkdocs'} build"
    return _BUILD.sub(lambda found: f"{installed}\n{found[1]}{build}", text)


def without_site(text: str) -> str:
    """Return the workflow of GitHub without the job that publishes a site."""
    text = _OF_PAGES.sub("\n# ", text)
    return re.sub(r"\n  site:\n.*?\n(?=  digest:\n)", "\n", text, flags=re.DOTALL)


def checking(forge: str, settings: str) -> tuple[str, ...]:
    """Return the lines that check one folder of a repository, to be put into its pipeline by people.

    Args:
        forge: One of `FORGES`.
        settings: The file of that folder's settings, from the top of the repository.
    """
    lint = f"mkdocs-handoff lint --config {settings}"
    if forge == GITLAB:
        start = ("handoff-lint:", "  image: python:3.12", "  variables: {GIT_DEPTH: 0}", "  script:")
        return (*start, "    - pip install mkdocs-handoff", f"    - {lint}")
    checkout = ("- uses: actions/checkout@v4", "  with: {fetch-depth: 0, persist-credentials: false}")
    return (*checkout, "- run: pip install mkdocs-handoff", f"- run: {lint} --format github")


def without_pages(text: str) -> str:
    """Return the jobs of GitLab with a site that is kept as an artifact, and not published."""
    name = "handoff-site"
    text = text.replace("\npages:\n", f"\n{name}:\n").replace("--site-dir public", f"--site-dir {name}")
    return text.replace("{paths: [public]}", f"{{paths: [{name}]}}")


def of_branches(text: str) -> str:
    """Return the jobs of GitLab for a project that has pipelines of branches alone.

    A job of merge requests would begin a second pipeline for each, without the project's own jobs, and it is that one
    which decides whether the request may be merged.
    """
    requests = '    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n'
    alone = "    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS == null &&"
    text = text.replace(requests + alone, "    - if: $CI_COMMIT_BRANCH &&")
    # What is left of the first is the job that writes a comment.
    return text.replace(
        requests, '    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS && $CI_PIPELINE_SOURCE != "schedule"\n'
    )


def staged(text: str, stages: Sequence[str]) -> tuple[str, str, str]:
    """Return the jobs of GitLab in stages of a pipeline, with the stage of the checks and that of the site.

    Args:
        text: The jobs.
        stages: Those that the pipeline lists; jobs in any other are refused.
    """
    checks = next((one for one in _CHECKS if one in stages), stages[0])
    publishes = next((one for one in _PUBLISHES if one in stages), stages[-1])
    text = text.replace("\n.handoff:\n", f"\n.handoff:\n  stage: {_written(checks)}\n")
    text = text.replace(
        "\npages:\n  extends: .handoff\n", f"\npages:\n  extends: .handoff\n  stage: {_written(publishes)}\n"
    )
    return text, checks, publishes


def _written(stage: str) -> str:
    return stage if re.fullmatch(r"[A-Za-z][\w-]*", stage) else "'" + stage.replace("'", "''") + "'"
