"""Kept pages that are sent before Django is asked are those that Django would give, and only where nothing speaks against it."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import OperationalError, close_old_connections
from django.test import RequestFactory

from education.views.before import KeptPagesFirst
from education.views.due import due
from tests.factories import make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_minute")]

HUB = "/topics/dry-needling/"


class Django:
    """The site's application, which counts what it is asked."""

    def __init__(self):
        self.application, self.asked = WSGIHandler(), 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self.application(environ, start_response)


@pytest.fixture
def tls(settings):
    """A proxy that speaks TLS stands before the site."""
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.fixture
def django():
    """With the connection of the test, which its own client leaves open in the same way: it is in a transaction."""
    request_started.disconnect(close_old_connections)
    yield Django()
    request_started.connect(close_old_connections)


@pytest.fixture
def ask(django):
    """Ask as a server does; gives the status, the headers and the body."""
    application = KeptPagesFirst(django)

    def ask(path=HUB, method="get", headers=None, **environ):
        made = getattr(RequestFactory(), method)(path).environ
        made.pop("HTTP_COOKIE")  # the factory always sends an empty one
        headers = {"Host": "testserver"} | (headers or {})
        made |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()} | environ
        answered = []
        response = application(made, lambda status, headers, exc_info=None: answered.extend([status, dict(headers)]))
        return *answered, b"".join(response)

    return ask


@pytest.fixture
def page():
    return make_page(body="A sentence. " * 50)


@pytest.fixture
def kept_page(page, ask, django):
    """A page that somebody has asked for."""
    ask()
    django.asked = 0
    return page


class TestTheSamePage:
    @pytest.mark.parametrize("method", ["get", "head"])
    @pytest.mark.parametrize("encoding", ["", "gzip", "br, gzip", "identity;q=0"])
    def test_is_sent_without_django(self, ask, django, kept_page, method, encoding):
        headers = {"Accept-Encoding": encoding}
        plain = ask(method=method, headers=headers)
        assert django.asked == 0
        assert plain == ask("/topics/dry-needling/?x=1", method=method, headers=headers)
        assert django.asked == 1

    def test_is_not_sent_to_who_has_it(self, ask, django, kept_page):
        _status, headers, _body = ask()
        status, again, body = ask(headers={"If-None-Match": headers["ETag"]})
        assert (status, again["ETag"], body) == ("304 Not Modified", headers["ETag"], b"")
        assert django.asked == 0
        status, of_django, body = ask(f"{HUB}?x=1", headers={"If-None-Match": headers["ETag"]})
        assert (status, body) == ("304 Not Modified", b"")
        assert again.items() <= of_django.items()
        assert {"Content-Type", "Content-Length"}.isdisjoint(of_django)

    def test_is_sent_while_the_database_does_not_answer(self, ask, django, kept_page, monkeypatch):
        """Django would wait for it as long once more."""

        def fail(connection):
            raise OperationalError("the server is away")

        before = ask()
        monkeypatch.setattr("education.caching.pages.read_version", fail)
        assert ask() == before
        assert django.asked == 0

    def test_is_not_sent_once_it_is_another(self, ask, django, kept_page):
        old = ask()[1]["ETag"]
        make_page("topics", "after", title="A new page", parent="dry-needling")
        status, headers, body = ask(headers={"If-None-Match": old})
        assert (status, django.asked) == ("200 OK", 1)
        assert b"A new page" in body
        assert headers["ETag"] != old


NOT_PLAIN = {
    "a cookie": {"headers": {"Cookie": "sessionid=x"}},
    "a cookie of others": {"headers": {"Cookie": "_ga=1"}},
    "an empty cookie": {"headers": {"Cookie": ""}},
    "a login": {"headers": {"Authorization": ""}},
    "a form": {"method": "post"},
    "another method": {"method": "options"},
    "parameters": {"path": f"{HUB}?print=large"},
    "another name of the server": {"headers": {"Host": "evil.example"}},
    "no name": {"headers": {"Host": ""}},
    "a name that is none": {"headers": {"Host": "testserver/../"}},
    "another place of the site": {"SCRIPT_NAME": "/elsewhere"},
    "another page": {"path": "/topics/"},
    "another spelling": {"path": "/topics/dry-needling"},
    "bytes that are no text": {"PATH_INFO": "/topics/dry-needling/\xff"},
}


class TestWhatIsNotAsPlainAsCanBe:
    @pytest.mark.parametrize("request_", NOT_PLAIN.values(), ids=NOT_PLAIN)
    def test_is_for_django(self, ask, django, kept_page, request_):
        ask(**request_)
        assert django.asked == 1

    def test_such_as_a_request_without_tls(self, tls, ask, django, page):
        safe = {"X-Forwarded-Proto": "https"}
        assert ask(headers=safe) == ask(headers=safe)
        assert django.asked == 1
        for claim in ({}, {"X-Forwarded-Proto": "http"}, {"X-Forwarded-Proto": "https, http"}, {"X-Forwarded-Proto": ""}):
            ask(headers=claim)
        assert django.asked == 5
        assert ask(headers={"X-Forwarded-Proto": "http"})[0] == "301 Moved Permanently"

    def test_such_as_the_first_request_of_a_minute(self, ask, django, kept_page, monkeypatch):
        """What is due then is published first."""
        monkeypatch.setattr(due, "_minute", None)
        ask()
        ask()
        assert django.asked == 1
