"""How long a login lasts: half an hour without a request, twelve hours in all, and not past the end of its account."""

import time
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from education.publishing import audit

IDLE = 30 * 60  # seconds; NIST SP 800-63B-4 for AAL2: at most an hour
LONGEST = 12 * 60 * 60

BEGAN, SEEN = "began", "seen"
# The session is written again at most this often.
STEP = 60


def on_login(sender, request, user, **kwargs):
    """Stamp a new login, and log it."""
    now = int(time.time())
    request.session[BEGAN] = request.session[SEEN] = now
    audit.happened("logged in", user, second_factor=bool(getattr(user, "otp_device", None)))


def on_logout(sender, request, user, **kwargs):
    """Log that somebody left."""
    if user:
        audit.happened("logged out", user)


def is_over(session):
    """Whether a login has lasted too long; else it counts as seen now."""
    now = int(time.time())
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    if now - began >= LONGEST or now - seen >= IDLE:
        return True
    if now - seen >= STEP:
        session[SEEN] = now
    return False


def end_sessions(user, *, but=None):
    """End every login of a user, but for the session whose key is `but`. Gives how many ended."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = 0
    for session in Session.objects.exclude(session_key=but):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            store(session.session_key).delete()
            ended += 1
    return ended
