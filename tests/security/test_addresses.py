"""S31, S32: addresses lead to this site, and are made from what is configured."""

from http import HTTPStatus

import pytest

from tests.security.matrix import read
from tests.security.routes import World, routes

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
PASSWORD = "a password for tests"


class TestNext:
    """S31: a login leads to this site and nowhere else."""

    @pytest.mark.parametrize(
        "target",
        [
            "//evil.example/",
            "https://evil.example/",
            "http:evil.example",
            "http:///evil.example",
            "\\\\evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "///evil.example",
            "\x00//evil.example",
            "https:/evil.example",
            "https://testserver@evil.example/",
            "//evil.example\\@testserver",
            "https://[::1",
        ],
    )
    def test_that_leads_elsewhere_is_not_followed(self, client, staff, target):
        response = client.post(f"{LOGIN}?next={target}", {"username": "staff", "password": PASSWORD, "next": target})
        assert response.status_code == HTTPStatus.FOUND
        location = response.headers["Location"]
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert client.get(location).status_code == HTTPStatus.OK

    def test_that_leads_here_is(self, client, staff):
        response = client.post(LOGIN, {"username": "staff", "password": PASSWORD, "next": "/admin/guide/"})
        assert response.headers["Location"] == "/admin/guide/"

    @pytest.mark.parametrize(
        "path", ["//evil.example", "//evil.example/x", "/\\evil.example", "//evil.example/%2f..", "/admin//evil.example"]
    )
    def test_a_missing_slash_is_added_on_this_site(self, client, staff, path):
        client.force_login(staff)
        location = client.generic("GET", path).headers.get("Location", "/")
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))

    @pytest.mark.parametrize("path", ["//evil.example/x", "//evil.example/x/", "/nowhere//evil.example/"])
    def test_a_page_that_is_not_there_names_no_other_site(self, client, path):
        body = client.generic("GET", path).content.decode()
        assert 'href="//' not in body
        assert 'href="http://evil' not in body


class TestTheHost:
    """S32: what a request calls this site is not believed."""

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "clinic.example.evil.example", "evil.example:443", "", "clinic.example@evil.example", "127.0.0.1"],
    )
    @pytest.mark.parametrize("path", ["/", "/admin/login/", "/search/", "/nowhere/", "/robots.txt", "/sitemap.xml"])
    def test_that_is_not_ours_is_refused(self, production, host, path):
        browser = production()
        browser.defaults["HTTP_HOST"] = host
        response = browser.get(path)
        assert response.status_code == HTTPStatus.BAD_REQUEST
        assert b"evil" not in response.content

    def test_in_another_header_is_not_read(self, production):
        response = production().get(
            "/sitemap.xml", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
        )
        assert b"evil" not in response.content
        assert b"https://clinic.example/" in response.content

    @pytest.mark.parametrize("host", ["clinic.example:1234", "CLINIC.example.", "clinic.example."])
    def test_in_a_spelling_that_django_lets_through_is_repeated_nowhere(self, production, host):
        """ALLOWED_HOSTS does not look at ports, capitals and a final dot."""
        world, browser = World(), production()
        browser.defaults["HTTP_HOST"] = host
        for route in routes():
            if not route.pattern.startswith("admin/education"):
                response = browser.get(world.address(route))
                text = read(response).decode(errors="ignore")
                assert host not in text + response.headers.get("Location", ""), route.pattern

    def test_asked_without_tls_leads_to_the_configured_address(self, production):
        browser = production()
        for host in ("clinic.example", "clinic.example:1234", "CLINIC.EXAMPLE."):
            response = browser.get("/topics/", headers={"host": host, "x-forwarded-proto": "http"})
            assert response.headers["Location"] == "https://clinic.example/topics/"
