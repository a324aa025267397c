"""MEDIA_STORAGE: uploads in storage that several servers share, with the site's own addresses all the same."""

import socket
import threading

import pytest
from botocore.exceptions import ReadTimeoutError
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from clinic_site import storage
from clinic_site.s3 import SharedStorage
from education.images import add_picture, remove_picture
from operations.backup import make_backup
from operations.restore import restore
from tests.corpus.pictures import make_picture
from tests.operations.s3 import make_server


@pytest.fixture
def bucket(settings, monkeypatch):
    """The objects of a bucket in which the site keeps its uploads."""
    server = make_server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    address = f"s3://clinic/uploads?endpoint_url=http://127.0.0.1:{server.server_address[1]}&region_name=us-east-1"
    monkeypatch.setenv("MEDIA_STORAGE", address)
    settings.STORAGES = {**settings.STORAGES, "default": storage.from_environment()}
    yield server.objects
    server.shutdown()
    server.server_close()


@pytest.fixture
def upload():
    return ContentFile(make_picture(size=(700, 20)), "needle.png")


class TestPicturesInABucket:
    @pytest.mark.django_db
    def test_are_kept_there_and_shown_from_here(self, bucket, upload, client):
        picture = add_picture(upload)
        assert {key.removeprefix("uploads/") for key in bucket} == {picture.name, *picture.variants.values()}
        assert picture.address == f"/media/{picture.name}"
        response = client.get(picture.address)
        assert response.getvalue() == bucket[f"uploads/{picture.name}"]
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"

    @pytest.mark.django_db
    @pytest.mark.parametrize("path", ["pictures/none.png", "../outside.png", "pictures/../../outside.png"])
    def test_what_is_not_there_is_not_found(self, bucket, client, path):
        assert client.get(f"/media/{path}").status_code == 404

    @pytest.mark.django_db(transaction=True)
    def test_go_when_they_are_removed(self, bucket, upload):
        remove_picture(add_picture(upload))
        assert bucket == {}

    def test_are_in_the_backup_and_come_back(self, bucket, upload, site_file, tmp_path):
        add_picture(upload)
        path, manifest = make_backup(tmp_path / "backups")
        before = dict(bucket)
        bucket.clear()
        with path.open("rb") as stream:
            restore(stream)
        assert bucket == before
        assert manifest["missing"] == []


def test_a_bucket_that_hangs_lets_go_of_who_asks(bucket, settings, monkeypatch):
    """F16: else each picture that somebody looks at would hold a thread of the server."""
    monkeypatch.setattr("clinic_site.s3.PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        options = settings.STORAGES["default"]["OPTIONS"]
        hung = SharedStorage(**options | {"endpoint_url": f"http://127.0.0.1:{silent.getsockname()[1]}"})
        with pytest.raises(ReadTimeoutError):
            hung.open("pictures/a.png")


class TestTheSetting:
    def test_without_it_uploads_go_to_a_folder(self, monkeypatch):
        monkeypatch.delenv("MEDIA_STORAGE", raising=False)
        assert storage.from_environment()["BACKEND"] == "django.core.files.storage.FileSystemStorage"

    @pytest.mark.parametrize("wrong", ["bucket", "s3://", "http://bucket", "s3://key:secret@bucket", "s3://bucket?colour=red"])
    def test_a_wrong_one_stops_the_start(self, monkeypatch, wrong):
        monkeypatch.setenv("MEDIA_STORAGE", wrong)
        with pytest.raises(ImproperlyConfigured, match="MEDIA_STORAGE must be"):
            storage.from_environment()
