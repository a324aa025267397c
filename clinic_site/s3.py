"""Uploads in S3 or what speaks like it. Only loaded where MEDIA_STORAGE asks for it (requirements/s3.txt)."""

from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage


class SharedStorage(S3Storage):
    """Its files have addresses of this site: pages may show no other, and stay right when the storage moves."""

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Where browsers find a file: `education.views.machines.media` reads it."""
        return f"{settings.MEDIA_URL}{quote(name)}"
