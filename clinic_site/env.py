"""Settings from the environment, each read with its type; a wrong one stops the start and says which and why."""

import os
import re
import sys
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured

MOST = 65535
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_BASE_URL = re.compile(rf"https?://(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{{1,5}}))?")


@contextmanager
def or_exit():
    """Ends the program with the words of a setting that is wrong; where in the code that was found helps nobody."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.exit(str(error))


def text(name, default=None):
    """The value of a variable. Without `default` it must be set: raises ImproperlyConfigured."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} must be set in the environment")
    return default


def boolean(name, default):
    """True for 1, true, yes, on; False for 0, false, no, off. Raises ImproperlyConfigured on anything else."""
    value = text(name, str(default)).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} must be one of 1, true, yes, on, 0, false, no, off; found {value!r}")


def integer(name, default, *, least=0):
    """A whole number from `least` to 65535. Raises ImproperlyConfigured on anything else."""
    value = text(name, str(default))
    if not re.fullmatch("[0-9]{1,5}", value) or not least <= int(value) <= MOST:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {MOST}; found {value!r}")
    return int(value)


def words(name, default=None):
    """The comma-separated parts of a variable, as a list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def base_url(name, default=None):
    """An address such as https://clinic.example, without a path or a final slash. Raises ImproperlyConfigured."""
    value = text(name, default).rstrip("/")
    found = _BASE_URL.fullmatch(value)
    if not found or int(found["port"] or 1) > MOST:
        raise ImproperlyConfigured(f"{name} must be an address such as https://clinic.example; found {value!r}")
    return value
