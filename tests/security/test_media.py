"""S14: what was uploaded is served as a picture or not at all."""

from http import HTTPStatus

import pytest

from tests.corpus.pictures import make_picture
from tests.security.matrix import read

pytestmark = pytest.mark.django_db

PAYLOAD = b"<html><script>alert(document.domain)</script></html>"


@pytest.fixture
def folder(media_folder):
    (media_folder / "pictures").mkdir(parents=True)
    (media_folder.parent / "secret.txt").write_text("classified words")
    return media_folder / "pictures"


def get(client, path):
    response = client.get(path)
    return response, read(response)


@pytest.mark.parametrize(("name", "kind"), [("a.png", "image/png"), ("a.jpg", "image/jpeg"), ("a.webp", "image/webp")])
def test_a_picture_can_be_nothing_else(client, folder, name, kind):
    (folder / name).write_bytes(make_picture({"a.png": "PNG", "a.jpg": "JPEG", "a.webp": "WEBP"}[name]))
    response, _body = get(client, f"/media/pictures/{name}")
    assert response.status_code == HTTPStatus.OK
    assert response.headers["Content-Type"] == kind
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not response.cookies


@pytest.mark.parametrize(
    "name", ["a.html", "a.svg", "a.htm", "a.xhtml", "a.php", "a.js", "a.pdf", "a", "a.png.html", "a.PNG", ".png"]
)
def test_anything_else_in_the_folder_is_not_served(client, folder, name):
    """Put there by a restored backup, say."""
    (folder / name).write_bytes(PAYLOAD)
    response, body = get(client, f"/media/pictures/{name}")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert PAYLOAD not in body


def test_html_called_a_picture_stays_a_picture(client, folder):
    (folder / "a.png").write_bytes(PAYLOAD)
    response, _body = get(client, "/media/pictures/a.png")
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "pictures/../../secret.txt",
        "pictures/..%2f..%2fsecret.txt",
        "..\\secret.txt",
        "/etc/passwd",
        "//etc/passwd",
        "%00",
        "pictures/a.png%00.txt",
        "....//secret.txt",
        "..%c0%afsecret.txt",
        "../secret.txt/.png",
    ],
)
def test_nothing_outside_the_folder_is(client, folder, path):
    response, body = get(client, f"/media/{path}")
    assert response.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)
    assert b"classified" not in body
    assert b"root:" not in body


@pytest.mark.parametrize("path", ["", "pictures", "pictures/", "pictures/."])
def test_nothing_is_listed(client, folder, path):
    (folder / "classified.png").write_bytes(b"x")
    response, body = get(client, f"/media/{path}")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert b"classified" not in body
