"""What a forge runs: the workflow of GitHub and the jobs of GitLab, as they are written into a repository."""

from __future__ import annotations

from mkdocs_handoff import resources

GITHUB, GITLAB = "github", "gitlab"
FORGES = (GITHUB, GITLAB)

PATHS = {GITHUB: ".github/workflows/handoff.yml", GITLAB: ".gitlab/handoff.yml"}
"""Where each stands. GitLab reads one file alone, which names ours."""

INCLUDING = ".gitlab-ci.yml"


def workflow(forge: str, configuration: str) -> str:
    """Return the text of a forge's workflow.

    Args:
        forge: One of `FORGES`.
        configuration: The builder's configuration, `mkdocs.yml` or another; its name says which builder runs.
    """
    text = (resources.folder("templates") / "workflows" / f"{forge}.yml").read_text(encoding="utf-8")
    if configuration.startswith("properdocs"):
        text = text.replace("pip install mkdocs-handoff\n      - run: mkdocs build", _PROPERDOCS)
        text = text.replace(
            "mkdocs build --site-dir public", "pip install properdocs && properdocs build --site-dir public"
        )
    return text


_PROPERDOCS = "pip install 'mkdocs-handoff[properdocs]'\n      - run: properdocs build"
