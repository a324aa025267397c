import pytest

from education.rendering import Body, Citations
from tests.rendering.samples import LINKS, render, soup

PREFIXES = {"emergency": "Emergency advice:", "urgent": "Urgent advice:", "non-urgent": "Advice:"}


class TestAdviceCards:
    """How urgent a card is must be heard as well as seen."""

    @pytest.mark.parametrize(("kind", "prefix"), PREFIXES.items())
    def test_heading_begins_with_the_urgency(self, kind, prefix):
        page = soup(f"::: {kind} Call 911 if:\n- you have chest pain\n:::")
        assert page.div["class"] == ["card", f"card--{kind}"]
        assert page.h2["class"] == ["card__title"]
        assert page.h2.find("span").get_text(strip=True) == prefix
        assert page.h2.get_text() == f"{prefix} Call 911 if:"
        assert page.find("div", class_="card__body").li.text == "you have chest pain"

    @pytest.mark.parametrize("kind", PREFIXES)
    def test_title_holds_a_number_to_call(self, kind):
        link = soup(f"::: {kind} Call <tel:911> **now**\nx\n:::").h2.a
        assert (link["href"], link.text) == ("tel:911", "911")

    def test_title_holds_links_and_citations_that_lead_somewhere(self):
        """What a title refers to is looked up, like what the text below it refers to."""
        body = Body("::: urgent Read [](topic:visit) [@a]\nx\n:::")
        assert body.references == {("topics", "visit")}
        assert body.citations == ("a",)
        citations = Citations()
        html = body.render(LINKS, citations).html
        assert '<a href="/topics/visit/">Your visit</a>' in html
        assert citations.uses == {"a": ["_cite-1-1"]}

    def test_title_uses_link_definitions_of_the_text(self):
        assert soup("::: urgent Read [this][x]\nx\n:::\n\n[x]: topic:visit").h2.a["href"] == "/topics/visit/"

    def test_title_shows_escaped_signs(self):
        assert soup(r"::: urgent 5 \* 3 & more" "\nx\n:::").h2.get_text().endswith("5 * 3 & more")


class TestListCards:
    """`do` and `dont` have a heading of their own unless the author writes another."""

    @pytest.mark.parametrize(("kind", "heading"), [("do", "Do"), ("dont", "Do not")])
    def test_have_their_own_heading(self, kind, heading):
        page = soup(f"::: {kind}\n- a\n:::")
        assert page.div["class"] == ["card", f"card--{kind}"]
        assert page.h2.text == heading

    @pytest.mark.parametrize("kind", ["do", "dont"])
    def test_take_another_heading(self, kind):
        assert soup(f"::: {kind} At home\n- a\n:::").h2.text == "At home"


class TestBoxes:
    """`important` and `info` stand out without a heading; a label says what they are."""

    @pytest.mark.parametrize(("kind", "label"), [("important", "Important"), ("info", "Information:")])
    def test_have_a_label_and_no_heading(self, kind, label):
        page = soup(f"::: {kind}\nx\n:::")
        assert page.find("p", class_="card__label").get_text(strip=True) == label
        assert page.find(["h2", "h3"]) is None

    @pytest.mark.parametrize(("kind", "label"), [("important", "Important: Read"), ("info", "Information: Read")])
    def test_take_a_title(self, kind, label):
        assert soup(f"::: {kind} Read\nx\n:::").find("p", class_="card__label").get_text() == label


class TestHeadingLevel:
    """A card's heading stands one level below the section it is in."""

    @pytest.mark.parametrize(
        ("text", "level", "expected"),
        [
            ("", 2, "h2"),
            ("## a\n\n", 2, "h3"),
            ("## a\n\n### b\n\n", 2, "h4"),
            ("### a\n\n## b\n\n", 2, "h3"),
            ("", 4, "h4"),
            ("###### a\n\n", 2, "h6"),
        ],
    )
    def test_follows_the_section(self, text, level, expected):
        assert soup(f"{text}::: do\n- a\n:::", heading_level=level).find(class_="card__title").name == expected


class TestBody:
    """A card holds whatever a text holds."""

    def test_holds_every_kind_of_block(self):
        page = soup('::: info\n**a** [](topic:visit)\n\n- b\n\n|c|\n|-|\n|d|\n\nTerm\n: e\n\n![f](/media/f.png "g")\n:::')
        body = page.find(class_="card__body")
        kinds = ["strong", "a", "ul", "table", "dl", "figure"]
        assert [tag.name for tag in body.find_all(kinds)] == kinds

    def test_holds_another_card(self):
        page = soup(":::: urgent Call if:\na\n::: do\n- b\n:::\nc\n::::")
        inner = page.find(class_="card--urgent").find(class_="card--do")
        assert inner.li.text == "b"
        assert [paragraph.text for paragraph in page.find(class_="card--urgent").find_all("p")] == ["a", "c"]

    @pytest.mark.parametrize("text", ["- ::: do\n  - a\n  :::", "> ::: do\n> - a\n> :::"])
    def test_stands_in_lists_and_quotations(self, text):
        assert soup(text).find(["ul", "blockquote"]).find(class_="card--do").li.text == "a"

    def test_without_an_end_holds_the_rest(self):
        assert soup("::: info\na\n\nb").find(class_="card__body").get_text(strip=True) == "ab"

    @pytest.mark.parametrize("text", ["> ::: info\n> ", "- ::: info\n  ", "> ::: info\n>", "::: info\n   ", "::: info"])
    def test_may_be_cut_off_anywhere(self, text):
        assert soup(text).find(class_="card--info") is not None

    def test_of_an_unknown_kind_is_text(self):
        assert render("::: warning Look\n") == "<p>::: warning Look</p>\n"

    def test_in_a_code_block_is_code(self):
        assert soup("```\n::: do\n- a\n:::\n```").find(class_="card") is None
