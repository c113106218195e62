"""`mkdocs-handoff rule`: why a rule exists, an example, and how to mend what it finds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from mkdocs_handoff.rules import Rule


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "rule",
        help="explain a rule, or list all",
        description="Explain a rule: why it exists, an example, how to mend it. Without a name: list all rules.",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="a rule, `family/name`, or a family")
    options.add_config(parser)
    options.add_format(parser, ("text", options.MARKDOWN, options.JSON), "; markdown: the page docs/rules.md")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one rule, a family, or a line for each."""
    from mkdocs_handoff.cli.status import CLEAN  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.rules import load_rules, page  # noqa: PLC0415

    rules, wrong = load_rules(), ""
    # The page as Markdown is of this project's documentation: it tells of what every project has.
    if given.name.partition("/")[0] == "own" if given.name else given.format != options.MARKDOWN:
        own, wrong = _own(given.config)
        rules |= own
    chosen = rules if given.name is None else _named(rules, given.name, wrong)
    if wrong and given.name not in chosen:
        print(f"{wrong}: rules of the project's own may be missing here", file=sys.stderr)
    if given.format == options.JSON:
        import json  # noqa: PLC0415
        from dataclasses import asdict  # noqa: PLC0415

        document = {"version": 1, "rules": [asdict(rule) for rule in chosen.values()]}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    elif given.name is not None:
        print("\n\n".join(rule.page() if given.format == options.MARKDOWN else rule.told() for rule in chosen.values()))
    elif given.format == options.MARKDOWN:
        print(page(rules), end="")
    else:
        width = max(map(len, rules))
        for rule in rules.values():
            print(f"{rule.name:<{width}}  {rule.severity:<7}  {rule.summary}")
    return CLEAN


def _own(configuration: str | None) -> tuple[dict[str, Rule], str]:
    """Return the rules between records in a project's settings, and what may keep others from being read."""
    from dataclasses import replace  # noqa: PLC0415 - `--help` needs none of this

    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.projects import settings_of  # noqa: PLC0415
    from mkdocs_handoff.demands.documented import documented  # noqa: PLC0415
    from mkdocs_handoff.findings import Severity  # noqa: PLC0415

    found = settings_of(configuration)
    wrong = next((one for one in found.findings if one.severity is Severity.ERROR), None)
    own = dict(sorted(documented(found.settings.rules).items()))
    if wrong is None:
        return own, ""
    place = replace(wrong.place, path=files.shown(found.settings.root / wrong.place.path))
    return own, f"{place}: {wrong.message}"


def _named(rules: Mapping[str, Rule], name: str, wrong: str) -> dict[str, Rule]:
    """Return the rule of a name, or those of a family.

    Args:
        rules: All there are.
        name: Of the rule, or of the family.
        wrong: What may keep the project's own from being read, if anything does.

    Raises:
        UsageError: There is none.
    """
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.text.near import nearest  # noqa: PLC0415

    if name in rules:
        return {name: rules[name]}
    family = {one: rule for one, rule in rules.items() if one.startswith(name.rstrip("/*") + "/")}
    if not family and wrong:
        raise UsageError(f"{name!r} cannot be looked up: the settings are not in order ({wrong})")
    if not family:
        near = nearest(name, rules)
        raise UsageError(
            f"there is no rule {name!r}"
            + (f"; did you mean {near!r}?" if near else "; `mkdocs-handoff rule` lists all")
        )
    return family
