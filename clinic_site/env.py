"""Settings from the environment, each read with its type; a wrong one stops the start and says which and why."""

import os

from django.core.exceptions import ImproperlyConfigured


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


def integer(name, default):
    """A whole number that is not negative. Raises ImproperlyConfigured on anything else."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} must be a whole number; found {value!r}")
    return int(value)


def words(name, default=None):
    """The comma-separated parts of a variable, as a list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def base_url(name, default=None):
    """An address such as https://clinic.example, without a path or a final slash. Raises ImproperlyConfigured."""
    value = text(name, default).rstrip("/")
    scheme, _, host = value.partition("://")
    if scheme not in ("http", "https") or not host or set(host) & set("/?#@ "):
        raise ImproperlyConfigured(f"{name} must be an address such as https://clinic.example; found {value!r}")
    return value
