"""S33: nothing that is for one reader comes to another. The advisories of 2026 against Django's page cache, replayed."""

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse, StreamingHttpResponse

from education.caching import kept
from education.views.home import HomeView
from tests.factories import make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_minute")]


@pytest.fixture
def answer_with(monkeypatch):
    """The home page answers with what it is told to; each answer holds who asked, and counts as rendered."""
    rendered = []

    def install(**headers):
        def get(self, request, *args, **kwargs):
            rendered.append(request)
            return HttpResponse(f"for {request.headers.get('X-Name', 'nobody')} {len(rendered)}", headers=headers)

        monkeypatch.setattr(HomeView, "get", get)
        return rendered

    return install


def of(client, **headers):
    """What one gets who sends these headers."""
    return client.get("/", headers=headers).content.decode()


class TestWhatIsForOneReader:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Vary": "*"},  # CVE-2026-6907
            {"Vary": "Accept-Encoding, *"},
            {"Vary": "Cookie"},
            {"Vary": "cookie"},
            {"Vary": " Cookie "},  # CVE-2026-48587: padded
            {"Vary": "Accept-Encoding,\tCookie"},
            {"Vary": "X-Name"},  # CVE-2026-113593: an empty header and none
            {"Vary": "Accept-Language"},
            {"Vary": ""},
            {"Cache-Control": "private"},
            {"Cache-Control": "Private"},  # CVE-2026-8404: in capitals
            {"Cache-Control": "public, PRIVATE"},
            {"Cache-Control": "NO-STORE"},
            {"Cache-Control": "no-cache"},
            {"Cache-Control": 'max-age=60, private="Set-Cookie"'},
            {"Cache-Control": "something-new"},
            {"Set-Cookie": "sessionid=secret"},
            {"Content-Encoding": "gzip"},
        ],
        ids=str,
    )
    def test_is_not_kept_whatever_way_it_says_so(self, client, answer_with, headers):
        answer_with(**headers)
        assert of(client, X_Name="anna") == "for anna 1"
        assert of(client) == "for nobody 2"
        assert of(client, X_Name="") == "for  3"
        assert not kept.store._entries

    def test_what_says_nothing_of_the_kind_is_kept(self, client, answer_with):
        """So that the test above can fail."""
        answer_with()
        assert of(client) == of(client, X_Name="anna") == "for nobody 1"

    @pytest.mark.parametrize(
        "headers",
        [{"Authorization": "Basic YTpi"}, {"Authorization": ""}, {"Cookie": "sessionid="}, {"Cookie": "a=b; sessionid=x"}],
    )
    def test_who_shows_who_they_are_gets_nothing_from_the_cache_and_leaves_nothing_there(self, client, answer_with, headers):
        answer_with()
        assert of(client, **headers) == "for nobody 1"
        assert not kept.store._entries
        assert of(client) == "for nobody 2"
        assert of(client, **headers) == "for nobody 3"

    def test_a_cookie_of_others_changes_nothing(self, client, answer_with):
        """CVE-2026-48588: unrelated cookies made private pages public; here they neither do that nor cost anything."""
        rendered = answer_with()
        assert of(client, Cookie="_ga=1; theme=dark") == of(client) == of(client, Cookie="x=y")
        assert len(rendered) == 1

    @pytest.mark.parametrize("save_every_request", [True, False])
    def test_a_session_is_nobody_elses(self, client, client_of_another, settings, monkeypatch, save_every_request):
        """CVE-2026-35192: a session's cookie in a page that was kept."""
        settings.SESSION_SAVE_EVERY_REQUEST = save_every_request

        def get(self, request, *args, **kwargs):
            return HttpResponse(f"for {request.user.get_username() or 'nobody'}")

        monkeypatch.setattr(HomeView, "get", get)
        assert client_of_another.get("/").content == b"for other"
        response = client.get("/")
        assert (response.content, response.cookies) == (b"for nobody", {})
        assert not kept.store._entries

    def test_staff_see_what_staff_may_and_patients_what_they_may(self, client, staff_client):
        make_page()
        response = staff_client.get("/topics/dry-needling/")
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in response.headers
        assert not kept.store._entries

    def test_a_stream_or_an_error_is_not_kept(self, client, monkeypatch):
        monkeypatch.setattr(HomeView, "get", lambda self, request: StreamingHttpResponse([b"a"]))
        client.get("/")
        monkeypatch.setattr(HomeView, "get", lambda self, request: HttpResponse("busy", status=503))
        client.get("/")
        assert not kept.store._entries

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    def test_only_reading_is_answered_from_the_cache(self, client, answer_with, method):
        answer_with()
        of(client)
        assert getattr(client, method)("/").content != b"for nobody 1"


@pytest.fixture
def client_of_another(db):
    from django.test import Client  # noqa: PLC0415 - as pytest-django does

    client = Client()
    client.force_login(get_user_model().objects.create_user("other"))
    return client


class TestTheHostOfARequest:
    HOSTS = ("clinic.example", "www.clinic.example", "CLINIC.example", "clinic.example:1234", "clinic.example.")

    def test_stands_in_no_page(self, client, settings):
        """S32: absolute addresses are the configured ones, so that whoever asks first cannot choose what others get."""
        settings.ALLOWED_HOSTS = ["clinic.example", "www.clinic.example"]
        settings.SITE_URL = "https://configured.example"
        make_page()
        for address in ("/topics/dry-needling/", "/feed.xml", "/sitemap.xml", "/robots.txt"):
            pages = {
                client.get(address, headers={"Host": host, "X-Forwarded-Host": "evil.example"}).content for host in self.HOSTS
            }
            kept.store.clear()
            pages |= {client.get(address, headers={"Host": host, "Authorization": ""}).content for host in self.HOSTS}
            assert len(pages) == 1, address
            assert b"clinic.example" not in pages.pop(), address

    def test_must_be_ours_also_for_a_page_that_is_kept(self, client, settings):
        settings.ALLOWED_HOSTS = ["clinic.example"]
        make_page()
        for _ in range(2):
            assert client.get("/topics/dry-needling/", headers={"Host": "clinic.example"}).status_code == 200
            assert client.get("/topics/dry-needling/", headers={"Host": "evil.example"}).status_code == 400
