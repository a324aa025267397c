"""A database that is away for a moment: who reads waits, who writes is told at once."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse

from operations import retry


@pytest.fixture
def server(monkeypatch):
    """A site on PostgreSQL whose first answers are that the machine cannot do it; gives its middleware and its tries."""
    tries = []

    def answer(request):
        tries.append(request.method)
        response = HttpResponse(status=503 if len(tries) < 4 else 200)
        response.is_machines_fault = response.status_code == 503
        return response

    monkeypatch.setattr(retry, "PAUSE", 0)
    monkeypatch.setattr(retry, "close_old_connections", lambda: None)
    monkeypatch.setattr(retry.connection, "vendor", "postgresql", raising=False)
    return retry.RetryMiddleware(answer), tries


def test_a_reader_gets_the_page(server, rf):
    middleware, tries = server
    assert middleware(rf.get("/")).status_code == 200
    assert len(tries) == 4


def test_what_writes_is_never_done_twice(server, rf):
    middleware, tries = server
    assert middleware(rf.post("/")).status_code == 503
    assert len(tries) == 1


def test_nobody_waits_for_ever(server, rf, monkeypatch):
    monkeypatch.setattr(retry, "PATIENCE", 0)
    assert server[0](rf.get("/")).status_code == 503


def test_readers_that_wait_leave_room_for_others(server, rf):
    middleware, tries = server
    for _ in range(retry.MOST):
        middleware.places.acquire()
    assert middleware(rf.get("/")).status_code == 503
    assert len(tries) == 1


def test_sqlite_has_waited_already(monkeypatch):
    monkeypatch.setattr(retry.connection, "vendor", "sqlite", raising=False)
    with pytest.raises(MiddlewareNotUsed):
        retry.RetryMiddleware(None)
