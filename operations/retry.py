"""A database that is started anew is away for a second or two: readers wait for it instead of being sent away."""

import time
from threading import Semaphore

from django.core.exceptions import MiddlewareNotUsed
from django.db import close_old_connections, connection

# Seconds that a reader waits at the most, and between two tries.
PATIENCE = 4
PAUSE = 0.2
# So many wait in a process at one time; there must be threads left for pages that need no database.
MOST = 2


class RetryMiddleware:
    """Asks again for what only reads, where the answer was that the machine cannot do it now (`operations.refusal`).

    SQLite is never away; who meets its lock has waited already.
    """

    def __init__(self, get_response):
        if connection.vendor == "sqlite":
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.places = Semaphore(MOST)

    def __call__(self, request):
        """The response, perhaps of a later try."""
        response = self.get_response(request)
        if not _may_work_later(request, response) or not self.places.acquire(blocking=False):
            return response
        try:
            until = time.monotonic() + PATIENCE
            while _may_work_later(request, response) and time.monotonic() < until:
                time.sleep(PAUSE)
                close_old_connections()
                response = self.get_response(request)
        finally:
            self.places.release()
        return response


def _may_work_later(request, response):
    return request.method in ("GET", "HEAD") and getattr(response, "is_machines_fault", False)
