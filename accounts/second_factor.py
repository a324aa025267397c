"""The second factor: six digits from an app on the phone (TOTP, RFC 6238), or a recovery code that is used once.

django-otp keeps the device, takes each number once only, and slows down who guesses.
"""

import secrets
from base64 import b32encode
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import RecoveryCode
from education.publishing import PUBLISH, REVIEW, audit

CODES = 8
# What patients read, what a clinician vouches for, and who may do so: too much to stand behind a password alone.
GUARDED = (PUBLISH, REVIEW, "auth.change_user", "auth.change_group")


def is_required(user):
    """Whether a user may do nothing before a second factor is set up."""
    return settings.SECOND_FACTOR and user.is_staff and any(user.has_perm(permission) for permission in GUARDED)


def device_of(user):
    """The device that a user proved to have; None without one."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def pending_device(user):
    """The device that a user is about to set up; None where nobody began."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def begin(user):
    """Have a user set up a device, with a key that nobody has seen yet; gives it."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def key_of(device):
    """A device's key as people type it: letters and digits in fours."""
    return _in_fours(b32encode(device.bin_key).decode())


def passes(user, token):
    """Whether what was typed at login is enough. A user with no device needs nothing.

    Marks the user as verified (`otp_device`, which django-otp puts into the session at login).
    """
    device = device_of(user)
    if device is None:
        return True
    typed = "".join(token.split())
    if typed.isascii() and typed.isdecimal():
        device = verify_token(user, device.persistent_id, typed)
    elif not _use_code(user, typed):
        device = None
    user.otp_device = device
    return device is not None


@transaction.atomic
def confirm(user, token):
    """Set up the pending device if `token` is its number of now; gives the recovery codes, None if it is not."""
    pending = pending_device(user)
    device = pending and verify_token(user, pending.persistent_id, "".join(token.split()))
    if device is None:
        return None
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    audit.happened("second factor set up", user)
    return make_codes(user)


@transaction.atomic
def make_codes(user):
    """New recovery codes in place of the old ones. They are kept nowhere and cannot be shown again."""
    user.recovery_codes.all().delete()
    codes = [b32encode(secrets.token_bytes(15)).decode().lower() for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return [_in_fours(code, "-") for code in codes]


def reset(user):
    """Take a user's second factor away, as for a lost phone."""
    TOTPDevice.objects.filter(user=user).delete()
    user.recovery_codes.all().delete()


def _use_code(user, typed):
    used, _kinds = user.recovery_codes.filter(digest=_digest(typed.replace("-", "").lower())).delete()
    if used:
        audit.happened("recovery code used", user, left=user.recovery_codes.count())
    return bool(used)


def _digest(code):
    return sha256(code.encode()).hexdigest()


def _in_fours(text, between=" "):
    return between.join(text[at : at + 4] for at in range(0, len(text), 4))
