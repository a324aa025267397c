"""Which database the site works on."""

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from clinic_site import env, sqlite

SQLITE, POSTGRES = "django.db.backends.sqlite3", "django.db.backends.postgresql"
# Who asks a PostgreSQL whose machine went away without a word learns it in seconds, not in hours (milliseconds: the last).
_PATIENCE = {"connect_timeout": 3, "keepalives_idle": 10, "keepalives_interval": 5, "tcp_user_timeout": 10_000}


def from_environment(folder):
    """Django's default database by DATABASE_URL; without it an SQLite file in `folder`. Raises ImproperlyConfigured."""
    address = env.text("DATABASE_URL", f"sqlite:///{folder / 'site.sqlite3'}")
    try:
        # A connection is kept from request to request; one that broke is made anew (education.caching.pages finds out).
        found = dj_database_url.parse(address, conn_max_age=600)
    except ValueError:  # without the address, which may hold a password
        found = {"ENGINE": None}
    if found["ENGINE"] == POSTGRES:
        return found | {"CONN_HEALTH_CHECKS": True, "OPTIONS": _PATIENCE | found.get("OPTIONS", {})}
    if found["ENGINE"] == SQLITE and found["NAME"] != ":memory:":
        return found | {"OPTIONS": sqlite.options()}
    raise ImproperlyConfigured(
        "DATABASE_URL must be an address such as postgres://user:password@host/name or sqlite:////folder/file"
    )
