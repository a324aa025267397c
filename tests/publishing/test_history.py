"""What pages were, which are gone, and what leads to a page."""

import pytest

from education.documents import Document
from education.publishing import delete, deleted_pages, history, linked_from, live_document, restore, save, save_draft
from tests.factories import make_page
from tests.publishing.words import new_text

pytestmark = pytest.mark.django_db


def renamed(page, slug, by):
    live = live_document(page)
    return save(document=Document(live.identity._replace(slug=slug), live.fields, live.body), by=by, page=page)


class TestHistory:
    def test_is_newest_first_and_reaches_back_over_a_rename(self, staff):
        page = save_draft(document=new_text(page := make_page(), body="Drafted."), by=staff, page=page, note="Trying")
        page = renamed(page, "needling", staff)
        make_page("topics", "dry-needling-2")
        assert [revision.note for revision in history(page)] == ["", "Trying", ""]


class TestDeletedPages:
    def test_are_listed_with_their_last_text_until_they_are_back(self, staff):
        page = save_draft(document=new_text(page := make_page(), body="Last."), by=staff, page=page)
        delete(page=page, by=staff)
        (last,) = deleted_pages()
        assert last.text.endswith("Last.\n")
        restore(revision=last, by=staff)
        assert not deleted_pages().exists()

    def test_are_not_those_that_were_renamed_or_are_there(self, staff):
        renamed(make_page(), "needling", staff)
        save_draft(document=new_text(page := make_page(slug="other"), body="Drafted."), by=staff, page=page)
        save(document=new_text(page, body="Public."), by=staff, page=page)
        assert not deleted_pages().exists()

    def test_are_found_by_a_few_queries(self, staff, django_assert_num_queries):
        for number in range(3):
            delete(page=make_page(slug=f"topic-{number}"), by=staff)
        with django_assert_num_queries(9):
            assert [revision.page for revision in deleted_pages()] == [f"en/topics/topic-{number}" for number in (2, 1, 0)]


class TestWhatLeadsToAPage:
    def test_is_every_page_that_links_to_it_or_names_it_and_every_packet_that_holds_it(self, staff):
        topic = make_page(aliases=("needling",))
        expected = [
            make_page(slug="child", parent="dry-needling"),
            make_page(slug="linking", body="See [it](topic:dry-needling#risks)."),
            make_page(slug="linking-to-its-old-name", body="See [it](topic:needling)."),
            make_page("faqs", "does-it-hurt"),
            make_page("packets", "first-visit"),
        ]
        drafted = make_page(slug="drafted")
        expected.insert(0, save_draft(document=new_text(drafted, body="[it](topic:dry-needling)"), by=staff, page=drafted))
        make_page("conditions", "dry-needling")
        make_page(slug="others", body="topic:dry-needling [x](topic:dry-needling-and-acupuncture) [y](condition:dry-needling)")
        found = linked_from(topic)
        assert {page.identity for page in found} == {page.identity for page in expected}

    def test_is_every_page_that_cites_a_source_or_lists_it(self):
        source = make_page("sources", "study")
        make_page("sources", "study-2")
        cites, lists = make_page(slug="cites", body="Shown [@study]."), make_page(slug="lists", sources=("study",))
        make_page(slug="neither", body="Shown [@study-2], study.")
        assert linked_from(source) == [cites, lists]

    def test_is_not_the_page_itself(self):
        assert linked_from(make_page(body="[here](topic:dry-needling)")) == []
