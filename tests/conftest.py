"""What every test can ask for."""

import os
import socket

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache

from education.views import cached

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_collection_modifyitems(config, items):
    """On another database than SQLite only those tests run again that ask a database: to the others it makes no difference."""
    if os.environ.get("DATABASE_URL"):
        others = [
            item
            for item in items
            if not (item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*item.fixturenames})
        ]
        items[:] = [item for item in items if item not in {*others}]
        config.hook.pytest_deselected(items=others)


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
