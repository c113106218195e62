"""`manifest.json`: what a pack is, where it comes from, and what is in it (`docs/pack.md`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff import __version__
from mkdocs_handoff.exchange.pack.archive import MANIFEST, Member
from mkdocs_handoff.staleness.material import fingerprint, material

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.exchange.pack.holdings import Artifact, Holdings
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.handoffs.scope import Scope

FORMAT = "mkdocs-handoff pack"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a pack comes from.

    Attributes:
        commit: The commit that was checked out; empty where git tells none.
        committed: When it was made, in UTC; empty likewise.
        reason: Why there is no commit; empty where there is one.
        today: The day from which pages look at everything.
    """

    commit: str
    committed: str
    reason: str
    today: str


def manifest(
    catalog: Catalog,
    scope: Scope,
    holdings: Holdings,
    origin: Origin,
    pages: Mapping[Identity, str],
    members: Sequence[Member],
    built_with: Mapping[str, str],
) -> Member:
    """Return the manifest of a pack.

    Args:
        catalog: All records.
        scope: Those in the pack.
        holdings: Their files and artifacts.
        origin: Where all of it comes from.
        pages: The page of each, by its path in the pack.
        members: Every other file of the pack, in order.
        built_with: The versions of what made the pages.
    """
    about = catalog.records[scope.about]
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "about": {
            "id": str(scope.about),
            "title": about.title,
            "subjects": [str(identity) for identity in scope.subjects],
            **{name: about.get(name) for name in ("from", "to", "status") if isinstance(about.get(name), str)},
        },
        "commit": {
            "id": origin.commit,
            "date": origin.committed,
            **({"unknown": origin.reason} if origin.reason else {}),
        },
        "dirty": bool(holdings.uncommitted),
        "uncommitted": list(holdings.uncommitted),
        "today": origin.today,
        "made_with": {"mkdocs-handoff": __version__, **built_with},
        "records": [
            {
                "id": str(member.identity),
                "title": catalog.title(member.identity),
                "reach": member.reach.value,
                "why": member.why,
                "page": pages[member.identity],
                "files": list(holdings.files[member.identity]),
                "fingerprint": fingerprint(
                    material(catalog.records[member.identity], catalog.kinds[member.identity.kind])
                ),
            }
            for member in scope.records
        ],
        "artifacts": [_artifact(one) for one in holdings.artifacts],
        "members": [{"path": one.path, "size": len(one.content), "sha256": one.sha256} for one in members],
    }
    return Member(MANIFEST, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace"))


def _artifact(one: Artifact) -> dict[str, Any]:
    return {
        "path": one.path,
        **({"size": one.size, "sha256": one.sha256} if one.size is not None else {}),
        **({"member": one.member} if one.member else {"absent": one.absent}),
        **({"git_lfs_pointer": True} if one.pointer else {}),
        "stated": [
            {
                "by": str(claim.record),
                **({"alg": claim.alg, "content": claim.content} if claim.content else {}),
                **({"size": claim.size} if claim.size is not None else {}),
                **({"agrees": claim.agrees} if claim.agrees is not None else {}),
            }
            for claim in one.claims
        ],
    }
