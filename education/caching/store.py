"""Where rendered pages are kept: in this process, and behind it in the cache that all processes share, if there is one."""

from collections import OrderedDict
from threading import Lock

from django.conf import settings
from django.core.cache import cache

from education.caching.entry import Entry

_SHARED_FOR = 24 * 3600


class Store:
    """Pages by their place (path and query), each as it was when last asked for; the longest unused go first.

    A page of another version is another page: who asks with a key gets the page of that key or nothing.
    """

    def __init__(self, most_bytes):
        self.most_bytes = most_bytes
        self._entries = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def has(self, place):
        """Whether a page of this place is known here, of whatever version."""
        return place in self._entries

    def get(self, place, key):
        """The entry, from this process alone; None without one."""
        with self._lock:
            entry = self._entries.get(place)
            if entry is None or entry.key != key:
                return None
            self._entries.move_to_end(place)
        return entry

    def find(self, place, key):
        """The entry, from this process or the shared cache; None without one."""
        entry = self.get(place, key)
        if entry is None and settings.PAGE_CACHE_SHARED:
            entry = _read(cache.get(f"page:{key}"), key)
            if entry:
                self._remember(place, entry)
        return entry

    def put(self, place, entry):
        """Keep an entry. Nothing is raised: a cache that cannot keep it is one without it."""
        self._remember(place, entry)
        if settings.PAGE_CACHE_SHARED:
            cache.set(f"page:{entry.key}", entry.to_bytes(), _SHARED_FOR)

    def clear(self):
        """Forget what this process keeps."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _remember(self, place, entry):
        with self._lock:
            old = self._entries.pop(place, None)
            self._bytes -= old.size if old else 0
            if entry.size > self.most_bytes // 8:
                return
            self._entries[place] = entry
            self._bytes += entry.size
            while self._bytes > self.most_bytes:
                _place, oldest = self._entries.popitem(last=False)
                self._bytes -= oldest.size


def _read(data, key):
    """The entry in what the shared cache gave; None for anything else, also for a page under a wrong name."""
    try:
        entry = Entry.from_bytes(data) if isinstance(data, bytes) else None
    except ValueError:
        return None
    return entry if entry and entry.key == key else None
