"""Plain words where the site cannot read or write just now: its disk is full, its database is busy or away."""

import errno
import sys

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, NotSupportedError, ProgrammingError
from django.http import HttpResponse
from django.template import loader
from django.views.defaults import bad_request as not_understood
from django.views.defaults import server_error as mistake

# These come of our code; all other errors of a database come of its machine.
_OUR_MISTAKES = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
_FULL = (errno.ENOSPC, errno.EDQUOT)
RETRY_AFTER = 30  # seconds


def server_error(request):
    """Django's `handler500`: 503 where the machine is at fault and trying again may help, else the page of a mistake.

    A save was not done then, in whole: it is one transaction. What was typed is in the browser (static/js/keep-typing.js).
    """
    return _refuse(request) if is_machines_fault(sys.exc_info()[1]) else mistake(request)


def bad_request(request, exception):
    """Django's `handler400`: 503 where a login could not be written down, which Django takes for one that has ended."""
    return _refuse(request) if comes_of_the_machine(exception) else not_understood(request, exception)


def comes_of_the_machine(error):
    """Whether a session could not be written down since the database or the disk cannot do it now."""
    while isinstance(error, SessionInterrupted | UpdateError):
        error = error.__context__
    return is_machines_fault(error)


def _refuse(request):
    kind = "read" if request.method in ("GET", "HEAD") else "save" if request.path.startswith("/admin/") else "answer"
    # Without a request: what templates else ask of the database cannot be had.
    text = loader.get_template("503.html").render({"kind": kind, "path": request.path})
    response = HttpResponse(text, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})
    response.is_machines_fault = True
    return response


def is_machines_fault(error):
    """Whether an exception says that the database or the disk cannot do it now."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, DatabaseError | InterfaceError) and not isinstance(error, _OUR_MISTAKES)
