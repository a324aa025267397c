"""S36: words of a draft are nowhere that a reader, a search engine or a cache can find them, until they are published."""

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from education.publishing import publish, save_draft, staff_document, unpublish
from tests.crawler import walk
from tests.factories import make_page
from tests.security.matrix import read
from tests.security.routes import World, routes

pytestmark = pytest.mark.django_db

SECRET = "sentinelword"
KINDS = ("topics", "conditions", "faqs", "glossary", "sources", "packets")


def everything_public(world):
    """All that anyone can have: each address of the site, each page that links lead to, and what search says of the word."""
    anyone = Client(raise_request_exception=False)
    addresses = {world.address(route) for route in routes() if not route.pattern.startswith(("admin/", "preview/"))}
    addresses |= {f"/search/?q={SECRET}", "/topics/hidden/", "/conditions/hidden/", "/faqs/hidden/", "/packets/hidden/"}
    addresses |= set(walk(anyone))
    found = {}
    for address in addresses:
        found[address] = read(anyone.get(address))
    return found


def leaks(world):
    """Where the word stands. The page of the search for it repeats it, as what was asked for."""
    asked = f"/search/?q={SECRET}"
    found = everything_public(world)
    text = found.pop(asked).decode()
    shown = [words for words in (f"Hidden {SECRET}", f"{SECRET} text") if words in text]
    return shown + [address for address, body in found.items() if SECRET.encode() in body]


@pytest.fixture
def world():
    return World()


def make_hidden(world, collection, way):
    """A page, or a text beside a public one, that is not to be seen."""
    boss = world.users["superuser"]
    words = {"title": f"Hidden {SECRET}", "summary": f"{SECRET}.", "body": f"{SECRET} text."}
    if way == "draft":
        return make_page(collection, "hidden", status=None, **words)
    if way == "future":
        return make_page(collection, "hidden", publish_on=date(2999, 1, 1), **words)
    page = make_page(collection, "hidden", **(words if way == "unpublished" else {}))
    if way == "unpublished":
        everything_public(world)  # which fills every cache
        return unpublish(page=page, by=boss)
    return save_draft(document=staff_document(page).changed(**words), by=boss, page=page)


@pytest.mark.parametrize("way", ["draft", "future", "unpublished", "draft beside a public text"])
def test_is_found_nowhere(world, way):
    pages = [make_hidden(world, collection, way) for collection in KINDS]
    assert leaks(world) == []
    publish(page=pages[0], by=world.users["superuser"])
    assert SECRET.encode() in Client().get("/topics/hidden/").content, "once published it is there"


def test_a_preview_is_kept_nowhere_and_named_to_nobody(world):
    response = Client().get(f"/preview/{world.values['token']}/")
    assert response.status_code == HTTPStatus.OK
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]
