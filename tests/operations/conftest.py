"""A site on an SQLite file of its own, whatever database the tests run on: it may be thrown away and replaced."""

import shutil

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile

from education.images import add_picture
from operations.database import sqlite_file, use
from tests.corpus.pictures import make_picture
from tests.factories import make_page
from tests.sync.conftest import migrated_file

__all__ = ["migrated_file"]


@pytest.fixture
def site_file(tmp_path, migrated_file, django_db_blocker):
    """The file of a site without pages; in the test it is the default database."""
    file = shutil.copy(migrated_file, tmp_path / "site.sqlite3")
    with django_db_blocker.unblock(), use(sqlite_file(file)):
        yield file


@pytest.fixture
def filled():
    """Fills the site with two pages, a question, somebody of staff and a picture; gives the picture."""

    def fill():
        for collection, slug in (("topics", "dry-needling"), ("conditions", "headaches"), ("faqs", "does-it-hurt")):
            make_page(collection, slug)
        get_user_model().objects.create_user("editor", password="a password for tests", is_staff=True)
        return add_picture(ContentFile(make_picture(size=(700, 20)), "needle.png"))

    return fill
