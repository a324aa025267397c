"""Questions that patients ask."""

from django.db import models
from django.urls import reverse

from education.models.page import Page


class FAQ(Page):
    """One question (its title) and its answer (its text)."""

    collection = "faqs"

    topic = models.ForeignKey(
        "education.Topic", on_delete=models.PROTECT, related_name="faqs", help_text="The topic this question belongs to."
    )
    conditions = models.ManyToManyField(
        "education.Condition", blank=True, related_name="faqs", help_text="Conditions this question is about."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first within the topic.")

    class Meta(Page.Meta):
        verbose_name = "FAQ"
        ordering = ["position", "title", "id"]

    def get_absolute_url(self):
        """The page's address on this site."""
        return reverse("education:faq-detail", args=[self.slug])
