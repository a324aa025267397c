"""S17 to S20: the headers of every response, and no cookie where nobody is logged in."""

from http import HTTPStatus

import pytest
from django.test import Client

from tests.security.conftest import HOST
from tests.security.matrix import read, unrendered
from tests.security.observatory import Scan, read_policy, score
from tests.security.routes import World, routes

pytestmark = pytest.mark.django_db

PUBLIC = (
    "/",
    "/topics/",
    "/topics/dry-needling/",
    "/conditions/headaches/",
    "/faqs/does-it-hurt/",
    "/glossary/",
    "/search/?q=pain",
    "/packets/first-visit/",
    "/p/",
)
STAFF = ("/admin/", "/admin/education/topic/", "/admin/education/topic/add/", "/admin/guide/", "/admin/auth/user/")
# A frame of the admin shows previews, so previews may stand in a frame, and forms may hold one.
LOOSER = {"frame-ancestors": {"'none'", "'self'"}, "frame-src": {"'self'"}}
STRICT = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "connect-src": {"'self'"},
    "font-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
}


def faults(response):
    """What a response's headers lack."""
    headers = response.headers
    policy = read_policy(headers.get("Content-Security-Policy", ""))
    if policy.get("default-src") != {"'none'"}:
        yield "default-src"
    for name, sources in policy.items():
        if not sources <= LOOSER.get(name, STRICT.get(name, set())):
            yield f"{name} {sources}"
    if "sandbox" not in policy and policy.keys() - LOOSER.keys() != STRICT.keys() - LOOSER.keys():
        yield f"only {sorted(policy)}"
    expected = {
        "X-Content-Type-Options": ("nosniff",),
        "Referrer-Policy": ("same-origin", "no-referrer"),
        "Cross-Origin-Opener-Policy": ("same-origin",),
        "Cross-Origin-Resource-Policy": ("same-origin", "cross-origin"),
        "Cross-Origin-Embedder-Policy": ("require-corp",),
        "Strict-Transport-Security": ("max-age=63072000; includeSubDomains; preload",),
    }
    for name, good in expected.items():
        if headers.get(name) not in good:
            yield f"{name}: {headers.get(name)}"
    for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin"):
        if name in headers:
            yield name


@pytest.fixture
def world(production, settings):
    settings.SECOND_FACTOR = False
    return World()


@pytest.fixture
def staff_browser(production, world):
    browser = production()
    browser.force_login(world.users["superuser"])
    return browser


class TestEveryResponse:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_has_a_policy_that_allows_nothing_unsafe(self, production, world, staff_browser, method):
        found = {}
        with unrendered():
            for route in routes():
                for who, browser in (("anyone", production()), ("superuser", staff_browser)):
                    response = browser.generic(method, world.address(route))
                    found[method, route.pattern, who] = list(faults(response))
                    read(response)
                    if "logout" in route.pattern:
                        staff_browser.force_login(world.users["superuser"])
        assert {where: lacks for where, lacks in found.items() if lacks} == {}

    @pytest.mark.parametrize("status", [301, 400, 403, 404, 405, 413, 414, 500])
    def test_so_has_a_refusal(self, production, world, monkeypatch, status):
        """A 304 has no page of its own: the one that a browser kept came with its headers."""
        browser = production()
        ask = {
            301: lambda: browser.get("/topics/", headers={"x-forwarded-proto": "http"}),
            400: lambda: browser.get("/", headers={"host": "evil.example"}),
            403: lambda: browser.post("/admin/editor/preview/"),
            404: lambda: browser.get("/nowhere/"),
            405: lambda: browser.post("/topics/"),
            413: lambda: browser.post("/", "a" * 3_000_000, content_type="text/plain"),
            414: lambda: browser.get("/?" + "a" * 9000),
            500: lambda: browser.get("/search/"),
        }[status]

        def breaks(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("education.views.search.SearchView.get", breaks)
        response = ask()
        assert response.status_code == status
        lacks = set(faults(response)) - ({"Strict-Transport-Security: None"} if status == HTTPStatus.MOVED_PERMANENTLY else set())
        assert lacks == set()

    @pytest.mark.parametrize("path", ["/static/img/favicon.svg", "/static/admin/css/base.css", "/static/js/editor.js"])
    def test_so_has_a_file(self, production, path, settings):
        settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
        response = production().get(path)
        assert response.status_code == HTTPStatus.OK
        lacks = list(faults(response))
        read(response)
        assert lacks == []


class TestPublicPages:
    def test_set_no_cookie_whoever_reads_them(self, production, world, staff_browser):
        """S19, S33: nobody's session is touched by reading."""
        for route in routes():
            if route.pattern.startswith("admin/"):
                continue
            for browser in (production(), staff_browser):
                response = browser.get(world.address(route))
                read(response)
                assert not response.cookies, route.pattern
                if browser is not staff_browser:
                    assert "Cookie" not in response.headers.get("Vary", "") or route.pattern == "styleguide/"

    @pytest.mark.parametrize("address", ["/search/?q=pain", "/preview/{token}/"])
    def test_that_tell_what_somebody_reads_send_no_referrer_at_all(self, production, world, address):
        """S20."""
        response = production().get(address.format(token=world.values["token"]))
        assert response.headers["Referrer-Policy"] == "no-referrer"


class TestObservatory:
    def scan(self, browser, address):
        """What the Observatory sees."""
        response = browser.get(address)
        assert response.status_code == HTTPStatus.OK
        plain = Client(headers={"host": HOST, "x-forwarded-proto": "http"}).get(address)
        return Scan(response.headers, response.content.decode(), response.cookies, plain.headers.get("Location", ""), HOST)

    @pytest.mark.parametrize("address", PUBLIC)
    def test_gives_public_pages_all_that_it_gives_without_a_cookie(self, production, world, address):
        """155: 5 more need a cookie, 5 a place in browsers' preload list."""
        total, given = score(self.scan(production(), address))
        assert total >= 155, given
        assert given["cookies"] == 0

    def test_gives_the_login_155(self, production):
        total, given = score(self.scan(production(), "/admin/login/"))
        assert total >= 155, given

    @pytest.mark.parametrize("address", STAFF)
    def test_gives_the_admin_150(self, staff_browser, address):
        total, given = score(self.scan(staff_browser, address))
        assert total >= 150, given

    @pytest.mark.parametrize(
        ("header", "value", "lost"),
        [
            ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'", 30),
            ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'", 5),
            ("Cross-Origin-Opener-Policy", None, 10),
            ("Cross-Origin-Embedder-Policy", None, 10),
            ("Cross-Origin-Resource-Policy", "cross-origin", 10),
            ("Referrer-Policy", "unsafe-url", 10),
            ("Strict-Transport-Security", "max-age=60", 10),
            ("X-Content-Type-Options", None, 5),
        ],
    )
    def test_sees_what_is_worse(self, production, world, header, value, lost):
        scan = self.scan(production(), "/")
        best, _given = score(scan)
        scan.headers.pop(header)
        if value:
            scan.headers[header] = value
        assert score(scan)[0] <= best - lost
