"""Public pages from the cache of rendered pages, for readers who are nobody in particular (docs/adr/0016-page-cache.md)."""

import logging
import re
import time
from threading import Lock
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpResponse, QueryDict

from education.caching import Entry, Store, accepted_encoding, page_key, read_version
from education.models.page import today

logger = logging.getLogger(__name__)

# The views whose pages are kept, and the parameters of an address that each of them knows. All others are never kept.
CACHED = {
    "education:home": {"print"},
    "education:topic-list": {"print", "page"},
    "education:topic-detail": {"print"},
    "education:condition-list": {"print", "page"},
    "education:condition-detail": {"print"},
    "education:faq-list": {"print", "page"},
    "education:faq-detail": {"print"},
    "education:glossary": {"print"},
    "education:packet-list": {"print", "page"},
    "education:packet-detail": {"print"},
    "education:packet-qr": set(),
    "education:packet-make": {"print", "pages", "make"},
    "education:paper-css": set(),
    "education:social-picture": set(),
    "feed": set(),
}

# Nothing may keep a page without asking here first whether it still is so; the answer is mostly 304, without a body.
ASK_FIRST = "public, max-age=0, must-revalidate"
# What says that a response is meant for all; with any other word of Cache-Control it is not kept.
FOR_ALL = {"public", "max-age", "s-maxage", "immutable", "must-revalidate", "no-transform"}

# Seconds for which the last version that was read counts while the database cannot be asked.
OUTAGE = 600
WARN_EVERY = 60

# Seconds to wait for another thread that is making a page. Only one can be at work in a process at a time anyway, and what
# it makes may be just what the others wait for: after a publish, or at the start, everybody asks for the same pages.
TURN = 1

MOST_HOSTS = 32

store = Store(settings.PAGE_CACHE_BYTES)


class PageCacheMiddleware:
    """Answers from the cache before anything else is done; keeps what views of `CACHED` give to anonymous readers.

    What is kept has all headers of the layers below; a request comes here first, and there only if need be. Of every other
    response it says how long it may be kept: not at all, or not without asking.
    """

    def __init__(self, get_response):
        if settings.DEBUG:  # what one edits shows at once
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.version, self.read_at, self.warned_at = "", 0.0, -WARN_EVERY
        self.hosts = set()
        self.turn = Lock()

    def __call__(self, request):
        """The page from the cache, or what the view gives."""
        request.is_anybody = _is_anybody(request)
        if request.is_anybody and not request.META.get("QUERY_STRING") and request.META.get("HTTP_HOST") in self.hosts:
            place = _place(request, "")
            if store.has(place) and (response := self._find(request, place)):
                return response
        request.has_turn = False
        try:
            return self._keep(request, self.get_response(request))
        finally:
            if request.has_turn:
                self.turn.release()

    def process_view(self, request, view, args, kwargs):
        """Django calls it when it knows the view, and before it; the view then sees no parameter that it does not know."""
        known = CACHED.get(request.resolver_match.view_name)
        if known is None or not request.is_anybody:
            return None
        query = _known_part(request.GET, known) if request.META.get("QUERY_STRING") else ""
        if query is None:
            return None
        if len(self.hosts) < MOST_HOSTS:  # a name of the server that Django did not refuse
            self.hosts.add(request.META.get("HTTP_HOST"))
        request.GET = QueryDict(query)
        request.META["QUERY_STRING"] = query
        response = self._find(request, _place(request, query))
        if response is None and request.kept_as:
            request.has_turn = self.turn.acquire(timeout=TURN)
            if entry := store.get(*request.kept_as):
                return _answer(request, entry)
        return response

    def _find(self, request, place):
        """The kept page. Where there is none, the request says under which key to keep it."""
        request.kept_as = None
        version, is_sure = self._read_version()
        if not version:
            return None
        key = page_key(version, today(), place)
        if f'"{key}"' in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return HttpResponse(status=304, headers={"ETag": f'W/"{key}"', "Cache-Control": ASK_FIRST, "Vary": "Accept-Encoding"})
        entry = store.find(place, key)
        if entry is None:
            request.kept_as = is_sure and (place, key)
            return None
        return _answer(request, entry)

    def _keep(self, request, response):
        kept_as = getattr(request, "kept_as", None)
        if kept_as and _is_for_all(response):
            place, key = kept_as
            headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
            headers |= {"ETag": f'W/"{key}"', "Vary": "Accept-Encoding"}
            headers.setdefault("Cache-Control", ASK_FIRST)
            entry = Entry.of(key, headers, response.content)
            store.put(place, entry)
            return _answer(request, entry)
        response.headers.setdefault("Cache-Control", "no-cache" if request.is_anybody else "private, no-store")
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response

    def _read_version(self):
        """The version of the content, and whether that is sure: it is not while the database does not answer."""
        try:
            self.version, self.read_at = _ask_for_version(), time.monotonic()
        except Error as error:
            now = time.monotonic()
            if now - self.warned_at > WARN_EVERY:
                self.warned_at = now
                logger.error("the version of the content could not be read: %s", error)
            return (self.version if now - self.read_at < OUTAGE else ""), False
        return self.version, True


def _ask_for_version():
    connection = connections[DEFAULT_DB_ALIAS]
    # This finds out whether the connection still stands; nobody need ask before.
    connection.health_check_done = True
    try:
        return read_version(connection)
    except Error:
        if connection.vendor == "sqlite" or connection.in_atomic_block:
            raise
        connection.close()
        return read_version(connection)


def _place(request, query):
    """What an entry is found by; the headers of an encrypted page are others."""
    return f"{request.scheme}:{request.path}?{query}"


def _is_anybody(request):
    """Whether it asks for what everybody may see, in the way everybody does."""
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in request.META:
        return False
    return "HTTP_COOKIE" not in request.META or not request.COOKIES.keys() & _own_cookies()


def _own_cookies():
    return {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}


def _known_part(asked, known):
    """The part of a query that the view knows, in one spelling; None where the answer is not to be kept."""
    if known & asked.keys() & {"pages", "make"}:  # what somebody ticked
        return None
    part = {}
    if "print" in known and asked.get("print") == "large":
        part["print"] = "large"
    if "page" in known and asked.get("page", "1") != "1":
        part["page"] = asked["page"]
        if not re.fullmatch("[1-9][0-9]{0,4}", part["page"]):
            return None
    return urlencode(part)


def _is_for_all(response):
    """Whether a response may be kept. Whatever it says that is not expected here is a no."""
    varies = {name.strip().lower() for name in response.headers.get("Vary", "Accept-Encoding").split(",")}
    words = {word.partition("=")[0].strip().lower() for word in response.headers.get("Cache-Control", "public").split(",")}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Set-Cookie" not in response.headers
        and "Content-Encoding" not in response.headers
        and not hasattr(response, "content_security_policy")
        and varies <= {"accept-encoding"}
        and words <= FOR_ALL
    )


def _answer(request, entry):
    encoding = accepted_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    body = entry.bodies.get(encoding)
    if body is None:
        encoding, body = "", entry.bodies[""]
    response = HttpResponse(b"" if request.method == "HEAD" else body, headers=entry.headers)
    response.headers["Content-Length"] = str(len(body))
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response
