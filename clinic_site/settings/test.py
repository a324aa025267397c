"""What tests run: a database of their own, quick passwords, a folder for uploads that each test gets anew."""

import tempfile

from clinic_site.settings.base import *  # noqa: F403 - settings files build on each other

SECRET_KEY = "for tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = tempfile.gettempdir() + "/no-test-may-write-here"
