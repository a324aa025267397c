import pytest

from tests.rendering.samples import render, soup

TABLE = "| Word | Much | Price |\n| --- | :-: | --: |\n| a | b | c |\n"


class TestTable:
    """A table can be scrolled by keyboard, has column headers, and no inline style, which the site's policy would refuse."""

    def test_stands_in_a_frame_that_keyboards_can_scroll(self):
        frame = soup(TABLE).find("div", class_="table")
        assert (frame["tabindex"], frame["aria-label"]) == ("0", "Table")
        assert [child.name for child in frame.children] == ["table"]

    def test_headers_say_what_they_head(self):
        assert [cell["scope"] for cell in soup(TABLE).find_all("th")] == ["col"] * 3

    def test_an_empty_corner_heads_nothing(self):
        """A screen reader would announce a header without words."""
        head = soup("| | Much |\n|---|---|\n| a | b |\n").thead
        assert [cell.name for cell in head.find_all(["td", "th"])] == ["td", "th"]

    def test_alignment_is_a_class(self):
        page = soup(TABLE)
        assert [cell.get("class") for cell in page.find_all("th")] == [None, ["align-center"], ["align-right"]]
        assert [cell.get("class") for cell in page.find_all("td")] == [None, ["align-center"], ["align-right"]]
        assert "style" not in str(page)

    def test_without_caption_has_none(self):
        assert soup(TABLE).caption is None

    def test_cells_hold_markup(self):
        page = soup("|a|\n|-|\n|**b** [](topic:visit) [@a]|")
        assert page.td.strong.text == "b"
        assert page.td.a.text == "Your visit"


class TestVeryLargeTable:
    """A short row is filled up with empty cells, so a few bytes could become millions of them."""

    def test_ends_at_the_limit_and_the_rest_is_text(self):
        page = soup("|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "|x\n" * 500)
        assert 15_000 < len(page.find_all(["th", "td"])) <= 20_000
        assert page.get_text().count("x") == 500

    def test_counts_with_the_others_of_the_text(self):
        page = soup(("|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + "|x\n" * 50 + "\n") * 10)
        assert len(page.find_all(["th", "td"])) <= 20_000
        assert page.get_text().count("x") == 500

    def test_limit_is_one_of_a_text_not_of_all_texts(self):
        for _ in range(3):
            assert len(soup("|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + "|x\n" * 90).find_all("tr")) == 91


class TestCaption:
    """A line `Table: Words` right below a table is its caption."""

    @pytest.mark.parametrize("between", ["", "\n"], ids=["next line", "after an empty line"])
    def test_moves_into_the_table(self, between):
        page = soup(f"{TABLE}{between}Table: What **it** costs [@a]\n\nAfter.")
        assert page.table.find().name == "caption"
        assert page.caption.strong.text == "it"
        assert page.caption.get_text().split("Source")[0].strip() == "What it costs"
        assert page.caption.sup.a["href"] == "#_source-1"
        assert len(page.find_all("tr")) == 2
        assert [paragraph.text for paragraph in page.find_all("p")] == ["After."]

    def test_below_a_table_without_rows_leaves_no_empty_body(self):
        page = soup("|a|\n|-|\nTable: Words")
        assert page.caption.text == "Words"
        assert page.tbody is None

    def test_of_each_table_stays_with_it(self):
        page = soup(f"{TABLE}Table: One\n\n{TABLE}\nTable: Two\n\n{TABLE}\n")
        assert [table.caption and table.caption.text for table in page.find_all("table")] == ["One", "Two", None]

    def test_header_cell_with_that_word_is_no_caption(self):
        page = soup("|Table: a|\n|-|\n")
        assert page.caption is None
        assert page.th.text == "Table: a"

    def test_row_with_more_cells_is_no_caption(self):
        assert soup("|a|b|\n|-|-|\n|Table: x|y|").caption is None

    def test_paragraph_elsewhere_is_no_caption(self):
        assert render("Text.\n\nTable: Words") == "<p>Text.</p>\n<p>Table: Words</p>\n"

    def test_inside_a_list_belongs_to_the_table_of_the_list(self):
        assert soup("- |a|\n  |-|\n  |b|\n\n  Table: Words").li.table.caption.text == "Words"

    def test_behind_the_list_of_the_table_is_no_caption(self):
        assert soup("- |a|\n  |-|\n  |b|\n\nTable: Words").caption is None


class TestDefinitionList:
    """`Term` and on the next line `: Meaning`."""

    def test_has_terms_and_meanings(self):
        page = soup("Term *one*\n: Meaning [](topic:visit)\n\nTerm two\n: First\n: Second")
        assert [(tag.name, tag.get_text().strip()) for tag in page.dl.find_all(["dt", "dd"])] == [
            ("dt", "Term one"), ("dd", "Meaning Your visit"), ("dt", "Term two"), ("dd", "First"), ("dd", "Second"),
        ]  # fmt: skip
        assert page.dt.em.text == "one"
        assert page.dd.a["href"] == "/topics/visit/"
