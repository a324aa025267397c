"""What the site is compared with: Django with one view that says hello, in two sizes.

`least` has no middleware and no application; `project` is what `django-admin startproject` makes, the admin included.
"""

import os

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

PARTS = ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
PROCESSORS = (
    "template.context_processors.request",
    "contrib.auth.context_processors.auth",
    "contrib.messages.context_processors.messages",
)

urlpatterns = [path("", lambda request: HttpResponse("hello"))]


def _serve(**more):
    settings.configure(SECRET_KEY=os.environ["BARE_KEY"], ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, **more)
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - settings come first

    return get_wsgi_application()


def least():
    """Django's least."""
    return _serve(MIDDLEWARE=[])


def project():
    """A new project, its admin loaded as its addresses would."""
    application = _serve(
        INSTALLED_APPS=[f"django.contrib.{part}" for part in PARTS],
        MIDDLEWARE=list(MIDDLEWARE),
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": [f"django.{name}" for name in PROCESSORS]},
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        STATIC_URL="static/",
    )
    from django.contrib import admin  # noqa: PLC0415

    urlpatterns.append(path("admin/", admin.site.urls))
    return application
