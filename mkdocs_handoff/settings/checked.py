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
    flaws = Validators().check(kind, value, BASE, None) if value else []
    # What is written with a slip is told as that, and not as missing too.
    slips = {(*flaw.path[:-1], flaw.instead) for flaw in flaws if flaw.instead}
    for flaw in flaws:
        if flaw.rule == "field/required" and flaw.path in slips:
            continue
        rule = "settings/" + flaw.rule.partition("/")[2]
        findings.append(Finding(place(flaw.path, key=flaw.key), rule, flaw.message, flaw.hint))
    # A slip in one setting hides none in another.
    findings.extend(_unknown_rules(value, place))
    if flaws:
        return None
    made: dict[str, Any] = normal(value, kind.root)
    return made


@lru_cache(maxsize=1)
def lockable() -> frozenset[str]:
    """Return the settings that `lock` can settle, beside rules: all but those that are added to what is extended."""
    return frozenset(_kind().root.fields) - {"extends", "lock", "severity"}


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
    severities, locks = value.get("severity"), value.get("lock")
    severities = severities if isinstance(severities, dict) else {}
    locks = [one for one in (locks if isinstance(locks, list) else [locks]) if isinstance(one, str)]
    if not severities and not locks:
        return
    rules = load_rules()
    families = {name.partition("/")[0] + "/*" for name in rules}
    known = {*rules, *families, "*"}
    settled = [] if all("/" in name for name in locks) else sorted(lockable())
    written: list[tuple[Place, str, list[str]]] = [
        *((place(("severity", name), key=True), name, []) for name in severities),
        *((place(("lock", number)), name, settled) for number, name in enumerate(locks)),
    ]
    for where, name, others in written:
        # Rules of one's own may come from what is extended: `project` knows when all has been read.
        if name in known or name in others or name.startswith("own/"):
            continue
        near = nearest(name, [*rules, *families, *others])
        hint = f"Did you mean {near!r}?" if near else "`mkdocs-handoff rule` lists all."
        what = "no rule and no such setting" if others and "/" not in name else "no rule"
        yield Finding(where, "settings/unknown", f"there is {what} {name!r}", hint)
