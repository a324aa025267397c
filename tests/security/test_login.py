"""S25, S27, S29: who gets in, how often it may be tried, and how long it lasts."""

from http import HTTPStatus
from ipaddress import ip_address

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model, hashers
from django.test import Client, RequestFactory

from accounts import sessions, throttle
from accounts.models import LoginCount
from education.views.client import client_network

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
PASSWORD = "a password for tests"
WRONG = "not the password"


def log_in(browser, name="staff", password=PASSWORD, **more):
    return browser.post(LOGIN, {"username": name, "password": password, "next": "/admin/"}, **more)


def is_in(browser):
    return browser.get("/admin/").status_code == HTTPStatus.OK


@pytest.fixture
def clock(monkeypatch):
    """Now, for sessions; `clock.pass_minutes` moves it."""

    class Clock:
        now = 1_800_000_000

        def time(self):
            return self.now

        def pass_minutes(self, minutes):
            self.now += minutes * 60

    clock = Clock()
    monkeypatch.setattr(sessions, "time", clock)
    return clock


@pytest.mark.usefixtures("staff")
class TestTooManyTries:
    def test_the_sixth_is_refused_even_with_the_right_password(self, client):
        assert [log_in(client, password=WRONG).status_code for _ in range(5)] == [200] * 5
        response = log_in(client)
        assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert int(response.headers["Retry-After"]) == throttle.WINDOW.total_seconds()
        assert not is_in(client)

    def test_an_account_that_does_not_exist_is_refused_in_the_same_words(self, client):
        known, unknown = ([log_in(client, name, WRONG) for _ in range(6)] for name in ("staff", "nobody"))
        assert [(one.status_code, errors(one)) for one in known] == [(one.status_code, errors(one)) for one in unknown]

    def test_who_gets_in_starts_anew(self, client):
        for _ in range(3):
            assert [log_in(client, password=WRONG).status_code for _ in range(4)] == [200] * 4
            assert log_in(client).status_code == HTTPStatus.FOUND
            client.logout()

    def test_after_a_quarter_of_an_hour_it_may_be_tried_again(self, client):
        for _ in range(6):
            log_in(client, password=WRONG)
        LoginCount.objects.update(since=LoginCount.objects.first().since - throttle.WINDOW)
        assert log_in(client).status_code == HTTPStatus.FOUND
        assert LoginCount.objects.count() <= 3

    def test_one_place_cannot_try_one_account_after_another(self, client):
        statuses = [log_in(client, f"user{number}", WRONG).status_code for number in range(21)]
        assert statuses == [200] * 20 + [429]

    def test_many_places_cannot_try_one_account(self, settings):
        settings.TRUSTED_PROXIES = 1
        tries = [log_in(Client(headers={"x-forwarded-for": f"192.0.2.{n}"}), password=WRONG) for n in range(21)]
        assert [one.status_code for one in tries] == [200] * 20 + [429]

    def test_who_guesses_elsewhere_does_not_lock_the_owner_out(self, client, settings):
        settings.TRUSTED_PROXIES = 1
        guesser = Client(headers={"x-forwarded-for": "192.0.2.1"})
        assert [log_in(guesser, password=WRONG).status_code for _ in range(8)] == [200] * 5 + [429] * 3
        assert log_in(Client(headers={"x-forwarded-for": "198.51.100.7"})).status_code == HTTPStatus.FOUND

    def test_spelling_a_name_otherwise_is_no_way_round(self, client):
        statuses = [log_in(client, name, WRONG).status_code for name in ("staff", "Staff", "STAFF", " staff ", "stafF", "staff")]
        assert statuses[-1] == HTTPStatus.TOO_MANY_REQUESTS

    def test_what_is_kept_tells_neither_who_nor_where(self, client):
        log_in(client, password=WRONG)
        kept = str(list(LoginCount.objects.values_list()))
        assert "staff" not in kept
        assert "127.0.0.1" not in kept


def errors(response):
    return str(response.context["form"].non_field_errors())


class TestNobodyLearnsWhichAccountsThereAre:
    def users(self):
        make = get_user_model().objects.create_user
        make("plain", password=PASSWORD)
        make("left", password=PASSWORD, is_staff=True, is_active=False)
        make("ann", password=PASSWORD, is_staff=True)
        return {"nobody": PASSWORD, "plain": PASSWORD, "left": PASSWORD, "ann": WRONG}

    def test_the_answer_is_the_same(self):
        answers = {errors(log_in(Client(), name, password)) for name, password in self.users().items()}
        assert len(answers) == 1

    def test_the_work_is_the_same(self, monkeypatch):
        """The password is hashed once, whether there is an account or not: that is what takes the time."""
        done = []
        hasher = hashers.get_hasher()
        encode = type(hasher).encode
        monkeypatch.setattr(type(hasher), "encode", lambda self, *args, **more: done.append(1) or encode(self, *args, **more))
        users = self.users()
        counts = {}
        for name, password in users.items():
            done.clear()
            log_in(Client(), name, password)
            counts[name] = len(done)
        assert set(counts.values()) == {1}


class TestWhereARequestComesFrom:
    @pytest.mark.parametrize(
        ("proxies", "forwarded", "network"),
        [
            (0, "203.0.113.9", "10.0.0.1"),
            (1, "203.0.113.9", "203.0.113.9"),
            (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
            (2, "6.6.6.6, 203.0.113.9, 10.1.1.1", "203.0.113.9"),
            (2, "203.0.113.9", "10.0.0.1"),
            (1, "", "10.0.0.1"),
            (1, "rubbish", ""),
            (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            (1, "::ffff:203.0.113.9", "203.0.113.9"),
        ],
    )
    def test_is_what_the_trusted_proxy_saw(self, settings, proxies, forwarded, network):
        settings.TRUSTED_PROXIES = proxies
        request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="10.0.0.1")
        assert client_network(request) == network
        assert not network or ip_address(network)


class TestSessions:
    @pytest.fixture
    def browser(self, client, staff, clock):
        client.force_login(staff)
        return client

    def test_ends_after_half_an_hour_without_a_request(self, browser, clock):
        clock.pass_minutes(29)
        assert is_in(browser)
        clock.pass_minutes(29)
        assert is_in(browser), "each request counts"
        clock.pass_minutes(30)
        assert not is_in(browser)

    def test_what_the_editor_asks_for_counts(self, browser, clock):
        for _ in range(3):
            clock.pass_minutes(20)
            assert browser.post("/admin/editor/preview/", {"content": "x"}).status_code == HTTPStatus.OK
        assert is_in(browser)

    def test_ends_after_twelve_hours_whatever_happens(self, browser, clock):
        for _ in range(12 * 3 - 1):
            clock.pass_minutes(20)
            assert is_in(browser)
        clock.pass_minutes(20)
        assert not is_in(browser)

    def test_an_ended_one_is_gone_from_the_server(self, browser, clock):
        key = browser.session.session_key
        clock.pass_minutes(31)
        is_in(browser)
        assert not browser.session.exists(key)

    def test_has_a_new_key_after_login(self, client, staff):
        client.session.save()
        before = client.session.session_key
        log_in(client)
        assert client.session.session_key != before

    def test_ends_when_the_account_is_switched_off(self, browser, staff):
        staff.is_active = False
        staff.save()
        assert not is_in(browser)

    def test_ends_when_the_password_changes_and_stays_where_it_was_changed(self, browser, staff):
        other = Client()
        other.force_login(staff)
        new = "four unrelated words here"
        data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
        assert browser.post("/admin/password_change/", data).status_code == HTTPStatus.FOUND
        assert is_in(browser)
        assert not is_in(other)

    def test_all_end_by_one_action_of_an_administrator(self, browser, staff):
        user = get_user_model().objects.create_user("ann", password=PASSWORD, is_staff=True)
        browsers = [Client(), Client()]
        for one in browsers:
            one.force_login(user)
        browser.post("/admin/auth/user/", {"action": "end_all_sessions", "_selected_action": [user.pk]})
        assert [is_in(one) for one in browsers] == [False, False]
        assert is_in(browser)

    def test_and_do_not_come_back_with_the_account(self, browser):
        """Switched off, later on again: the old login is not there any more."""
        user = get_user_model().objects.create_user("ann", password=PASSWORD, is_staff=True)
        other = Client()
        other.force_login(user)
        form = {"username": "ann", "is_staff": "on", "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
        for more in ({}, {"is_active": "on"}):
            address = f"/admin/auth/user/{user.pk}/change/"
            assert browser.post(address, {**form, **more}).status_code == HTTPStatus.FOUND
        user.refresh_from_db()
        assert user.is_active
        assert not is_in(other)


class TestCookies:
    def test_are_bound_to_this_host_and_to_https_and_read_by_no_script(self, production, staff, settings):
        settings.SECOND_FACTOR = False
        browser = production()
        browser.get(LOGIN)
        assert log_in(browser).status_code == HTTPStatus.FOUND
        assert set(browser.cookies) == {"__Host-sessionid", "__Host-csrftoken"}
        for cookie in browser.cookies.values():
            assert cookie.key.startswith("__Host-")
            assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
            assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert int(browser.cookies["__Host-sessionid"]["max-age"]) <= sessions.LONGEST


def test_accounts_are_made_by_staff_only(client):
    """There is no way to sign up, and none to have a password sent."""
    for path in ("/admin/password_reset/", "/accounts/signup/", "/register/"):
        assert client.get(path).status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FOUND)
    assert "django.contrib.auth.backends.AllowAllUsersModelBackend" not in django_settings.AUTHENTICATION_BACKENDS
