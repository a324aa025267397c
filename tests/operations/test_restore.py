"""`manage.py restore`: all of it or nothing, and nothing of a backup that is not whole."""

import hashlib
import io
import json
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from education.models import FAQ, ContentVersion, Picture, Topic
from operations.archive import BackupError, unpack
from operations.backup import make_backup
from operations.checks import database_is_whole
from operations.database import sqlite_file, use
from operations.restore import is_empty
from tests.factories import make_page
from tests.operations.everything import everything


@pytest.fixture
def backup(site_file, filled, tmp_path):
    """The backup of a site."""
    filled()
    return make_backup(tmp_path / "backups")[0]


def run(path, *options):
    out = io.StringIO()
    call_command("restore", str(path), *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def change(path, name, data):
    """Write a backup anew with another content of one of its files, and a manifest that agrees."""
    with tarfile.open(path) as tar:
        held = {member.name: tar.extractfile(member).read() for member in tar}
    manifest = json.loads(held.pop("manifest.json"))
    if name == "manifest.json":
        manifest |= data
    else:
        held[name] = data
        found = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        manifest["files"][name] = found
        label = name.removeprefix("rows/").removesuffix(".jsonl")
        if label in manifest["tables"]:
            manifest["tables"][label]["sha256"] = found["sha256"]
    with tarfile.open(path, "w:gz") as tar:
        for member, content in {**held, "manifest.json": json.dumps(manifest).encode()}.items():
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return held


class TestARestore:
    def test_brings_back_every_row_and_every_picture(self, backup, settings):
        before = everything()
        Topic.objects.update(title="Something else", body="")
        make_page("topics", "later")
        for picture in Picture.objects.all():
            (settings.MEDIA_ROOT / picture.name).write_bytes(b"damaged")
        assert "tables, digests and content checked" in run(backup, "--yes")
        assert everything() == before

    def test_those_who_have_the_database_open_see_it(self, backup, site_file):
        """No server needs to be started anew."""
        with use(sqlite_file(site_file)):
            Topic.objects.update(title="Something else")
            other = sqlite_file(site_file)
            with use(other):
                assert Topic.objects.get().title == "Something else"
            run(backup, "--yes")
            with use(other):
                assert Topic.objects.get().title == "Dry needling"

    def test_search_finds_what_was_restored(self, backup, client):
        FAQ.objects.all().delete()
        Topic.objects.all().delete()
        run(backup, "--yes")
        assert b"topics/dry-needling" in client.get("/search/", {"q": "dry needling"}).content

    def test_a_page_kept_by_a_browser_is_asked_for_anew(self, backup):
        """The version of the content is a new one: what was published after the backup is in nobody's cache any more."""
        before = ContentVersion.objects.get().token
        run(backup, "--yes")
        assert ContentVersion.objects.get().token != before

    @pytest.mark.parametrize("place", [0, 40_960], ids=["no database any more", "damaged somewhere"])
    def test_takes_the_place_of_a_damaged_file_which_is_kept(self, backup, site_file, place):
        """It may hold what was saved after the backup."""
        before = everything()
        connection.close()
        with open(site_file, "r+b") as file:
            file.seek(place)
            file.write(b"\xff" * 4096)
        assert [error.id for error in database_is_whole(databases=["default"])] == ["operations.E001"]
        connection.close()
        run(backup, "--yes")
        connection.close()
        assert everything() == before
        assert len(list(site_file.parent.glob("site.sqlite3.damaged-*"))) == 1

    def test_fills_a_new_server_that_has_no_tables_yet(self, backup, tmp_path):
        before = everything()
        with use(sqlite_file(tmp_path / "new.sqlite3")):
            assert is_empty()
            run(backup)
            assert not is_empty()
            connection.close()
            assert everything() == before

    def test_brings_a_backup_of_an_older_release_up_to_this_one(self, filled, tmp_path, django_db_blocker):
        with django_db_blocker.unblock(), use(sqlite_file(tmp_path / "old.sqlite3")):
            call_command("migrate", "education", "0008", verbosity=0)
            old = make_backup(tmp_path / "backups")[0]
        with django_db_blocker.unblock(), use(sqlite_file(tmp_path / "new.sqlite3")):
            run(old)
            call_command("migrate", "--check", verbosity=0)


class TestWhenItIsRefused:
    def test_nothing_is_overwritten_unasked(self, backup):
        with pytest.raises(CommandError, match="--yes overwrites it"):
            run(backup)

    def test_checking_writes_nothing(self, backup):
        Topic.objects.update(title="Something else")
        before = everything()
        assert "The backup is whole" in run(backup, "--check")
        assert everything() == before

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("rows/education.topic.jsonl", lambda text: text.replace(b"Some text.", b"Other text."), "does not show its text"),
            ("rows/education.revision.jsonl", lambda text: text.replace(b"Some text.", b"Other text."), "not the one that was"),
            ("rows/education.revision.jsonl", lambda text: text.splitlines(keepends=True)[0], "does not make a site"),
            ("rows/education.topic.jsonl", lambda text: b"no json", "does not make a site"),
            ("rows/education.topic.jsonl", lambda text: b"", "does not make a site"),
            ("rows/education.topic.jsonl", lambda text: text.replace(b"\n[", b"\n[9" + b"0" * 30, 1), "does not make a site"),
            ("manifest.json", lambda text: {"tables": []}, "manifest of the backup is damaged"),
            ("manifest.json", lambda text: {"missing": None}, "manifest of the backup is damaged"),
            ("manifest.json", lambda text: {"migrations": {"education": [1]}}, "does not make a site"),
            ("manifest.json", lambda text: {"migrations": {"education": ["9999_later"]}}, "newer release"),
            ("manifest.json", lambda text: {"format": 2}, "format 2"),
        ],
    )
    def test_content_that_is_not_whole_stays_out(self, backup, name, data, words):
        """Though every digest is right."""
        with tarfile.open(backup) as tar:
            text = tar.extractfile(name).read()
        change(backup, name, data(text))
        Topic.objects.update(title="Something else")
        before = everything()
        with pytest.raises(CommandError, match=f"(?s)nothing was restored: .*{words}"):
            run(backup, "--yes")
        assert everything() == before

    def test_a_backup_cut_off_anywhere_is_refused(self, backup, tmp_path):
        data = backup.read_bytes()
        for number, end in enumerate(range(0, len(data) - 1, len(data) // 25)):
            with pytest.raises(BackupError):
                unpack(io.BytesIO(data[:end]), tmp_path / str(number))

    def test_a_backup_changed_anywhere_is_refused(self, backup, tmp_path):
        data = backup.read_bytes()
        for number, place in enumerate(range(12, len(data), len(data) // 25)):  # the first bytes tell of gzip only
            damaged = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
            with pytest.raises(BackupError):
                unpack(io.BytesIO(damaged), tmp_path / str(number))

    @pytest.mark.parametrize(
        "name", ["../outside", "/etc/outside", "media/../../outside", "media/a\\b", "else", "rows/../x.y.jsonl"]
    )
    def test_no_file_gets_out_of_its_place(self, tmp_path, name):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as tar:
            tar.addfile(tarfile.TarInfo(name), io.BytesIO())
        packed.seek(0)
        with pytest.raises(BackupError, match="no backup holds"):
            unpack(packed, tmp_path / "folder")
        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_no_link_is_unpacked(self, tmp_path):
        packed, link = io.BytesIO(), tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        with tarfile.open(fileobj=packed, mode="w:gz") as tar:
            tar.addfile(link)
        packed.seek(0)
        with pytest.raises(BackupError, match="no backup holds"):
            unpack(packed, tmp_path)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
class TestOnPostgreSQL:
    def test_a_restore_brings_back_every_row_and_every_picture(self, filled, tmp_path):
        filled()
        before = everything()
        path = make_backup(tmp_path)[0]
        Topic.objects.update(title="Something else", body="")
        make_page("topics", "later")
        run(path, "--yes")
        assert everything() == before
        make_page("topics", "later")  # its number is a new one

    def test_a_site_moves_there_and_back(self, filled, tmp_path):
        """From SQLite to PostgreSQL is a backup and a restore."""
        filled()
        before = everything()
        path = make_backup(tmp_path / "backups")[0]
        with use(sqlite_file(tmp_path / "new.sqlite3")):
            run(path)
            assert everything() == before
            back = make_backup(tmp_path / "backups")[0]
        run(back, "--yes")
        assert everything() == before
