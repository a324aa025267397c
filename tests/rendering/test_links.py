import pytest

from education.rendering import Body, Reference
from tests.rendering.samples import render, soup


class TestLinksToPages:
    """A link names a page, not an address, and keeps working when the page is renamed."""

    @pytest.mark.parametrize(
        ("target", "href"),
        [
            ("topic:visit", "/topics/visit/"),
            ("condition:neck-pain", "/conditions/neck-pain/"),
            ("term:needle", "/glossary/#needle"),
            ("page:faqs", "/faqs/"),
            ("topic:visit#what-helps", "/topics/visit/#what-helps"),
            ("topic:visit#über-uns", "/topics/visit/#%C3%BCber-uns"),
            ("term:needle#x", "/glossary/#needle"),
        ],
    )
    def test_lead_to_its_address(self, target, href):
        assert render(f"[words]({target})") == f'<p><a href="{href}">words</a></p>\n'

    def test_without_words_get_the_title(self):
        assert soup("[](topic:visit)").a.text == "Your visit"

    def test_by_definition_lead_there_too(self):
        assert soup("[words][x]\n\n[x]: topic:visit").a["href"] == "/topics/visit/"

    def test_keep_markup_in_their_words(self):
        assert soup("[**bold** `code`](topic:visit)").a.strong.text == "bold"

    def test_keep_their_title(self):
        assert soup('[words](topic:visit "More")').a["title"] == "More"

    @pytest.mark.parametrize("target", ["topic:nowhere", "faq:visit", "page:nowhere", "source:a", "topic:Visit", "topic:"])
    def test_to_nothing_are_plain_text(self, target):
        assert render(f"see [these *words*]({target}).") == "<p>see these <em>words</em>.</p>\n"

    def test_are_known_before_rendering(self):
        body = Body("[a](topic:visit#x) [b](faq:q)\n\n|[c](term:t)|\n|-|\n\n[d](page:home) [e](https://example.org)")
        assert body.references == {
            Reference("topics", "visit"), Reference("faqs", "q"), Reference("glossary", "t"), Reference("page", "home"),
        }  # fmt: skip


class TestLinksWithinThePage:
    """`#section` leads to a heading of the same text."""

    def test_lead_to_the_heading(self):
        assert soup("## Rest\n\n[see](#rest)").a["href"] == "#rest"

    def test_without_words_get_the_heading(self):
        """A link that nobody can read or hear is no link."""
        assert soup("## Über *uns*\n\n[](#über-uns)").a.text == "Über uns"


class TestLinksElsewhere:
    """To other sites, mail addresses and phone numbers; nothing else."""

    @pytest.mark.parametrize(
        ("text", "href", "words"),
        [
            ("[NHS](https://www.nhs.uk/)", "https://www.nhs.uk/", "NHS"),
            ("[](https://www.nhs.uk/)", "https://www.nhs.uk/", "https://www.nhs.uk/"),
            ("<https://www.nhs.uk/>", "https://www.nhs.uk/", "https://www.nhs.uk/"),
            ("<tel:911>", "tel:911", "911"),
            ("<tel:+1-555-0100>", "tel:+1-555-0100", "+1-555-0100"),
            ("[call](tel:911)", "tel:911", "call"),
            ("<a@example.org>", "mailto:a@example.org", "a@example.org"),
            ("[write](mailto:a@example.org)", "mailto:a@example.org", "write"),
        ],
    )
    def test_stay(self, text, href, words):
        link = soup(text).a
        assert (link["href"], link.text) == (href, words)

    @pytest.mark.parametrize(
        "target",
        ["/admin/", "//evil.example/", "other-page", "../x", "ftp://example.org", "tel:call-me", "mailto:nobody", "?x", ""],
    )
    def test_of_any_other_kind_are_plain_text(self, target):
        assert render(f"[words]({target})") == "<p>words</p>\n"


class TestNestedBrackets:
    """Brackets within brackets are read a few deep, which is more than any page needs."""

    def test_picture_in_a_link(self):
        page = soup("[![a [b [c] ] ](/media/x.png)](topic:visit)")
        assert page.a.img["alt"] == "a [b [c] ] "

    def test_row_of_brackets_stays_and_does_not_hide_what_follows(self):
        assert soup("[" * 40 + "[words](topic:visit)").get_text() == "[" * 40 + "words\n"
        assert soup("[" * 40 + "\n\n[words](topic:visit)").a.text == "words"


class TestLongDefinitions:
    """A definition's address and title are repeated at every use; long ones would make a short text fill memory."""

    @pytest.mark.parametrize("definition", [f"https://example.org/{'a' * 500}", f"https://example.org '{'a' * 500}'"])
    def test_are_not_used(self, definition):
        assert render(f"[words][x]\n\n[x]: {definition}") == "<p>[words][x]</p>\n"

    def test_of_a_usual_length_are(self):
        address = f"https://example.org/{'a' * 300}"
        assert soup(f"[words][x]\n\n[x]: {address} 'Title'").a["href"] == address
