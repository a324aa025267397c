"""What a server runs. It does not start without what it needs."""

from urllib.parse import urlsplit

from clinic_site import env
from clinic_site.settings.base import *  # noqa: F403 - settings files build on each other
from clinic_site.settings.base import LOGGING, STORAGES

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
SITE_URL = env.base_url("SITE_URL")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname)
SECOND_FACTOR = env.boolean("SECOND_FACTOR", default=True)
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 1)
# Gunicorn's, which reads it before any of our code, and would only say where in its own it stumbled.
env.integer("WEB_CONCURRENCY", 1, least=1)

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

SECURE_SSL_REDIRECT = True
# What stands before this server asks these, and has no need of TLS to do so.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
# Redirects lead to the configured address, not to what a request called this server.
SECURE_SSL_HOST = urlsplit(SITE_URL).netloc
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"

LOGGING["formatters"]["lines"] = {"()": "clinic_site.logs.JsonFormatter"}
