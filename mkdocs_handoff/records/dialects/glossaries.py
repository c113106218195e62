"""Glossary terms as Kubernetes and the CNCF write them: one Markdown file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.records.markdown import Body

_STATUSES = {"completed": "approved", "feedback appreciated": "in-review", "deprecated": "deprecated"}


def term(adapted: Adapted, body: Body | None, path: str) -> None:
    """Read a term: `aka` are synonyms, the CNCF's status words become ours."""
    del path
    adapted.take("synonyms", adapted.fields.get("aka"), ("aka",), "Kubernetes aka")
    adapted.take("definition", adapted.fields.get("short_description"), ("short_description",), "short_description")
    status = adapted.fields.get("status")
    if isinstance(status, str) and status.lower() in _STATUSES:
        adapted.fields["status"] = _STATUSES[status.lower()]
    if body is not None:
        adapted.infer("title", body.title, "the first heading")
        adapted.infer("definition", body.lead, "the first paragraph")
