"""Rules 14 to 19 and 28: headings, lists, emphasis, tables, pictures, links."""

import pytest

from tests.checks.pages import make_faq

TABLE = "| Effect | Study |\n|---|---|\n| Bruise | 8 in 100 |\n\nTable: What was noted"


class TestHeadingLevels:
    """Rule 14."""

    def test_in_order_keeps_it(self, found):
        assert found(14, make_faq("Yes.\n\n## One\n\n### Part\n\n## Two")) == []

    @pytest.mark.parametrize("text", ["# One", "### Part first", "## One\n\n#### Part", "##"])
    def test_a_skipped_empty_or_second_top_heading_breaks_it(self, found, text):
        assert len(found(14, make_faq(f"Yes.\n\n{text}"))) == 1

    def test_a_title_of_more_than_65_characters_breaks_it(self, found):
        assert found(14, make_faq("Yes.").changed(title="a" * 65)) == []
        assert found(14, make_faq("Yes.").changed(title="a" * 66))[0][0] == "title"


class TestHeadingWords:
    """Rule 15."""

    @pytest.mark.parametrize("text", ["What you may feel", "What Parkinson's is", "The World Health Organization on back pain"])
    def test_sentence_case_keeps_it(self, found, text):
        assert found(15, make_faq(f"## {text}")) == []

    @pytest.mark.parametrize(
        "text", ["What You May Feel After Treatment", "WHAT YOU MAY FEEL", "CALL NOW", "Overview", "What helps:"]
    )
    def test_title_case_and_empty_words_break_it(self, found, text):
        assert len(found(15, make_faq(f"## {text}"))) == 1


class TestListLength:
    """Rule 16."""

    def test_7_items_keep_it(self, found):
        assert found(16, make_faq("- item\n" * 7)) == []

    def test_8_items_break_it(self, found):
        assert found(16, make_faq("Yes.\n\n" + "- item\n" * 8))[0][0] == 3


class TestEmphasis:
    """Rule 17."""

    def test_a_few_words_keep_it(self, found):
        assert found(17, make_faq("**Water.** Drink *some* of it.")) == []

    @pytest.mark.parametrize("mark", ["**", "*"])
    def test_a_long_run_breaks_it(self, found, mark):
        assert len(found(17, make_faq(f"{mark}{'word ' * 13}end{mark}"))) == 1


class TestTables:
    """Rule 18."""

    def test_headers_and_a_caption_keep_it(self, found):
        assert found(18, make_faq(TABLE)) == []

    def test_no_caption_breaks_it(self, found):
        assert "Table: Words" in found(18, make_faq(TABLE.split("\n\n", maxsplit=1)[0]))[0][1]

    def test_a_column_without_a_heading_breaks_it(self, found):
        assert "first row" in found(18, make_faq(TABLE.replace("Study", " ")))[0][1]

    def test_too_many_columns_break_it(self, found):
        rows = "|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n|1|2|3|4|5|6|\n\nTable: Words"
        assert "6 columns" in found(18, make_faq(rows))[0][1]


class TestPictures:
    """Rule 19."""

    def test_words_and_a_caption_keep_it(self, found):
        assert found(19, make_faq('![A needle in a muscle](/media/a.png "How it goes in")')) == []

    @pytest.mark.parametrize("alt", ["", "Picture of a needle", "IMG_1.jpg"])
    def test_no_words_break_it(self, found, alt):
        assert "square brackets" in found(19, make_faq(f'![{alt}](/media/a.png "Caption")'))[0][1]

    @pytest.mark.parametrize("text", ["![A needle](/media/a.png)", 'See ![a needle](/media/a.png "Caption")'])
    def test_no_caption_breaks_it(self, found, text):
        assert "caption" in found(19, make_faq(text))[0][1]


class TestLinkWords:
    """Rule 28."""

    def test_words_that_say_where_it_leads_keep_it(self, found):
        assert found(28, make_faq("Read [what helps](topic:a) or [](topic:a). Call <tel:911>.")) == []

    @pytest.mark.parametrize("text", ["Click [here](topic:a).", "[Read more](topic:a)", "See <https://example.org/>."])
    def test_words_that_mean_nothing_alone_break_it(self, found, text):
        assert len(found(28, make_faq(f"Yes.\n{text}"))) == 1
