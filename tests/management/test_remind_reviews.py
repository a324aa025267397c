"""The list of pages that a clinician should read, printed or mailed."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from education.models.page import today
from education.publishing import review_queue
from tests.factories import make_page

pytestmark = pytest.mark.django_db

REVIEWED = {"reviewed_on": date(2026, 5, 3), "reviewed_by": "Dr. A"}


def in_days(days):
    return today() + timedelta(days=days)


@pytest.fixture
def pages():
    make_page(slug="late", review_due=in_days(-400), **REVIEWED)
    make_page(slug="today", review_due=today(), **REVIEWED)
    make_page(slug="soon", review_due=in_days(30), **REVIEWED)
    make_page(slug="fine", review_due=in_days(31), **REVIEWED)
    make_page("conditions", "changed", review_due=in_days(400), reviewed_text="0" * 64, **REVIEWED)
    make_page("faqs", "never", topic="late")
    make_page(slug="hidden", status=None, review_due=in_days(-400))
    make_page("sources", "study")


class TestTheQueue:
    def test_holds_each_published_page_once_under_its_first_reason(self, pages):
        """A day that was missed is not forgotten (<=)."""
        found = {why: [page.slug for page in rows] for why, rows in review_queue().items()}
        assert found == {"overdue": ["late", "today"], "due": ["soon"], "changed": ["changed"], "never": ["never"]}

    def test_takes_one_query_a_kind(self, pages, django_assert_num_queries):
        with django_assert_num_queries(3):
            review_queue()


class TestTheCommand:
    def test_prints_the_list_with_addresses(self, pages, capsys):
        call_command("remind_reviews", days=10)
        printed = capsys.readouterr().out
        assert f"Review overdue: 2\n  Late (due {in_days(-400)})  http://127.0.0.1:8000/topics/late/\n" in printed
        assert "Changed since review: 1\n" in printed
        assert "within" not in printed

    def test_says_so_when_nothing_waits(self, capsys):
        call_command("remind_reviews")
        assert capsys.readouterr().out == "No page waits for a review.\n"

    def test_mails_the_list(self, pages, capsys):
        call_command("remind_reviews", mail="clinician@example.org")
        (message,) = mail.outbox
        assert (message.to, message.subject) == (["clinician@example.org"], "5 pages to review")
        assert "Never reviewed by a clinician: 1" in message.body
        assert capsys.readouterr().out == ""

    def test_mails_nothing_when_nothing_waits(self):
        call_command("remind_reviews", mail="clinician@example.org")
        assert mail.outbox == []

    def test_says_what_is_missing_where_mail_is_not_set_up(self, pages, settings):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
        with pytest.raises(CommandError, match="EMAIL_HOST"):
            call_command("remind_reviews", mail="clinician@example.org")
