"""What every test can ask for."""

import os
import socket

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from education.caching import kept
from education.views.due import due

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def asks_a_database(item):
    """Whether a test has a database."""
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*item.fixturenames})


def empties_tables(item):
    """Whether a test has transactions of its own, and so leaves empty tables behind."""
    marker = item.get_closest_marker("django_db")
    return bool((marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames)


def pytest_collection_modifyitems(config, items):
    """On another database than SQLite only those tests run again that ask a database: to the others it makes no difference.

    Tests that empty tables find in them what migrations made.
    """
    if os.environ.get("DATABASE_URL"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
        items[:] = filter(asks_a_database, items)
    for item in filter(empties_tables, items):
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """After a test that emptied all tables the next one, of whatever kind, finds in them what migrations made."""
    yield
    is_there = hasattr(connection, "_test_serialized_contents")  # not yet, where the first test was skipped
    if nextitem and is_there and empties_tables(item):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


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
def _new_process(monkeypatch):
    """What one test cached, the next does not meet; nor does it count as having looked for what is due."""
    cache.clear()
    kept.clear()
    monkeypatch.setattr(due, "_minute", None)


@pytest.fixture
def one_minute(monkeypatch):
    """The test takes place within one minute: what is due is looked for once."""
    monkeypatch.setattr("education.views.due._minute", lambda: 1)


@pytest.fixture
def staff(db):
    """A member of staff who may do everything."""
    return get_user_model().objects.create_superuser("staff", password="a password for tests")


@pytest.fixture
def staff_client(client, staff):
    """A browser in which staff are logged in."""
    client.force_login(staff)
    return client
