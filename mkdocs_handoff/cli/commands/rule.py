"""`mkdocs-handoff rule`: why a rule exists, an example, and how to mend what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "rule",
        help="explain a rule, or list all",
        description="Explain a rule: why it exists, an example, how to mend it. Without a name: list all rules.",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="a rule, `family/name`, or a family")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one rule, a family, or a line for each."""
    from mkdocs_handoff.cli.status import CLEAN, UsageError  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.rules import load_rules  # noqa: PLC0415
    from mkdocs_handoff.text.near import nearest  # noqa: PLC0415

    rules = load_rules()
    name = options.name
    if name is None:
        width = max(map(len, rules))
        for rule in rules.values():
            print(f"{rule.name:<{width}}  {rule.severity:<7}  {rule.summary}")
        return CLEAN
    if name in rules:
        print(rules[name].page())
        return CLEAN
    family = [rule for rule in rules.values() if rule.name.startswith(name.rstrip("/*") + "/")]
    if not family:
        near = nearest(name, rules)
        raise UsageError(
            f"there is no rule {name!r}"
            + (f"; did you mean {near!r}?" if near else "; `mkdocs-handoff rule` lists all")
        )
    print("\n\n".join(rule.page() for rule in family))
    return CLEAN
