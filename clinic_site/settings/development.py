"""A copy of the site on one's own machine: `make run`. Nothing needs to be set.

It answers to this machine only, and behaves as the public site does; `DEBUG=1` adds Django's error pages.
"""

from django.core.management.utils import get_random_secret_key

from clinic_site import env
from clinic_site.settings.base import *  # noqa: F403 - settings files build on each other
from clinic_site.settings.base import LOGGING, MIDDLEWARE, VAR_DIR


def _secret_key():
    """A key of this machine's own, made at the first start and kept out of git."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


DEBUG = env.boolean("DEBUG", default=False)
MIDDLEWARE.insert(0, "operations.timing.ServerTimingMiddleware")  # with DEBUG only
SECRET_KEY = env.text("SECRET_KEY", "") or _secret_key()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# As Django's own, but for the filter: what patients search for is in no log.
LOGGING["filters"] = {"without_query": {"()": "clinic_site.logs.WithoutQuery"}}
LOGGING["formatters"]["server"] = {
    "()": "django.utils.log.ServerFormatter",
    "format": "[{server_time}] {message}",
    "style": "{",
}
LOGGING["handlers"]["server"] = {"class": "logging.StreamHandler", "formatter": "server", "filters": ["without_query"]}
LOGGING["loggers"]["django.server"] = {"handlers": ["server"], "level": "INFO", "propagate": False}
