"""The entry point for a production server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings.production")

django = get_wsgi_application()

from education.views.before import KeptPagesFirst  # noqa: E402 - Django is ready only now

application = KeptPagesFirst(django)
