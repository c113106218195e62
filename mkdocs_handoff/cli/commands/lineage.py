"""`mkdocs-handoff lineage`: which links of models' lineage are known, and what is missing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "lineage",
        help="list what is known of models' lineage, and what is missing",
        description="List the links of models' lineage that are not known, from origin to evaluation, with the place "
        "to mend and whom to ask. Exit status: 0 listed, 2 could not run.",
    )
    parser.add_argument("models", nargs="*", metavar="MODEL", help="a model (default: all that are not retired)")
    parser.add_argument("--all", action="store_true", dest="every", help="list the links that are known as well")
    options.add_format(parser, options.TABULAR)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the links of models."""
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.shown import lineage as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN  # noqa: PLC0415
    from mkdocs_handoff.reports.links import Lineages  # noqa: PLC0415

    (project,) = projects_with_records(given.config, ())
    catalog = project.catalog
    lineages = Lineages(catalog, project.settings.root)
    found = [lineages.of(one) for one in _models(given.models, catalog)]
    if given.format == options.JSON:
        print(shown.as_json(found, catalog), end="")
        return CLEAN
    print(shown.rows(given.format, found, catalog, every=given.every), end="")
    for one in found:
        print(shown.summary(one), file=sys.stderr)
    return CLEAN


def _models(words: list[str], catalog: Catalog) -> list[Identity]:
    """Return the models that are named, each once; without names, all that are not retired, by title."""
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.reports.knowledge import MODEL  # noqa: PLC0415

    if not words:
        return [record.identity for record in catalog.of_kind(MODEL) if record.lifecycle != "retired"]
    names = Names((catalog,), ())
    found: dict[Identity, None] = {}
    for word in words:
        kinds = (MODEL,) if ":" not in word else ()
        identity = names.record(f"{MODEL}:{word}" if kinds else word)[0]
        if identity is None or identity.kind != MODEL:
            raise UsageError(f"{word!r} is no model")
        found[identity] = None
    return list(found)
