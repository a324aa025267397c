"""What patients say about pages, without saying who they are."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import today

KEPT_FOR = timedelta(days=90)


class FeedbackQuerySet(models.QuerySet):
    """Feedback on all pages."""

    def kept(self):
        """What is not too old to be shown."""
        return self.filter(created_on__gt=today() - KEPT_FOR)

    def expired(self):
        """What is old enough to go."""
        return self.filter(created_on__lte=today() - KEPT_FOR)


class Feedback(models.Model):
    """Whether a page was helpful, and perhaps a sentence. Nothing here tells who wrote it, and it goes away by itself."""

    page = models.CharField(max_length=110, db_index=True, help_text=_("The page's identity, such as en/topics/dry-needling."))
    helpful = models.BooleanField()
    comment = models.CharField(max_length=500, blank=True)
    created_on = models.DateField(auto_now_add=True, db_index=True)
    is_read = models.BooleanField(_("read"), default=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("feedback")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.page}: {'helpful' if self.helpful else 'not helpful'}"
