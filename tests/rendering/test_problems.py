import pytest

from education.rendering.links import SITE_PAGES
from tests.rendering.samples import KINDS, problems


def lines(text):
    """The lines on which a text has problems."""
    return [line for line, _ in problems(text)]


class TestGoodText:
    """Nobody is told to mend what is right."""

    def test_has_no_problems(self):
        text = (
            "## Über uns\n\n[a](topic:visit) [](page:faqs) [b](https://example.org) <tel:911> [@a; @b] [c](#über-uns)\n\n"
            '::: urgent Call <tel:911>\n- x\n:::\n\n![Words](/media/x.png "y")\n\n'
            "- ::: do\n  - z\n  :::\n\n> ::: info\n> q\n> :::\n"
        )
        assert problems(text) == []

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_may_use_any_end_of_line(self, end):
        assert problems(end.join(["a", "", "::: info", "b", ":::", "", "c"])) == []

    @pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
    def test_may_hold_what_only_python_takes_for_an_end_of_line(self, sign):
        assert problems(f"a{sign}b\n\n::: info\nc\n:::\n\nd") == []


class TestLines:
    """A problem names the line that an author has to look at."""

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("[x](topic:no)", 1),
            ("a\nb\n[x](topic:no) c", 3),
            ("a  \nb\\\n[x](topic:no)", 3),
            ("a\n\n- b\n\n  c\n  [x](topic:no)", 6),
            ("> a\n> [x](topic:no)", 2),
            ("|a|\n|-|\n|b|\n|[x](topic:no)|", 4),
            ("|a|\n|-|\n|b|\n\nTable: [x](topic:no)", 5),
            ("|a|\n|-|\n|b|\nTable: [x](topic:no)", 4),
            ("a\n\nTerm [x](topic:no)\n: b", 3),
            ("a\n\nTerm\n: b\n  [x](topic:no)", 5),
            ("a\n\n::: do [x](topic:no)\nb\n:::", 3),
            ("a\n\n::: do\nb\n\n[x](topic:no)\n:::", 6),
            ("![a\nb](/media/x.png) [x](topic:no)", 2),
            ("a\nb [@no]", 2),
            ("a\r\nb\r\n![c](x.png)", 3),
            ("# a\n\n[x][y]\n\n[y]: topic:no", 3),
        ],
    )
    def test_are_those_of_the_body(self, text, line):
        assert lines(text) == [line]

    def test_are_in_order(self):
        assert lines("[@no]\n\n::: urgent\nx\n:::\n\n[x](topic:no)\n\n![a](x.png)") == [1, 3, 7, 9]


class TestLinks:
    """A link must lead somewhere."""

    @pytest.mark.parametrize(
        ("target", "message"),
        [
            ("topic:no", "expected a page that exists, found a link to 'topic:no'"),
            ("page:no", f"expected one of {', '.join(SITE_PAGES)} after page:, found 'page:no'"),
            ("#no", "expected a section of this page, found '#no'; it has no sections"),
            ("/admin/", "found '/admin/'"),
            ("javascript", "found 'javascript'"),
            ("", "found ''"),
        ],
    )
    def test_to_nothing_is_reported(self, target, message):
        ((_, found),) = problems(f"[x]({target})")
        assert message in found

    def test_to_a_section_of_another_page_is_checked_where_it_is_known(self):
        text = "[x](topic:visit#no)\n[y](topic:visit#über)"
        assert problems(text) == []
        assert problems(text, lambda reference: None) == []
        assert problems(text, lambda reference: {"über"}) == [
            (1, "expected a section of that page, found 'topic:visit#no'; it has #über")
        ]

    def test_message_names_sections_only_while_they_are_few(self):
        """Else a long page with many bad links would fill memory with messages."""
        text = "".join(f"## s{number}\n" for number in range(300)) + "\n[x](#no)"
        assert problems(text) == [(302, "expected a section of this page, found '#no'; it has 300 sections")]


class TestCards:
    """A card that is never closed swallows the rest of the page."""

    def test_without_end_is_reported(self):
        assert problems("a\n\n::: info\nb\n\nc") == [(3, "expected a line ':::' that ends the card 'info'")]

    def test_without_end_before_another_is_reported(self):
        ((line, message),) = problems("::: emergency X\na\n\n::: urgent Y\nb\n:::\n")
        assert (line, message) == (4, "expected a line ':::' before the card 'urgent', or more colons on the card around it")

    def test_around_another_needs_more_colons(self):
        assert lines("::: info\n::: do\n- a\n:::\n:::") == [2, 5]
        assert lines(":::: info\n::: do\n- a\n:::\n::::") == []

    def test_ended_by_its_list_is_reported(self):
        assert lines("- ::: info\n  a\n\n::: do\n- b\n:::") == [1]

    @pytest.mark.parametrize("kind", ["emergency", "urgent", "non-urgent"])
    def test_of_advice_need_a_title(self, kind):
        assert problems(f"::: {kind}\na\n:::") == [(1, f"expected a heading behind '::: {kind}', such as 'Call 911 now if:'")]

    @pytest.mark.parametrize(
        ("text", "line"),
        [("::: warning x\n", 1), ("a\n::: warning x\nb", 2), ("a\n\n- b\n  ::: Do\n", 4), ("a\n\n:::\n", 3)],
    )
    def test_of_unknown_kind_are_reported(self, text, line):
        ((found, message),) = problems(text)
        assert found == line
        assert message.startswith(f"expected ':::' and one of {', '.join(KINDS)}; found ':::")


class TestPictures:
    """A picture comes from this site and is described."""

    def test_from_elsewhere_is_reported(self):
        message = "expected a picture under /media/ or /static/, found 'https://example.org/x.png'"
        assert problems("![a](https://example.org/x.png)") == [(1, message)]

    @pytest.mark.parametrize("words", ["", " ", "DESCRIBE THIS PICTURE"])
    def test_without_words_is_reported(self, words):
        message = f'expected words that say what the picture shows (or the title "decoration"), found {words.strip()!r}'
        assert problems(f"![{words}](/media/x.png)") == [(1, message)]


class TestCitations:
    """Every source that a text cites must be there."""

    def test_of_unknown_sources_are_reported(self):
        assert problems("x [@a; @no]") == [(1, "expected a source that exists, found a citation of 'no'")]
