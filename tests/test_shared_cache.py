"""F10: the cache that all processes share may be away, silent or full of garbage; then it is an empty one, and no more."""

import json
import logging
import pickle
import socket
import threading

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from clinic_site import cache as shared
from education.caching import kept
from tests.factories import make_page


class Server:
    """Answers every connection with the same bytes, or never; counts what it was asked."""

    def __init__(self, answer):
        self.answer, self.asked = answer, 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"redis://127.0.0.1:{self.socket.getsockname()[1]}/0"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            self.asked += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection):
        with connection:
            while connection.recv(65_536) and self.answer is not None:
                connection.sendall(self.answer)
            while self.answer is None and connection.recv(65_536):
                pass


@pytest.fixture
def serve(settings):
    """The site with a cache that is one of these servers."""
    servers = []

    def start(answer=None, *, closed=False):
        server = Server(answer)
        servers.append(server)
        if closed:
            server.socket.close()
        settings.CACHES = {"default": {"BACKEND": "clinic_site.cache.ForgivingRedisCache", "LOCATION": server.address}}
        settings.PAGE_CACHE_SHARED = True
        return server

    yield start
    for server in servers:
        server.socket.close()


FAULTS = {
    "away": {"closed": True},
    "silent": {"answer": None},
    "not a Redis": {"answer": b"HTTP/1.1 400 Bad Request\r\n\r\n"},
    "noise": {"answer": b"\x00\xff\x13\x37\r\n" * 50},
    "garbage": {"answer": b"$7\r\ngarbage\r\n"},
    "another program's object": {"answer": b"$%d\r\n%b\r\n" % (len(pickle.dumps({"a": 1})), pickle.dumps({"a": 1}))},
    "full": {"answer": b"-OOM command not allowed when used memory > 'maxmemory'.\r\n"},
    "of another kind": {"answer": b"-WRONGTYPE Operation against a key holding the wrong kind of value\r\n"},
    "a number": {"answer": b"$2\r\n12\r\n"},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
class TestACacheThatFails:
    @pytest.mark.django_db
    def test_costs_no_page(self, client, serve, fault):
        serve(**fault)
        make_page()
        for _ in range(3):
            kept.store.clear()
            for address in ("/", "/topics/dry-needling/", "/search/?q=needling"):
                assert client.get(address).status_code == 200, address

    def test_is_an_empty_one(self, serve, fault):
        serve(**fault)
        assert cache.get("a", "none") in ("none", 12)
        cache.set("a", {"b": 1})
        cache.set_many({"a": 1})
        cache.delete("a")
        cache.delete_many(["a"])
        assert cache.get_many(["a", "b"]) in ({}, {"a": 12, "b": 12})


class TestWaiting:
    def test_for_a_server_that_is_silent_is_done_once(self, serve):
        """Who comes next does not wait too: for a while nobody asks."""
        server = serve()
        for _ in range(20):
            assert cache.get("a") is None
            cache.set("a", 1)
        assert server.asked == 1

    def test_ends_when_the_server_is_back(self, serve, monkeypatch):
        server = serve(b"$7\r\ngarbage\r\n")
        breaker = shared.Breaker()
        breaker.failed()
        assert not breaker.may_ask()
        clock = shared.time.monotonic()
        monkeypatch.setattr(shared.time, "monotonic", lambda: clock + shared.REST + 1)
        assert breaker.may_ask()
        assert not breaker.may_ask(), "one tries, the others rest on"
        breaker.worked()
        assert breaker.may_ask()
        assert breaker.may_ask()
        assert server.asked == 0

    def test_is_logged_once_a_minute_without_what_was_cached(self, serve, caplog):
        serve(b"$7\r\ngarbage\r\n")
        with caplog.at_level(logging.WARNING):
            for _ in range(50):
                cache.get("a-secret-key")
        assert len(caplog.records) == 1
        assert "secret" not in caplog.text
        assert "garbage" not in caplog.text


class TestCounting:
    def test_raises_what_it_raises_for_a_key_that_is_gone(self, serve):
        """Who counts to refuse (feedback, logins) then decides without the cache."""
        serve(closed=True)
        with pytest.raises(ValueError, match="not found"):
            cache.incr("a")


class TestWhatIsWrittenThere:
    @pytest.mark.parametrize("value", [0, 7, -3, True, None, "text", b"\x00\xff", b"12", [1, "a"], {"a": [1.5, None]}, ""])
    def test_comes_back(self, value):
        serializer = shared.SignedSerializer()
        written = serializer.dumps(value)
        read = serializer.loads(str(written).encode() if isinstance(written, int) and not isinstance(written, bool) else written)
        assert read == value
        assert type(read) is type(value)

    @pytest.mark.parametrize(
        "data", [b"", b"x", pickle.dumps([1]), b"\0" * 32 + b'j"a"', b"\0" * 32 + b"bpage", json.dumps([1]).encode()]
    )
    def test_nobody_else_can_write(self, data):
        with pytest.raises(ValueError, match="did not write"):
            shared.SignedSerializer().loads(data)

    def test_not_with_another_key(self, settings):
        serializer = shared.SignedSerializer()
        written = serializer.dumps("text")
        settings.SECRET_KEY = "another"
        with pytest.raises(ValueError, match="did not write"):
            serializer.loads(written)

    def test_what_it_cannot_keep_is_a_mistake_that_shows(self):
        with pytest.raises(TypeError):
            shared.SignedSerializer().dumps(object())


class TestTheVariable:
    @pytest.mark.parametrize("address", ["redis://cache.example:6379/1", "rediss://:secret@host/1", "unix:///run/redis.sock"])
    def test_names_a_redis(self, monkeypatch, address):
        monkeypatch.setenv("CACHE_URL", address)
        assert shared.from_environment()["default"]["LOCATION"] == address

    @pytest.mark.parametrize("address", ["cache.example:6379", "memcached://x", "redis://", "redis://host:port/0", "unix://"])
    def test_is_named_where_it_names_none(self, monkeypatch, address):
        monkeypatch.setenv("CACHE_URL", address)
        with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
            shared.from_environment()

    def test_may_be_missing(self, monkeypatch):
        monkeypatch.delenv("CACHE_URL", raising=False)
        assert "locmem" in shared.from_environment()["default"]["BACKEND"]
