"""Rendered pages, kept for as long as nothing that the public sees has changed (docs/adr/0016-page-cache.md).

Whoever renders or looks up a page first asks the database for the version of the content, and names the page by it. So what
is kept is never wrong, only no longer asked for; and every process of every host agrees with the database, at once.
"""

from django.conf import settings

from education.caching.entry import Entry
from education.caching.negotiation import accepted_encoding
from education.caching.pages import ASK_FIRST, KeptPages, answer
from education.caching.version import on_pages_changed, on_picture_changed

kept = KeptPages(settings.PAGE_CACHE_BYTES)

__all__ = ["ASK_FIRST", "Entry", "accepted_encoding", "answer", "kept", "on_pages_changed", "on_picture_changed"]
