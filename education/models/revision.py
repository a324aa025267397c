"""The history of pages: every text a page ever had."""

from django.conf import settings
from django.db import models


class Revision(models.Model):
    """One version of a page: its whole canonical text, from whom and from where.

    It names its page by identity and not by row, so that it outlives the row: a deleted page can be brought back.
    """

    class Origin(models.TextChoices):
        """Where a text came from."""

        FILE = "file", "content files"
        STAFF = "staff", "staff"
        MERGE = "merge", "content files and staff, merged"
        RESTORE = "restore", "an earlier version"

    page = models.CharField(max_length=110, db_index=True, help_text="The page's identity, such as en/topics/dry-needling.")
    text = models.TextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text.")
    origin = models.CharField(max_length=10, choices=Origin)
    note = models.CharField(max_length=200, blank=True, help_text="Why, in a few words.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin__in=["file", "staff", "merge", "restore"]), name="revision_origin_known"
            ),
        ]

    def __str__(self):
        return f"{self.page} #{self.pk}"
