"""Sites that real builders make of the small project."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.builders import BUILDERS, Built, article, build, words, write
from tests.site.lab import CONFIGURATION, PROJECT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

CHURN = "handoff/models/churn/"
DECISION = "decisions/0001-use-trees/"


def made(builder: str, root: Path, files: dict[str, str], *options: str) -> Built:
    return build(builder, write(root / "lab", {**PROJECT, **files}), *options)


def configuration(*lines: str, without: str = "", plugin: str = "- handoff") -> dict[str, str]:
    """Return the configuration with more lines, without those that match, and with another entry of ours."""
    kept = [line for line in CONFIGURATION.splitlines() if not (without and re.search(without, line))]
    text = "\n".join((*kept, *lines)).replace("- handoff", plugin)
    return {"mkdocs.yml": text}


@pytest.fixture(scope="module", params=BUILDERS)
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small project, built once by each builder."""
    return made(request.param, tmp_path_factory.mktemp("lab"), {}, "--strict")


def test_a_strict_build_passes(lab: Built) -> None:
    assert lab.code == 0, lab.output
    assert not lab.warnings


def test_every_page_of_ours_is_built(lab: Built) -> None:
    for path in (
        "",
        "models/",
        "models/churn/",
        "teams/",
        "teams/core/",
        "glossary/",
        "glossary/recall/",
        "decisions/",
    ):
        assert lab.has(f"handoff/{path}index.html"), path
    for report in ("ownership", "map", "wanted", "problems"):
        assert lab.has(f"handoff/{report}/index.html"), report


def test_a_page_holds_structure_and_prose(lab: Built) -> None:
    page = lab.html(CHURN)
    assert len(re.findall("<h1", page)) == 1
    assert '<h2 id="why-it-exists">' in page
    assert re.search(r"<title>Churn &amp; &lt;co&gt; - Lab</title>", page)
    assert '<meta name="description" content="Tells who &quot;leaves&quot;.">' in page


def test_records_in_docs_dir_keep_their_address(lab: Built) -> None:
    assert "handoff-" in article(lab.html(DECISION))
    assert not lab.has("handoff/docs/decisions/0001-use-trees/index.html")


def test_front_matter_stays_out_of_meta(lab: Built) -> None:
    assert "md-tag" not in lab.html(DECISION)  # Material shows `tags:` of meta


def test_one_table_of_contents_for_both_parts(lab: Built) -> None:
    page = lab.html(CHURN)
    contents = page.partition("md-sidebar--secondary")[2].partition('<div class="md-content"')[0]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert anchors.index("why-it-exists") < anchors.index("how-it-works")
    structured = [anchor for anchor in anchors if anchor.startswith("handoff-")]
    assert structured
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(anchors) <= ids
    assert [anchor for anchor in re.findall(r'\bid="([^"]+)"', article(page)) if anchor in anchors] == anchors


def test_references_links_and_terms_work_in_records_and_in_the_users_pages(lab: Built) -> None:
    home = article(lab.html(""))
    assert '<a class="handoff-ref" href="handoff/models/churn/" title="Model: Churn &amp; &lt;co&gt;">' in home
    assert '<a href="handoff/models/churn/#why-it-exists">the card</a>' in home
    assert "<code>[[model:churn]]</code>" in home
    assert home.count('class="handoff-term"') == 2
    card = article(lab.html(CHURN))
    assert '<a href="../../../decisions/0001-use-trees/">the decision</a>' in card
    assert '<a href="../../../guide/start/">the start</a>' in card
    assert 'src="../plots/roc.svg"' in card
    assert "handoff-ref--wanted" in card
    assert 'href="../../handoff/models/churn/"' in article(lab.html(DECISION))


def test_every_link_of_the_site_leads_somewhere(lab: Built) -> None:
    for page in sorted(lab.site.rglob("*.html")):
        if page.name == "404.html":
            continue
        for href in re.findall(r'(?:href|src)="([^"#][^"]*)"', page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", href):
                continue
            path, _, anchor = href.partition("#")
            target = (page.parent / path).resolve() if path else page
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), f"{page}: {href}"
            assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), f"{page}: {href}"


def test_edit_links_open_the_records_file(lab: Built) -> None:
    edit = r'href="https://git.example/lab/edit/main/{}"'
    assert re.search(edit.format("models/churn.md"), lab.html(CHURN))
    assert re.search(edit.format("glossary.yml"), lab.html("handoff/glossary/recall/"))
    assert re.search(edit.format("docs/decisions/0001-use-trees.md"), lab.html(DECISION))
    assert 'rel="edit"' not in lab.html("handoff/models/")


def test_what_prose_links_to_travels_along(lab: Built) -> None:
    assert lab.has("handoff/models/plots/roc.svg")


def test_the_stylesheet_comes_with_the_site(lab: Built) -> None:
    assert lab.has("assets/handoff/handoff.css")
    assert 'href="../../../assets/handoff/handoff.css"' in lab.html(CHURN)


def test_search_knows_a_record_by_its_fields_and_prose(lab: Built) -> None:
    entries = {entry["location"]: entry for entry in lab.search()}
    assert entries[CHURN]["title"] == "Churn &amp; &lt;co&gt;"
    assert "leaves" in entries[CHURN]["text"]
    assert "Recall went down" in entries[CHURN + "#why-it-exists"]["text"]
    assert not any(location.startswith("handoff/wanted/") for location in entries)


def test_the_catalog_for_machines_is_written(lab: Built) -> None:
    catalog = json.loads(lab.html("handoff.json"))
    assert "churn" in json.dumps(catalog)


def test_both_builders_write_the_same_bytes(tmp_path: Path) -> None:
    root = write(tmp_path / "lab", PROJECT)
    sites = [build(builder, root).site for builder in BUILDERS]
    names = [{str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()} for site in sites]
    assert names[0] == names[1]
    for name in sorted(names[0] - {"sitemap.xml.gz"}):
        first, second = (re.sub(rb'<meta name="generator"[^>]*>', b"", (site / name).read_bytes()) for site in sites)
        assert first == second, name


def test_pages_in_files_instead_of_folders(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration("use_directory_urls: false"), "--strict")
    assert built.code == 0, built.output
    assert 'href="handoff/models/churn.html"' in built.html("index.html")
    page = built.html("handoff/models/churn.html")
    assert 'href="../../decisions/0001-use-trees.html"' in page
    assert 'src="plots/roc.svg"' in page
    assert 'href="../teams/core.html"' in page


def test_without_address_and_repository(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration(without="site_url|repo_url|edit_uri"), "--strict")
    assert built.code == 0, built.output
    assert 'rel="edit"' not in built.html(CHURN)


def test_the_theme_mkdocs(tmp_path: Path) -> None:
    """Without Material, and with the builder's own search. ProperDocs brings no theme of its own."""
    config = "site_name: Lab\ntheme: mkdocs\nplugins: [search, handoff]\nmarkdown_extensions: [admonition]\n"
    built = made("mkdocs", tmp_path, {"mkdocs.yml": config}, "--strict")
    assert built.code == 0, built.output
    entries = {entry["location"]: entry for entry in built.search()}
    assert entries[CHURN]["title"] == "Churn &amp; &lt;co&gt;"
    assert "leaves" in entries[CHURN]["text"]
    assert "Recall went down" in entries[CHURN + "#why-it-exists"]["text"]
    assert "Churn &amp; &lt;co&gt;" in built.html(CHURN)


def test_record_files_that_are_no_pages_are_not_copied(builder: str, tmp_path: Path) -> None:
    files = {
        "docs/glossary.yml": "terms: [{term: Lift}]\n",
        "docs/decisions/0001-use-trees.md.handoff.yml": "risk_level: low\n",
        "docs/data.yml": "a: 1\n",
    }
    built = made(builder, tmp_path, files, "--strict")
    assert built.code == 0, built.output
    assert not built.has("glossary.yml")
    assert not built.has("decisions/0001-use-trees.md.handoff.yml")
    assert built.has("data.yml")
    assert "Lift" in built.html("handoff/glossary/")


def test_a_page_of_the_users_at_one_of_our_addresses_wins(builder: str, tmp_path: Path) -> None:
    files = {
        "docs/handoff/models/churn.md": "# Mine\n",
        "docs/handoff/wanted/index.md": "# Mine as well\n",
    }
    built = made(builder, tmp_path, files)
    assert "Mine" in article(built.html(CHURN))
    assert "Mine as well" in article(built.html("handoff/wanted/"))
    assert "docs/handoff/models/churn.md:1:1: warning page/clash docs/handoff/models/churn.md has" in built.output
    assert "docs/handoff/wanted/index.md:1:1: warning page/clash" in built.output
    assert built.output.count("page/clash") == 2


def test_a_folder_that_was_generated_is_told_once(builder: str, tmp_path: Path) -> None:
    files = {
        "docs/handoff/models/churn.md": "# Generated\n",
        "docs/handoff/wanted/index.md": "# Generated\n",
        "docs/handoff/.handoff-manifest.json": '{"files": {}}',
    }
    built = made(builder, tmp_path, files)
    assert built.output.count("page/clash") == 1
    assert "`mkdocs-handoff generate` wrote docs/handoff/" in built.output


@pytest.mark.parametrize("builder", BUILDERS)
def test_what_is_said_in_the_text_links_to_the_heading_whatever_id_the_builder_gives_it(
    builder: str, tmp_path: Path
) -> None:
    said = "# Plain\n\n## 3. **Known Limitations**\n\nNone below 5 °C.\n\n## Performance\n\nHalf of them.\n"
    slugs = "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: none}}"
    settings = CONFIGURATION.replace("permalink: true", f"permalink: true, slugify: {slugs}")
    site = made(builder, tmp_path, {"mkdocs.yml": settings, "models/plain.md": said})
    assert site.code == 0, site.output
    html = site.html("handoff/models/plain/index.html")
    for anchor, title in (("3-Known-Limitations", "3. Known Limitations"), ("Performance", "Performance")):
        assert f'<a href="#{anchor}">in the text, under “{title}”</a>' in html
        assert f'id="{anchor}"' in html
    assert "data-handoff-said" not in html


def test_what_only_a_page_of_the_users_wants_is_no_link(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, {"docs/mine.md": "# Mine\n\nSee [[model:nobody-wrote-it]].\n"})
    found = re.search(r"<(\w+)[^>]*>nobody-wrote-it</", article(built.html("mine/")))
    assert found is not None
    assert found[1] == "span"


def test_pages_at_the_top_of_the_site(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration(plugin="- handoff: {prefix: ''}"), "--strict")
    assert built.code == 0, built.output
    assert "page/clash" not in built.output
    assert "Welcome" in built.html("")
    assert built.has("models/churn/index.html")


def test_pages_can_be_left_out(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration("exclude_docs: |", "  handoff/teams/"))
    assert not built.has("handoff/teams/core/index.html")
    assert built.has("handoff/models/churn/index.html")


def test_a_broken_file_shows_its_findings_on_a_page(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, {"models/bad.yml": "title: [\n"})
    assert built.code == 0
    assert "yaml/syntax" in built.output
    assert "models/bad.yml" in words(article(built.html("handoff/models/bad/")))
    assert made(builder, tmp_path, {}, "--strict").code == 1


def test_a_broken_page_in_docs_dir_keeps_its_address(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, {"docs/decisions/0002-bad.md": "---\nstatus: [\n---\n# Bad\n"})
    assert "not valid YAML" in words(article(built.html("decisions/0002-bad/")))


def test_errors_fail_a_strict_build_and_warnings_do_not(builder: str, tmp_path: Path) -> None:
    warned = made(builder, tmp_path / "a", {"models/b.yml": "title: B\nlicence: mit\n"}, "--strict")
    assert warned.code == 0, warned.output
    assert "INFO    -  handoff: models/b.yml:2:1: warning field/unknown" in warned.output
    failed = made(builder, tmp_path / "b", {"models/b.md": "---\ntitle: B\n---\nSee [[model:chrun]].\n"}, "--strict")
    assert failed.code == 1, failed.output
    assert "WARNING -  handoff: models/b.md:4:5: error reference/near-miss" in failed.output
    stern = configuration(plugin="- handoff: {strict_on: warning}")
    assert made(builder, tmp_path / "c", {**stern, "models/b.yml": "title: B\nlicence: mit\n"}, "--strict").code == 1


def test_a_wrong_reference_in_the_users_page_is_told_like_a_finding(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, {"docs/guide/start.md": "# Start\n\nAsk [[model:chrun]].\n"}, "--strict")
    assert built.code == 1
    assert "docs/guide/start.md:3:5: error reference/near-miss" in built.output


def test_links_to_missing_anchors_of_ours_are_the_builders_business(builder: str, tmp_path: Path) -> None:
    files = {
        "docs/guide/start.md": "# S\n\n[a](../../models/churn.md#nowhere) [b](../../models/churn.md#how-it-works)\n"
    }
    built = made(builder, tmp_path, files, "--strict")
    assert built.code == 1
    assert "#nowhere" in built.output
    assert "#how-it-works" not in built.output


def test_settings_that_cannot_be_used_stop_a_build(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration(plugin="- handoff: {nav_itmes: 3}"))
    assert built.code == 1
    assert "Traceback" not in built.output
    assert re.search(r"mkdocs\.yml:\d+:\d+: error settings/", built.output)
    assert "nav_items" in built.output


def test_settings_may_stand_in_a_file_of_their_own(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, {"handoff.yml": "prefix: known\n"}, "--strict")
    assert built.code == 0, built.output
    assert built.has("known/models/churn/index.html")


def test_a_template_of_the_projects_own_that_fails_is_a_finding(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, {"templates/pages/team.html": "<h1>x</h1>\n{{ 1 / 0 }}\n"})
    assert built.code == 0, built.output
    assert "templates/pages/team.html:2:1: error template/error" in built.output
    assert "ZeroDivisionError" in words(article(built.html("handoff/teams/core/")))
    assert built.has(CHURN + "index.html")


def test_the_users_theme_folder_and_stylesheet_win(builder: str, tmp_path: Path) -> None:
    files = {
        "overrides/main.html": '{% extends "base.html" %}{% block announce %}Hello from us{% endblock %}\n',
        "overrides/assets/handoff/handoff.css": "/* ours */\n",
        "docs/own.css": "/* own */\n",
    }
    config = configuration("extra_css: [own.css]")["mkdocs.yml"].replace(
        "font: false", "font: false\n  custom_dir: overrides"
    )
    built = made(builder, tmp_path, {**files, "mkdocs.yml": config}, "--strict")
    assert built.code == 0, built.output
    page = built.html(CHURN)
    assert "Hello from us" in page
    assert built.html("assets/handoff/handoff.css") == "/* ours */\n"
    assert page.index("handoff.css") < page.index("own.css")


def test_other_plugins_go_on_working(builder: str, tmp_path: Path) -> None:
    hooks = """
        def on_page_markdown(markdown, page, config, files):
            return markdown + "\\n\\nSaid by a hook.\\n" if "churn" in page.file.src_uri else markdown

        def on_page_content(html, page, config, files):
            return html + "<p>Content of a hook.</p>"

        def on_page_context(context, page, config, nav):
            page.content = page.content.replace("Said", "Told")
            return context
        """
    files = {"hooks.py": hooks, "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n"}
    config = configuration("hooks: [hooks.py]")["mkdocs.yml"].replace("- search\n", "- search\n  - tags\n")
    built = made(builder, tmp_path, {**files, "mkdocs.yml": config}, "--strict")
    assert built.code == 0, built.output
    assert "Said by a hook." in built.html(CHURN)
    assert "Content of a hook." in built.html(CHURN)
    assert "Content of a hook." in built.html("handoff/teams/core/")


def test_a_blog_renders_our_references_in_posts_and_excerpts(builder: str, tmp_path: Path) -> None:
    post = (
        "---\ndate: 2026-01-01\n---\n# Post\n\nSee [[model:churn]], [x](../../../models/churn.md).\n\n<!-- more -->\n"
    )
    config = CONFIGURATION.replace("- search\n", "- search\n  - blog\n")
    files = {"docs/blog/index.md": "# Blog\n", "docs/blog/posts/a.md": post, "mkdocs.yml": config}
    built = made(builder, tmp_path, files, "--strict")
    assert built.code == 0, built.output
    assert article(built.html("blog/")).count('href="../handoff/models/churn/"') == 2
    far = "../../../../../handoff/models/churn/"
    assert article(built.html("blog/2026/01/01/post/")).count(f'href="{far}"') == 2


def test_a_configuration_from_standard_input(builder: str, project: Path, tmp_path: Path) -> None:
    config = CONFIGURATION.replace("- handoff", "- handoff: {prefix: known}")
    command = [sys.executable, "-m", builder, "build", "-f", "-", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=project, input=config, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / CHURN.replace("handoff", "known") / "index.html").is_file()


def test_the_plugin_can_be_switched_off(builder: str, tmp_path: Path) -> None:
    built = made(builder, tmp_path, configuration(plugin="- handoff: {enabled: false}"))
    assert built.code == 0
    assert not built.has("handoff/index.html")


def test_a_dirty_build_ends_well(builder: str, project: Path) -> None:
    assert build(builder, project).code == 0
    built = build(builder, project, "--dirty")
    assert built.code == 0, built.output
    assert "handoff-" in built.html(CHURN)
