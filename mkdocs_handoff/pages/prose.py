"""What a link, a `[[reference]]` or a word in prose leads to, for whatever renders the prose.

Addresses are given as the builder's own pages are written, relative and ending in `.md`: its link check covers them.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.links import local, record_at
from mkdocs_handoff.catalog.references import parse
from mkdocs_handoff.catalog.resolve import versions
from mkdocs_handoff.catalog.values import value_at
from mkdocs_handoff.pages.anchors import version_anchor, wanted_anchor
from mkdocs_handoff.pages.paths import between
from mkdocs_handoff.schema.fields import ANYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.glossary import Match
    from mkdocs_handoff.catalog.relations import Wanted
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record


@dataclass(frozen=True, slots=True)
class Answer:
    """What a `[[reference]]` becomes.

    Attributes:
        text: The words to show.
        href: Where they lead, relative to the page; empty: nowhere.
        hint: More, for a tooltip.
        problem: What is wrong with it; empty where nothing is.
        wanted: It names a record that nobody has written yet.
    """

    text: str
    href: str = ""
    hint: str = ""
    problem: str = ""
    wanted: bool = False


class Prose:
    """Answers for the prose of one site."""

    def __init__(self, project: Project, sitemap: Sitemap) -> None:
        self.catalog: Catalog = project.catalog
        self.sitemap = sitemap
        self.docs = project.settings.docs_dir + "/"
        self.namespace = project.settings.namespace

    def mention(self, reference: str, label: str, page: str) -> Answer | None:
        """Answer `[[reference]]` or `[[reference#field|label]]` on a page (`src_uri`); None where it is none."""
        written, _, field = reference.partition("#")
        name = parse(written, self.namespace)
        if name is None:
            return None
        found = self.catalog.find(written)
        if not found:
            if not name.kind and (wanted := self._only_wanted(name.name)):
                name = replace(name, kind=wanted.kind)
            elif not name.kind:
                near = self.catalog.index.near(name, ())
                return (
                    Answer(label or reference, problem=f"[[{reference}]] names no record; did you mean [[{near}]]?")
                    if near
                    else None
                )
            if name.namespace:
                return Answer(label or str(name), hint=f"{name} belongs to another repository")
            near = self.catalog.index.near(name, ())
            problem = f"[[{reference}]] names no record; did you mean [[{near}]]?" if near else ""
            return Answer(
                label or name.name,
                self._among_the_wanted(name.kind, name.name, page),
                f"{name} is wanted: nobody has written it yet",
                problem,
                wanted=True,
            )
        if len(found) > 1:
            listed = ", ".join(str(identity) for identity in sorted(found))
            return Answer(label or reference, problem=f"[[{reference}]] may mean {listed}")
        record = self.catalog.records[found[0]]
        href = self.page(record.identity, page)
        if field:
            return self._value(record, field, label, href, reference)
        kind = self.catalog.kinds[record.kind].title
        version = f" {name.version}" if name.version else ""
        anchor = f"#{version_anchor(name.version)}" if name.version in versions(record) else ""
        return Answer(label or record.title + version, href + anchor, f"{kind}: {record.title}{version}")

    def link(self, target: str, path: str, page: str) -> str:
        """Return where an ordinary relative link leads, or an empty string to leave it as it is.

        Args:
            target: The link as written.
            path: The file it is written in, from the project's root.
            page: The page that shows the file (`src_uri`).
        """
        where = local(target, path)
        if where is None or not where.path:
            return ""
        fragment = f"#{where.fragment}" if where.fragment else ""
        identity = record_at(where, self.catalog.files)
        if identity is not None:
            several = len(self.catalog.files.get(where.path, ())) > 1
            return self.page(identity, page) + ("" if several else fragment)
        if where.path in self.catalog.files:
            first = self.catalog.files[where.path][0]
            return self._relative(self.sitemap.indexes[first.kind], page)
        if where.path in self.sitemap.assets:
            return self._relative(self.sitemap.assets[where.path], page) + fragment
        if where.path.startswith(self.docs):
            inner = where.path[len(self.docs) :]
            unchanged = posixpath.normpath(posixpath.join(posixpath.dirname(page), target.partition("#")[0])) == inner
            return "" if unchanged else self._relative(inner, page) + fragment
        return ""

    def terms(self, text: str) -> Iterator[Match]:
        """Yield the glossary terms in a running text."""
        return (match for match in self.catalog.glossary.find(text) if not match.discouraged)

    def page(self, identity: Identity, page: str) -> str:
        """Return the address of a record's page, relative to a page."""
        return self._relative(self.sitemap.records[identity], page)

    def _only_wanted(self, name: str) -> Wanted | None:
        """Return the one wanted record of a name, where nothing else that is wanted has it."""
        named = [wanted for wanted in self.catalog.wanted if wanted.name == name]
        return named[0] if len(named) == 1 else None

    def _among_the_wanted(self, kind: str, name: str, page: str) -> str:
        """Return where a record stands on the page of wanted ones; nothing where only a page of the user's wants it."""
        wanted = next((one for one in self.catalog.wanted if (one.kind, one.name) == (kind, name)), None)
        if wanted is None:
            return ""
        return f"{self._relative(self.sitemap.reports['wanted'], page)}#{wanted_anchor(wanted)}"

    def _relative(self, target: str, page: str) -> str:
        return between(target, posixpath.dirname(page))

    def _value(self, record: Record, field: str, label: str, href: str, reference: str) -> Answer:
        value = value_at(record, field)
        gap = record.gaps.get(tuple(field.split(".")))
        if gap is not None:
            words = "not known" if gap.why == "unknown" else "does not apply"
            return Answer(label or words, href, f"{field} of {record.title}: {words}. {gap.reason}")
        if value is None:
            known = ", ".join(sorted(record.fields))
            return Answer(
                label or reference,
                href,
                problem=f"[[{reference}]]: {record.identity} has no value {field!r}; it has {known}",
            )
        shape = self.catalog.kinds[record.kind].root.at(tuple(field.split("."))) or ANYTHING
        text = shown(value) + (f" {shape.unit}" if shape.unit else "")
        return Answer(label or text, href, f"{field} of {record.title}")


def shown(value: Any) -> str:
    """Return a scalar as a reader sees it: a number in at most four significant decimals, true and false as words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".") if 1e-3 <= abs(value) < 1e6 else f"{value:g}"
    return str(value)
