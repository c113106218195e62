"""The template engine: our own, with autoescape on and a sandbox round it. The builder's has neither."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mkdocs_handoff import resources
from mkdocs_handoff.pages.html.addresses import safe
from mkdocs_handoff.pages.html.leaves import coded, inline, one_line
from mkdocs_handoff.pages.prose import shown
from mkdocs_handoff.records.record import slug

if TYPE_CHECKING:
    from pathlib import Path

PROSE = "<!--handoff-prose-->"
"""Where a template wants the record's prose. No value can hold it: values are escaped."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which asks much of every attribute; of our own frozen data one question is enough."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute (a key, if there is no such attribute), or what stands for an unsafe one."""
        if not attribute.startswith("_") and _plain(obj.__class__):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **given: Any) -> Any:
        """Call what a template calls: mostly `inline` and macros, of which nothing need be asked."""
        if obj is inline:
            return inline(*args)
        if obj.__class__ is Macro:
            given.pop("_block_vars", None)  # what Jinja gives to functions that ask for the context
            given.pop("_loop_vars", None)
            return obj(context.eval_ctx, *args, **given)
        return super().call(context, obj, *args, **given)


@cache
def _plain(kind: type) -> bool:
    """Whether a class is frozen data of ours, without methods that do anything, or as harmless: a loop, macros."""
    parameters = getattr(kind, "__dataclass_params__", None)
    ours = kind.__module__.startswith("mkdocs_handoff.") and parameters is not None and parameters.frozen
    return bool(ours) or kind in (LoopContext, TemplateModule)


@lru_cache(maxsize=8)
def environment(own: Path) -> Sandbox:
    """Return the environment of a project.

    Templates come from the project's own folder first, then from ours; `handoff/NAME` names ours in any case, so that
    an own `model.html` can extend it.

    Args:
        own: The project's folder of page templates; it need not exist.
    """
    ours = FileSystemLoader(resources.folder("templates") / "pages")
    made = Sandbox(
        loader=ChoiceLoader([FileSystemLoader(own), PrefixLoader({"handoff": ours}), ours]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["coded"] = coded
    made.filters["safe_url"] = safe
    made.filters["shown"] = shown
    made.filters["slug"] = slug
    made.globals["inline"] = inline
    made.tests["inline"] = one_line
    return made
