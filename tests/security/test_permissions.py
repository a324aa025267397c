"""S23, S09, S24: every address of the site, asked in every way by everyone, gives what `permissions.txt` says."""

import re
from pathlib import Path

import pytest

from tests.security.matrix import Askers, unrendered
from tests.security.routes import PUBLIC, ROLES, Route, World, routes

pytestmark = pytest.mark.django_db

COLUMNS = {
    "out": ROLES[:3],
    "none": ROLES[3:4],
    "Editor": ROLES[4:5],
    "Publ.": ROLES[5:6],
    "Review": ROLES[6:7],
    "super": ROLES[7:],
}


def read_table():
    """What each role gets, by row and way to ask."""
    table = {}
    for line in Path(__file__).with_name("permissions.txt").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        row, method, outcomes = (cell.strip() for cell in line.split("|"))
        if not method:
            assert outcomes.split() == list(COLUMNS)
            continue
        expected = zip(COLUMNS.values(), outcomes.split(), strict=True)
        assert (row, method) not in table, f"{row} {method} is there twice"
        table[row, method] = {role: outcome for roles, outcome in expected for role in roles}
    return table


TABLE = read_table()


def row_of(route, method):
    return next(((row, method) for row in route.rows if (row, method) in TABLE), None)


def test_every_address_is_in_the_table_and_nothing_else():
    """Whoever adds an address says who may ask it, also where that is everyone."""
    assert PUBLIC - {route.pattern for route in routes()} == set()
    used = {(route, method): row_of(route, method) for route in routes() for method in ("GET", "POST")}
    assert [f"{method} {route.pattern} is missing" for (route, method), row in used.items() if row is None] == []
    assert set(TABLE) - set(used.values()) == set()


@pytest.mark.parametrize("pattern", ["export/", "topics/<slug:slug>/source/", "admin/export/", "admin/education/topic/export/"])
def test_an_address_that_nobody_listed_is_found(pattern):
    """The test above can fail."""
    assert row_of(Route(pattern, None), "GET") is None


@pytest.fixture
def askers():
    with unrendered():
        yield Askers(World())


def wrong(askers, method, chosen):
    """What is not as the table has it."""
    for route in chosen:
        row = row_of(route, "GET" if method == "HEAD" else method)
        for role in ROLES:
            got = askers.ask(role, method, route)
            if got != TABLE[row][role]:
                yield f"{method} {route.pattern}: {role} gets {got}, not {TABLE[row][role]}"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everyone_gets_what_the_table_says(askers, method):
    assert list(wrong(askers, method, routes())) == []


def test_head_gives_what_get_gives(askers):
    """Of each row one address: they are the same view. (Django leads on from its login page for GET only.)"""
    one_a_row = {row_of(route, "GET"): route for route in routes() if route.name != "admin:login"}
    assert list(wrong(askers, "HEAD", one_a_row.values())) == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nothing_is_put_or_deleted_by_address(askers, method):
    """Nobody asks that way; a request from elsewhere, without a token, is refused."""
    for browser in askers.browsers.values():
        browser.handler.enforce_csrf_checks = True
    got = {(route.pattern, role): askers.ask(role, method, route) for route in routes() for role in ("anonymous", "superuser")}
    assert {key: outcome for key, outcome in got.items() if outcome not in ("403", "404", "405")} == {}


def test_a_wrong_table_is_found(askers, monkeypatch):
    """The test can fail."""
    route = next(route for route in routes() if re.fullmatch(r"admin/education/topic/<path:object_id>/delete/", route.pattern))
    row = row_of(route, "POST")
    monkeypatch.setitem(TABLE, row, TABLE[row] | {"Editor": "ok"})
    assert list(wrong(askers, "POST", [route])) == [f"POST {route.pattern}: Editor gets 403, not ok"]
