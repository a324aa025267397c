"""Who did what: one line of JSON for each act that matters to safety, which S51 of the security requirements asks for."""

import json
import logging

from django.db import transaction

logger = logging.getLogger("education.audit")


def done(event, by, page):
    """Log that `by` (a user, None for the site itself) did something to a page (its identity), once it is really written."""
    line = _line(event, by, page)
    transaction.on_commit(lambda: logger.info(line))


def refused(what, by, page=""):
    """Log at once that `by` may not do `what`: what was begun is about to be undone."""
    logger.warning(_line("refused", by, page, what=what))


def happened(event, by=None, **more):
    """Log at once what an account did or had done to it; `by` None where it is nobody's that is known."""
    logger.info(_line(event, by, "", **more))


def failed(event, page, reason):
    """Log what the site should have done by itself and could not."""
    logger.error(_line(event, None, page, reason=str(reason)))


def _line(event, by, page, **more):
    """Line breaks and signs that nobody sees are escaped: nobody can write a second line into the log by a name."""
    return json.dumps({"event": event, "page": str(page), "user": by and by.pk, "name": by and by.get_username(), **more})
