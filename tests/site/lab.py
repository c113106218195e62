"""A small project for the site tests."""

from __future__ import annotations

CONFIGURATION = """
site_name: Lab
site_url: https://lab.example/docs/
repo_url: https://git.example/lab
edit_uri: edit/main/docs/
theme:
  name: material
  font: false
  features: [content.action.edit, navigation.footer, navigation.path]
plugins:
  - search
  - handoff
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - footnotes
  - abbr
  - toc: {permalink: true}
  - pymdownx.superfences
validation: {links: {anchors: warn, not_found: warn}}
"""

PROJECT = {
    "mkdocs.yml": CONFIGURATION,
    "docs/index.md": """
        # Welcome

        The model is [[model:churn]]; its recall is [[churn#score|good]].
        See [the card](../models/churn.md#why-it-exists).
        `[[model:churn]]` stays. A drift is a drift.
        """,
    "docs/guide/start.md": "# Start\n\nRead [[team:core]].\n",
    "docs/decisions/0001-use-trees.md": """
        ---
        status: accepted
        date: 2026-01-05
        tags: [secret]
        ---
        # Use trees

        ## Context

        Trees explain themselves to [[churn]].
        """,
    "models/churn.md": """
        ---
        title: Churn & <co>
        description: Tells who "leaves".
        owners: [{ref: team:core, role: accountable}]
        hidden_key: never in meta
        score: 0.75
        ---
        # Churn

        ## Why it exists

        Recall went down; see [the decision](../docs/decisions/0001-use-trees.md), [the start](../docs/guide/start.md),
        ![a plot](plots/roc.svg) and [[model:unborn]].

        ## How it works

        It watches the recall.
        """,
    "models/plots/roc.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "teams/core.yml": "title: Core team\ndescription: Keeps the models.\n",
    "glossary.yml": """
        terms:
          - term: Recall
            definition: Share of the found among the real ones.
          - term: Drift
            definition: A slow change.
        """,
}
