"""Settings come from the environment, with their types, and are safe by default."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clinic_site import database, env, sqlite

KEY = "k" * 25 + "0123456789abcdefghijklmnopqrstuv"


class TestReadingTheEnvironment:
    @pytest.mark.parametrize(("value", "meaning"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("false", False)])
    def test_a_switch_is_on_or_off(self, monkeypatch, value, meaning):
        monkeypatch.setenv("SWITCH", value)
        assert env.boolean("SWITCH", default=not meaning) is meaning

    @pytest.mark.parametrize("value", ["flase", "2", "maybe"])
    def test_a_misspelt_switch_stops_the_start_and_is_named(self, monkeypatch, value):
        monkeypatch.setenv("SWITCH", value)
        with pytest.raises(ImproperlyConfigured, match="SWITCH"):
            env.boolean("SWITCH", default=False)

    def test_what_must_be_set_is_named(self, monkeypatch):
        monkeypatch.delenv("NEEDED", raising=False)
        with pytest.raises(ImproperlyConfigured, match="NEEDED"):
            env.text("NEEDED")

    @pytest.mark.parametrize(
        "value",
        [
            "clinic.example",
            "ftp://clinic.example",
            "https://",
            "https://clinic.example/path",
            "https://u@x",
            "https://*",
            "https://clinic.example:port",
            "https://clinic.example:99999",
            "https://-clinic.example",
            "https://[::1",
            "https://cl\u00ednic.example",
        ],
    )
    def test_an_address_that_is_none_is_named(self, monkeypatch, value):
        monkeypatch.setenv("SITE_URL", value)
        with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
            env.base_url("SITE_URL")

    def test_an_address_loses_its_final_slash(self, monkeypatch):
        monkeypatch.setenv("SITE_URL", "https://clinic.example/")
        assert env.base_url("SITE_URL") == "https://clinic.example"

    @pytest.mark.parametrize("value", ["many", "-1", "0", "65536", "1e3", "\u0663"])
    def test_a_number_that_is_none_is_named(self, monkeypatch, value):
        """A server with no process at all would start, and answer nobody."""
        monkeypatch.setenv("WEB_CONCURRENCY", value)
        with pytest.raises(ImproperlyConfigured, match="WEB_CONCURRENCY"):
            env.integer("WEB_CONCURRENCY", 1, least=1)

    @pytest.mark.parametrize(
        "value", ["nonsense", "foo://x", "mysql://user:told@host/x", "postgres://user:told@host:port/x", "sqlite://"]
    )
    def test_a_database_that_the_site_does_not_work_on_is_named_without_its_password(self, monkeypatch, tmp_path, value):
        monkeypatch.setenv("DATABASE_URL", value)
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
            database.from_environment(tmp_path)
        assert "told" not in str(refused.value)


class TestSQLite:
    @pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6)])
    def test_wal_is_taken_where_it_cannot_lose_pages(self, version):
        assert sqlite.wal_is_safe(version)

    @pytest.mark.parametrize("version", [(3, 51, 2), (3, 51, 0), (3, 50, 6), (3, 45, 0), (3, 44, 5), (3, 40, 1)])
    def test_and_refused_elsewhere(self, version):
        """S47: SQLite's WAL-reset bug, sqlite.org/wal.html."""
        assert not sqlite.wal_is_safe(version)

    def test_a_writer_waits_its_turn(self):
        options = sqlite.options()
        assert options["transaction_mode"] == "IMMEDIATE"
        assert "synchronous=EXTRA" in options["init_command"]


class TestProduction:
    def start(self, *command, **variables):
        ours = ("SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL")
        environment = {key: value for key, value in os.environ.items() if key not in ours}
        environment |= {"DJANGO_SETTINGS_MODULE": "clinic_site.settings.production", "SITE_URL": "https://clinic.example"}
        command = [sys.executable, *command]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment | variables, capture_output=True, text=True, check=False
        )

    def check(self, *options, **variables):
        return self.start("manage.py", "check", "--deploy", "--fail-level", "WARNING", *options, **variables)

    @pytest.mark.parametrize("command", [("check", "--deploy"), ("migrate",), ("no_such_command",)])
    def test_does_nothing_without_a_key_and_says_so_in_a_line(self, command):
        result = self.start("manage.py", *command)
        assert (result.returncode, result.stderr) == (1, "SECRET_KEY must be set in the environment\n")

    @pytest.mark.parametrize(("name", "value"), [("SECRET_KEY", ""), ("WEB_CONCURRENCY", "0"), ("PORT", "x")])
    def test_nor_does_the_server_start(self, name, value):
        result = self.start("-m", "gunicorn", "--config", "clinic_site/gunicorn.py", **{name: value})
        assert result.returncode
        assert f"{name} must be " in result.stderr
        assert "Traceback" not in result.stderr

    def test_says_so_before_a_server_stops_for_it(self):
        """The check that the guide has people run after they changed a setting."""
        result = self.check(SECRET_KEY=KEY, WEB_CONCURRENCY="many")
        assert result.stderr == "WEB_CONCURRENCY must be a whole number from 1 to 65535; found 'many'\n"

    def test_names_the_database_that_cannot_be_opened(self):
        """Django's own checks open it before ours."""
        result = self.check("--database", "default", SECRET_KEY=KEY, DATABASE_URL="sqlite:////proc/1/site")
        assert result.returncode
        assert "DATABASE_URL" in result.stderr
        assert "Traceback" not in result.stderr

    def test_passes_djangos_own_checks(self):
        """S21."""
        result = self.check(SECRET_KEY=KEY)
        assert result.returncode == 0, result.stderr
