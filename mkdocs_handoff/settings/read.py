"""Reading settings: from the builder's configuration without the builder, or from `handoff.yml`."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.schema.validate import BASE
from mkdocs_handoff.settings.checked import checked
from mkdocs_handoff.settings.entry import merged, plugin_entries
from mkdocs_handoff.settings.layers import Layers
from mkdocs_handoff.settings.locks import settle
from mkdocs_handoff.settings.model import Claim, Settings
from mkdocs_handoff.settings.policy import OWN_FILE
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.text.yaml import Path as ValuePath
    from mkdocs_handoff.text.yaml import Value

CONFIGURATIONS = ("properdocs.yml", "properdocs.yaml", "mkdocs.yml", "mkdocs.yaml")
_MAX_INHERIT = 10
_ORDINARY = "Settings stand in an ordinary file of the project that you may read: put one in its place, or take it out."


@dataclass(frozen=True, slots=True)
class Found:
    """Settings, and what is wrong with what was written. With errors among the findings, they are the standard ones.

    Attributes:
        places: Where settings stand, for what is known to be wrong only when more than the settings has been read.
    """

    settings: Settings
    findings: tuple[Finding, ...] = ()
    places: Places | None = field(default=None, compare=False)


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
        if os.path.lexists(root / name):
            chain = _chain(root, name, findings)
            break
    base = Settings(root, docs_dir=_relative(_docs_dir(chain)))
    entries = plugin_entries([part.value for part in chain])
    options = merged([entry.options for entry in entries])
    own = _written(root, OWN_FILE, findings) if os.path.lexists(root / OWN_FILE) else None
    if own is not None and options:
        message = f"settings stand here and in the plugin's entry of {chain[entries[0].number].path}"
        named = ", ".join(f"`{key}`" for key in options)
        hint = f"Move {named} into {OWN_FILE} and leave `- handoff` there, or move all of {OWN_FILE} into the entry."
        findings.append(Finding(Place(OWN_FILE), "settings/twice", message, hint))
    if entries and (own is None or options):

        def place(at: ValuePath, *, key: bool = False) -> Place:
            entry = next((entry for entry in entries if at and at[0] in entry.options), entries[0])
            return _locate(chain[entry.number], (*entry.path, *at), key=key)

        for entry in entries:
            if entry.misfit:
                hint = "Write the options as `key: value` lines below the plugin's name."
                at = _locate(chain[entry.number], entry.path)
                findings.append(Finding(at, "settings/type", "the plugin's options are no mapping", hint))
        return _checked(base, chain[entries[0].number].path, options, place, findings)
    if own is not None:
        return _checked(base, own.path, own.value, partial(_locate, own), findings)
    return Found(base, tuple(findings))


def from_options(root: Path, docs_dir: str, options: Mapping[str, Any]) -> Found:
    """Read settings that a builder holds in memory, where no file of it is at hand."""
    base = Settings(root, docs_dir=_relative(docs_dir))
    return _checked(base, "", dict(options), lambda _, **__: Place("mkdocs.yml"), [])


def _docs_dir(chain: list[_Written]) -> str:
    """Return the builder's folder of pages; of `!ENV [NAME, docs]` the default, which is what stands last."""
    for part in chain:
        written = part.value.get("docs_dir")
        last = written[-1] if isinstance(written, list) and written else written
        if isinstance(last, str) and last:
            return last
    return "docs"


def _locate(part: _Written, path: ValuePath, *, key: bool = False) -> Place:
    return Place(part.path, *yaml.locate(part.text, 0, path, key=key))


def _relative(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/")).removeprefix("./")


def _written(root: Path, name: str, findings: list[Finding]) -> _Written | None:
    text = read_text(root, name) if ".." not in name.split("/") else _read_above(root, name)
    if isinstance(text, Finding):
        hint = _ORDINARY if text.rule in ("file/unreadable", "file/outside") else text.hint
        findings.append(replace(text, hint=hint))
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


def _checked(base: Settings, path: str, options: dict[str, Value], place: Places, findings: list[Finding]) -> Found:
    own = checked(options, place, findings)
    if own is None:
        return Found(base, tuple(findings))
    layers = Layers(base.root)
    layers.add(own, path, place)
    settled = settle(layers.layers)
    settings = replace(
        _made(base, path, settled.value),
        overrules=settled.overrules,
        locks=settled.locks,
        schemas_locks=settled.schemas,
        layers=tuple(one.schemas for one in layers.layers if one.schemas is not None),
        extended=tuple(layers.paths),
    )
    return Found(settings, (*findings, *layers.findings, *settled.findings), settled.place)


def _made(base: Settings, path: str, value: dict[str, Any]) -> Settings:
    nav = value.get("nav", base.nav)
    # The schema takes text as well, so the reader leaves `false` as it is written.
    nav = {"true": True, "false": False}.get(str(nav).lower(), nav)
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
        strict_on=Severity(value.get("strict_on", base.strict_on)),
        nav=base.nav if nav is True else nav or None,
        nav_items=value.get("nav_items", base.nav_items),
        terms=value.get("terms", base.terms),
        history=value.get("history", base.history),
        sweep=value.get("sweep", base.sweep),
        trend=_relative(value.get("trend", base.trend)),
        approvals=_relative(value.get("approvals", base.approvals)),
        baseline=_relative(value.get("baseline", base.baseline)),
        single_points=value.get("single_points", base.single_points),
        rules=value.get("rules", {}),
        prose=value.get("prose", {}),
    )


def _claims(kind: str, places: list[Any]) -> list[Claim]:
    """Return the claims of a kind; each knows where its glob is written."""
    claims: list[Claim] = []
    for number, one in enumerate(places):
        at = ("records", kind, number)
        if isinstance(one, dict):
            level = one.get("level", BASE)
            claims += (Claim(kind, glob, level, (*at, "files", step)) for step, glob in enumerate(one["files"]))
        else:
            claims.append(Claim(kind, one, BASE, at))
    return claims
