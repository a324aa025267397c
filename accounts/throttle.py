"""How often a login may be tried. Counted in the database, so that all processes and hosts count together.

An account is not closed to its owner because somebody elsewhere guesses: one address is stopped long before the account is.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import LoginCount

WINDOW = timedelta(minutes=15)
FOR_ONE_ACCOUNT_FROM_ONE_PLACE = 5
FOR_ONE_ACCOUNT = 20
FROM_ONE_PLACE = 20


def begin(username, network):
    """Count one more attempt, before any password is looked at; False when it is one too many.

    So many attempts at once as there are processes are no more than one after the other. A `username` that no account
    has is counted like any other.
    """
    now, allowed = timezone.now(), True
    with transaction.atomic():
        LoginCount.objects.filter(since__lte=now - WINDOW).delete()
        for key, most in sorted(_keys(username, network).items()):
            row, _made = LoginCount.objects.select_for_update().get_or_create(key=key, defaults={"since": now})
            LoginCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
            allowed = allowed and row.count < most
    return allowed


def forgive(username, network):
    """Take back what was counted against an account whose owner has proved to be there, and this one attempt of its place."""
    own, account, place = _keys(username, network)
    LoginCount.objects.filter(pk__in=[own, account]).delete()
    LoginCount.objects.filter(pk=place, count__gt=0).update(count=F("count") - 1)


def _keys(username, network):
    """The most attempts by the digest they are counted under: of the account from this place, the account, the place.

    Each day has its own, so that what one day counted cannot be put together with what another did.
    """
    name = username.strip().casefold()
    return {
        _digest("both", name, network): FOR_ONE_ACCOUNT_FROM_ONE_PLACE,
        _digest("account", name): FOR_ONE_ACCOUNT,
        _digest("place", network): FROM_ONE_PLACE,
    }


def _digest(*parts):
    value = "\0".join((f"{timezone.now():%Y-%m-%d}", *parts))
    return salted_hmac("accounts.throttle", value, algorithm="sha256").hexdigest()
