"""What layers of settings lock, and what others say against it: that is told, and not taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.rules import load_rules
from mkdocs_handoff.settings.checked import lockable, overrules
from mkdocs_handoff.settings.entry import merged
from mkdocs_handoff.settings.model import Lock, Overrule, SchemasLock, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_handoff.settings.layers import Layer
    from mkdocs_handoff.text.yaml import Path as ValuePath

_OF_A_LAYER = frozenset(("extends", "lock", "schemas", "severity"))
"""Settings that say something of the file in which they stand; all others are inherited, the nearer one holding."""
_HOLDS = "The lock holds; take this line out, or talk to whoever keeps that file."
_OTHER = "The lock holds; give your rule another name, or talk to whoever keeps that file."


@dataclass(frozen=True, slots=True)
class _Held:
    """What a layer locks.

    Attributes:
        lock: The lock of a rule; of a setting, likewise with its name.
        layer: The layer that says so. Whatever it does not extend is held against it, wherever it stands in a list.
        value: What the layer gives with all that it extends.
    """

    lock: Lock
    layer: Layer
    value: dict[str, Any]

    def severity(self, rule: str) -> Severity | None:
        """Return the severity in which a rule is held in most files; None: it knows none of that name."""
        stated = [one for one in self.lock.overrules if not one.globs and names(one.rule, rule)]
        if stated:
            return stated[-1].severity
        if rule in load_rules():
            return Severity(load_rules()[rule].severity)
        own = self.value.get("rules", {}).get(rule.removeprefix("own/"))
        return None if own is None else Severity(own.get("severity", Severity.WARNING))


@dataclass(frozen=True, slots=True)
class Settled:
    """Layers of settings, without what contradicts a lock.

    Attributes:
        layers: As they were given.
        locks: The first that names a rule decides over it.
        findings: What they said against locks, at its place.
    """

    layers: tuple[Layer, ...]
    locks: tuple[Lock, ...]
    findings: tuple[Finding, ...]

    @property
    def value(self) -> dict[str, Any]:
        """The project's settings, with what they inherit."""
        return merged([self.layers[-1].value, _given(self.layers[:-1])])

    @property
    def overrules(self) -> tuple[Overrule, ...]:
        """The severities of all, the later ones winning."""
        return _severities(self.layers)

    @property
    def schemas(self) -> tuple[SchemasLock, ...]:
        """Locks of schemas; the first that has a kind decides over it."""
        return tuple(
            SchemasLock(tuple(one.schemas[0] for one in self.layers if one.schemas and one.name in by.within), by.path)
            for by in self.layers
            if "schemas" in by.value.get("lock", ()) and not by.own
        )

    def place(self, path: ValuePath, *, key: bool = False) -> Place:
        """Return where a setting stands: in the project's own settings, or in the nearest layer that gives it."""
        nearest = next((one for one in reversed(self.layers) if _gives(one.value, path)), self.layers[-1])
        return nearest.place(path, key=key)


def settle(layers: Sequence[Layer]) -> Settled:
    """Hold layers of settings against each other's locks.

    Args:
        layers: The farthest first, the project's own last.
    """
    settings: dict[str, _Held] = {}
    rules: list[_Held] = []
    findings: list[Finding] = []
    for layer in layers:
        base = [one for one in layers if one.name in layer.within]
        value, stated = _given(base), _severities(base)
        for number, name in enumerate(layer.value.get("lock", ())):
            held = _Held(Lock(name, layer.path, stated), layer, value)
            if name in lockable():
                findings += _rival(settings.setdefault(name, held), held, number)
            else:
                rules.append(held)
                findings += _rivals(rules, held, number)
    kept: list[Layer] = []
    for layer in layers:
        findings += _severer(layer, rules)
        kept.append(_without_locked(layer, settings, rules, findings))
    return Settled(tuple(kept), tuple(held.lock for held in rules), tuple(findings))


def _given(layers: Sequence[Layer]) -> dict[str, Any]:
    """Return what layers hand down: of two values the nearer holds, mappings are merged."""
    return merged({key: item for key, item in one.value.items() if key not in _OF_A_LAYER} for one in reversed(layers))


def _severities(layers: Iterable[Layer]) -> tuple[Overrule, ...]:
    return tuple(overrule for layer in layers for overrule in overrules(layer.value))


def _rival(first: _Held, held: _Held, number: int) -> Iterator[Finding]:
    """Tell of a setting that another layer has locked already, at another value."""
    name = held.lock.rule
    rivals = first.layer.name not in held.layer.within and name not in held.layer.value
    if rivals and name != "schemas" and first.value.get(name) != held.value.get(name):
        message = f"the setting {name!r} is locked at another value by {first.layer.path}"
        yield Finding(held.layer.place(("lock", number)), "settings/locked", message, _HOLDS)


def _rivals(rules: Sequence[_Held], held: _Held, number: int) -> Iterator[Finding]:
    """Tell of a rule that another layer has locked already, at another severity."""
    if any(names(one.rule, held.lock.rule) for one in overrules(held.layer.value)):
        return  # it is told there
    for rule in _known((held,)):
        first = _deciding(rules, rule)
        rivals = first is not None and first.layer.name not in held.layer.within and names(held.lock.rule, rule)
        if first is not None and rivals and first.severity(rule) not in (None, held.severity(rule)):
            message = f"{rule!r} is locked as {first.severity(rule)} by {first.layer.path}"
            yield Finding(held.layer.place(("lock", number)), "settings/locked", message, _HOLDS)
            return


def _known(rules: Iterable[_Held]) -> Mapping[str, None]:
    own = (f"own/{name}" for held in rules for name in held.value.get("rules", {}))
    return dict.fromkeys((*load_rules(), *own))


def _deciding(rules: Iterable[_Held], rule: str) -> _Held | None:
    return next((held for held in rules if names(held.lock.rule, rule)), None)


def _severer(layer: Layer, rules: Sequence[_Held]) -> Iterator[Finding]:
    """Tell of severities that would change what another layer has locked. The lock holds all the same."""
    own = overrules(layer.value) if rules else ()
    for name in dict.fromkeys(one.rule for one in own):
        given = {one.severity for one in own if one.rule == name}
        for rule in _known(rules):
            held = _deciding(rules, rule) if names(name, rule) else None
            if held is None or layer.name in held.layer.within or held.severity(rule) is None:
                continue
            if given != {held.severity(rule)}:
                what = repr(rule) if rule == name else f"{name!r} names {rule!r}, which"
                message = f"{what} is locked as {held.severity(rule)} by {held.layer.path}"
                yield Finding(layer.place(("severity", name), key=True), "settings/locked", message, _HOLDS)
                break


def _without_locked(
    layer: Layer, settings: Mapping[str, _Held], rules: Sequence[_Held], findings: list[Finding]
) -> Layer:
    """Return a layer without what another has locked: settings, and rules of its own that it has written."""
    value = layer.value
    for key, held in settings.items():
        if key not in value or key == "schemas" or layer.name in held.layer.within:
            continue
        fixed = {key: held.value[key]} if key in held.value else {}
        if merged([{key: value[key]}, fixed]) != fixed:
            message = f"the setting {key!r} is locked by {held.layer.path}"
            findings.append(Finding(layer.place((key,), key=True), "settings/locked", message, _HOLDS))
            value = {name: given for name, given in value.items() if name != key}
    written: dict[str, Any] = {}
    for name, rule in value.get("rules", {}).items():
        held_rule = _deciding(rules, f"own/{name}")
        if held_rule is None or layer.name in held_rule.layer.within:
            written[name] = rule
            continue
        message = f"the rule 'own/{name}' is locked by {held_rule.layer.path}"
        findings.append(Finding(layer.place(("rules", name), key=True), "settings/locked", message, _OTHER))
    return replace(layer, value={**value, "rules": written} if "rules" in value else value)


def _gives(value: Any, path: ValuePath) -> bool:
    for step in path:
        held = isinstance(value, dict) and step in value
        if not held and not (isinstance(step, int) and isinstance(value, list) and step < len(value)):
            return False
        value = value[step]
    return True
