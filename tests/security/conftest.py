"""The site as a server runs it."""

import importlib
import sys

import pytest
from django.test import Client

HOST = "clinic.example"
# What tests have of their own, or what needs a server's files.
_KEPT = {"DATABASES", "CACHES", "STORAGES", "PASSWORD_HASHERS", "MEDIA_ROOT", "LOGGING", "SECRET_KEY"}


@pytest.fixture(scope="session")
def production_settings():
    """The values of the settings for production."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", f"https://{HOST}")
        patch.setenv("SECRET_KEY", "for tests only, but long enough to be one: 0123456789")
        patch.delenv("ALLOWED_HOSTS", raising=False)
        # Settings files change what they build on; those of the tests stay as they are.
        for name in ("clinic_site.settings.base", "clinic_site.settings.production"):
            patch.delitem(sys.modules, name, raising=False)
        module = importlib.import_module("clinic_site.settings.production")
    return {name: getattr(module, name) for name in dir(module) if name.isupper()}


@pytest.fixture
def production(settings, production_settings):
    """Those settings in force, but for the database and the like; gives what makes browsers, which speak HTTPS."""
    for name, value in production_settings.items():
        if name not in _KEPT:
            setattr(settings, name, value)

    def browser(**options):
        return Client(raise_request_exception=False, headers={"host": HOST, "x-forwarded-proto": "https"}, **options)

    return browser
