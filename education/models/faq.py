"""Questions that patients ask."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import Page


class FAQ(Page):
    """One question (its title) and its answer (its text)."""

    collection = "faqs"

    topic = models.ForeignKey(
        "education.Topic", on_delete=models.PROTECT, related_name="faqs", help_text=_("The topic this question belongs to.")
    )
    conditions = models.ManyToManyField(
        "education.Condition", blank=True, related_name="faqs", help_text=_("Conditions this question is about.")
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Smaller numbers come first within the topic."))

    class Meta(Page.Meta):
        verbose_name = _("FAQ")
        ordering = ["position", "title", "id"]
        indexes = [
            *Page.Meta.indexes,
            models.Index(fields=["language", "status", "position", "title", "publish_on"], name="faq_in_order"),
        ]

    def get_absolute_url(self):
        """The page's address on this site."""
        return self.address_of("faq-detail", self.slug)
