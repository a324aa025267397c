"""What staff can do to a page: what is written, by whom, and what is left alone."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError

from education.documents import ContentErrors, Document, serialize
from education.models import Alias, Revision, Topic
from education.publishing import (
    accept_suggestion,
    delete,
    keep_ours,
    live_document,
    mark_reviewed,
    publish,
    restore,
    save,
    save_draft,
    staff_document,
    unpublish,
)
from tests.factories import make_document, make_page
from tests.publishing.rows import all_rows

pytestmark = pytest.mark.django_db

REVIEWED = {"reviewed_on": date(2026, 5, 3), "reviewed_by": "Dr. A"}
LATER = {"body": "Later text."}


def revisions(page):
    return list(Revision.objects.filter(page=page.identity).order_by("id"))


def new_text(page, **changes):
    """A page's live text with some parts changed."""
    document = live_document(page)
    body = changes.pop("body", document.body)
    return Document(document.identity, document.changed(**changes).fields, body)


def user_who_may(*permissions):
    user = get_user_model().objects.create_user("limited", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


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


class TestAReviewedPage:
    @pytest.mark.parametrize(
        "change",
        [
            {"status": None},
            {"publish_on": date(2030, 1, 1)},
            {"aliases": ("old",)},
            {"search_words": ("word",)},
            {"position": 3},
            {"review_due": date(2030, 1, 1)},
            {"review_notes": ("A note",)},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_stays_reviewed_when_something_changes_that_was_not(self, staff, change):
        page = make_page(**REVIEWED)
        page = save(document=new_text(page, **change), by=staff, page=page)
        assert (page.reviewed_on, page.reviewed_by) == (date(2026, 5, 3), "Dr. A")

    @pytest.mark.parametrize(
        "change",
        [{"title": "New"}, {"summary": "New."}, {"body": "New."}, {"sources": ("study",)}, {"conditions": ("neck-pain",)}],
        ids=lambda change: next(iter(change)),
    )
    @pytest.mark.parametrize("action", [save, save_draft])
    def test_is_unreviewed_when_what_was_read_changes(self, staff, change, action):
        """The mark says that a clinician read this text, not an earlier one."""
        make_page("sources", "study")
        make_page("conditions", "neck-pain")
        page = make_page(**REVIEWED)
        page = action(document=new_text(page, **change), by=staff, page=page)
        document = staff_document(page)
        assert (document.get("reviewed_on"), document.get("reviewed_by")) == (None, None)

    def test_stays_reviewed_when_the_edit_is_a_new_review(self, staff):
        page = make_page(**REVIEWED)
        page = save(document=new_text(page, title="New", reviewed_on=date(2026, 6, 1)), by=staff, page=page)
        assert page.reviewed_on == date(2026, 6, 1)

    def test_evidence_of_a_condition_was_read_too(self, staff):
        page = make_page("conditions", **REVIEWED)
        page = save(document=new_text(page, evidence="good"), by=staff, page=page)
        assert page.reviewed_by == ""

    def test_is_marked_with_who_when_and_what_comes_next(self, staff):
        page = make_page()
        due = date(2027, 5, 3)
        page = mark_reviewed(page=page, by=staff, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3), review_due=due)
        assert (page.reviewed_on, page.reviewed_by, page.review_due) == (date(2026, 5, 3), "Dr. A", due)
        assert revisions(page)[-1].note == "Reviewed by Dr. A"

    def test_is_marked_without_touching_a_waiting_draft(self, staff):
        page = save_draft(document=new_text(page := make_page(), **LATER), by=staff, page=page)
        page = mark_reviewed(page=page, by=staff, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3))
        assert staff_document(page).body == "Later text."
        assert page.body == "Some text."

    def test_needs_a_day(self, staff):
        with pytest.raises(TypeError):
            mark_reviewed(page=make_page(), by=staff, reviewed_by="Dr. A", reviewed_on="2026-05-03")


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


class TestWithoutPermission:
    ACTIONS = {
        "save": lambda page, by: save(document=new_text(page, title="New"), by=by, page=page),
        "save a new page": lambda page, by: save(document=make_document(slug="new"), by=by),
        "save_draft": lambda page, by: save_draft(document=new_text(page, title="New"), by=by, page=page),
        "draft a new page": lambda page, by: save_draft(document=make_document(slug="new"), by=by),
        "publish": lambda page, by: publish(page=page, by=by, document=new_text(page, title="New")),
        "unpublish": lambda page, by: unpublish(page=page, by=by),
        "restore": lambda page, by: restore(revision=revisions(page)[0], by=by),
        "mark_reviewed": lambda page, by: mark_reviewed(page=page, by=by, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3)),
        "accept_suggestion": lambda page, by: accept_suggestion(page=page, by=by),
        "keep_ours": lambda page, by: keep_ours(page=page, by=by),
        "delete": lambda page, by: delete(page=page, by=by),
    }
    NEEDED = {"save a new page": "add_topic", "draft a new page": "add_topic", "delete": "delete_topic"}

    @pytest.mark.parametrize("name", ACTIONS)
    def test_is_refused_and_nothing_is_written(self, name):
        """Each action checks by itself: not every caller is the admin."""
        page = make_page()
        others = {"add_topic", "change_topic", "delete_topic"} - {self.NEEDED.get(name, "change_topic")}
        user = user_who_may(*others, "change_condition", "add_condition", "delete_condition")
        before = all_rows()
        with pytest.raises(PermissionDenied, match="limited may not"):
            self.ACTIONS[name](page, user)
        assert all_rows() == before

    def test_of_an_account_that_was_switched_off_is_refused(self, staff):
        staff.is_active = False
        with pytest.raises(PermissionDenied):
            delete(page=make_page(), by=staff)

    @pytest.mark.parametrize("name", ["save", "save a new page", "save_draft", "publish", "unpublish", "delete"])
    def test_for_anything_else_the_needed_one_is_enough(self, name):
        page = make_page()
        before = all_rows()
        self.ACTIONS[name](page, user_who_may(self.NEEDED.get(name, "change_topic")))
        assert all_rows() != before


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
