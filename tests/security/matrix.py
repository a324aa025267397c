"""Asks every address as every role, and says in one word what came of it."""

from contextlib import contextmanager
from copy import copy
from unittest.mock import patch

from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client

from tests.security.routes import ROLES


class Askers:
    """A browser for each role, logged in once. Templates are not rendered: who may see a page is decided before."""

    def __init__(self, world):
        self.world = world
        self.browsers = {role: Client(raise_request_exception=False) for role in ROLES}
        for role, user in world.users.items():
            if user:
                self.browsers[role].force_login(user)

    def ask(self, role, method, route):
        """What came of it; whatever it changed is undone."""
        browser, address = self.browsers[role], self.world.address(route)
        cookies = copy(browser.cookies)
        with transaction.atomic():
            response = browser.generic(method, address)
            transaction.set_rollback(True)
        browser.cookies = cookies
        read(response)
        return outcome(response)


def read(response):
    """The whole body. A file is closed by that; `close()` would end the connection that the test's own transaction is on."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def outcome(response):
    """`ok`, `login` (led to the login page), `moved` (led elsewhere), else the status."""
    if response.status_code == 200:
        return "ok"
    if response.status_code in (301, 302, 303):
        return "login" if response.headers["Location"].startswith("/admin/login/") else "moved"
    return str(response.status_code)


@contextmanager
def unrendered():
    """Responses with templates come without their text."""
    with patch.object(SimpleTemplateResponse, "rendered_content", ""):
        yield
