"""Feedback that says nothing of who gave it: what is taken, how much of it, and what is removed first.

`docs/adr/0008-feedback.md` gives the reasons.
"""

import secrets
import time

from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac

from education.feedback import redaction
from education.models import Feedback
from education.models.page import today

REMOVED = redaction.REMOVED
LONGEST = 500

HOUR = 3600
DAY = 24 * HOUR
MOST_AN_HOUR = 20
MOST_A_DAY_FROM_ONE = 10

QUICKEST = 3
LATEST = 12 * HOUR


def redact(text):
    """`text` on one line of at most 500 characters, without what may tell who wrote it."""
    return redaction.redact(text, LONGEST)


def give_token(page, helpful):
    """A signed word for the form of a comment: which page and answer it belongs to, and when the form was shown."""
    return signing.dumps(int(time.time()), salt=_salt(page, helpful))


def is_patient(token, page, helpful):
    """Whether the form with this token was open for as long as a person needs to write, and not for half a day."""
    try:
        shown_at = signing.loads(token, salt=_salt(page, helpful), max_age=LATEST)
    except signing.BadSignature:
        return False
    return time.time() - shown_at >= QUICKEST


def may_send(kind, client):
    """Count one more vote or comment (`kind`); False when it is one too many.

    `client` is a network address. It is not kept: what is counted by is its hash with a key that is drawn anew each
    day, and both stand in the cache only.
    """
    key = cache.get_or_set(f"feedback-key-{today()}", secrets.token_hex, DAY)
    nameless = salted_hmac("feedback", client, secret=key, algorithm="sha256").hexdigest()
    if _count(f"feedback-{kind}-{nameless}", DAY) > MOST_A_DAY_FROM_ONE:
        return False
    return _count(f"feedback-{kind}", HOUR) <= MOST_AN_HOUR


def vote(page, *, helpful):
    """Store one answer on a page, named by its identity."""
    Feedback.objects.create(page=page, helpful=helpful)


@transaction.atomic
def comment(page, *, helpful, text):
    """Put a sentence beside an answer that has none.

    Whose answer it was nobody knows, so that any like it will do; where there is none, the sentence is not kept.
    """
    text = redact(text)
    answer = Feedback.objects.kept().select_for_update().filter(page=page, helpful=helpful, comment="").first()
    if text and answer:
        answer.comment, answer.is_read = text, False
        answer.save(update_fields=["comment", "is_read"])


def _salt(page, helpful):
    return f"feedback:{page}:{helpful}"


def _count(key, seconds):
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:
        # The cache keeps nothing just now: rather no feedback than any number of it.
        return MOST_AN_HOUR + 1
