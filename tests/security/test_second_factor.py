"""S26: the second factor, from setting it up to losing the phone."""

import logging
import re
from http import HTTPStatus

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import RecoveryCode

pytestmark = pytest.mark.django_db

LOGIN, SCREEN = "/admin/login/", "/admin/second-factor/"
PASSWORD = "a password for tests"


@pytest.fixture(autouse=True)
def switched_on(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def user():
    """A publisher."""
    user = get_user_model().objects.create_user("ann", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Publisher"))
    return user


def log_in(browser, token="", name="ann", password=PASSWORD):
    return browser.post(LOGIN, {"username": name, "password": password, "token": token, "next": "/admin/"})


def number(user, *, later=0):
    """What the app shows, `later` times half a minute from now; forgets that one was used."""
    device = TOTPDevice.objects.filter(user=user).order_by("confirmed").first()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    return f"{totp(device.bin_key, drift=later):06}"


def set_up(browser, user):
    """Go through the screen; gives the recovery codes."""
    browser.post(SCREEN, {"begin": "1"})
    response = browser.post(SCREEN, {"confirm": "1", "password": PASSWORD, "token": number(user)})
    return re.findall(r"<code>([a-z0-9-]+)</code>", response.content.decode())


@pytest.fixture
def owner(client, user):
    """Someone whose second factor is set up: name, the codes they noted, and how they log in again."""
    log_in(client)
    codes = set_up(client, user)
    client.post("/admin/logout/")
    return user, codes


class TestSettingItUp:
    def test_comes_before_anything_else_for_who_publishes(self, client, user):
        assert log_in(client).status_code == HTTPStatus.FOUND
        for address in ("/admin/", "/admin/education/topic/", "/admin/guide/", "/admin/download/"):
            assert client.get(address).headers["Location"] == SCREEN
        for address in (
            "/admin/editor/preview/",
            "/admin/editor/upload/",
            "/admin/education/topic/add/",
            "/admin/education/topic/",
        ):
            assert client.post(f"/admin/{address}", {"content": "x"}).status_code == HTTPStatus.FORBIDDEN

    @pytest.mark.parametrize(
        ("role", "needs"), [("Editor", False), ("Publisher", True), ("Clinical reviewer", True), ("superuser", True)]
    )
    def test_is_asked_of_those_who_stand_for_what_patients_read(self, client, role, needs):
        user = get_user_model().objects.create_user("sam", password=PASSWORD, is_staff=True, is_superuser=role == "superuser")
        user.groups.set(Group.objects.filter(name=role))
        client.force_login(user)
        assert (client.get("/admin/").headers.get("Location") == SCREEN) is needs

    def test_is_not_asked_where_it_is_switched_off(self, client, user, settings):
        settings.SECOND_FACTOR = False
        assert 'name="token"' not in client.get(LOGIN).content.decode()
        log_in(client)
        assert client.get("/admin/").status_code == HTTPStatus.OK

    def test_leads_through_a_picture_and_a_number_to_codes_and_the_admin(self, client, user):
        log_in(client)
        assert "second-factor/qr.svg" not in client.get(SCREEN).content.decode()
        client.post(SCREEN, {"begin": "1"})
        screen = client.get(SCREEN)
        device = TOTPDevice.objects.get()
        assert second_factor.key_of(device) in screen.content.decode()
        picture = client.get("/admin/second-factor/qr.svg")
        assert picture.headers["Content-Type"] == "image/svg+xml"
        assert all("no-store" in one.headers["Cache-Control"] for one in (screen, picture))
        response = client.post(SCREEN, {"confirm": "1", "password": PASSWORD, "token": number(user)})
        assert response.content.decode().count("<li><code>") == second_factor.CODES
        assert client.get("/admin/").status_code == HTTPStatus.OK

    @pytest.mark.parametrize(("password", "token"), [(PASSWORD, "000000"), ("wrong", None), (PASSWORD, "")])
    def test_takes_the_password_and_the_right_number(self, client, user, password, token):
        log_in(client)
        client.post(SCREEN, {"begin": "1"})
        client.post(SCREEN, {"confirm": "1", "password": password, "token": number(user) if token is None else token})
        assert second_factor.device_of(user) is None
        assert client.get("/admin/").headers["Location"] == SCREEN

    def test_ends_the_account_s_other_logins(self, client, user):
        other = Client()
        log_in(other)
        log_in(client)
        set_up(client, user)
        assert other.get("/admin/").headers["Location"].startswith(LOGIN)

    def test_looking_at_the_screen_changes_nothing(self, client, user):
        log_in(client)
        client.get(SCREEN)
        assert not TOTPDevice.objects.exists()

    def test_nobody_sees_another_s_key(self, client, user, staff):
        second_factor.begin(staff)
        log_in(client)
        assert client.get("/admin/second-factor/qr.svg").status_code == HTTPStatus.NOT_FOUND
        for address in ("/admin/otp_totp/totpdevice/", "/admin/accounts/recoverycode/"):
            client.force_login(staff)
            assert client.get(address).status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FOUND)


class TestLoggingIn:
    def test_asks_for_the_number(self, owner):
        user, _codes = owner
        for token in ("", "000000", "not a number", "٣٤٥٦٧٨"):
            browser = Client()
            TOTPDevice.objects.update(throttling_failure_count=0)
            assert log_in(browser, token).status_code == HTTPStatus.OK
            assert browser.get("/admin/").status_code == HTTPStatus.FOUND
        browser = Client()
        log_in(browser, number(user, later=1))
        assert browser.get("/admin/").status_code == HTTPStatus.OK

    def test_takes_a_number_once(self, owner):
        """A number that somebody looked at over a shoulder, or that a false page caught, opens nothing afterwards."""
        user, _codes = owner
        token = number(user, later=1)
        assert log_in(Client(), token).status_code == HTTPStatus.FOUND
        TOTPDevice.objects.update(throttling_failure_count=0)
        assert log_in(Client(), token).status_code == HTTPStatus.OK

    def test_does_not_take_the_number_that_set_it_up(self, client, user):
        log_in(client)
        client.post(SCREEN, {"begin": "1"})
        token = number(user)
        client.post(SCREEN, {"confirm": "1", "password": PASSWORD, "token": token})
        assert log_in(Client(), token).status_code == HTTPStatus.OK

    def test_says_the_same_whether_password_or_number_is_wrong(self, owner):
        user, _codes = owner
        answers = [
            log_in(Client(), token, password=word) for token, word in (("000000", PASSWORD), (number(user, later=1), "wrong"))
        ]
        assert len({str(one.context["form"].non_field_errors()) for one in answers}) == 1

    def test_numbers_cannot_be_tried_one_after_another(self, owner):
        statuses = [log_in(Client(), f"{token:06}").status_code for token in range(6)]
        assert statuses[-1] == HTTPStatus.TOO_MANY_REQUESTS

    def test_takes_a_recovery_code_once(self, owner):
        user, codes = owner
        assert log_in(Client(), codes[0].upper()).status_code == HTTPStatus.FOUND
        assert log_in(Client(), codes[0]).status_code == HTTPStatus.OK
        assert log_in(Client(), codes[1].replace("-", " ")).status_code == HTTPStatus.FOUND
        assert user.recovery_codes.count() == len(codes) - 2

    def test_another_s_recovery_code_opens_nothing(self, owner):
        boss = get_user_model().objects.create_superuser("boss", password=PASSWORD)
        device = second_factor.begin(boss)
        device.confirmed = True
        device.save()
        assert log_in(Client(), owner[1][0], name="boss").status_code == HTTPStatus.OK

    def test_codes_are_not_kept_as_they_are(self, owner):
        kept = str(list(RecoveryCode.objects.values_list()))
        assert not any(code in kept or code.replace("-", "") in kept for code in owner[1])


class TestLater:
    @pytest.fixture
    def browser(self, owner):
        browser = Client()
        assert log_in(browser, owner[1].pop()).status_code == HTTPStatus.FOUND
        return browser

    def test_new_codes_take_the_place_of_the_old(self, browser, owner):
        user, old = owner
        response = browser.post(SCREEN, {"codes": "1", "password": PASSWORD, "token": number(user, later=1)})
        new = re.findall(r"<code>([a-z0-9-]+)</code>", response.content.decode())
        assert len(new) == second_factor.CODES
        assert log_in(Client(), old[0]).status_code == HTTPStatus.OK
        assert log_in(Client(), new[0]).status_code == HTTPStatus.FOUND

    @pytest.mark.parametrize("button", ["codes", "replace", "begin", "confirm"])
    def test_nothing_changes_without_the_number(self, browser, owner, button):
        user, codes = owner
        device = second_factor.device_of(user)
        browser.post(SCREEN, {button: "1", "password": PASSWORD, "token": "000000"})
        assert second_factor.device_of(user) == device
        assert user.recovery_codes.count() == len(codes)
        assert second_factor.pending_device(user) is None

    def test_another_phone_takes_over_once_it_works(self, browser, owner):
        user, _codes = owner
        old = second_factor.device_of(user)
        browser.post(SCREEN, {"replace": "1", "password": PASSWORD, "token": number(user, later=1)})
        assert second_factor.device_of(user) == old
        browser.post(SCREEN, {"confirm": "1", "password": PASSWORD, "token": number(user)})
        assert second_factor.device_of(user) not in (None, old)
        assert browser.get("/admin/").status_code == HTTPStatus.OK

    def test_an_administrator_helps_who_lost_the_phone(self, browser, owner, settings):
        user, _codes = owner
        settings.SECOND_FACTOR = False
        boss = get_user_model().objects.create_superuser("boss", password=PASSWORD)
        admin = Client()
        admin.force_login(boss)
        admin.post("/admin/auth/user/", {"action": "take_second_factor", "_selected_action": [user.pk]})
        settings.SECOND_FACTOR = True
        assert browser.get("/admin/").headers["Location"].startswith(LOGIN), "logged out at once"
        assert log_in(browser).status_code == HTTPStatus.FOUND
        assert browser.get("/admin/").headers["Location"] == SCREEN


def test_what_happens_is_logged(client, user, caplog):
    """S51."""
    with caplog.at_level(logging.INFO, "education.audit"):
        log_in(client)
        codes = set_up(client, user)
        log_in(Client(), codes[0])
    events = re.findall(r'"event": "([^"]+)"', caplog.text)
    assert events == ["logged in", "second factor set up", "recovery code used", "logged in"]
    assert not any(code in caplog.text for code in codes)
