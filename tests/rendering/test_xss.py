import re
from pathlib import Path

import nh3
import pytest
from bs4 import BeautifulSoup

from education.rendering import LinkedPage, Links, Reference
from education.rendering.sanitise import ALLOWED_ATTRIBUTES, ALLOWED_SCHEMES, ALLOWED_TAGS, Marks, sanitise
from tests.rendering.samples import LINKS, corpus, foreign, render

VECTORS = corpus()
# What breaks out of an attribute or an element when a page's title or address is not escaped.
HOSTILE_WORDS = [
    '"><script>alert(1)</script>',
    "' onclick=alert(1) x='",
    "<img src=x onerror=alert(1)>",
    "\ue000a0\ue001",
    "&lt;b&gt;",
]
HOSTILE_ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    '/x/" onclick="alert(1)',
]
FRAMES = ["> {}", "- {}", "::: urgent {}\n{}\n:::", "|a|\n|-|\n|{}|\n\nTable: {}", "Term\n: {}", "## {}", "[{}](topic:visit)"]


class TestCorpus:
    """S01: whatever an author writes, nothing gets out but what the allow-list and our own templates hold."""

    def test_is_large_enough(self):
        assert len(set(VECTORS)) >= 300

    @pytest.mark.parametrize("vector", VECTORS)
    def test_leaves_nothing_foreign_in_the_page(self, vector):
        assert foreign(render(vector)) == []

    @pytest.mark.parametrize("frame", FRAMES)
    def test_leaves_nothing_foreign_inside_other_syntax(self, frame):
        for vector in VECTORS:
            html = render(frame.replace("{}", vector.replace("\n", " ")))
            assert foreign(html) == [], vector

    def test_leaves_nothing_foreign_as_html(self):
        """The allow-list holds by itself, should the parser ever let a tag through."""
        for vector in VECTORS:
            assert foreign(sanitise(vector), ours=False) == [], vector

    def test_cleaning_twice_changes_nothing(self):
        for vector in VECTORS:
            once = sanitise(vector)
            assert sanitise(once) == once

    def test_words_of_the_author_stay(self):
        """HTML is shown as typed, so that `dose<max and weight>40 kg` loses nothing."""
        assert render("dose<max and weight>40 kg") == "<p>dose&lt;max and weight&gt;40 kg</p>\n"


class TestPagesThatAreLinkedTo:
    """A title or an address from elsewhere is no safer than the text."""

    @pytest.mark.parametrize("title", HOSTILE_WORDS)
    def test_title_is_escaped(self, title):
        links = Links({Reference("topics", "visit"): LinkedPage("/topics/visit/", title)})
        html = render("[](topic:visit)\n\n::: info [](topic:visit)\n:::", links)
        assert foreign(html) == []
        assert [link.get_text() for link in BeautifulSoup(html, "html.parser").find_all("a")] == [title, title]

    @pytest.mark.parametrize("url", HOSTILE_ADDRESSES)
    def test_address_off_the_site_is_left_out(self, url):
        links = Links({Reference("topics", "visit"): LinkedPage(url, "Visit")})
        assert render("[x](topic:visit)", links) == "<p><a>x</a></p>\n"


class TestForgedMarks:
    """Our own markup stands where a mark with the rendering's secret key is, and nowhere else."""

    def test_two_renderings_do_not_share_a_key(self):
        assert Marks().close() != Marks().close()

    def test_mark_of_another_rendering_is_text(self):
        forged = Marks().markup("<script>alert(1)</script>")
        assert render(forged) == f"<p>{forged}</p>\n"

    def test_mark_without_a_start_tag_before_it_is_dropped(self):
        marks = Marks()
        html = marks.fill("<x>" + marks.attributes('class="y"') + "z", lambda *_: "")
        assert html == "z"


class TestAllowList:
    """S02: nothing on it can start another language than HTML, or take over the page's own look and names."""

    def test_holds_no_foreign_content_and_no_raw_text(self):
        raw_text = "script style noscript title textarea xmp iframe noembed noframes plaintext"
        other = "svg math template select form input button object embed base meta link html body head div span"
        assert ALLOWED_TAGS.isdisjoint(raw_text.split() + other.split())

    def test_holds_no_attribute_for_every_tag(self):
        """nh3 allows `lang` and `title` everywhere unless told."""
        assert sanitise('<p title="x" lang="y" id="z" class="c" style="s" data-x="d">t</p>') == "<p>t</p>"

    def test_holds_no_attribute_that_styles_names_or_runs(self):
        attributes = set().union(*ALLOWED_ATTRIBUTES.values())
        assert attributes == {"href", "title", "src", "alt", "start"}
        assert set(ALLOWED_ATTRIBUTES) - {"*"} <= ALLOWED_TAGS

    def test_holds_no_scheme_that_runs(self):
        assert sorted(ALLOWED_SCHEMES) == ["http", "https", "mailto", "tel"]

    def test_cleaner_has_the_mended_parser(self):
        """ammonia before 4.2.3 let foreign content through; its version stands in the compiled module."""
        binary = next(Path(nh3.__file__).parent.glob("*.so")).read_bytes()
        version = re.search(rb"ammonia-(\d+)\.(\d+)\.(\d+)", binary)
        assert version, "the compiled module does not name its ammonia"
        assert tuple(map(int, version.groups())) >= (4, 2, 3)


class TestLinks:
    """S03: only this site and http, https, mailto and tel."""

    @pytest.mark.parametrize(
        "href", ["https://example.org/", "http://example.org/", "mailto:a@example.org", "tel:+15550100", "/topics/", "#risks"]
    )
    def test_allowed_target_stays(self, href):
        assert sanitise(f'<a href="{href}">x</a>') == f'<a href="{href}">x</a>'

    @pytest.mark.parametrize("href", [*HOSTILE_ADDRESSES[:-1], "vbscript:x", "x", "?x", "file:///x", "ftp://x"])
    def test_other_target_goes(self, href):
        assert sanitise(f'<a href="{href}">x</a>') == "<a>x</a>"

    @pytest.mark.parametrize(
        "src",
        [
            *HOSTILE_ADDRESSES,
            "//evil.example/p.gif",
            "https://evil.example/p.gif",
            "/admin/logout/",
            "/media/../x",
            "/media/%2e%2e/x",
            "/media//x",
            "/media/.\t./x",
        ],
    )
    def test_picture_from_elsewhere_goes(self, src):
        assert "src" not in sanitise(f"<img src='{src}'>")

    def test_shared_links_are_what_they_say(self):
        """The list of what may stand in a page is not so narrow that it forbids what should be there."""
        html = render("[](topic:visit) [x](condition:neck-pain#a) [y](term:needle) [z](page:faqs) <tel:911>", LINKS)
        assert foreign(html) == []
        assert html.count("<a href=") == 5
