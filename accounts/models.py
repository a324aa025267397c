"""What is kept of logins: counts under names that tell nobody's, and the digests of recovery codes."""

from django.conf import settings
from django.db import models


class LoginCount(models.Model):
    """How often a login was tried in one window of time; `key` is a digest of whose, from where (`accounts.throttle`)."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.count} since {self.since}"


class RecoveryCode(models.Model):
    """A code that stands once for the second factor. Only its digest is kept, from which 120 random bits cannot be guessed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self):
        return f"a recovery code of {self.user}"
