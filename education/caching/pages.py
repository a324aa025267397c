"""The pages that are kept, as they are just now, and what a request for one is answered with."""

import logging
import time
from http import HTTPStatus
from threading import Lock
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, Error, connections

from education.caching.negotiation import accepted_encoding
from education.caching.release import page_key
from education.caching.store import Store
from education.caching.version import read_version
from education.models.page import today

logger = logging.getLogger(__name__)

# Nothing may keep a page without asking here first whether it still is so; the answer is mostly 304, without a body.
ASK_FIRST = "public, max-age=0, must-revalidate"

# Seconds for which the last version that was read counts while the database cannot be asked.
OUTAGE = 600
WARN_EVERY = 60


class Answer(NamedTuple):
    """An HTTP response, for whatever sends it."""

    status: HTTPStatus
    headers: dict[str, str]
    body: bytes


class KeptPages:
    """Rendered pages by their place (scheme, path and query), each under the key that its version of the content gives it."""

    def __init__(self, most_bytes):
        self.store = Store(most_bytes)
        self._turn = Lock()
        self.clear()

    def clear(self):
        """Forget everything, as at the start."""
        self.store.clear()
        self._version, self._read_at, self._warned_at = "", 0.0, -WARN_EVERY
        self._is_away = False

    def key(self, place):
        """The key of a place just now, "" where nobody knows; and whether it is sure, as it is while the database answers."""
        version, is_sure = self._read_version()
        return page_key(version, today(), place) if version else "", is_sure

    def find(self, place, key, environ):
        """The `Answer` to the request of a WSGI `environ` for the page of a key; None where it is not kept."""
        if f'"{key}"' in environ.get("HTTP_IF_NONE_MATCH", ""):
            headers = {"ETag": f'W/"{key}"', "Cache-Control": ASK_FIRST, "Vary": "Accept-Encoding"}
            return Answer(HTTPStatus.NOT_MODIFIED, headers, b"")
        entry = self.store.find(place, key)
        return entry and answer(entry, environ)

    def _read_version(self):
        # A database that is away may take seconds to be found so: one thread at a time does, the others do not wait for it.
        has_turn = self._is_away and self._turn.acquire(blocking=False)
        if self._is_away and not has_turn:
            return self._last_version(), False
        try:
            version = _ask_for_version()
        except Error as error:
            self._is_away = True
            if time.monotonic() - self._warned_at > WARN_EVERY:
                self._warned_at = time.monotonic()
                logger.error("the version of the content could not be read: %s", error)
            return self._last_version(), False
        finally:
            if has_turn:
                self._turn.release()
        # Another thread may have asked before and come here later: what it read is not what this one did.
        self._version, self._read_at, self._is_away = version, time.monotonic(), False
        return version, True

    def _last_version(self):
        return self._version if time.monotonic() - self._read_at < OUTAGE else ""


def answer(entry, environ):
    """The `Answer` with an entry's page, packed as the client likes it best; without a body for HEAD."""
    encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    body = entry.bodies.get(encoding)
    if body is None:
        encoding, body = "", entry.bodies[""]
    headers = {**entry.headers, "Content-Length": str(len(body))}
    if encoding:
        headers["Content-Encoding"] = encoding
    return Answer(HTTPStatus.OK, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body)


def _ask_for_version():
    connection = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()  # as Django does, which is not always asked (education.views.before)
    # This finds out whether the connection still stands; nobody need ask before.
    connection.health_check_done = True
    try:
        return read_version(connection)
    except Error:
        # Only a connection that was there before may be made anew with success.
        if connection.vendor == "sqlite" or connection.in_atomic_block or connection.connection is None:
            raise
        connection.close()
        return read_version(connection)
