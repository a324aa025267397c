"""Bringing an earlier text back, of a page that is there and of one that was deleted."""

from datetime import date

import pytest

from education.documents import ContentErrors, Document
from education.models import Alias, Condition, Revision, Topic
from education.publishing import delete, find_page, live_document, mark_reviewed, restore, save, save_draft, staff_document
from tests.factories import make_document, make_page
from tests.publishing.rows import all_rows

pytestmark = pytest.mark.django_db


def edited(page, by, *, slug=None, body=None, **changes):
    """The page after staff changed parts of it."""
    document = live_document(page).changed(**changes)
    identity = document.identity._replace(slug=slug or document.identity.slug)
    return save(document=Document(identity, document.fields, body or document.body), by=by, page=page)


def first_revision(page):
    return Revision.objects.filter(page=page.identity).earliest("id")


class TestWhenThePageIsThere:
    def test_the_earlier_text_is_public_again_as_a_new_revision(self, staff):
        page = edited(make_page(body="First."), staff, body="Second.")
        page = restore(revision=first_revision(page), by=staff)
        assert page.body == "First."
        assert page.revision == Revision.objects.latest("id")
        assert (page.revision.origin, page.revision.author) == ("restore", staff)
        assert page.revision.note.startswith("Restored from ")

    def test_address_status_and_old_addresses_stay_as_they_are(self, staff):
        """An old text must not publish a page, hide it, or break links to it."""
        page = make_page(status=None, publish_on=date(2020, 1, 1), aliases=("oldest",), body="First.")
        page = edited(
            page, staff, slug="moved", body="Second.", status="published", publish_on=date(2021, 1, 1), aliases=("later",)
        )
        page = restore(revision=first_revision(page), by=staff)
        assert (page.slug, page.status, page.publish_on) == ("moved", "published", date(2021, 1, 1))
        assert live_document(page).get("aliases") == ("later", "dry-needling")
        assert page.body == "First."

    def test_a_review_counts_again_with_the_very_text_that_was_read(self, staff):
        reviewed = {"reviewed_on": date(2026, 5, 3), "reviewed_by": "Dr. A"}
        page = edited(make_page(body="First.", **reviewed), staff, body="Second.")
        assert page.review_state == "changed"
        assert restore(revision=first_revision(page), by=staff).review_state == "current"

    def test_a_later_review_is_not_lost_and_not_one_of_the_earlier_text(self, staff):
        page = edited(make_page(body="First.", reviewed_on=date(2025, 5, 3), reviewed_by="Dr. A"), staff, body="Second.")
        page = mark_reviewed(page=page, by=staff, reviewed_by="Dr. B", reviewed_on=date(2026, 5, 3))
        page = restore(revision=first_revision(page), by=staff)
        assert (page.reviewed_by, page.review_state) == ("Dr. B", "changed")

    def test_the_present_text_writes_nothing(self, staff):
        page = make_page()
        before = all_rows()
        restore(revision=page.revision, by=staff)
        assert all_rows() == before

    def test_a_draft_can_be_brought_back_too(self, staff):
        page = make_page()
        save_draft(document=Document(live_document(page).identity, live_document(page).fields, "Drafted."), by=staff, page=page)
        drafted = Revision.objects.latest("id")
        page = edited(page, staff, body="Saved.")
        assert staff_document(page).body == "Saved."
        assert restore(revision=drafted, by=staff).body == "Drafted."


class TestWhenThePageWasDeleted:
    def test_it_comes_back_as_a_draft_with_its_history_and_old_addresses(self, staff):
        """Deleting was a decision not to show it; showing it again is another."""
        page = make_page(aliases=("old",), publish_on=date(2020, 1, 1), body="First.")
        delete(page=page, by=staff)
        page = restore(revision=first_revision(page), by=staff)
        assert (page.slug, page.status, page.publish_on, page.body) == ("dry-needling", "draft", None, "First.")
        assert Revision.objects.filter(page=page.identity).count() == 2
        assert find_page(live_document(page).identity._replace(slug="old")) == page

    def test_pages_that_name_it_are_linked_to_it_again(self, staff):
        """Their texts never stopped naming it, so their rows must not either."""
        condition = make_page("conditions", "neck-pain")
        topic = make_page("topics", conditions=("neck-pain",))
        other = make_page("topics", "other", body="It says neck-pain only.")
        delete(page=condition, by=staff)
        assert not topic.conditions.exists()
        restore(revision=first_revision(condition), by=staff)
        assert [page.slug for page in topic.conditions.all()] == ["neck-pain"]
        assert not other.conditions.exists()

    def test_old_addresses_that_another_page_has_meanwhile_stay_there(self, staff):
        page = make_page(aliases=("one", "two"))
        delete(page=page, by=staff)
        make_page(slug="other", aliases=("two",))
        page = restore(revision=first_revision(page), by=staff)
        assert live_document(page).get("aliases") == ("one",)
        assert Alias.objects.get(slug="two").target == "other"

    def test_an_address_that_leads_elsewhere_meanwhile_is_an_error_and_nothing_is_written(self, staff):
        """Not the other page gets the text of this one."""
        page = make_page()
        delete(page=page, by=staff)
        make_page(slug="other", aliases=("dry-needling",))
        before = all_rows()
        with pytest.raises(ContentErrors, match="this one leads to en/topics/other"):
            restore(revision=first_revision(page), by=staff)
        assert all_rows() == before

    def test_a_question_does_not_come_back_without_its_topic(self, staff):
        topic = make_page()
        question = make_page("faqs", "does-it-hurt")
        delete(page=question, by=staff)
        delete(page=topic, by=staff)
        before = all_rows()
        with pytest.raises(
            ContentErrors, match="en/faqs/does-it-hurt:1: topic: expected a topic that exists, found 'dry-needling'"
        ):
            restore(revision=first_revision(question), by=staff)
        assert all_rows() == before


class TestWhenAPageIsMadeThatOthersNameAlready:
    def test_they_are_linked_to_it(self, staff):
        """A text may name a page before it is there, as after a delete."""
        condition = make_page("conditions", "neck-pain")
        topic = make_page("topics", conditions=("neck-pain",))
        delete(page=condition, by=staff)
        save(document=make_document("conditions", "neck-pain", title="Another"), by=staff)
        assert list(topic.conditions.all()) == list(Condition.objects.all())
        assert Topic.objects.count() == 1
