"""One text of settings, held against their schema: the project's own, or that of a layer it extends."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from mkdocs_handoff import resources
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.rules import load_rules
from mkdocs_handoff.schema.fields import compile_field, normal, typed
from mkdocs_handoff.schema.kinds import Kind
from mkdocs_handoff.schema.validate import BASE, Validators
from mkdocs_handoff.settings.model import Overrule
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.text.yaml import Path as ValuePath
    from mkdocs_handoff.text.yaml import Value


class Places(Protocol):
    """Says where a setting stands, or its key."""

    def __call__(self, path: ValuePath, /, *, key: bool = False) -> Place:
        """Return the place of the setting at a path, or of what is nearest to it."""
        ...


# MkDocs gives every plugin this option and takes it away again itself.
_BUILDERS_OWN = frozenset(("enabled",))


@lru_cache(maxsize=1)
def _kind() -> Kind:
    import json  # noqa: PLC0415

    schema = json.loads((resources.folder("schemas") / "settings.schema.json").read_text(encoding="utf-8"))
    return Kind("settings", "Settings", "Settings", compile_field(schema), schema)


def checked(options: dict[str, Value], place: Places, findings: list[Finding]) -> dict[str, Any] | None:
    """Return settings in their one form, or None where something is wrong with them, which is added to the findings."""
    kind = _kind()
    value = typed({key: item for key, item in options.items() if key not in _BUILDERS_OWN}, kind.root)
    flaws = Validators().check(kind, value, BASE, ()) if value else []
    for flaw in flaws:
        rule = "settings/" + flaw.rule.partition("/")[2]
        findings.append(Finding(place(flaw.path, key=flaw.key), rule, flaw.message, flaw.hint))
    if flaws:
        return None
    made: dict[str, Any] = normal(value, kind.root)
    findings.extend(_unknown_rules(made, place))
    return made


def overrules(value: dict[str, Any]) -> tuple[Overrule, ...]:
    """Return the severities of settings, the later ones winning."""
    return tuple(one for name, given in value.get("severity", {}).items() for one in _overrules(name, given))


def _overrules(name: str, given: list[Any]) -> list[Overrule]:
    """Of a list the first entry that matches decides, of all rules the last: so a list is turned round."""
    return [
        Overrule(name, Severity(one["severity"]), tuple(one.get("files", ())))
        if isinstance(one, dict)
        else Overrule(name, Severity(one))
        for one in reversed(given)
    ]


def _unknown_rules(value: dict[str, Any], place: Places) -> Iterator[Finding]:
    """Tell of severities and locks for rules that there are none of: nobody would see that they do nothing."""
    severities, locks = value.get("severity", {}), value.get("lock", ())
    if not severities and not locks:
        return
    rules = load_rules()
    families = {name.partition("/")[0] + "/*" for name in rules}
    known = {*rules, *families, "*"}
    wrong = [(place(("severity", name), key=True), name) for name in severities if name not in known]
    wrong += [(place(("lock", number)), name) for number, name in enumerate(locks) if name not in known]
    # Rules of one's own may come from what is extended: `project` knows when all has been read.
    wrong = [(where, name) for where, name in wrong if not name.startswith("own/")]
    for where, name in wrong:
        near = nearest(name, [*rules, *families])
        hint = f"Did you mean {near!r}?" if near else "`mkdocs-handoff rule` lists all."
        yield Finding(where, "settings/unknown", f"there is no rule {name!r}", hint)
