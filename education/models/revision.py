"""The history of pages: every text a page ever had."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One version of a page: its whole canonical text, from whom and from where.

    It names its page by identity and not by row, so that it outlives the row: a deleted page can be brought back.
    """

    class Origin(models.TextChoices):
        """Where a text came from."""

        FILE = "file", _("content files")
        STAFF = "staff", _("staff")
        MERGE = "merge", _("content files and staff, merged")
        RESTORE = "restore", _("an earlier version")

    page = models.CharField(max_length=110, db_index=True, help_text=_("The page's identity, such as en/topics/dry-needling."))
    text = models.TextField()
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the text."))
    origin = models.CharField(max_length=10, choices=Origin)
    note = models.CharField(max_length=200, blank=True, help_text=_("Why, in a few words."))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only for a text that was kept aside because somebody else had saved first: what its author had begun with."),
    )

    class Meta:
        ordering = ["-id"]
        # Of no single kind of page, but of texts: what anybody may make public, and sign off.
        permissions = [("publish_pages", "Can publish pages"), ("review_pages", "Can sign pages off")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin__in=["file", "staff", "merge", "restore"]), name="revision_origin_known"
            ),
        ]

    def __str__(self):
        return f"{self.page} #{self.pk}"
