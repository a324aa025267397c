"""A cache that all processes share, on Redis: the site is quicker with it, and whole without it."""

import hashlib
import hmac
import json
import logging
import time
from threading import Lock
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ImproperlyConfigured

from clinic_site import env

logger = logging.getLogger(__name__)

# Seconds to wait for it: making a page anew takes less.
PATIENCE = 0.1
# Seconds that it is left alone after a failure; then one request tries again.
REST = 5
WARN_EVERY = 60


def from_environment():
    """Django's `CACHES` by CACHE_URL: a Redis such as `redis://host:6379/0`; without it each process keeps its own."""
    address = env.text("CACHE_URL", "")
    if not address:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}}
    if not _may_be_redis(address):
        raise ImproperlyConfigured("CACHE_URL must be an address such as redis://host:6379/0")
    return {"default": {"BACKEND": "clinic_site.cache.ForgivingRedisCache", "LOCATION": address, "KEY_PREFIX": "clinic"}}


def _may_be_redis(address):
    try:
        parts = urlsplit(address)
        is_host = parts.scheme in ("redis", "rediss") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number
        return False
    return bool(is_host or (parts.scheme == "unix" and parts.path))


class NotForTheCache(TypeError):  # noqa: N818 - it says what it is
    """A value that is neither bytes nor made of what JSON knows: a mistake of the code, not of the cache."""


class SignedSerializer:
    """JSON values and bytes, signed with SECRET_KEY: what others wrote into the cache is not read, let alone run.

    Whole numbers stay bare, for Redis to count with.
    """

    def dumps(self, value):
        """The bytes of a value; an int as it is. Raises NotForTheCache."""
        if type(value) is int:
            return value
        try:
            text = b"b" + value if isinstance(value, bytes) else b"j" + json.dumps(value).encode()
        except TypeError as error:
            raise NotForTheCache(str(error)) from error
        return self._sign(text) + text

    def loads(self, data):
        """The value that `dumps` wrote. Raises ValueError for anything else."""
        if not isinstance(data, bytes):
            raise ValueError("the cache gave something that is not bytes")
        if len(data) <= 20 and data.lstrip(b"-").isdigit():
            return int(data)
        signature, text = data[:32], data[32:]
        if not hmac.compare_digest(signature, self._sign(text)):
            raise ValueError("the cache holds something that this site did not write")
        return text[1:] if text[:1] == b"b" else json.loads(text[1:])

    def _sign(self, text):
        return hmac.digest(b"cache:" + settings.SECRET_KEY.encode(), text, hashlib.sha256)


class Breaker:
    """Keeps requests from waiting for a server that does not answer, and its failures from filling the log."""

    def __init__(self):
        self._lock = Lock()
        self._rests_until = None
        self._warned_at = -WARN_EVERY

    def may_ask(self):
        """Whether to ask the server. After a rest one caller may; the others rest on until it is known how that went."""
        if self._rests_until is None:
            return True
        now = time.monotonic()
        with self._lock:
            if self._rests_until is not None and now < self._rests_until:
                return False
            self._rests_until = now + REST
        return True

    def worked(self):
        """The server answered."""
        self._rests_until = None

    def failed(self):
        """The server cannot be reached, or does not answer, or not as it should."""
        self._rests_until = time.monotonic() + REST

    def warn(self, error):
        """Log what is wrong, once a minute."""
        now = time.monotonic()
        with self._lock:
            if now - self._warned_at < WARN_EVERY:
                return
            self._warned_at = now
        logger.warning("the cache is not used: %s: %s", type(error).__name__, error)


_breakers = {}


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, but one that is away, hung or full of garbage is an empty cache and no error.

    What is then read is not there, what is written is dropped, and what is counted raises ValueError, as for any key that
    is gone.
    """

    def __init__(self, server, params):
        from redis.backoff import NoBackoff  # noqa: PLC0415 - where no Redis is asked for, none is loaded
        from redis.retry import Retry  # noqa: PLC0415

        own = {
            "serializer": SignedSerializer,
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(server, {**params, "OPTIONS": own | params.get("OPTIONS", {})})
        self._breaker = _breakers.setdefault(server, Breaker())

    def _try(self, action, *args, otherwise):
        from redis.exceptions import ResponseError  # noqa: PLC0415

        if not self._breaker.may_ask():
            return otherwise
        try:
            answer = action(*args)
        except NotForTheCache:
            raise
        except (ResponseError, ValueError) as error:  # it answers, but not with what this site wrote
            self._breaker.worked()
            self._breaker.warn(error)
            return otherwise
        except Exception as error:  # noqa: BLE001 - whatever a broken server leads its client to
            self._breaker.failed()
            self._breaker.warn(error)
            return otherwise
        self._breaker.worked()
        return answer

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Whether it was added."""
        return self._try(super().add, key, value, timeout, version, otherwise=False)

    def get(self, key, default=None, version=None):
        """The value, or `default`."""
        return self._try(super().get, key, default, version, otherwise=default)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a value, if that can be."""
        self._try(super().set, key, value, timeout, version, otherwise=None)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        """Whether it is there and was given a new time."""
        return self._try(super().touch, key, timeout, version, otherwise=False)

    def delete(self, key, version=None):
        """Whether it was there and is gone."""
        return self._try(super().delete, key, version, otherwise=False)

    def get_many(self, keys, version=None):
        """The values that are there."""
        return self._try(super().get_many, keys, version, otherwise={})

    def has_key(self, key, version=None):
        """Whether it is there."""
        return self._try(super().has_key, key, version, otherwise=False)

    def incr(self, key, delta=1, version=None):
        """The number after counting; raises ValueError where there is none to count."""
        counted = self._try(self._count, key, delta, version, otherwise=None)
        if counted is None:
            raise ValueError(f"Key {key!r} not found.")
        return counted

    def _count(self, key, delta, version):
        try:
            return super().incr(key, delta, version)
        except ValueError:
            return None

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        """The keys that could not be kept."""
        return self._try(super().set_many, data, timeout, version, otherwise=list(data))

    def delete_many(self, keys, version=None):
        """Forget values, if that can be."""
        self._try(super().delete_many, keys, version, otherwise=None)

    def clear(self):
        """Whether all is forgotten."""
        return self._try(super().clear, otherwise=False)
