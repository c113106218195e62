# ruff: noqa: E501 - texts are easier to compare in one line
"""Markdown texts for tests: a list of cases that are told apart only by small things, and texts made at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

CASES = {
    "addresses with other letters": "[x](näme.md) [y](n%C3%A4me.md) ![z](bild ä.png)",
    "addresses with spaces": '[x](my file.md) [y](<my other.md>) [z](a(b).md "title") [q](a b.md "t t")',
    "an address that runs": "[x](javascript:alert(1)) ![y](data:image/png;base64,xx)",
    "a fence that never closes": "text\n\n```python\n[[a]] [x](y.md)\n",
    "a fence": "```\n[[a]]\n```\n[[b]]\n",
    "a longer fence": "````\n[[a]]\n```\n[[b]]\n````\n[[c]]",
    "a fence closed by a longer one": "```\n[[a]]\n````\n[[b]]\n```\n[[c]]",
    "tildes": "~~~ yaml\n[[a]]\n~~~\n",
    "a fence with options": '```python title="x.py" hl_lines="1"\n[[a]]\n```\n',
    "a fence with attributes": "``` { .python .x }\n[[a]]\n```\n",
    "a fence with words": "```some words here\n[[a]]\n```\n",
    "a fence in a list": "- a\n\n    ```\n    [[a]]\n    ```\n\n- b [[c]]\n",
    "a fence two deep in a list": "- a\n  ```\n  [[a]]\n  ```\n- b [[c]]\n",
    "indented code": "para\n\n    [[a]]\n\n[[b]]",
    "indented text of a paragraph": "para\n    [[a]]\n",
    "six deep in a list": "- a\n\n      [[a]]\n",
    "eight deep in a list": "- a\n\n        [[a]]\n",
    "two deep in a list": "- a\n\n  [[a]]\n",
    "four deep in a list": "- a\n\n    [[a]]\n",
    "three deep in numbers": "1. a\n\n   [[a]]\n",
    "seven deep in numbers": "1. a\n\n       [[a]]\n",
    "eight deep in numbers": "1. a\n\n        [[a]]\n",
    "ten deep in a list in a list": "- a\n    - b\n\n          [[a]]\n",
    "twelve deep in a list in a list": "- a\n    - b\n\n            [[a]]\n",
    "code after a list": "- a\n\ntext\n\n    [[a]]\n",
    "code and text in a list": "* a\n\n        [[code]]\n\n    [[b]]\n",
    "tabs in a list": "- a\n\n\t[[a]]\n\n\t\t[[code]]\n",
    "a tab before code": "para\n\n\t[[code]]\n",
    "code below a heading": "# H\n    [[n]]\n",
    "code in a quote": "> [[a]]\n>\n>     [[code]]\n>\n> - x\n>\n>     [[b]]\n\n[[c]]\n",
    "an admonition": "!!! note\n    [[a]]\n\n    para [[b]]\n\n        [[code]]\n\n[[c]]\n",
    "an admonition's title": '!!! note "See [[t]] and [x](y.md)"\n\n    [[a]]\n',
    "an admonition without a title": '!!! note ""\n    [[a]]\n\n        [[code]]\n',
    "an admonition without a space": "!!!note\n    [[a]]\n\n    [[b]]\n",
    "no admonition": "!!! note, really\n\n    [[a]]\n",
    "an admonition of many words": "!!! note really here\n\n    [[a]]\n",
    "an admonition at the side": '!!! note inline end "T"\n\n    [[a]]\n\n    - x\n\n        [[b]]\n',
    "details in an admonition": '!!! note\n    para\n\n    ??? tip "x"\n        [[a]]\n\n            [[code]]\n\n    [[b]]\n',
    "an admonition below a paragraph": "para\n!!! note\n    [[a]]\n\n    [[b]]\n",
    "an admonition in a list": "- a\n\n    !!! note\n        [[a]]\n\n        [[b]]\n",
    "an admonition in a quote": "> !!! note\n>     [[a]]\n>\n>     [[b]]\n",
    "an admonition that ends": "!!! note\n    [[a]]\n[[b]]\n\n    [[c]]\n",
    "open details": '???+ tip "T [[t]]"\n    [[a]]\n\n    [[b]]\n',
    "details without a type": '??? "T"\n    [[a]]\n\n    [[b]]\n',
    "tabbed": '=== "One [[t]]"\n\n    [[a]]\n\n=== "Two"\n\n    [[b]]\n\n        [[code]]\n\n=== "3"\n    ```\n    [[n]]\n    ```\n',
    "no tab": "=== One\n\n    [[a]]\n",
    "a footnote": "Text[^1].\n\n[^1]: See [[a]].\n\n    More [[b]].\n\n        [[code]]\n\nAfter [[c]]\n",
    "a footnote of a word": "Text[^1] x.\n\n[^1]: path.md\n",
    "a footnote that nobody names": "[^x]: See [[a]].\n",
    "two footnotes": "T[^a] [^b]\n\n[^a]: One [[x]]\n[^b]:\n    Two [[y]]\n\n    Three [[z]]\n",
    "a footnote that two empty lines end": "T[^a]\n\n[^a]: One [[x]]\n\n\n    [[code]]\n",
    "a definition": "Term [[t]]\n:   Def [[a]]\n\n    More [[b]]\n\n        [[code]]\n\n[[c]]\n",
    "a definition with room": "Term\n\n:   Def [[a]]\n\n    More [[b]]\n",
    "a definition of a list": "Term\n:   - x [[a]]\n    - y [[b]]\n",
    "an abbreviation": "The HTML.\n\n*[HTML]: Hyper [[a]]\n",
    "HTML with empty lines": "<div>\n\n[[a]]\n\n</div>\n\n[[b]]\n",
    "HTML with Markdown": "<div markdown>\n[[a]]\n\n[x](y.md)\n\n    [[code]]\n</div>\n\n[[b]]\n",
    "HTML with Markdown, as it was": '<div class="grid" markdown="1">\n\n- a [[a]]\n\n    [[b]]\n\n</div>\n[[c]]\n',
    "HTML in one line": "<div markdown>text [[a]]</div>\n\n<div>text [[n]]</div>\n",
    "a paragraph of HTML": '<p align="center">\n  <img src="a.png">\n  [[a]]\n</p>\n\n[[b]]\n',
    "a paragraph of HTML with Markdown": "<p markdown>text [[a]]\n[x](y.md)</p>\n",
    "HTML details": "<details>\n<summary>S [[n]]</summary>\n\n[[a]]\n\n</details>\n\n[[b]]\n",
    "HTML details with Markdown": "<details markdown>\n<summary>S [[n]]</summary>\n\n[[a]]\n\n</details>\n\n[[b]]\n",
    "HTML in HTML": "<div>\n<div>\n[[a]]\n</div>\n\n[[b]]\n</div>\n[[c]]\n",
    "HTML in HTML with Markdown": "<div markdown>\n<div>\n[[n]]\n</div>\n\n[[b]]\n\n<div markdown>\n[[c]]\n</div>\n</div>\n[[d]]\n",
    "HTML that never ends": "<div>\n[[a]]\n\n[[b]]\n",
    "HTML with Markdown that never ends": "<div markdown>\n[[a]]\n\n[[b]]\n",
    "a stray end": "</div>\n\n[[b]]\n",
    "words behind HTML": "<div>x</div> tail [[a]]\n[[b]]\n",
    "HTML below a paragraph": "para\n<div>[[a]]</div>\npara [[b]]\n",
    "HTML in a line": 'para <span>[[a]]</span> <a href="x.md">[[b]]</a>\n',
    "an anchor at the beginning": '<a href="x.md">[[b]]</a> t\n',
    "an image at the beginning": '<img src="x.png"> [[b]]\n',
    "breaks": "<br>\n[[a]]\n<hr>\n[[b]]\n",
    "a comment": "<!-- [[a]] -->\n\n[[b]]\n",
    "a comment of many lines": '<!--\n\n[[a]] [x](y.md) <a href="z.md">\n\n-->\n[[b]]\n',
    "a comment in a line": 'text <!-- <a href="z.md">z</a> --> [[b]]\n',
    "words behind a comment": "<!-- x --> [[a]]\n",
    "HTML in an admonition": "!!! note\n    <div>\n    [[a]]\n    </div>\n",
    "HTML in a list": "- a\n\n    <div>\n    [[a]]\n    </div>\n",
    "an HTML table": "<table>\n<tr><td>[[a]]</td></tr>\n</table>\n\n[[b]]\n",
    "as it is": "<pre>\n[[a]]\n\n[[b]]\n</pre>\n[[c]]\n",
    "HTML in code": "`<div>`\n\n[[a]]\n\n`</div>`\n",
    "a script": '<script>\nlet a = "[[a]] </div>";\n</script>\n\n[[b]]\n',
    "HTML in a fence": "```html\n<div>\n```\n\n[[a]]\n",
    "HTML in indented code": "    <div>\n\n[[a]]\n",
    "a bracket in an attribute": '<div title="a > b">\n[[a]]\n</div>\n[[b]]',
    "an empty element": "<div/>\n[[a]]\n",
    "an element of one's own": "<my-tag>\n[[a]]\n</my-tag>\n",
    "a figure": "<figure markdown>\n  ![x](a.png)\n  <figcaption>[[n]]</figcaption>\n</figure>\n",
    "capitals": "<DIV>\n\n[[a]]\n\n</DIV>\n\n[[b]]\n",
    "a table": "| a | b |\n|---|---|\n| [[a]] | [x](y.md) |\n| `[[n]]` | [[c\\|lab]] |\n",
    "a bar in a table": "| a | b |\n|---|---|\n| [[model:x|label]] | c |\n",
    "escapes": r"\[[a]] [\[b]] \`[[c]]` ``[[n]]`` `a` [[d]] \\[[e]]",
    "code spans": "``` [[n]] ``` and ` `` [[m]]` x\n",
    "a code span of two lines": "a `code\n[[n]]` [[b]]\n",
    "code spans that do not close": "a ` b [[a]] `` c [[b]]\n",
    "a link's definition": '[x][r] and [r]\n\n[r]: path.md "T"\n[s]: <p q.md>\n[y][s]',
    "a definition in a paragraph": "para [r]\n[r]: path.md\n",
    "a mention in a link": "[see [[a]]](b.md)\n",
    "brackets like a mention": "[[a]](x.md) [[b]][r]\n\n[r]: y.md\n",
    "headings": "# H [[a]] {#x}\n\nSetext [[b]]\n===\n\n#Nospace [[c]]\n",
    "a fence in a quote": "> ```\n> [[n]]\n> ```\n> [[a]]\n",
    "emphasis": "**[[a]]** *[x](y.md)* ~~[[b]]~~ ==[[c]]==\n",
    "addresses in angles": "<https://x.y> <a@b.c> https://x.y/[[a]]\n",
    "an image in a link": "[![alt](a.png)](b.md) ![[a]](c.png)\n",
    "tasks": "- [ ] [[a]]\n- [x] [x](y.md)\n",
    "numbers and code": "1. a\n2. b\n\n    [[a]]\n\n3. c\n\n        [[code]]\n",
    "lines": "---\n[[a]]\n***\n[[b]]\n",
    "empty links": "[](x.md) [y]() ![](z.png)\n",
    "brackets in a link": "[a [b] c](x.md) [a \\] b](y.md)\n",
    "a link of two lines": '[a\nb](x.md) [[c]] [a](x.md\n"t") [[d]]\n',
    "room in a link": "[a](  x.md  )\n",
    "a long way down": "- a\n    - b\n        - c\n\n            [[a]]\n\n                [[code]]\n",
    "keys": "++ctrl+a++ [[a]]\n",
    "room in a mention": "[[ a ]] [[a b]] [[a|b c]] [[]] [[a\nb]]\n",
}
"""Small texts in which it is easy to find too much or too little."""


class Writer:
    """Writes Markdown at random; every mention and link in it has a name of its own."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.number = 0

    def document(self) -> str:
        """Return a text of a few blocks."""
        lines: list[str] = []
        for _ in range(self.random.randint(1, 6)):
            lines += [*self._block(0), ""]
        return "\n".join([*lines, "[ref]: ref.md", ""])

    def _words(self) -> str:
        self.number += 1
        k = self.number
        return self.random.choice(
            [
                f"plain {k}", f"[[m{k}]]", f"[[m{k}|words {k}]]", f"[[model:m{k}#f.g]]", f"**[[m{k}]]**", f"~~[[m{k}]]~~",
                f"`[[c{k}]]`", f"\\[[e{k}]]", f"<span>[[m{k}]]</span>", f"[l{k}](l{k}.md)", f'*[l{k}](sub/l{k}.md "T")*',
                f"[l {k}](my l{k}.md)", f"![i{k}](i{k}.png)", f'<a href="h{k}.md">h</a>', f"[r{k}][ref]", f"<https://e.org/{k}>",
            ]
        )  # fmt: skip

    def _paragraph(self) -> list[str]:
        lines = range(self.random.randint(1, 2))
        return [" ".join(self._words() for _ in range(self.random.randint(1, 4))) for _ in lines]

    def _body(self, depth: int) -> list[str]:
        lines: list[str] = []
        for number in range(self.random.randint(1, 3)):
            lines += [*([""] if number else []), *self._block(depth)]
        return lines

    def _below(self, depth: int) -> list[str]:
        return ["    " + line if line else line for line in self._body(depth + 1)]

    def _block(self, depth: int) -> list[str]:
        choose = self.random.choice
        simple = [
            self._paragraph,
            self._paragraph,
            self._paragraph,
            self._fence,
            self._code,
            self._heading,
            self._table,
        ]
        nested = [self._items, self._admonition, self._tabs, self._quote]
        outer = [self._raw, self._markdown_in_html, self._note, self._meaning, self._comment]
        if depth > 2:
            return choose(simple)()
        block = choose([*simple, *(nested * 2), *([] if depth else outer)])
        return block() if block in simple else block(depth)  # type: ignore[operator, arg-type]

    def _heading(self) -> list[str]:
        ending = self.random.choice(["", " {#a}", " #"])
        return self.random.choice(
            [["#" * self.random.randint(1, 4) + f" {self._words()}{ending}"], [self._words(), "==="], ["***"]]
        )

    def _fence(self) -> list[str]:
        fence = self.random.choice(["```", "~~~", "````"])
        option = self.random.choice(["", "python", ' yaml title="x"', " { .python }"])
        inside = self.random.choice(["", "<div>", "    deep", "!!! note"])
        return [fence + option, *self._paragraph(), inside, *self._paragraph(), fence]

    def _code(self) -> list[str]:
        return ["    " + line for line in self._paragraph()]

    def _table(self) -> list[str]:
        cells = [self._words().replace("|", "/") for _ in range(4)]
        return ["| a | b |", "|---|---|", f"| {cells[0]} | {cells[1]} |", f"| {cells[2]} | {cells[3]} |"]

    def _items(self, depth: int) -> list[str]:
        mark = self.random.choice(["- ", "* ", "+ ", "1. ", "- [ ] "])
        lines: list[str] = []
        for _ in range(self.random.randint(1, 3)):
            lines.append(mark + self._words())
            if self.random.random() < 0.4:
                lines += ["", *self._below(depth), ""]
        return lines

    def _admonition(self, depth: int) -> list[str]:
        head = self.random.choice(
            ["!!! note", '!!! warning "T [[t]]"', '!!! note ""', '!!! danger inline end "X"', "??? note", '???+ tip "[t](t.md)"']
        )  # fmt: skip
        return [head, *self.random.choice([[], [""]]), *self._below(depth)]

    def _tabs(self, depth: int) -> list[str]:
        numbers = range(self.random.randint(1, 3))
        return [line for number in numbers for line in (f'=== "Tab {number}"', "", *self._below(depth), "")]

    def _quote(self, depth: int) -> list[str]:
        return [f"> {line}".rstrip() for line in self._body(depth + 1)]

    def _raw(self, _: int) -> list[str]:
        tag = self.random.choice(["div", "details", "section", "table", "center"])
        empty = self.random.choice([[], [""]])
        return [f'<{tag} class="x">', *empty, *self._body(3), *empty, f"</{tag}>"]

    def _markdown_in_html(self, depth: int) -> list[str]:
        # Not `details`: pymdownx takes the indented code below it for its content.
        tag, attribute = self.random.choice(["div", "article", "section"]), self.random.choice(["", '="1"', '="block"'])
        return [f"<{tag} markdown{attribute}>", "", *self._body(depth + 1), "", f"</{tag}>"]

    def _note(self, depth: int) -> list[str]:
        below = ["", *self._below(depth)] if self.random.random() < 0.5 else []
        return [f"[^f{self.number}]: {self._words()}", *(below if "\n\n\n" not in "\n".join(below) else [])]

    def _meaning(self, depth: int) -> list[str]:
        below = ["", *self._below(depth)] if self.random.random() < 0.5 else []
        return [f"Term {self._words()}", f":   {self._words()}", *below]

    def _comment(self, _: int) -> list[str]:
        return self.random.choice([["<!-- [[n]] [n](n.md) -->"], ["<!--", "", "[[n]] [x](n.md)", "", "-->"]])
