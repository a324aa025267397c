from education.rendering import Body, Citations
from tests.rendering.samples import LINKS, render, soup


def marks(page):
    """The citations of a rendered text: (words, id, target)."""
    return [(tag.a.get_text(), tag.a["id"], tag.a["href"]) for tag in page.find_all("sup", class_="citation")]


class TestCitations:
    """A citation is a small number that leads to the source at the foot of the page, and can be found again from there."""

    def test_are_numbered_by_first_mention(self):
        assert marks(soup("x [@b] y [@a].")) == [
            (" Source 1", "_cite-1-1", "#_source-1"),
            (" Source 2", "_cite-2-1", "#_source-2"),
        ]

    def test_repeated_keep_their_number_and_get_an_id_each(self):
        assert [name for _, name, _ in marks(soup("[@a] [@b] [@a] [@a]"))] == ["_cite-1-1", "_cite-2-1", "_cite-1-2", "_cite-1-3"]

    def test_several_in_one_bracket_stand_side_by_side(self):
        assert [number for number, _, _ in marks(soup("x [@c; @a;@b]"))] == [" Source 1", " Source 2", " Source 3"]

    def test_say_that_they_are_sources(self):
        assert soup("x [@a]").sup.span["class"] == ["visually-hidden"]
        assert soup("x [@a]").sup.span.text == " Source "

    def test_of_unknown_sources_are_not_shown(self):
        assert render("x[@nope].") == "<p>x.</p>\n"

    def test_of_unknown_sources_beside_known_ones_leave_those(self):
        assert [number for number, _, _ in marks(soup("[@nope; @a]"))] == [" Source 1"]

    def test_stand_in_headings_tables_and_lists(self):
        page = soup("## a [@a]\n\n|b [@b]|\n|-|\n|c [@a]|\n\n- d [@c]\n")
        assert [name for _, name, _ in marks(page)] == ["_cite-1-1", "_cite-2-1", "_cite-1-2", "_cite-3-1"]

    def test_written_wrongly_are_text(self):
        for text in ("[@A b]", "[@a,b]", "[@a;]", "[@]", "`[@a]`", r"\[@a]"):
            assert marks(soup(text)) == [], text

    def test_are_known_before_rendering_in_order(self):
        assert Body("x [@c; @a]\n\n|[@b]|\n|-|\n\n[@a]").citations == ("c", "a", "b")


class TestSeveralBodiesOnAPage:
    """All texts of a page share one list of sources."""

    def test_share_numbers_and_ids(self):
        citations = Citations()
        first, second = Body("x [@b]").render(LINKS, citations), Body("y [@a] [@b]").render(LINKS, citations)
        assert citations.uses == {"b": ["_cite-1-1", "_cite-1-2"], "a": ["_cite-2-1"]}
        assert 'id="_cite-1-1"' in first.html
        assert 'id="_cite-2-1"' in second.html
        assert 'id="_cite-1-2"' in second.html

    def test_rendered_alone_start_at_one(self):
        body = Body("x [@a]")
        assert body.render(LINKS).html == body.render(LINKS).html
