"""Who may do what to a page, and the groups that the site brings."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from education.models import PAGE_MODELS
from education.publishing import (
    accept_suggestion,
    delete,
    keep_ours,
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
from tests.publishing.words import member_of, new_text, revisions, user_who_may

pytestmark = pytest.mark.django_db

LATER = {"body": "Later text."}


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
    # What `user_who_may` needs on a page that the public sees.
    NEEDED = {name: {"change_topic", "publish_pages"} for name in ACTIONS} | {
        "save a new page": {"add_topic", "publish_pages"},
        "save_draft": {"change_topic"},
        "draft a new page": {"add_topic"},
        "restore": {"change_topic"},
        "mark_reviewed": {"review_pages"},
        "delete": {"delete_topic", "publish_pages"},
    }
    ALL = {"add_topic", "change_topic", "delete_topic", "publish_pages", "review_pages"}

    @pytest.mark.parametrize(("name", "missing"), [(name, one) for name, needed in NEEDED.items() for one in sorted(needed)])
    def test_is_refused_and_nothing_is_written(self, name, missing):
        """Each action checks by itself: not every caller is the admin."""
        page = make_page()
        user = user_who_may(*self.ALL - {missing}, "change_condition", "add_condition", "delete_condition")
        before = all_rows()
        with pytest.raises(PermissionDenied, match="limited may not"):
            self.ACTIONS[name](page, user)
        assert all_rows() == before

    def test_of_an_account_that_was_switched_off_is_refused(self, staff):
        staff.is_active = False
        with pytest.raises(PermissionDenied):
            delete(page=make_page(), by=staff)

    @pytest.mark.parametrize("name", sorted(set(ACTIONS) - {"restore", "accept_suggestion", "keep_ours"}))
    def test_for_anything_else_the_needed_one_is_enough(self, name):
        page = make_page()
        before = all_rows()
        self.ACTIONS[name](page, user_who_may(*self.NEEDED[name]))
        assert all_rows() != before

    def test_of_the_public_text_an_earlier_one_becomes_a_draft(self, staff):
        page = save(document=new_text(page := make_page(), **LATER), by=staff, page=page)
        page = restore(revision=revisions(page)[0], by=user_who_may("change_topic"))
        assert (page.body, staff_document(page).body, page.draft.origin) == ("Later text.", "Some text.", "restore")

    def test_unpublished_pages_are_anybody_s_who_may_change_them(self, staff):
        user = user_who_may("change_topic", "delete_topic")
        page = save(document=new_text(page := make_page(status=None), **LATER), by=user, page=page)
        assert restore(revision=revisions(page)[0], by=user).body == "Some text."
        delete(page=page, by=user)


class TestTheGroups:
    """A new database has them (0006); what each may is what its people do."""

    COMMON = {
        f"education.{action}_{model._meta.model_name}" for action in ("view", "add", "change") for model in PAGE_MODELS.values()
    }

    def test_an_editor_drafts_and_no_more(self):
        editor = member_of("Editor")
        assert editor.has_perms(self.COMMON | {"education.view_revision", "education.add_picture", "education.change_feedback"})
        page = save_draft(document=make_document(), by=editor)
        page = save_draft(document=new_text(page, **LATER), by=editor, page=page)
        for forbidden in (publish, delete):
            with pytest.raises(PermissionDenied):
                forbidden(page=page, by=editor)

    def test_a_publisher_publishes_and_deletes_but_does_not_sign_off(self):
        publisher = member_of("Publisher")
        page = publish(document=make_document(), by=publisher)
        with pytest.raises(PermissionDenied):
            mark_reviewed(page=page, by=publisher, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3))
        delete(page=unpublish(page=page, by=publisher), by=publisher)

    def test_a_clinical_reviewer_signs_off_and_changes_no_text(self):
        reviewer = member_of("Clinical reviewer")
        page = mark_reviewed(page=make_page(), by=reviewer, reviewed_by="Dr. A", reviewed_on=date(2026, 5, 3))
        assert page.review_state == "current"
        with pytest.raises(PermissionDenied):
            save_draft(document=new_text(page, **LATER), by=reviewer, page=page)
        assert {name.split("_")[0] for name in reviewer.get_all_permissions()} == {"education.view", "education.review"}
