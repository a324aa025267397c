"""Uploads in S3 or what speaks like it. Only loaded where MEDIA_STORAGE asks for it (requirements/s3.txt)."""

from urllib.parse import quote

from botocore.config import Config
from django.conf import settings
from storages.backends.s3 import S3Storage

# Seconds to wait for it; botocore's own would let a storage that hangs hold all threads of the server for minutes.
PATIENCE = 5


class SharedStorage(S3Storage):
    """Its files have addresses of this site: pages may show no other, and stay right when the storage moves."""

    def __init__(self, **options):
        super().__init__(**options)
        limits = Config(connect_timeout=PATIENCE, read_timeout=PATIENCE, retries={"total_max_attempts": 2})
        self.client_config = self.client_config.merge(limits)

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Where browsers find a file: `education.views.machines.media` reads it."""
        return f"{settings.MEDIA_URL}{quote(name)}"
