import re

import pytest

from education.rendering import Body, Heading
from tests.rendering.samples import render, soup


def tags(text, **options):
    """The headings of a rendered text: (tag, id, words)."""
    headings = soup(text, **options).find_all(re.compile(r"h\d"))
    return [(tag.name, tag.get("id"), tag.get_text()) for tag in headings]


class TestHeadings:
    """The page's title is its h1, so a text begins with h2; a heading's id is its words."""

    def test_get_an_id_from_their_words(self):
        assert tags("## What helps?\n\n### At home") == [("h2", "what-helps", "What helps?"), ("h3", "at-home", "At home")]

    def test_repeated_words_get_a_number(self):
        names = [name for _, name, _ in tags("## a\n## a\n## a-2\n## a\n## a-2")]
        assert names == ["a", "a-2", "a-2-2", "a-3", "a-2-3"]

    def test_without_letters_still_get_an_id(self):
        assert tags("## ???\n## !!!") == [("h2", "section", "???"), ("h2", "section-2", "!!!")]

    def test_keep_letters_of_every_language(self):
        assert tags("## Über uns")[0][1] == "über-uns"

    def test_ids_never_meet_those_of_citations_and_sources(self):
        """Those begin with an underscore."""
        assert [name for _, name, _ in tags("## _source-1\n## __\n## _cite-1-1")] == ["source-1", "section", "cite-1-1"]

    def test_long_words_are_cut(self):
        assert tags(f"## {'word ' * 40}")[0][1] == ("word-" * 12).strip("-")

    def test_over_two_lines_keep_their_space(self):
        assert tags("Two\nlines\n---")[0][1] == "two-lines"

    def test_first_level_is_the_second_on_the_page(self):
        assert [name for name, *_ in tags("# a\n## b\n### c")] == ["h2", "h2", "h3"]

    @pytest.mark.parametrize(("level", "expected"), [(2, ["h2", "h3", "h6"]), (3, ["h3", "h4", "h6"]), (5, ["h5", "h6", "h6"])])
    def test_are_shifted_but_never_below_the_sixth(self, level, expected):
        assert [name for name, *_ in tags("## a\n### b\n###### c", heading_level=level)] == expected

    def test_close_as_they_opened(self):
        assert render("## a [@a]\n\ntext", heading_level=3).count("</h3>") == 1


class TestOutline:
    """The contents list of a page."""

    def test_lists_headings_in_order(self):
        body = Body("# Top\n\n## What *helps* & `more`\n\n### [Rest](topic:visit) ![icon](/static/i.png)")
        assert body.outline == (
            Heading(2, "Top", "top"),
            Heading(2, "What helps & more", "what-helps-more"),
            Heading(3, "Rest icon", "rest-icon"),
        )

    def test_joins_lines_of_one_heading(self):
        assert Body("Two\nlines\n---").outline == (Heading(2, "Two lines", "two-lines"),)

    def test_leaves_out_citations(self):
        assert Body("## Pain [@a]").outline == (Heading(2, "Pain", "pain"),)

    def test_leaves_out_headings_without_words(self):
        """A contents list has no entry that nobody can read."""
        assert Body("##\n\n## [@a]\n\n## b").outline == (Heading(2, "b", "b"),)

    def test_holds_no_title_of_a_card(self):
        assert Body("::: do Rest\n- a\n:::").outline == ()


class TestSeveralBodiesOnAPage:
    """Each text has a prefix of its own, so that an id stands once on the page."""

    def test_ids_and_links_to_them_get_the_prefix(self):
        html = render("## Rest\n\n[see](#rest)", id_prefix="answer-1-")
        assert '<h2 id="answer-1-rest">' in html
        assert '<a href="#answer-1-rest">see</a>' in html
