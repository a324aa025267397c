"""Links by which a colleague without an account reads one version of a page."""

from django.conf import settings
from django.db import models

from education.models.revision import Revision


class PreviewLink(models.Model):
    """One link to one revision. Only the digest of its token is kept, so that what is stolen from here opens nothing."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="preview_links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.revision} until {self.expires_at:%Y-%m-%d %H:%M} UTC"
