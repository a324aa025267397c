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


class PublishDueMiddleware:
    """Publishes what is due before the first page of every minute, so also of every day, in each process.

    It stands before the cache of pages. It costs one small query a minute; who comes meanwhile waits for it. Where the
    database cannot be written, the page is shown as it is, and the next minute tries again.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.minute = None
        self.lock = Lock()

    def __call__(self, request):
        """The next layer's response, once everything due is public."""
        minute = int(time.time()) // 60
        if minute != self.minute and _may_show_pages(request.path_info):
            with self.lock:
                if minute != self.minute:
                    self._publish()
                    self.minute = minute
        return self.get_response(request)

    def _publish(self):
        try:
            publish_due()
        except Error:
            logger.exception("what is due could not be published; the next minute tries again")


def _may_show_pages(path):
    try:
        return resolve(path).url_name not in WITHOUT_PAGES
    except Resolver404:
        return True
