"""Values over time as a drawing: SVG in the colours of the page, as wide as its place, its text always of one size.

The drawing is of two parts: the line in a box that is stretched, and lines, bands and words that are placed by pixels
from the top and by percent from the left. So nothing is drawn again for a phone, and no letter is squeezed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_TOP, _HIGH, _UNDER, _LEFT = 14, 150, 22, 52
_FINE = 10
_LABEL = 13
_LONGEST = 34
_LARGEST = 1e300
"""A line as far away has no place in a drawing, nor have its distances from others one in a number."""
_SINGLE = 80
"""As many values or fewer are drawn as dots as well."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line with a word to it.

    Attributes:
        value: Where it lies.
        label: What it is; what does not fit is cut.
        tone: Its look: `monitor`, `guardrail`, `decision` or `baseline` (dashed).
        above: Whether what is above it is out of bounds, `below` what is below it.
    """

    value: float
    label: str
    tone: str
    above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn.

    Attributes:
        name: The ending of the ids inside, unique on the page.
        title: What it shows.
        told: What can be seen in it, in words.
        columns: How many steps it has from left to right: of the values in one, the lowest and the highest are drawn.
    """

    name: str
    title: str
    told: str
    times: Sequence[float]
    values: Sequence[float]
    rules: tuple[Rule, ...] = ()
    columns: int = 480


class _Scale:
    """From values to pixels from the top."""

    def __init__(self, values: Sequence[float], rules: Sequence[Rule]) -> None:
        every = [min(values), max(values), *(rule.value for rule in rules)]
        low, high = min(every), max(every)
        room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        self.low, self.high = low - room, high + room

    def down(self, value: float) -> float:
        return _TOP + _HIGH * (self.high - value) / (self.high - self.low)

    def ticks(self) -> Iterator[float]:
        rough = (self.high - self.low) / 4
        size = 10.0 ** math.floor(math.log10(rough))
        step = next(size * one for one in (1, 2, 5, 10) if size * one >= rough)
        for number in range(math.ceil(self.low / step), math.floor(self.high / step) + 1):
            yield number * step


def draw(plot: Plot, figure: Callable[[float], str], moment: Callable[[float], str]) -> Markup:
    """Return the drawing; nothing without values.

    Args:
        plot: What is drawn.
        figure: How a value is written.
        moment: How a time is written.
    """
    if not plot.times:
        return Markup()
    plot = replace(plot, rules=tuple(rule for rule in plot.rules if abs(rule.value) < _LARGEST))
    scale = _Scale(plot.values, plot.rules)
    steps = list(_steps(plot))
    height = _TOP + _HIGH + _UNDER
    ending = escape(plot.name)
    ticks = [(figure(value), scale.down(value)) for value in scale.ticks()]
    axis = "".join(f'<text x="{_LEFT - 5}" y="{down + 4:.0f}">{escape(word)}</text>' for word, down in ticks)
    space = 'xmlns="http://www.w3.org/2000/svg"'
    parts = [
        '<div class="handoff-plot">',
        f'<svg class="handoff-plot__axis" aria-hidden="true" width="{_LEFT}" height="{height}" {space}>{axis}</svg>',
        f'<svg class="handoff-plot__drawing" role="img" aria-labelledby="handoff-plot-title-{ending}" ',
        f'aria-describedby="handoff-plot-desc-{ending}" width="100%" height="{height}" {space}>',
        f'<title id="handoff-plot-title-{ending}">{escape(plot.title)}</title>',
        f'<desc id="handoff-plot-desc-{ending}">{escape(plot.told)}</desc>',
        *(_level(down, "grid") for _, down in ticks),
        *(_band(rule, scale) for rule in plot.rules if rule.above or rule.below),
        *(_level(scale.down(rule.value), f"rule handoff-plot__rule--{rule.tone}") for rule in plot.rules),
        f'<svg class="handoff-plot__box" y="{_TOP}" width="100%" height="{_HIGH}" ',
        f'viewBox="0 0 {plot.columns} {_HIGH * _FINE}" preserveAspectRatio="none">',
        f'<path class="handoff-plot__line" d="{_line(steps, scale)}"/>',
    ]
    if len(steps) <= _SINGLE:
        dots = "".join(f"M{at} {_fine(low, scale)}h0" for at, low, high in steps)
        parts.append(f'<path class="handoff-plot__dots" d="{dots}"/>')
    for rule in plot.rules:
        beyond = _beyond(steps, rule, scale)
        if beyond:
            parts.append(f'<path class="handoff-plot__out handoff-plot__out--{rule.tone}" d="{beyond}"/>')
    parts.append("</svg>")
    parts += _labels(plot.rules, scale)
    parts += _dates(plot, moment)
    parts.append("</svg></div>")
    return Markup("".join(parts))  # noqa: S704 - numbers of ours, and text escaped piece by piece


def _steps(plot: Plot) -> Iterator[tuple[int, float, float]]:
    """Yield each step that has values, with two of them: the lowest and the highest, the earlier one first."""
    first, span = plot.times[0], plot.times[-1] - plot.times[0]
    rate = plot.columns / span if span else 0.0
    middle = 0 if span else plot.columns // 2
    last, low, high, rising = -1, 0.0, 0.0, True
    for time, value in zip(plot.times, plot.values, strict=True):
        at = int((time - first) * rate) + middle
        if at != last:
            if last >= 0:
                yield (last, low, high) if rising else (last, high, low)
            last, low, high, rising = at, value, value, True
        elif value > high:
            high, rising = value, True
        elif value < low:
            low, rising = value, False
    yield (last, low, high) if rising else (last, high, low)


def _line(steps: list[tuple[int, float, float]], scale: _Scale) -> str:
    parts: list[str] = []
    x = y = 0
    for at, first, second in steps:
        down, then = _fine(first, scale), _fine(second, scale)
        parts.append(f"l{at - x} {down - y}" if parts else f"M{at} {down}")
        if then != down:
            parts.append(f"v{then - down}")
        x, y = at, then
    return "".join(parts) + ("h0" if len(parts) == 1 else "")


def _beyond(steps: list[tuple[int, float, float]], rule: Rule, scale: _Scale) -> str:
    """Draw what lies beyond a line: from the line to the value that is furthest from it."""
    base = _fine(rule.value, scale)
    parts = []
    for at, first, second in steps:
        high, low = max(first, second), min(first, second)
        if rule.above and high > rule.value:
            parts.append(f"M{at} {base}V{_fine(high, scale)}")
        if rule.below and low < rule.value:
            parts.append(f"M{at} {base}V{_fine(low, scale)}")
    return "".join(parts)


def _fine(value: float, scale: _Scale) -> int:
    return round((scale.down(value) - _TOP) * _FINE)


def _level(down: float, name: str) -> str:
    return f'<line class="handoff-plot__{name}" x1="0" x2="100%" y1="{down:.1f}" y2="{down:.1f}"/>'


def _band(rule: Rule, scale: _Scale) -> str:
    down = scale.down(rule.value)
    top, bottom = (_TOP, down) if rule.above else (down, _TOP + _HIGH)
    return (
        f'<rect class="handoff-plot__band handoff-plot__band--{rule.tone}" x="0" y="{top:.1f}" width="100%" '
        f'height="{bottom - top:.1f}"/>'
    )


def _labels(rules: tuple[Rule, ...], scale: _Scale) -> Iterator[str]:
    """Yield the words of the lines, each at its line, or under the one before it where two lines are close."""
    taken = 0.0
    placed = sorted(rules, key=lambda rule: (scale.down(rule.value), rule.tone))
    for number, rule in enumerate(placed):
        lowest = _TOP + _HIGH - 3 - _LABEL * (len(placed) - 1 - number)
        down = min(max(scale.down(rule.value) - 4, taken + _LABEL, _TOP + 8.0), max(lowest, taken + _LABEL))
        taken = down
        label = rule.label if len(rule.label) <= _LONGEST else rule.label[: _LONGEST - 1] + "…"
        yield (
            f'<text class="handoff-plot__label handoff-plot__label--{rule.tone}" x="100%" dx="-4" y="{down:.1f}">'
            f"{escape(label)}</text>"
        )


def _dates(plot: Plot, moment: Callable[[float], str]) -> Iterator[str]:
    down = _TOP + _HIGH + 16
    first, last = plot.times[0], plot.times[-1]
    ends = [("0", "start", first), ("100%", "end", last)]
    for across, anchor, time in ends if first != last else [("50%", "middle", first)]:
        word = escape(moment(time))
        yield f'<text class="handoff-plot__date" x="{across}" y="{down}" text-anchor="{anchor}">{word}</text>'
