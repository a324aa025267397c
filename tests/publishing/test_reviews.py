"""A clinician's sign-off: what keeps it, what voids it, who gives it."""

from datetime import date

import pytest

from education.documents import review_state, signed_off
from education.publishing import Collision, live_document, mark_reviewed, publish, save, save_draft, staff_document
from tests.factories import make_document, make_page
from tests.publishing.words import new_text, revisions, user_who_may

pytestmark = pytest.mark.django_db

REVIEWED = {"reviewed_on": date(2026, 5, 3), "reviewed_by": "Dr. A"}
LATER = {"body": "Later text."}


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
    def test_is_said_to_be_changed_when_what_was_read_changes(self, staff, change, action):
        """The mark says that a clinician read an earlier text, not this one; it is not lost."""
        make_page("sources", "study")
        make_page("conditions", "neck-pain")
        page = make_page(**REVIEWED)
        page = action(document=new_text(page, **change), by=staff, page=page)
        document = staff_document(page)
        assert (document.get("reviewed_on"), document.get("reviewed_by")) == (date(2026, 5, 3), "Dr. A")
        assert review_state(document) == "changed"
        assert page.review_state == review_state(live_document(page))

    def test_is_current_again_when_the_text_that_was_read_is_back(self, staff):
        page = make_page(**REVIEWED)
        for title, state in (("New", "changed"), ("Dry needling", "current")):
            page = save(document=new_text(page, title=title), by=staff, page=page)
            assert page.review_state == state

    def test_stays_reviewed_when_the_edit_is_a_new_review(self, staff):
        page = make_page(**REVIEWED)
        page = save(document=new_text(page, title="New", reviewed_on=date(2026, 6, 1)), by=staff, page=page)
        assert (page.reviewed_on, page.review_state) == (date(2026, 6, 1), "current")

    def test_evidence_of_a_condition_was_read_too(self, staff):
        page = make_page("conditions", **REVIEWED)
        page = save(document=new_text(page, evidence="good"), by=staff, page=page)
        assert page.review_state == "changed"

    def test_is_marked_with_who_when_and_what_comes_next(self, staff):
        page = make_page()
        due = date(2027, 5, 3)
        page = mark_reviewed(page=page, by=staff, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3), review_due=due)
        assert (page.reviewed_on, page.reviewed_by, page.review_due) == (date(2026, 5, 3), "Dr. A", due)
        assert (page.review_state, page.reviewed_text) == ("current", signed_off(live_document(page)))
        assert revisions(page)[-1].note == "Reviewed by Dr. A"

    def test_is_marked_without_touching_a_waiting_draft(self, staff):
        page = save_draft(document=new_text(page := make_page(), **LATER), by=staff, page=page)
        page = mark_reviewed(page=page, by=staff, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3))
        assert staff_document(page).body == "Later text."
        assert page.body == "Some text."
        page = publish(page=page, by=staff)
        assert (page.body, page.reviewed_by, page.review_state) == ("Later text.", "Dr. A", "changed")

    def test_is_not_marked_when_the_text_is_another_than_was_read(self, staff):
        page = make_page()
        read = page.revision_id
        page = save(document=new_text(page, **LATER), by=staff, page=page)
        with pytest.raises(Collision):
            mark_reviewed(page=page, by=staff, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3), based_on=read)

    def test_is_unmarked_when_the_review_is_taken_back(self, staff):
        page = mark_reviewed(page=make_page(**REVIEWED), by=staff, reviewed_by="", reviewed_on=None)
        assert (page.reviewed_on, page.reviewed_by, page.reviewed_text, page.review_state) == (None, "", "", "never")

    @pytest.mark.parametrize(
        "mark", [{"reviewed_on": None, "reviewed_by": None}, {"reviewed_by": "Dr. B"}, {"reviewed_text": "0" * 64}]
    )
    def test_is_marked_as_before_whatever_one_types_who_may_not_sign_off(self, mark):
        """A forged field loses neither the mark nor the text that was typed."""
        page = make_page(**REVIEWED)
        user = user_who_may("change_topic", "publish_pages")
        page = save(document=new_text(page, title="New", **mark), by=user, page=page)
        assert (page.title, page.reviewed_on, page.reviewed_by, page.review_state) == (
            "New",
            date(2026, 5, 3),
            "Dr. A",
            "changed",
        )

    def test_is_not_made_by_one_who_may_not_sign_off(self):
        user = user_who_may("add_topic", "publish_pages")
        page = publish(document=make_document(reviewed_text="0" * 64, **REVIEWED), by=user)
        assert (page.reviewed_on, page.reviewed_by, page.reviewed_text, page.review_state) == (None, "", "", "never")

    def test_needs_a_day(self, staff):
        with pytest.raises(TypeError):
            mark_reviewed(page=make_page(), by=staff, reviewed_by="Dr. A", reviewed_on="2026-05-03")
