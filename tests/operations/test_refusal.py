"""A disk that is full, a database that is busy or away: people are told in plain words, and nothing half is written."""

import errno
import sqlite3

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError

from education.models import Feedback, Topic
from education.publishing import live_document
from operations.refusal import bad_request, is_machines_fault
from tests.admin.filled import change_url, save
from tests.factories import make_page

pytestmark = pytest.mark.django_db
FULL = OperationalError("database or disk is full")


@pytest.fixture
def page():
    return make_page()


def fail_with(error):
    def fail(*args, **kwargs):
        raise error

    return fail


class TestAStaffSave:
    def test_is_refused_plainly_and_the_text_comes_back(self, staff_client, page, monkeypatch):
        monkeypatch.setattr(Topic, "save", fail_with(FULL))
        staff_client.raise_request_exception = False
        response = save(staff_client, page, title="Typed for an hour")
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert "What you typed is kept in this browser." in response.text
        assert f'<a href="{change_url(page)}">Open the form again</a>' in response.text
        page.refresh_from_db()
        assert live_document(page).get("title") == page.title != "Typed for an hour"

    @pytest.fixture
    def login_that_cannot_be_written(self, staff_client, monkeypatch):
        """The next request would write it anew: the one before was two minutes ago."""
        session = staff_client.session
        session["seen"] -= 120
        session.save()
        staff_client.raise_request_exception = False
        monkeypatch.setattr(Session, "save", fail_with(FULL))

    @pytest.mark.usefixtures("login_that_cannot_be_written")
    def test_is_refused_plainly_where_the_login_cannot_be_written_down(self, staff_client):
        """Django would say "Bad Request": it takes that for a login that has ended meanwhile."""
        response = staff_client.post("/admin/editor/preview/", {"content": "x"})
        assert response.status_code == 503
        assert "What you typed is kept in this browser." in response.text

    @pytest.mark.usefixtures("login_that_cannot_be_written")
    def test_keeps_nobody_from_reading_meanwhile(self, staff_client, page):
        response = staff_client.get(change_url(page))
        assert response.status_code == 200
        assert page.title in response.text

    def test_a_login_that_has_ended_is_no_fault_of_the_machine(self, rf):
        assert bad_request(rf.get("/"), SessionInterrupted()).status_code == 400


class TestAPatient:
    def test_is_asked_to_answer_later(self, client, page, monkeypatch):
        monkeypatch.setattr(Feedback.objects, "create", fail_with(FULL))
        client.raise_request_exception = False
        response = client.post(f"/feedback/topics/{page.slug}/", {"helpful": "yes"})
        assert response.status_code == 503
        assert "Your answer could not be kept just now." in response.text

    def test_gets_a_page_without_the_database(self, client, monkeypatch, page):
        monkeypatch.setattr("education.models.page.PageQuerySet.published", fail_with(OperationalError("server closed")))
        client.raise_request_exception = False
        response = client.get(f"/topics/{page.slug}/")
        assert response.status_code == 503
        assert "The page cannot be shown just now." in response.text
        assert 'href="tel:911"' in response.text
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


class TestWhoseFaultItIs:
    @pytest.mark.parametrize(
        "error",
        [
            FULL,
            OperationalError("database is locked"),
            InterfaceError("connection already closed"),
            DatabaseError("database disk image is malformed"),
            OSError(errno.ENOSPC, "No space left on device"),
        ],
    )
    def test_the_machines(self, error):
        assert is_machines_fault(error)

    @pytest.mark.parametrize(
        "error", [None, ProgrammingError("no such column"), ValueError("wrong"), OSError(errno.ENOENT, ""), sqlite3.Warning()]
    )
    def test_ours(self, error):
        """Then trying again does not help, and nobody is told that it may."""
        assert not is_machines_fault(error)

    def test_a_mistake_of_ours_still_says_so(self, client, monkeypatch, page):
        monkeypatch.setattr("education.models.page.PageQuerySet.published", fail_with(ValueError("wrong")))
        client.raise_request_exception = False
        response = client.get(f"/topics/{page.slug}/")
        assert response.status_code == 500
        assert "This is our mistake, not yours." in response.text
