"""Public pages from the cache of rendered pages, for readers who are nobody in particular (docs/adr/0016-page-cache.md)."""

import re
from http import HTTPStatus
from threading import Lock
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, QueryDict

from education.caching import ASK_FIRST, Entry, answer, kept

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

# What says that a response is meant for all; with any other word of Cache-Control it is not kept.
FOR_ALL = {"public", "max-age", "s-maxage", "immutable", "must-revalidate", "no-transform"}

# Seconds to wait for another thread that is making a page. Only one can be at work in a process at a time anyway, and what
# it makes may be just what the others wait for: after a publish, or at the start, everybody asks for the same pages.
TURN = 1


class PageCacheMiddleware:
    """Answers from the cache before a view is asked; keeps what views of `CACHED` give to anonymous readers.

    What is kept has all headers of the layers below; the plainest requests find it before Django is asked
    (`education.views.before`). Of every other response it says how long it may be kept: not at all, or not without asking.
    """

    def __init__(self, get_response):
        if settings.DEBUG:  # what one edits shows at once
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.turn = Lock()

    def __call__(self, request):
        """The page from the cache, or what the view gives."""
        request.is_anybody, request.kept_as, request.has_turn = _is_anybody(request), None, False
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
        request.GET = QueryDict(query)
        request.META["QUERY_STRING"] = query
        place = _place(request, query)
        key, is_sure = kept.key(place)
        if key and (found := kept.find(place, key, request.META)):
            return _response(found)
        if key and is_sure:
            request.kept_as = place, key
            request.has_turn = self.turn.acquire(timeout=TURN)
            if entry := kept.store.get(place, key):
                return _response(answer(entry, request.META))
        return None

    def _keep(self, request, response):
        if request.kept_as and _is_for_all(response):
            place, key = request.kept_as
            headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
            headers |= {"ETag": f'W/"{key}"', "Vary": "Accept-Encoding"}
            headers.setdefault("Cache-Control", ASK_FIRST)
            entry = Entry.of(key, headers, response.content)
            kept.store.put(place, entry)
            return _response(answer(entry, request.META))
        response.headers.setdefault("Cache-Control", "no-cache" if request.is_anybody else "private, no-store")
        if response.status_code == HTTPStatus.NOT_MODIFIED:  # Django counts the body that is not there (RFC 9110, 8.6)
            del response.headers["Content-Type"], response.headers["Content-Length"]
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response


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


def _response(found):
    return HttpResponse(found.body, status=found.status, headers=found.headers)
