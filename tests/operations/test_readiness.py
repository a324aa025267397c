"""`/readyz`: whether a process may be sent requests, without a word for strangers."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from operations import readiness
from tests.factories import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_long_ago(monkeypatch):
    monkeypatch.setitem(readiness._last, "at", -1000)


@pytest.fixture
def page():
    return make_page()


@pytest.mark.usefixtures("page")
class TestReadyz:
    def test_says_that_the_site_can_be_served(self, client):
        response = client.get("/readyz")
        assert (response.status_code, response.content) == (200, b"ready\n")
        assert response.headers["Cache-Control"] == "no-store"

    def test_tells_nobody_what_is_wrong(self, client, monkeypatch):
        def fail(self, plan):
            raise DatabaseError("password of clinic_user is wrong")

        monkeypatch.setattr(readiness.MigrationExecutor, "migration_plan", fail)
        response = client.get("/readyz")
        assert (response.status_code, response.content) == (503, b"not ready\n")

    def test_a_site_before_its_migrations_is_not_ready(self, client):
        MigrationRecorder.Migration.objects.filter(app="education").latest("name").delete()
        assert client.get("/readyz").status_code == 503

    def test_a_cache_that_is_away_does_not_take_the_site_away(self, client, settings):
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
        assert client.get("/readyz").status_code == 200
        assert readiness.findings()["cache"]

    def test_asking_often_costs_nothing(self, client, django_assert_num_queries):
        client.get("/readyz")
        with django_assert_num_queries(0):
            client.get("/readyz")


class TestWithoutPages:
    def test_a_site_without_pages_is_not_ready(self, client):
        assert client.get("/readyz").status_code == 503

    def test_the_command_says_what_is_missing(self, capsys):
        with pytest.raises(CommandError, match="not ready"):
            call_command("readiness")
        assert "run manage.py import_content" in capsys.readouterr().out
