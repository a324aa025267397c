"""Sessions that cannot be written just now."""

import logging

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware

from operations.refusal import comes_of_the_machine

logger = logging.getLogger(__name__)


class ReadingSessionMiddleware(SessionMiddleware):
    """Django's, but who only reads is shown the page where the database is busy or its disk full.

    What was to be written is a message that was read, and shown again then, or that the login was used.
    """

    def process_response(self, request, response):
        """The response, with the session's cookie."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted as error:
            if request.method not in ("GET", "HEAD") or not comes_of_the_machine(error):
                raise
            logger.warning("a session could not be written: %s", error.__context__.__context__)
            return response
