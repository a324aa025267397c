"""What every test can ask for."""

import os
import socket
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection

from education.views import cached

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def asks_a_database(item):
    """Whether a test has a database."""
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*item.fixturenames})


def pytest_collection_modifyitems(config, items):
    """On another database than SQLite only those tests run again that ask a database: to the others it makes no difference."""
    if os.environ.get("DATABASE_URL"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
        items[:] = filter(asks_a_database, items)


@pytest.fixture(autouse=True)
def _what_migrations_made(request):
    """A test with transactions of its own empties every table at its end; here the rows of migrations are made again."""
    if not asks_a_database(request.node):
        return
    request.getfixturevalue("_django_db_helper")
    if not Group.objects.exists():
        ContentType.objects.clear_cache()
        for name, make in (("0006_staff", "make_groups"), ("0010_content_version", "begin")):
            getattr(import_module(f"education.migrations.{name}"), make)(apps, SimpleNamespace(connection=connection))


class NetworkCallError(Exception):
    """Something asked another host, which neither importing nor rendering nor reading may do."""


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """S44: no test, and nothing that a test runs, speaks to another host."""
    connect = socket.socket.connect

    def checked(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise NetworkCallError(address)
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked)
        yield


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    """Uploads of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def _empty_cache():
    """What one test cached, the next does not meet."""
    cache.clear()
    cached.store.clear()


@pytest.fixture
def staff(db):
    """A member of staff who may do everything."""
    return get_user_model().objects.create_superuser("staff", password="a password for tests")


@pytest.fixture
def staff_client(client, staff):
    """A browser in which staff are logged in."""
    client.force_login(staff)
    return client
