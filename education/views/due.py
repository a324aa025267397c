"""What is due today is public today, also where nothing runs `publish_due` on time."""

import logging
import time
from threading import Lock

from django.db import Error
from django.urls import Resolver404, resolve

from education.publishing import publish_due

logger = logging.getLogger(__name__)

# Views that ask nothing of the database, and go on answering without one.
WITHOUT_PAGES = {"healthz", "readyz", "robots", "media"}


class Due:
    """Publishes what is due, once in each minute of a process.

    It costs one small query a minute; who comes meanwhile waits for it. Where the database cannot be written, nothing is
    raised, and the next minute tries again.
    """

    def __init__(self):
        self._minute = None
        self._lock = Lock()

    def is_done(self):
        """Whether what is due in this minute is public."""
        return self._minute == _minute()

    def publish(self):
        """Publish what is due, if that was not done in this minute."""
        minute = _minute()
        with self._lock:
            if minute == self._minute:
                return
            try:
                publish_due()
            except Error:
                logger.exception("what is due could not be published; the next minute tries again")
            self._minute = minute


due = Due()


class PublishDueMiddleware:
    """Has published what is due before a page is shown. It stands before the cache of pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The next layer's response, once everything due is public."""
        if not due.is_done() and _may_show_pages(request.path_info):
            due.publish()
        return self.get_response(request)


def _minute():
    return int(time.time()) // 60


def _may_show_pages(path):
    try:
        return resolve(path).url_name not in WITHOUT_PAGES
    except Resolver404:
        return True
