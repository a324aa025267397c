"""S50, S51, S22: the log says what happened and never who asked for what."""

import json
import logging
import re
import sys
from http import HTTPStatus

import pytest
from django.contrib.auth import get_user_model
from django.http import Http404
from django.test import Client, RequestFactory

from clinic_site.logs import JsonFormatter, PrivateFormatter
from tests.corpus.pictures import upload_of
from tests.factories import make_page
from tests.security.matrix import read, unrendered
from tests.security.routes import World, routes

pytestmark = pytest.mark.django_db

PASSWORD = "a password for tests"
TOLD = {
    "search words": "sentinelwords",
    "typed text": "sentineltext",
    "referrer": "sentinelreferrer",
    "browser": "sentinelbrowser",
    "cookie": "sentinelcookie",
    "address": "203.0.113.77",
    "forwarded": "198.51.100.88",
}


@pytest.fixture(params=[JsonFormatter, PrivateFormatter])
def lines(request, production):
    """Every line that is logged, as it is written on a server and on one's own machine."""
    written, root = [], logging.getLogger()

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Keep()
    handler.setFormatter(request.param() if request.param is JsonFormatter else request.param("{asctime} {message}", style="{"))
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


@pytest.fixture
def written():
    """A record, formatted as on a server."""

    def run(message, *args, **extra):
        record = logging.makeLogRecord({"name": "x", "levelname": "INFO", "msg": message, "args": args, **extra})
        return JsonFormatter().format(record)

    return run


def telling_browser():
    headers = {
        "referer": f"https://other.example/?{TOLD['referrer']}",
        "user-agent": TOLD["browser"],
        "x-forwarded-for": TOLD["forwarded"],
        "host": "clinic.example",
        "x-forwarded-proto": "https",
    }
    browser = Client(raise_request_exception=False, headers=headers, REMOTE_ADDR=TOLD["address"])
    browser.cookies["theirs"] = TOLD["cookie"]
    return browser


class TestNothingOfAVisitorIsLogged:
    def test_at_any_address_of_the_site(self, lines, settings):
        settings.SECOND_FACTOR = False
        world, browser = World(), telling_browser()
        browser.force_login(world.users["superuser"])
        query = f"?q={TOLD['search words']}&next={TOLD['search words']}"
        with unrendered():
            for route in routes():
                if "logout" in route.pattern:
                    continue
                address = world.address(route)
                read(browser.get(address + query))
                read(browser.post(address + query, {"comment": TOLD["typed text"], "title": TOLD["typed text"]}))
        assert len(lines) > 50
        assert [line for line in lines for told in TOLD.values() if told in line] == []

    def test_when_a_view_breaks_on_what_was_sent(self, lines, monkeypatch):
        """An error is logged with its traceback; what the visitor typed is cut out of its message too."""

        def breaks(self, request, *args, **kwargs):
            raise RuntimeError(f"cannot use {request.GET['q']!r} from {request.META['REMOTE_ADDR']}")

        monkeypatch.setattr("education.views.search.SearchView.get", breaks)
        make_page()
        response = telling_browser().get(f"/search/?q={TOLD['search words']}'s%20pain")
        assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
        (error,) = [line for line in lines if "RuntimeError" in line]
        assert "test_logs.py" in error
        assert "Traceback" in error
        assert not [told for told in TOLD.values() if told in "".join(lines)]

    def test_when_a_host_or_a_referrer_is_refused(self, lines):
        browser = telling_browser()
        browser.handler.enforce_csrf_checks = True
        assert browser.post("/admin/login/", {"username": TOLD["typed text"]}).status_code == HTTPStatus.FORBIDDEN
        assert lines
        assert not [told for told in TOLD.values() if told in "".join(lines)]

    def test_when_a_login_fails_not_even_the_name(self, lines):
        """People type their password into the wrong field."""
        telling_browser().post("/admin/login/", {"username": TOLD["typed text"], "password": "x"})
        assert "login failed" in "".join(lines)
        assert TOLD["typed text"] not in "".join(lines)

    def test_the_word_that_opens_a_preview_is_not_logged(self, written):
        request = RequestFactory().get("/preview/sentineltoken/")
        request.resolver_match = type("Match", (), {"kwargs": {"token": "sentineltoken"}})
        assert "sentineltoken" not in written("Not Found: %s", request.path, request=request)


class TestALine:
    @pytest.mark.parametrize(
        "name", ['a\r\n{"event": "published"}', "a\nb", "a\x1b[31mb", "a\u2028b", "a\u202eb", "a\x00b", "a\x85b"]
    )
    def test_is_one_line_of_ascii_whatever_is_in_it(self, written, name):
        """DJ CVE-2025-48432: line breaks in a path wrote lines of their own."""
        line = written("Not Found: %s", f"/{name}")
        assert line.isascii()
        assert line.isprintable()
        assert json.loads(line)["message"] == f"Not Found: /{name}"

    @pytest.mark.parametrize("name", ["a\r\nb", "a\x1b[31mb", "a\u2028b"])
    def test_is_one_line_on_one_s_own_machine_too(self, name):
        record = logging.makeLogRecord({"msg": "Not Found: %s", "args": (name,)})
        assert PrivateFormatter("{asctime} {message}", style="{").format(record).isprintable()

    def test_says_when_in_utc(self, written):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", json.loads(written("x"))["time"])

    def test_holds_an_audit_event_as_fields(self, written):
        line = json.loads(written('{"event": "published", "user": 3}', name="education.audit"))
        assert (line["event"], line["user"], line["level"]) == ("published", 3, "INFO")

    def test_holds_the_traceback(self, written):
        try:
            raise ValueError("what went wrong")
        except ValueError:
            line = json.loads(written("broken", exc_info=sys.exc_info()))
        assert "what went wrong" in line["traceback"]


class TestWhatHappensIsLogged:
    @pytest.fixture
    def events(self, caplog, django_capture_on_commit_callbacks):
        """The audit events that something leaves."""

        def run(act):
            caplog.clear()
            with caplog.at_level("INFO", "education.audit"), django_capture_on_commit_callbacks(execute=True):
                act()
            return [json.loads(one.getMessage()) for one in caplog.records if one.name == "education.audit"]

        return run

    def test_coming_failing_being_locked_out_and_going(self, client, staff, events):
        def act():
            for password in (*["wrong"] * 5, PASSWORD):
                client.post("/admin/login/", {"username": "staff", "password": password})
            client.force_login(staff)
            client.post("/admin/logout/")

        got = [(event["event"], event["user"]) for event in events(act)]
        assert got[:5] == [("login failed", staff.pk)] * 5
        assert got[5:] == [("login refused: too many attempts", staff.pk), ("logged in", staff.pk), ("logged out", staff.pk)]

    def test_being_refused(self, client, events):
        user = get_user_model().objects.create_user("sam", password=PASSWORD, is_staff=True)
        client.force_login(user)
        (event,) = events(lambda: client.get("/admin/auth/user/"))
        assert (event["event"], event["user"], event["what"]) == ("refused", user.pk, "GET /admin/auth/user/")

    @pytest.mark.parametrize("address", ["/admin/editor/upload/", "/admin/education/picture/add/"])
    def test_a_file_that_is_no_picture(self, staff_client, staff, events, address):
        data = {"image": upload_of(b"<svg onload=alert(1)>", "x.svg"), "upload": upload_of(b"<svg>", "x.svg"), "alt": "x"}
        (event,) = events(lambda: staff_client.post(address, data))
        assert (event["event"], event["user"]) == ("upload refused", staff.pk)

    def test_what_is_done_to_accounts(self, staff_client, staff, events):
        user = get_user_model().objects.create_user("sam", password=PASSWORD, is_staff=True)

        def act():
            staff_client.post("/admin/auth/user/", {"action": "end_all_sessions", "_selected_action": [user.pk]})
            staff_client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})

        assert [(event["event"], event["account"]) for event in events(act)] == [
            ("sessions ended by another", user.pk),
            ("account deleted", user.pk),
        ]


class TestAnErrorTellsStrangersNothing:
    """S22."""

    @pytest.mark.parametrize("status", [400, 403, 404, 500])
    def test_no_code_no_path_no_version(self, production, monkeypatch, status):
        def breaks(self, request, *args, **kwargs):
            raise {404: Http404, 500: RuntimeError}[status]("sentinel in the code at /srv/app")

        browser, address = production(), "/search/"
        if status == 400:
            browser.defaults["HTTP_HOST"] = "evil.example"
        elif status == 403:
            browser.handler.enforce_csrf_checks = True
        else:
            monkeypatch.setattr("education.views.search.SearchView.get", breaks)
        response = browser.post("/admin/login/") if status == 403 else browser.get(address)
        body = response.content.decode()
        assert response.status_code == status
        for word in ("Traceback", "sentinel", "/srv/", "Django", "python", "site-packages", "settings", "evil.example"):
            assert word not in body
        assert "Server" not in response.headers
        assert "X-Powered-By" not in response.headers
