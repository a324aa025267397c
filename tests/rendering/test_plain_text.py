from education.rendering import Body, plain_text
from tests.rendering.samples import LINKS


def words(text):
    """The text of a rendered Markdown text."""
    return Body(text).render(LINKS).text


class TestPlainText:
    """What search finds and shows: what a reader sees, without markup."""

    def test_has_a_line_for_each_block(self):
        assert words("## Rest\n\nOne *two*\nthree.\n\n- four\n- five\n\n> six") == "Rest\nOne two\nthree.\nfour\nfive\nsix"

    def test_joins_words_as_they_are_seen(self):
        assert words("un**believ**able & 5 < 6 `x`") == "unbelievable & 5 < 6 x"

    def test_leaves_out_numbers_of_citations(self):
        assert words("Less pain [@a; @b] was found.") == "Less pain was found."

    def test_keeps_titles_of_linked_pages_and_words_of_pictures(self):
        assert words("[](topic:visit) ![A needle](/media/x.png)") == "Your visit A needle"

    def test_keeps_cells_terms_captions_and_cards_apart(self):
        text = '|a|b|\n|-|-|\n|c|d|\nTable: e\n\nf\n: g\n\n::: do h\n- i\n:::\n\n![j](/media/x.png "k")'
        assert words(text) == "e\na\nb\nc\nd\nf\ng\nh\ni\nj\nk"

    def test_shows_tags_that_were_typed(self):
        assert words("dose <b>5</b>") == "dose <b>5</b>"

    def test_of_nothing_is_nothing(self):
        assert plain_text("") == words("") == ""
