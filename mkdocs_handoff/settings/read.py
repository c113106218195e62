"""Reading settings: from the builder's configuration without the builder, or from `handoff.yml`."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mkdocs_handoff import resources
from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.schema.fields import compile_field, normal, typed
from mkdocs_handoff.schema.kinds import Kind
from mkdocs_handoff.schema.validate import BASE, Validators
from mkdocs_handoff.settings.model import Claim, Overrule, Settings
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mkdocs_handoff.text.yaml import Path as ValuePath
    from mkdocs_handoff.text.yaml import Value

CONFIGURATIONS = ("properdocs.yml", "properdocs.yaml", "mkdocs.yml", "mkdocs.yaml")
OWN_FILE = "handoff.yml"
PLUGIN = "handoff"
_MAX_INHERIT = 10


@dataclass(frozen=True, slots=True)
class Found:
    """Settings, and what is wrong with what was written. With errors among the findings, they are the standard ones."""

    settings: Settings
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    """One file of settings: its values and where they stand."""

    path: str
    text: str
    value: dict[str, Value]


def find_settings(root: Path, configuration: str = "") -> Found:
    """Read the settings of the project in a folder.

    Args:
        root: The folder that holds the builder's configuration, or `handoff.yml`.
        configuration: The builder's configuration, relative to `root`; empty: the first of the usual names.
    """
    findings: list[Finding] = []
    names = (configuration,) if configuration else CONFIGURATIONS
    chain: list[_Written] = []
    for name in names:
        if (root / name).is_file():
            chain = _chain(root, name, findings)
            break
    docs_dir = next((str(part.value["docs_dir"]) for part in chain if part.value.get("docs_dir")), "docs")
    entry = _plugin_entry(chain)
    own = _written(root, OWN_FILE, findings) if (root / OWN_FILE).is_file() else None
    if entry is not None and own is not None and entry[2]:
        message = f"settings stand here and in the plugin's entry of {entry[0].path}"
        hint = "Keep one of the two: move these keys into the plugin's entry, or take its options away."
        findings.append(Finding(Place(OWN_FILE), "settings/twice", message, hint))
    base = Settings(root, docs_dir=_relative(docs_dir))
    if entry is not None and (own is None or entry[2]):
        part, path, options = entry
        return _checked(base, part.path, options, lambda at: _locate(part, (*path, *at)), findings)
    if own is not None:
        inner = own
        return _checked(base, own.path, own.value, lambda at: _locate(inner, at), findings)
    return Found(base, tuple(findings))


def from_options(root: Path, docs_dir: str, options: Mapping[str, Any]) -> Found:
    """Read settings that a builder holds in memory, where no file of it is at hand."""
    return _checked(Settings(root, docs_dir=_relative(docs_dir)), "", dict(options), lambda _: Place("mkdocs.yml"), [])


def _locate(part: _Written, path: ValuePath) -> Place:
    return Place(part.path, *yaml.locate(part.text, 0, path))


def _relative(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/")).removeprefix("./")


def _written(root: Path, name: str, findings: list[Finding]) -> _Written | None:
    text = read_text(root, name) if ".." not in name.split("/") else _read_above(root, name)
    if isinstance(text, Finding):
        findings.append(text)
        return None
    reading = yaml.read(text)
    # Another plugin's part of the file is not ours to judge: only what keeps us from reading it at all.
    findings.extend(
        Finding(Place(name, problem.line, problem.column), problem.rule, problem.message, problem.hint)
        for problem in reading.problems
        if problem.rule == "yaml/syntax" or name == OWN_FILE
    )
    value = reading.documents[0] if reading.documents else None
    if value is None or isinstance(value, dict):
        return _Written(name, text, value or {})
    hint = "Settings are written as `key: value` lines."
    findings.append(Finding(Place(name), "yaml/not-a-mapping", "is not a mapping of settings", hint))
    return None


def _read_above(root: Path, name: str) -> str | Finding:
    """Read a configuration that `INHERIT` names above the project: the builder reads it as well."""
    path = (root / name).resolve()
    text = read_text(path.parent, path.name)
    return text if isinstance(text, str) else Finding(Place(name), text.rule, text.message, text.hint)


def _chain(root: Path, name: str, findings: list[Finding]) -> list[_Written]:
    """Return a configuration and those it inherits from, the nearest first (MkDocs' `INHERIT`)."""
    chain: list[_Written] = []
    while name and len(chain) < _MAX_INHERIT and all(part.path != name for part in chain):
        part = _written(root, name, findings)
        if part is None:
            break
        chain.append(part)
        parent = part.value.get("INHERIT")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), parent)) if isinstance(parent, str) else ""
    return chain


def _plugin_entry(chain: list[_Written]) -> tuple[_Written, ValuePath, dict[str, Value]] | None:
    """Return where the plugin's options stand: of lists the nearest decides, mappings of plugins are merged."""
    for part in chain:
        plugins = part.value.get("plugins")
        if isinstance(plugins, list):
            for number, entry in enumerate(plugins):
                if entry == PLUGIN:
                    return part, ("plugins", number), {}
                if isinstance(entry, dict) and PLUGIN in entry:
                    options = entry[PLUGIN]
                    return part, ("plugins", number, PLUGIN), options if isinstance(options, dict) else {}
            return None
        if isinstance(plugins, dict) and PLUGIN in plugins:
            options = plugins[PLUGIN]
            return part, ("plugins", PLUGIN), options if isinstance(options, dict) else {}
    return None


@lru_cache(maxsize=1)
def _kind() -> Kind:
    import json  # noqa: PLC0415

    schema = json.loads((resources.folder("schemas") / "settings.schema.json").read_text(encoding="utf-8"))
    return Kind("settings", "Settings", "Settings", compile_field(schema), schema)


# MkDocs gives every plugin this option and takes it away again itself.
_BUILDERS_OWN = frozenset(("enabled",))


def _checked(
    base: Settings, path: str, options: dict[str, Value], place: Callable[[ValuePath], Place], findings: list[Finding]
) -> Found:
    kind = _kind()
    value = typed({key: item for key, item in options.items() if key not in _BUILDERS_OWN}, kind.root)
    flaws = Validators().check(kind, value, BASE, ()) if value else []
    for flaw in flaws:
        rule = "settings/" + flaw.rule.partition("/")[2]
        findings.append(Finding(place(flaw.path), rule, flaw.message, flaw.hint))
    if flaws:
        return Found(base, tuple(findings))
    return Found(_made(base, path, normal(value, kind.root)), tuple(findings))


def _made(base: Settings, path: str, value: dict[str, Any]) -> Settings:
    nav = value.get("nav", base.nav)
    return Settings(
        root=base.root,
        path=path,
        docs_dir=base.docs_dir,
        namespace=value.get("namespace", ""),
        prefix=value.get("prefix", base.prefix) or "",
        claims=tuple(claim for kind, places in value.get("records", {}).items() for claim in _claims(kind, places)),
        exclude=tuple(value.get("exclude", ())),
        schemas=_relative(value.get("schemas", base.schemas)),
        templates=_relative(value.get("templates", base.templates)),
        overrules=tuple(rule for name, given in value.get("severity", {}).items() for rule in _overrules(name, given)),
        strict_on=Severity(value.get("strict_on", base.strict_on)),
        nav=base.nav if nav is True else nav or None,
        nav_items=value.get("nav_items", base.nav_items),
        terms=value.get("terms", base.terms),
    )


def _claims(kind: str, places: list[Any]) -> list[Claim]:
    return [
        Claim(kind, glob, level)
        for place in places
        for globs, level in [(place["files"], place.get("level", BASE)) if isinstance(place, dict) else ([place], BASE)]
        for glob in globs
    ]


def _overrules(name: str, given: Any) -> list[Overrule]:
    """Of a list the first entry that matches decides, of all rules the last: so a list is turned round."""
    if isinstance(given, str):
        return [Overrule(name, Severity(given))]
    return [Overrule(name, Severity(one["severity"]), tuple(one.get("files", ()))) for one in reversed(given)]
