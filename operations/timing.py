"""Where the time of a request goes, for who works on the site; browsers show it beside the request."""

import time

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection


class ServerTimingMiddleware:
    """Sets `Server-Timing` (W3C): the whole, and what the database took of it. Only with DEBUG: times tell strangers things."""

    def __init__(self, get_response):
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        """The response with its times, in milliseconds."""
        queries = _Stopwatch()
        began = time.perf_counter()
        with connection.execute_wrapper(queries):
            response = self.get_response(request)
        whole = (time.perf_counter() - began) * 1000
        response.headers["Server-Timing"] = (
            f'total;dur={whole:.1f}, db;dur={queries.seconds * 1000:.1f};desc="{queries.count} queries"'
        )
        return response


class _Stopwatch:
    def __init__(self):
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began
