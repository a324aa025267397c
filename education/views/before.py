"""Kept pages are sent before Django is asked, which costs more than all of the rest."""

from functools import lru_cache

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from education.caching import kept
from education.views.due import due


class KeptPagesFirst:
    """A WSGI application: the kept page where a request is for one in the plainest way, else what Django's application gives.

    It finds what `education.views.cached` keeps, and decides nothing: whatever is not as plain as can be goes to Django.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        """The body of the response, as PEP 3333 has it."""
        place = _place(environ)
        if place and kept.store.has(place) and due.is_done():
            key, _is_sure = kept.key(place)
            if key and (answer := kept.find(place, key, environ)):
                start_response(f"{answer.status.value} {answer.status.phrase}", [*answer.headers.items()])
                return [answer.body]
        return self.application(environ, start_response)


def _place(environ):
    """Where a page is kept that is asked for by nobody in particular, without parameters and by one of the site's names."""
    is_plain = (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("QUERY_STRING")
        and not environ.get("SCRIPT_NAME")
        and "HTTP_COOKIE" not in environ
        and "HTTP_AUTHORIZATION" not in environ
        and _is_ours(environ.get("HTTP_HOST", ""))
    )
    return f"{_scheme(environ)}:{environ['PATH_INFO']}?" if is_plain and environ["PATH_INFO"].isascii() else None


def _scheme(environ):
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        return "https" if environ.get(header) == secure else "http"
    return environ["wsgi.url_scheme"]


@lru_cache(maxsize=32)
def _is_ours(host):
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
