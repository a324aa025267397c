"""Texts that wait for their day: planned, shown on time, once, and by whoever comes first."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from education.models import PAGE_MODELS, Revision, Topic
from education.models.page import today
from education.publishing import (
    due_pages,
    mark_reviewed,
    publish,
    publish_due,
    save,
    save_draft,
    staff_document,
    unpublish,
)
from education.sync import import_content
from education.views import due
from tests.factories import make_document, make_page
from tests.publishing.rows import all_rows
from tests.publishing.words import new_text, revisions, user_who_may
from tests.sync.folders import write_all

pytestmark = pytest.mark.django_db

TOMORROW = today() + timedelta(days=1)
LATER = {"body": "Later text."}


class TheNextDay(datetime):
    """The clock a day later."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(days=1)


@pytest.fixture
def let_a_day_pass(monkeypatch):
    """The day that publishing goes by is the next one; so is the minute that the middleware goes by."""

    def run():
        monkeypatch.setattr("education.models.page.datetime", TheNextDay)
        monkeypatch.setattr(due.time, "time", lambda: 0)

    return run


def planned(page, by, day=TOMORROW, **changes):
    return publish(page=page, by=by, document=new_text(page, **(changes or LATER)), publish_on=day)


class TestPlanning:
    def test_a_new_text_of_a_public_page_leaves_the_public_text_until_the_day(self, staff):
        page = planned(make_page(), staff)
        assert (page.body, page.is_published, page.draft_due) == ("Some text.", True, TOMORROW)
        assert staff_document(page).get("publish_on") == TOMORROW

    @pytest.mark.parametrize("day", [None, today(), today() - timedelta(days=1)])
    def test_for_a_day_that_is_there_shows_it_now(self, staff, day):
        page = planned(make_page(), staff, day)
        assert (page.body, page.is_published, page.draft, page.draft_due) == ("Later text.", True, None, None)

    @pytest.mark.parametrize("before", [{"status": None}, {"publish_on": today() + timedelta(days=9)}])
    def test_a_page_that_is_not_public_yet_makes_it_appear_on_that_day(self, staff, before):
        page = planned(make_page(**before), staff)
        assert (page.body, page.publish_on, page.is_published, page.draft_due) == ("Later text.", TOMORROW, False, None)

    def test_a_new_page_makes_it_appear_on_that_day(self, staff):
        page = publish(document=make_document(), by=staff, publish_on=TOMORROW)
        assert (page.status, page.is_published, page.draft_due) == ("published", False, None)

    def test_another_day_for_the_same_text_moves_it(self, staff):
        page = planned(make_page(), staff)
        page = publish(page=page, by=staff, publish_on=TOMORROW + timedelta(days=1))
        assert page.draft_due == TOMORROW + timedelta(days=1)

    def test_saving_the_draft_unchanged_writes_nothing(self, staff):
        page = planned(make_page(), staff)
        before = all_rows()
        save_draft(document=staff_document(page), by=staff, page=page)
        assert all_rows() == before

    def test_ends_when_somebody_changes_the_draft(self):
        """An editor's words must not become public because a publisher once approved other words."""
        page = planned(make_page(), user_who_may("change_topic", "publish_pages"))
        editor = user_who_may("change_topic", name="editor")
        page = save_draft(document=new_text(page, body="Unseen."), by=editor, page=page)
        assert (staff_document(page).body, page.draft_due) == ("Unseen.", None)
        assert publish_due(TOMORROW) == []

    @pytest.mark.parametrize("action", [unpublish, publish])
    def test_ends_when_the_page_is_published_or_unpublished(self, staff, action):
        page = action(page=planned(make_page(), staff), by=staff)
        assert (page.draft, page.draft_due) == (None, None)

    def test_goes_on_through_a_sign_off_of_the_public_text(self, staff):
        page = planned(make_page(), staff)
        page = mark_reviewed(page=page, by=staff, reviewed_by="Dr. A", reviewed_on=today())
        assert (page.draft_due, page.review_state) == (TOMORROW, "current")
        (page,) = publish_due(TOMORROW)
        assert (page.body, page.reviewed_by, page.review_state) == ("Later text.", "Dr. A", "changed")


class TestOnTheDay:
    def test_the_draft_is_public(self, staff):
        page = planned(make_page(), staff)
        assert publish_due() == []
        assert publish_due(TOMORROW) == [page]
        page.refresh_from_db()
        assert (page.body, page.publish_on, page.draft, page.draft_due) == ("Later text.", None, None, None)
        assert (page.revision.author, page.revision.note) == (staff, "Published as planned")

    def test_a_page_that_was_not_public_is_first_published(self, staff):
        """So that feeds and search engines hear of it on that day, not of the day on which it was planned."""
        page = publish(document=make_document(), by=staff, publish_on=TOMORROW)
        planned_at = page.updated_at
        assert publish_due() == []
        assert publish_due(TOMORROW) == [page]
        page.refresh_from_db()
        assert (page.publish_on, page.revision.author, page.revision.note) == (None, staff, "Published as planned")
        assert page.first_published_at == page.updated_at > planned_at

    def test_a_draft_beside_such_a_page_stays_a_draft(self, staff):
        page = publish(document=make_document(), by=staff, publish_on=TOMORROW)
        save_draft(document=new_text(page, **LATER), by=staff, page=page)
        (page,) = publish_due(TOMORROW)
        assert (page.body, staff_document(page).body) == ("Some text.", "Later text.")

    def test_that_was_missed_it_is_public_too(self, staff):
        planned(make_page(), staff)
        assert len(publish_due(TOMORROW + timedelta(days=40))) == 1

    def test_it_happens_once(self, staff):
        planned(make_page(), staff)
        publish_due(TOMORROW)
        before = all_rows()
        assert publish_due(TOMORROW) == []
        assert all_rows() == before

    @pytest.mark.parametrize("collection", sorted(set(PAGE_MODELS) - {"topics"}))
    def test_every_kind_of_page_is(self, staff, collection):
        make_page()
        page = make_page(collection, "clinic" if collection == "clinic" else "x")
        planned(page, staff, title="Later")
        assert [row.title for row in publish_due(TOMORROW)] == ["Later"]

    def test_a_page_that_was_unpublished_by_its_file_stays_unpublished(self, staff, tmp_path):
        write_all(tmp_path, [make_document(), make_document(slug="other")])
        import_content(tmp_path)
        planned(Topic.objects.get(slug="dry-needling"), staff)
        (tmp_path / "en/topics/dry-needling.md").unlink()
        import_content(tmp_path, unpublish_missing=True)
        assert publish_due(TOMORROW) == []

    def test_the_day_in_a_file_has_come_once(self, tmp_path):
        """The file may go on naming it; a day that lay behind already at the import makes no history."""
        write_all(tmp_path, [make_document(publish_on=TOMORROW), make_document(slug="old", publish_on=date(2020, 1, 1))])
        import_content(tmp_path)
        assert [page.slug for page in publish_due(TOMORROW)] == ["dry-needling"]
        before = all_rows()
        import_content(tmp_path)
        assert publish_due(TOMORROW) == []
        assert all_rows() == before

    def test_what_the_file_changed_meanwhile_is_in_it(self, staff, tmp_path):
        """An import counts as published, in the public text and in the one that waits."""
        write_all(tmp_path, [make_document()])
        import_content(tmp_path)
        planned(Topic.objects.get(), staff)
        write_all(tmp_path, [make_document(title="File's")])
        import_content(tmp_path)
        (page,) = publish_due(TOMORROW)
        assert (page.title, page.body) == ("File's", "Later text.")

    def test_a_text_that_no_longer_fits_waits_and_the_others_are_published(self, staff, caplog):
        """One mistake does not hold the site's other news."""
        top, low = make_page(slug="top"), make_page(slug="low")
        planned(top, staff, parent="low")
        save(document=new_text(low, parent="top"), by=staff, page=low)
        planned(make_page(), staff)
        assert [page.slug for page in publish_due(TOMORROW)] == ["dry-needling"]
        assert due_pages(TOMORROW) == [("topics", top.pk)]
        assert "does not stand below this one" in caplog.text

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
    def test_two_that_run_at_once_publish_it_once(self, transactional_db, staff):
        planned(make_page(), staff)
        found = []

        def run():
            found.extend(publish_due(TOMORROW))
            connection.close()

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert (len(found), Revision.objects.count()) == (1, 3)


class TestTheCommand:
    def test_says_what_it_published(self, staff, let_a_day_pass, capsys):
        planned(make_page(), staff)
        let_a_day_pass()
        call_command("publish_due")
        assert capsys.readouterr().out == "published  en/topics/dry-needling\n1 published\n"

    def test_ends_with_an_error_where_something_could_not_be_published(self, staff, let_a_day_pass):
        top, low = make_page(slug="top"), make_page(slug="low")
        planned(top, staff, parent="low")
        save(document=new_text(low, parent="top"), by=staff, page=low)
        let_a_day_pass()
        with pytest.raises(CommandError, match="1 could not be published"):
            call_command("publish_due", verbosity=0)


class TestWithoutAnyCommand:
    ADDRESSES = ("/topics/dry-needling/", "/topics/", "/sitemap.xml", "/feed.xml", "/search/?q=needling", "/")

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_the_first_visitor_of_the_day_sees_what_is_due(self, staff, client, let_a_day_pass, address):
        """In every view that shows pages, also when cron is late."""
        page = planned(make_page(), staff, title="Needling, later", summary="Needling, later.")
        assert b"Needling, later" not in client.get(address).content
        let_a_day_pass()
        seen = client.get(address).content
        page.refresh_from_db()
        assert page.title == "Needling, later"
        assert address == "/sitemap.xml" or b"Needling, later" in seen

    @pytest.mark.parametrize("address", ADDRESSES)
    @pytest.mark.parametrize("is_new", [True, False])
    def test_a_clock_that_is_set_back_hides_nothing_again(self, staff, client, let_a_day_pass, monkeypatch, address, is_new):
        """F09: machines correct their clocks, and two of them never agree about midnight."""
        later = make_document(title="Needling, later", summary="Needling, later.")
        publish(document=later, page=None if is_new else make_page(), by=staff, publish_on=TOMORROW)
        let_a_day_pass()
        seen = client.get(address)
        monkeypatch.undo()
        assert b"Needling, later" in seen.content or address == "/sitemap.xml"
        assert client.get(address).content == seen.content

    def test_it_is_asked_once_a_minute(self, client, monkeypatch, django_assert_num_queries):
        calls = []
        monkeypatch.setattr(due, "publish_due", lambda: calls.append(1))
        for second in (59, 60, 119, 120):
            monkeypatch.setattr(due.time, "time", lambda second=second: second)
            client.get("/topics/")
        assert len(calls) == 3
        with django_assert_num_queries(1):
            publish_due()

    def test_a_database_that_cannot_be_written_breaks_no_page(self, client, monkeypatch, caplog):
        def fail():
            raise OperationalError("attempt to write a readonly database")

        make_page()
        monkeypatch.setattr(due, "publish_due", fail)
        assert client.get("/topics/dry-needling/").status_code == 200
        assert "could not be published" in caplog.text

    def test_the_health_check_asks_nothing_of_the_database(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/healthz")


def test_the_history_tells_of_the_plan_and_the_day(staff):
    page = planned(make_page(), staff)
    publish_due(TOMORROW)
    assert [revision.origin for revision in revisions(page)] == ["file", "staff", "staff"]
