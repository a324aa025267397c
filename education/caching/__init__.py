"""Rendered pages, kept for as long as nothing that the public sees has changed (docs/adr/0016-page-cache.md).

Whoever renders or looks up a page first asks the database for the version of the content, and names the page by it. So what
is kept is never wrong, only no longer asked for; and every process of every host agrees with the database, at once.
"""

from education.caching.entry import Entry
from education.caching.negotiation import accepted_encoding
from education.caching.release import page_key
from education.caching.store import Store
from education.caching.version import on_pages_changed, on_picture_changed, read_version

__all__ = ["Entry", "Store", "accepted_encoding", "on_pages_changed", "on_picture_changed", "page_key", "read_version"]
