"""S51: who did what, and who was refused, is in the log; nothing that was not written is."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from education.models.page import today
from education.publishing import delete, mark_reviewed, publish, restore, share_preview, unpublish
from tests.factories import make_page
from tests.publishing.words import new_text, revisions, user_who_may

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(caplog, django_capture_on_commit_callbacks):
    """What an act leaves in the log."""

    def run(act):
        caplog.clear()
        with caplog.at_level("INFO", "education.audit"), django_capture_on_commit_callbacks(execute=True):
            act()
        return [json.loads(record.message) for record in caplog.records if record.name == "education.audit"]

    return run


ACTS = {
    "published": lambda page, by: publish(page=page, by=by, document=new_text(page, body="Later.")),
    "unpublished": lambda page, by: unpublish(page=page, by=by),
    "deleted": lambda page, by: delete(page=page, by=by),
    "signed off": lambda page, by: mark_reviewed(page=page, by=by, reviewed_by="Dr. A", reviewed_on=today()),
    "preview shared": lambda page, by: share_preview(page.revision, by),
}


class TestTheLog:
    @pytest.mark.parametrize("event", ACTS)
    def test_says_who_did_what_to_which_page(self, staff, logged, event):
        page = make_page()
        assert logged(lambda: ACTS[event](page, staff)) == [
            {"event": event, "page": "en/topics/dry-needling", "user": staff.pk, "name": "staff"}
        ]

    def test_says_that_a_page_came_back(self, staff, logged):
        page = make_page()
        delete(page=page, by=staff)
        assert [line["event"] for line in logged(lambda: restore(revision=revisions(page)[0], by=staff))] == ["restored"]

    def test_says_who_was_refused_what_on_one_line_whatever_their_name(self, logged):
        user, page = user_who_may(name='eve\r\n{"event": "published"}'), make_page()

        def act():
            with pytest.raises(PermissionDenied):
                unpublish(page=page, by=user)

        (line,) = logged(act)
        assert (line["event"], line["what"], line["user"]) == ("refused", "change topics", user.pk)
        assert "\n" not in json.dumps(line)

    def test_does_not_tell_of_what_was_undone(self, staff, logged):
        def act():
            with transaction.atomic():
                publish(page=make_page(status=None), by=staff)
                transaction.set_rollback(True)

        assert logged(act) == []
