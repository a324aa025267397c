"""What is missing or unsafe stops the start, and the message names the variable or the command that mends it."""

import sqlite3
from contextlib import closing

import pytest

from operations import start
from operations.database import sqlite_file, use


class TestTheStart:
    def test_goes_on_where_all_is_there(self, settings, tmp_path):
        settings.SITE_URL, settings.VAR_DIR, settings.MEDIA_ROOT = "https://clinic.example", tmp_path, tmp_path / "media"
        assert start.site_is_encrypted() == []
        assert start.folders_can_be_written() == []

    def test_needs_tls(self, settings):
        settings.SITE_URL = "http://clinic.example"
        assert "SITE_URL" in start.site_is_encrypted()[0].msg

    @pytest.mark.parametrize(
        "hosts", [["*"], ["clinic.example", "https://clinic.example"], ["clinic.example:443"], ["other.example"], [""], []]
    )
    def test_needs_names_that_it_answers_to(self, settings, hosts):
        settings.SITE_URL, settings.ALLOWED_HOSTS = "https://clinic.example", hosts
        assert "ALLOWED_HOSTS" in start.hosts_are_named()[0].msg

    @pytest.mark.parametrize(
        ("address", "hosts"),
        [
            ("https://clinic.example:8443", ["clinic.example", "www.clinic.example"]),
            ("https://education.clinic.example", [".clinic.example"]),
            ("https://[2001:db8::1]", ["[2001:db8::1]"]),
        ],
    )
    def test_takes_any_name_that_is_one(self, settings, address, hosts):
        settings.SITE_URL, settings.ALLOWED_HOSTS = address, hosts
        assert start.hosts_are_named() == []

    @pytest.mark.parametrize(("name", "value"), [("SECOND_FACTOR", False), ("TRUSTED_PROXIES", 0)])
    def test_needs_logins_that_are_guarded(self, settings, name, value):
        settings.SECOND_FACTOR, settings.TRUSTED_PROXIES = True, 1
        assert start.logins_are_guarded() == []
        setattr(settings, name, value)
        assert [name in problem.msg for problem in start.logins_are_guarded()] == [True]

    def test_needs_what_stores_uploads(self, settings):
        assert start.uploads_have_a_place() == []
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "not_installed.Storage"}}
        assert "MEDIA_STORAGE" in start.uploads_have_a_place()[0].msg

    @pytest.mark.parametrize("name", ["VAR_DIR", "MEDIA_ROOT"])
    @pytest.mark.parametrize("folder", ["/proc/1/nothing", "/proc/1/" + "x" * 5000], ids=["not made", "not even looked for"])
    def test_needs_folders_that_can_be_written(self, settings, tmp_path, name, folder):
        """Not even root makes folders there."""
        settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path
        setattr(settings, name, folder)
        assert [name in problem.msg for problem in start.folders_can_be_written()] == [True]

    def test_writes_nothing_beside_another_database(self, settings, tmp_path, monkeypatch):
        """A container has its static files in VAR_DIR, and cannot write there."""
        settings.VAR_DIR, settings.MEDIA_ROOT = "/proc/1/nothing", tmp_path
        monkeypatch.setattr(start.connection, "vendor", "postgresql")
        assert start.folders_can_be_written() == []

    def test_needs_static_files(self, monkeypatch):
        class Storage:
            hashed_files = {}

        monkeypatch.setattr(start, "staticfiles_storage", Storage())
        assert "collectstatic" in start.static_files_are_collected(databases=["default"])[0].hint
        assert start.static_files_are_collected() == []

    @pytest.mark.django_db
    def test_needs_every_table(self, monkeypatch):
        assert start.database_is_up_to_date(databases=["default"]) == []
        monkeypatch.setattr(start.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
        assert "migrate" in start.database_is_up_to_date(databases=["default"])[0].hint

    @pytest.mark.django_db
    def test_needs_a_database_file_that_is_whole(self, tmp_path):
        """F13: one that is damaged somewhere would show some pages, and lose what is saved."""
        path = tmp_path / "site.sqlite3"
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE words (word TEXT UNIQUE)")
            database.executemany("INSERT INTO words VALUES (?)", [(f"word {number}",) for number in range(5000)])
            database.commit()
        data = bytearray(path.read_bytes())
        data[40_000:60_000] = bytes(20_000)
        path.write_bytes(data)
        with use(sqlite_file(path)):
            (error,) = start.database_is_up_to_date(databases=["default"])
        assert error.id == "operations.E013"

    def test_asks_no_database_unless_told_to(self):
        assert start.database_is_up_to_date() == []
