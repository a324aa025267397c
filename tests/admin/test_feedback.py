"""The inbox of what patients say."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from education.models import Feedback
from education.models.page import today

pytestmark = pytest.mark.django_db

INBOX = "/admin/education/feedback/"


def make_feedback(page="en/topics/dry-needling", *, helpful=True, comment="", days_ago=0, is_read=False):
    row = Feedback.objects.create(page=page, helpful=helpful, comment=comment, is_read=is_read)
    Feedback.objects.filter(pk=row.pk).update(created_on=today() - timedelta(days=days_ago))
    return row


def act(client, action, rows):
    return client.post(INBOX, {"action": action, "_selected_action": [row.pk for row in rows]})


class TestTheInbox:
    def test_lists_what_patients_said_with_counts(self, staff_client):
        make_feedback(comment="Clear <b>words</b>.")
        make_feedback(helpful=False, is_read=True)
        page = BeautifulSoup(staff_client.get(INBOX).content, "html.parser")
        assert "Clear <b>words</b>." in page.get_text()
        assert "1 helpful, 1 not helpful, 1 not read" in page.get_text()

    @pytest.mark.parametrize("query", ["page=en/topics/other", "helpful__exact=0", "is_read__exact=1"])
    def test_counts_what_is_filtered(self, staff_client, query):
        make_feedback()
        make_feedback("en/topics/other", helpful=False, is_read=True)
        assert "0 helpful, 1 not helpful, 0 not read" in staff_client.get(f"{INBOX}?{query}").content.decode()

    def test_does_not_show_what_has_expired(self, staff_client):
        make_feedback(comment="Fresh", days_ago=89)
        old = make_feedback(comment="Stale", days_ago=90)
        text = staff_client.get(INBOX).content.decode()
        assert "Fresh" in text
        assert "Stale" not in text
        assert staff_client.get(f"{INBOX}{old.pk}/change/").status_code == 302

    def test_marks_as_read(self, staff_client):
        rows = [make_feedback(), make_feedback()]
        act(staff_client, "mark_as_read", rows[:1])
        assert [row.is_read for row in Feedback.objects.order_by("pk")] == [True, False]

    def test_nobody_adds_or_changes_what_patients_said(self, staff_client):
        row = make_feedback()
        assert staff_client.get(f"{INBOX}add/").status_code == 403
        assert staff_client.post(f"{INBOX}{row.pk}/change/", {"comment": "forged"}).status_code == 403
        assert staff_client.get(f"{INBOX}{row.pk}/change/").status_code == 200

    def test_what_names_someone_after_all_can_be_deleted(self, staff_client):
        row = make_feedback(comment="I am Jane")
        staff_client.post(reverse("admin:education_feedback_delete", args=[row.pk]), {"post": "yes"})
        assert not Feedback.objects.exists()

    def test_who_may_only_look_marks_and_deletes_nothing(self, client):
        viewer = get_user_model().objects.create_user("viewer", password="a password for tests", is_staff=True)
        viewer.user_permissions.add(Permission.objects.get(codename="view_feedback"))
        client.force_login(viewer)
        row = make_feedback()
        assert client.get(INBOX).status_code == 200
        act(client, "mark_as_read", [row])
        act(client, "delete_selected", [row])
        assert not Feedback.objects.get().is_read
        assert act(client, "export_as_csv", [row]).headers["Content-Type"].startswith("text/csv")


class TestTheTable:
    @pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
    def test_holds_no_formula(self, staff_client, sign):
        row = make_feedback(comment=f'{sign}HYPERLINK("x"),"y"')
        response = act(staff_client, "export_as_csv", [row])
        assert "attachment" in response.headers["Content-Disposition"]
        header, cells = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
        assert header == ["page", "helpful", "comment", "date", "read"]
        assert cells == ["en/topics/dry-needling", "yes", f'\'{sign}HYPERLINK("x"),"y"', today().isoformat(), "no"]
