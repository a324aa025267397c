"""The connection over which the version of the content is asked for with every request, often without Django around it."""

import socket
import threading
import time

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from education.caching import kept
from operations.database import sqlite_file, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls():
    """A PostgreSQL that hangs up on everybody takes the place of the database; gives who called."""
    found = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                found.append(caller)
                caller.close()

        thread = threading.Thread(target=answer)
        thread.start()
        place = {"ENGINE": "django.db.backends.postgresql", "NAME": "site", "OPTIONS": {"sslmode": "disable"}}
        place |= {"HOST": "127.0.0.1", "PORT": server.getsockname()[1]}
        with use(DatabaseWrapper(connections.configure_settings({"default": place})["default"], "default")):
            yield found
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_database_that_is_away_is_called_once_for_a_page(calls):
    """Where its machine is gone, each call takes seconds of whoever waits for a page that is kept."""
    assert kept.key("https:/?") == ("", False)
    assert len(calls) == 1


def test_a_connection_ends_at_its_age(tmp_path):
    with use(sqlite_file(tmp_path / "site.sqlite3")):
        connection.cursor().execute("CREATE TABLE education_contentversion (token)")
        for end, is_kept in ((time.monotonic() + 600, True), (time.monotonic(), False)):
            kept.key("https:/?")
            asked, connection.close_at = connection.connection, end
            kept.key("https:/?")
            assert (connection.connection is asked) == is_kept
