"""What of feedback is kept, and what is removed first."""

import time

import pytest
from django.core.cache import caches
from django.db import connection

from education import feedback
from education.models import Feedback

PAGE = "en/topics/dry-needling"


class TestTheToken:
    def test_holds_from_3_seconds_to_12_hours(self, monkeypatch):
        start = time.time()
        token = feedback.give_token(PAGE, helpful=True)
        for seconds, holds in [(1, False), (4, True), (11.9 * 3600, True), (12.1 * 3600, False)]:
            monkeypatch.setattr(time, "time", lambda seconds=seconds: start + seconds)
            assert feedback.is_patient(token, PAGE, helpful=True) is holds

    def test_is_of_one_page_and_answer_and_cannot_be_made_up(self, monkeypatch):
        start = time.time()
        token = feedback.give_token(PAGE, helpful=True)
        monkeypatch.setattr(time, "time", lambda: start + 60)
        assert not feedback.is_patient(token, PAGE, helpful=False)
        assert not feedback.is_patient(token, "en/topics/other", helpful=True)
        for forged in ("", "x", token[:-1], token + "x", "::", "\x00", "é"):
            assert not feedback.is_patient(forged, PAGE, helpful=True)


class TestHowMuchIsTaken:
    def test_ten_a_day_from_one_address(self):
        assert [feedback.may_send("vote", "192.0.2.1") for _ in range(12)] == [True] * 10 + [False] * 2
        assert feedback.may_send("vote", "192.0.2.2")
        assert feedback.may_send("comment", "192.0.2.1")

    def test_twenty_an_hour_from_all(self):
        assert sum(feedback.may_send("vote", f"192.0.2.{number}") for number in range(200)) == 20

    def test_one_address_cannot_use_up_what_all_have(self):
        for _ in range(1000):
            feedback.may_send("vote", "192.0.2.1")
        assert feedback.may_send("vote", "192.0.2.2")

    def test_no_address_stands_anywhere_and_the_hash_of_tomorrow_is_another(self, monkeypatch):
        feedback.may_send("vote", "192.0.2.77")
        feedback.may_send("vote", "192.0.2.77")
        entries = caches["default"]._cache
        assert "192.0.2.77" not in str(entries)
        today = len(entries)
        monkeypatch.setattr(feedback, "today", lambda: "tomorrow")
        feedback.may_send("vote", "192.0.2.77")
        # A new key, and with it a new hash.
        assert len(entries) == today + 2

    def test_nothing_is_taken_while_the_cache_keeps_nothing(self, settings):
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
        assert not feedback.may_send("vote", "192.0.2.1")


@pytest.mark.django_db
class TestComment:
    def test_stands_beside_a_vote_of_its_kind(self):
        feedback.vote(PAGE, helpful=True)
        feedback.vote(PAGE, helpful=False)
        feedback.comment(PAGE, helpful=False, text="Too long. Call 555 123 4567.")
        assert list(Feedback.objects.order_by("pk").values_list("helpful", "comment")) == [
            (True, ""),
            (False, "Too long. Call [removed]."),
        ]

    def test_is_not_kept_without_a_vote(self):
        """Votes alone decide how many rows there are."""
        feedback.vote(PAGE, helpful=True)
        feedback.comment(PAGE, helpful=True, text="First.")
        feedback.comment(PAGE, helpful=True, text="Second.")
        feedback.comment("en/topics/other", helpful=True, text="Third.")
        assert [row.comment for row in Feedback.objects.all()] == ["First."]

    def test_makes_a_vote_that_staff_read_worth_reading_again(self):
        feedback.vote(PAGE, helpful=True)
        Feedback.objects.update(is_read=True)
        feedback.comment(PAGE, helpful=True, text="One more thing.")
        assert not Feedback.objects.get().is_read

    def test_a_row_holds_nothing_else(self):
        """A new column must be thought about: nothing here may tell who wrote it."""
        with connection.cursor() as cursor:
            columns = {column.name for column in connection.introspection.get_table_description(cursor, Feedback._meta.db_table)}
        assert columns == {"id", "page", "helpful", "comment", "created_on", "is_read"}
