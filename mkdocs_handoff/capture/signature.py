"""The signature in an `MLmodel` as inputs and outputs: JSON texts within YAML, of columns or of tensors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_handoff.text.splice import FieldValue

_MOST = 2_000
_DEEPEST = 8


class SignatureError(ValueError):
    """A signature that is not as MLflow writes it."""


def ports(text: object, side: str, known: Sequence[str] = ()) -> tuple[dict[str, FieldValue], ...]:
    """Return what a signature lists as values that go in or come out.

    Args:
        text: What one side of it holds: a JSON text.
        side: `input`, `output` or `params`.
        known: The names that the record has for these values, for those that the signature leaves without one.

    Raises:
        SignatureError: It is no JSON, or no list of columns or tensors.
    """
    if not isinstance(text, str):
        raise SignatureError("is no text, and MLflow writes JSON as one")
    try:
        held = json.loads(text, parse_constant=_refused)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise SignatureError(f"is not JSON: {str(error)[:100]}") from None
    if not isinstance(held, list):
        raise SignatureError("is no list")
    if len(held) > _MOST:
        raise SignatureError(f"lists {len(held):,} values, and a record may have {_MOST:,}")
    nameless = sum(1 for one in held if isinstance(one, dict) and not one.get("name"))
    found = []
    for number, one in enumerate(held):
        if not isinstance(one, dict):
            raise SignatureError(f"{side} {number + 1} is no mapping")
        name = one.get("name")
        if not isinstance(name, str) or not name:
            taken = known[number] if len(known) == len(held) else ""
            name = taken or (side if nameless == 1 else f"{side}_{number + 1}")
        found.append({"name": name, **dict(_port(one, side, number))})
    names = [str(one["name"]) for one in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SignatureError(f"names {twice!r} twice")
    return tuple(found)


def _port(one: dict[str, Any], side: str, number: int) -> Iterator[tuple[str, FieldValue]]:
    tensor = one.get("tensor-spec")
    if one.get("type") == "tensor" or tensor is not None:
        if not isinstance(tensor, dict) or not isinstance(tensor.get("dtype"), str):
            raise SignatureError(f"{side} {number + 1} is a tensor without a `dtype`")
        yield "type", tensor["dtype"]
        yield from _shape(tensor.get("shape"), side, number)
    else:
        yield "type", _type(one, 0)
        if one.get("shape") is not None:
            yield from _shape(one["shape"], side, number)
    if side == "params":
        yield "required", Plain("false")
        default = json.dumps(one.get("default"), ensure_ascii=False)
        yield "format", f"inference parameter, {default if len(default) <= 80 else default[:79] + '…'} unless given"
    elif one.get("required") is False:
        yield "required", Plain("false")


def _shape(shape: Any, side: str, number: int) -> Iterator[tuple[str, FieldValue]]:
    whole = isinstance(shape, list) and all(isinstance(one, int) and not isinstance(one, bool) for one in shape)
    if not whole or any(one < 1 and one != -1 for one in shape):
        raise SignatureError(f"{side} {number + 1} has a shape that is no list of lengths: {json.dumps(shape)[:60]}")
    if shape:
        yield "shape", [Plain(str(one)) for one in shape]


def _type(one: Any, depth: int) -> str:
    """Return the name of a column's type: `double`, `array<string>`, `map<long>`, `object`."""
    name = one.get("type") if isinstance(one, dict) else None
    if not isinstance(name, str) or depth > _DEEPEST:
        raise SignatureError("holds a value without a `type`")
    inner = one.get("items", one.get("values"))
    return f"{name}<{_type(inner, depth + 1)}>" if name in ("array", "map") and inner is not None else name


def _refused(word: str) -> None:
    raise ValueError(f"it holds {word}")
