"""What a cache outside the process keeps comes back as it was, or not at all."""

import contextlib
import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.caching import Entry
from education.caching.store import Store

HEADERS = {"Content-Type": "text/html; charset=utf-8", "ETag": 'W/"k"'}
PAGE = b"<p>Needles are thin.</p>\n" * 200


class TestAnEntry:
    @pytest.mark.parametrize("body", [PAGE, b"", b"x", bytes(range(256))], ids=["a page", "nothing", "a letter", "noise"])
    def test_comes_back(self, body):
        entry = Entry.of("k", HEADERS, body)
        assert Entry.from_bytes(entry.to_bytes()) == entry
        assert entry.bodies[""] == body

    def test_is_the_same_page_in_every_encoding(self):
        bodies = Entry.of("k", HEADERS, PAGE).bodies
        assert brotli.decompress(bodies["br"]) == gzip.decompress(bodies["gzip"]) == bodies[""]
        assert len(bodies["br"]) < len(bodies[""]) / 5

    def test_of_the_same_page_has_the_same_bytes(self):
        """Two processes that render it agree."""
        assert Entry.of("k", HEADERS, PAGE).to_bytes() == Entry.of("k", HEADERS, PAGE).to_bytes()

    @given(st.binary() | st.integers(0, 400).map(lambda end: Entry.of("k", HEADERS, PAGE).to_bytes()[:end]))
    def test_garbage_is_no_error(self, data):
        """What is not an entry says so in one way; that nobody made one up is for the signature to see."""
        with contextlib.suppress(ValueError):
            assert isinstance(Entry.from_bytes(data), Entry)


class TestTheStore:
    def test_gives_a_page_for_its_own_key_only(self):
        store = Store(100_000)
        store.put("/", Entry.of("old", HEADERS, PAGE))
        assert store.get("/", "old").bodies[""] == PAGE
        assert store.get("/", "new") is None
        store.put("/", Entry.of("new", HEADERS, b"new"))
        assert store.get("/", "old") is None

    def test_keeps_within_its_bytes_what_was_asked_for_last(self):
        store = Store(60_000)
        for number in range(100):
            store.put(f"/{number}", Entry.of("k", HEADERS, PAGE))
            store.get("/0", "k")
        assert store._bytes == sum(entry.size for entry in store._entries.values()) <= 60_000
        assert {"/0", "/99"} <= store._entries.keys()
        assert "/1" not in store._entries

    def test_one_page_does_not_take_the_room_of_all(self):
        store = Store(60_000)
        store.put("/huge", Entry.of("k", HEADERS, bytes(range(256)) * 100))
        assert store._bytes == 0
