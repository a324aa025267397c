"""What staff can do to a page: what is written, by whom, and what is left alone."""

from datetime import date

import pytest
from django.db.models import ProtectedError

from education.documents import ContentErrors, Document, serialize
from education.models import Alias, Topic
from education.publishing import (
    delete,
    live_document,
    mark_reviewed,
    publish,
    save,
    save_draft,
    staff_document,
    unpublish,
)
from tests.factories import make_document, make_page
from tests.publishing.rows import all_rows
from tests.publishing.words import new_text, revisions

pytestmark = pytest.mark.django_db

LATER = {"body": "Later text."}


class TestSave:
    def test_of_a_new_page_writes_its_row_and_first_revision(self, staff):
        document = make_document("conditions", "neck-pain", search_words=("sore neck",), body="Text.")
        page = save(document=document, by=staff, note="First version")
        page.refresh_from_db()
        assert (page.title, page.body, page.evidence, page.search_words) == ("Neck pain", "Text.", "some", ["sore neck"])
        (revision,) = revisions(page)
        assert page.revision == revision
        assert (revision.text, revision.author, revision.note, revision.origin) == (
            serialize(document),
            staff,
            "First version",
            "staff",
        )

    def test_of_a_changed_text_writes_one_revision(self, staff):
        page = save(document=new_text(page := make_page(), title="New"), by=staff, page=page)
        assert page.title == "New"
        assert [revision.origin for revision in revisions(page)] == ["file", "staff"]

    def test_of_the_same_text_writes_nothing(self, staff):
        """A revision only when content changed, however the text was typed."""
        page = make_page(body="Text.")
        before = all_rows()
        save(document=new_text(page, body="\n\nText.\r\n  \n", status="published", parent=""), by=staff, page=page)
        assert all_rows() == before

    def test_refuses_what_a_file_could_not_say(self, staff):
        """Rows hold only texts that export can write and import can read."""
        page = make_page()
        before = all_rows()
        for wrong in ({"title": None}, {"title": "t" * 151}, {"body": ""}, {"body": "\u202e"}, {"aliases": ("A",)}):
            with pytest.raises(ContentErrors):
                save(document=new_text(page, **wrong), by=staff, page=page)
        assert all_rows() == before

    def test_uses_the_row_as_it_is_now(self, staff):
        """A page object that was read before somebody else saved must not bring the old text back."""
        page, stale = make_page(), Topic.objects.get()
        save(document=new_text(page, title="New"), by=staff, page=page)
        mark_reviewed(page=stale, by=staff, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3))
        unpublish(page=stale, by=staff)
        stale = publish(page=stale, by=staff)
        assert Topic.objects.get().title == stale.title == "New"


class TestDrafts:
    def test_beside_a_published_page_leave_the_public_text(self, staff):
        page = save_draft(document=new_text(page := make_page(), **LATER), by=staff, page=page, note="Trying")
        page.refresh_from_db()
        assert (page.body, page.is_published) == ("Some text.", True)
        assert (staff_document(page).body, live_document(page).body) == ("Later text.", "Some text.")
        assert page.draft == revisions(page)[-1]

    def test_that_are_the_same_write_nothing(self, staff):
        page = save_draft(document=new_text(page := make_page(), **LATER), by=staff, page=page)
        before = all_rows()
        save_draft(document=new_text(page, **LATER), by=staff, page=page)
        assert all_rows() == before

    def test_of_an_unpublished_page_are_its_text(self, staff):
        page = save_draft(document=new_text(page := make_page(status=None), **LATER), by=staff, page=page)
        assert (page.body, page.draft) == ("Later text.", None)

    def test_of_a_new_page_are_not_public(self, staff):
        page = save_draft(document=make_document(status="published"), by=staff)
        assert (page.status, page.is_published) == ("draft", False)

    def test_keep_the_address(self, staff):
        """A new address would hide the draft's revision from the page's history."""
        page = make_page()
        renamed = Document(live_document(page).identity._replace(slug="other"), live_document(page).fields, "Later text.")
        page = save_draft(document=renamed, by=staff, page=page)
        assert (page.slug, staff_document(page).identity.slug) == ("dry-needling", "dry-needling")
        assert len(revisions(page)) == 2

    def test_become_public_with_publish(self, staff):
        page = save_draft(document=new_text(page := make_page(), **LATER), by=staff, page=page)
        page = publish(page=page, by=staff)
        assert (page.body, page.draft) == ("Later text.", None)

    def test_are_replaced_by_a_saved_text(self, staff):
        page = save_draft(document=new_text(page := make_page(), **LATER), by=staff, page=page)
        page = save(document=live_document(page), by=staff, page=page)
        assert (page.body, page.draft) == ("Some text.", None)


class TestPublishAndUnpublish:
    def test_publish_shows_a_page_now(self, staff):
        page = publish(page=make_page(status=None), by=staff)
        assert page.is_published
        assert page.first_published_at is not None

    def test_publish_shows_a_page_from_a_day_on(self, staff):
        page = publish(page=make_page(status=None), by=staff, publish_on=date(2999, 1, 1))
        assert (page.status, page.is_published, page.first_published_at) == ("published", False, None)

    def test_publish_takes_a_text_that_is_given(self, staff):
        page = make_page(status=None)
        page = publish(page=page, by=staff, document=new_text(page, **LATER))
        assert (page.body, page.is_published) == ("Later text.", True)

    def test_publishing_what_is_public_writes_nothing(self, staff):
        page = make_page()
        before = all_rows()
        publish(page=page, by=staff)
        assert all_rows() == before

    def test_unpublish_keeps_the_text(self, staff):
        page = unpublish(page=make_page(publish_on=date(2020, 1, 1)), by=staff, note="Wrong")
        assert (page.status, page.publish_on, page.body) == ("draft", None, "Some text.")
        assert revisions(page)[-1].note == "Wrong"

    def test_unpublish_keeps_a_waiting_draft_as_the_text(self, staff):
        page = save_draft(document=new_text(page := make_page(), **LATER), by=staff, page=page)
        page = unpublish(page=page, by=staff)
        assert (page.body, page.draft) == ("Later text.", None)


class TestDelete:
    def test_keeps_the_history(self, staff):
        page = make_page()
        delete(page=page, by=staff)
        assert not Topic.objects.exists()
        assert len(revisions(page)) == 1

    def test_frees_the_old_addresses(self, staff):
        """Else no other page could ever have them."""
        delete(page=make_page(aliases=("old",)), by=staff)
        assert not Alias.objects.exists()
        make_page(slug="other", aliases=("old",))

    def test_is_refused_while_a_question_needs_its_topic(self, staff):
        page = make_page(aliases=("old",))
        make_page("faqs", "does-it-hurt")
        before = all_rows()
        with pytest.raises(ProtectedError):
            delete(page=page, by=staff)
        assert all_rows() == before
