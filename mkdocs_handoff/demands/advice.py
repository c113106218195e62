"""What a rule asks for, as advice: the hint of a rule of the project's own that gives none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.demands.demand import Demand, Neighbour, Selection, Test

_LONGEST = 60


def advice(demand: Demand) -> str:
    """Return how a record meets a demand. It may hold `{other}`, the neighbour that a finding is about."""
    return _of_neighbours(demand, demand.related) if demand.related is not None else _of_fields(demand)


def _of_fields(demand: Demand) -> str:
    fields = _either(f"`{field}`" for field in demand.fields)
    asked = _asked(demand.test)
    if asked:
        return f"{fields} must be {asked}."
    if demand.test.present is False:
        return f"Take {fields} out."
    return f'Write {fields}. If nobody knows, say so: `{demand.fields[0]}: {{unknown: "who was asked, and when"}}`.'


def _asked(test: Test) -> str:
    """Return the tests of a value in words; nothing where only its presence is asked for."""
    asked = [_either(map(_shown, test.among))] if test.among else []
    asked += [f"not {_either(map(_shown, test.without))}"] if test.without else []
    asked += [f"{test.least:g} or more"] if test.least is not None else []
    asked += [f"{test.most:g} or less"] if test.most is not None else []
    asked += [f"like {_either(f'`{_shown(form)}`' for form in test.like)}"] if test.like else []
    asked += [f"before {test.before}"] if test.before else []
    asked += [f"after {test.after}"] if test.after else []
    return ", and ".join(asked)


def _of_neighbours(demand: Demand, related: Neighbour) -> str:
    which = _which(related.selection)
    fields = f" in {_either(f'`{field}`' for field in sorted(related.fields))}" if related.fields else ""
    if demand.most is not None and not related.written:
        return "Write the record {other}, or mend its name."
    if demand.most == 0:
        return f"There must not be {which}{fields}, and {{other}} is one: mend it, or take the reference out."
    if demand.most is not None:
        return f"There may be {demand.most} of this: {which}{fields}. Take the others out."
    more = f" There must be {demand.least}." if demand.least > 1 else ""
    if related.direction == "out":
        return f"Name {which}{fields}.{more}"
    if related.direction == "in":
        return f"Write {which} that names this record{fields}.{more}"
    return f"Name {which}{fields}, or write one that names this record.{more}"


def _which(selection: Selection) -> str:
    """Return what a selection means, in words: `a model (active, in production)`."""
    noun = _either(sorted(selection.kinds)) or "record"
    more = [_either(sorted(selection.lifecycles))] if selection.lifecycles else []
    more += [f"in {_either(sorted(selection.stages))}"] if selection.stages else []
    more += [f"tagged {_either(sorted(selection.tags))}"] if selection.tags else []
    more += [f"in {_either(f'`{glob}`' for glob in selection.files)}"] if selection.files else []
    more += [f"`{field}` {_asked(test) or 'stated'}" for field, test in selection.where if test.present is not False]
    more += [f"without `{field}`" for field, test in selection.where if test.present is False]
    more += [f"beside {_which(one.selection)}" for one in selection.related]
    listed = f" ({', '.join(more)})" if more else ""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}{listed}"


def _either(words: Iterable[str]) -> str:
    listed = list(words)
    return " or ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def _shown(value: Any) -> str:
    return one_line(str(value), _LONGEST).replace("{", "").replace("}", "")  # braces are filled in
