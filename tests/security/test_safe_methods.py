"""S30: looking changes nothing, and changing takes a token that only our own pages have."""

from http import HTTPStatus

import pytest
from django.apps import apps
from django.test import Client

from tests.security.matrix import read, unrendered
from tests.security.routes import World, routes

# Votes and comments are taken from readers without a cookie; what they check instead is in test_feedback.py.
WITHOUT_TOKEN = {"education:feedback", "education:feedback-comment"}
# When a session was seen last.
BESIDES = {"sessions.Session"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def browser(world):
    """An administrator's, which sends no token."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(world.users["superuser"])
    return browser


def all_rows():
    """Every row of every table."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in BESIDES]
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models}


def test_looking_changes_nothing(world, browser):
    """Every address, by GET and HEAD, as an administrator and as anyone; previews write and take it back."""
    before = all_rows()
    for who in (browser, Client(raise_request_exception=False)):
        for route in routes():
            for method in ("GET", "HEAD"):
                with unrendered():
                    read(who.generic(method, world.address(route)))
    after = all_rows()
    assert {table for table in before if before[table] != after[table]} == set()
    assert len(before) > 15


def test_nothing_is_changed_without_a_token(world, browser):
    before = all_rows()
    taken = {}
    for route in routes():
        response = browser.post(world.address(route), {"post": "yes", "confirmed": "1", "action": "delete_selected"})
        refused = response.status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED)
        if not refused and route.name not in WITHOUT_TOKEN:
            taken[route.pattern] = response.status_code
        read(response)
    assert taken == {}
    after = all_rows()
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"education.Feedback"}
