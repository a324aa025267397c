"""`manage.py backup`: what the file holds, who may read it, and that it is whole or not there."""

import io
import json
import os
import stat
import sys
import tarfile
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import LoginCount
from education.models import PreviewLink, Revision, Topic
from operations.rows import dump, load


def backup(folder, *options):
    """Run the command; gives the path of the backup."""
    out = io.StringIO()
    call_command("backup", folder, *options, stdout=out, stderr=io.StringIO())
    return out.getvalue().strip()


def files(path):
    with tarfile.open(path) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


class TestWhatABackupHolds:
    def test_pages_pictures_and_what_they_are_checked_by(self, site_file, filled, tmp_path):
        picture = filled()
        held = files(backup(tmp_path / "backups"))
        manifest = json.loads(held["manifest.json"])
        assert b"Some text." in held["rows/education.revision.jsonl"]
        assert {f"media/{name}" for name in (picture.name, *picture.variants.values())} < held.keys()
        assert manifest["files"].keys() == held.keys() - {"manifest.json"}
        assert manifest["tables"]["education.topic"]["rows"] == 1
        assert manifest["missing"] == []

    def test_nothing_that_lets_somebody_in_for_a_day(self, site_file, filled, tmp_path):
        """S52: no logins, no preview links, no counts of who tried to log in."""
        filled()
        session = SessionStore()
        session["key"] = "value"
        session.save()
        editor, soon = get_user_model().objects.get(), timezone.now() + timedelta(hours=1)
        digest = "digest-of-a-preview-link"
        PreviewLink.objects.create(revision=Revision.objects.first(), token_digest=digest, created_by=editor, expires_at=soon)
        LoginCount.objects.create(key="digest-of-a-login", since=soon)
        held = b"".join(files(backup(tmp_path / "backups")).values())
        assert not any(word.encode() in held for word in (session.session_key, digest, "digest-of-a-login"))

    def test_a_picture_that_is_gone_is_named_and_stops_nothing(self, site_file, filled, tmp_path):
        picture = filled()
        default_storage.delete(picture.name)
        manifest = json.loads(files(backup(tmp_path / "backups"))["manifest.json"])
        assert manifest["missing"] == [picture.name]

    def test_a_file_that_somebody_put_among_the_pictures_spoils_no_backup(self, site_file, filled, tmp_path, settings):
        """Names that a restore would refuse are no pictures of the site; all others come back, whatever they are called."""
        filled()
        strange = {"ünï cödé 日本.png", "new\nline.png", os.fsdecode(b"no-utf8-\xff.png")}
        for name in {*strange, "back\\slash.png"}:
            (settings.MEDIA_ROOT / name).write_bytes(b"x")
        path = backup(tmp_path, "--check")
        assert {f"media/{name}" for name in strange} <= files(path).keys()
        assert "media/back\\slash.png" not in files(path)


class TestTheFile:
    def test_is_for_its_owner_only(self, site_file, filled, tmp_path):
        filled()
        path = tmp_path / "backups"
        assert stat.S_IMODE((path / backup(path)).stat().st_mode) == 0o600
        assert stat.S_IMODE(path.stat().st_mode) == 0o700

    def test_goes_into_a_pipe(self, site_file, filled, monkeypatch):
        """So that it is encrypted before it touches a disk."""
        filled()
        pipe = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe))
        call_command("backup", "-", verbosity=0)
        with tarfile.open(fileobj=io.BytesIO(pipe.getvalue())) as tar:
            assert tar.getnames()[-1] == "manifest.json"

    def test_the_oldest_go(self, site_file, filled, tmp_path):
        filled()
        made = [backup(tmp_path, "--keep", "2") for _ in range(3)]
        assert sorted(map(str, tmp_path.glob("site-*"))) == made[1:]

    def test_is_not_there_when_it_could_not_be_made(self, site_file, filled, tmp_path, monkeypatch):
        """And no older one goes for it."""
        filled()
        made = backup(tmp_path / "backups")
        monkeypatch.setattr("operations.backup.rows.dump", lambda model: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            backup(tmp_path / "backups", "--keep", "1")
        assert list(map(str, (tmp_path / "backups").iterdir())) == [made]

    def test_one_that_makes_no_site_is_not_kept(self, site_file, filled, tmp_path):
        filled()
        Topic.objects.update(body="Written past all that checks it.")
        with pytest.raises(CommandError, match="it does not show its text"):
            backup(tmp_path / "backups", "--check")
        assert list((tmp_path / "backups").iterdir()) == []

    def test_is_not_made_of_a_damaged_database(self, site_file, filled, tmp_path):
        filled()
        with open(site_file, "r+b") as file:
            file.seek(8192)
            file.write(b"\xff" * 40_000)
        with pytest.raises(CommandError, match="no backup was made"):
            backup(tmp_path / "backups")


class TestRows:
    def test_come_back_as_they_were(self, site_file, filled):
        """Also times to the microsecond, which JSON does not know, and without a new `auto_now`."""
        filled()
        for model in (Revision, Topic, get_user_model()):
            lines = list(dump(model))
            with transaction.atomic():
                load(model, lines)
            assert list(dump(model)) == lines
