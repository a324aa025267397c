"""Topics: what dry needling is, a visit, aftercare …"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import Page


class Topic(Page):
    """A page about one subject, standing below its parent topic."""

    collection = "topics"

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", help_text=_("The topic above this one.")
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Smaller numbers come first."))
    conditions = models.ManyToManyField(
        "education.Condition", blank=True, related_name="topics", help_text=_("Conditions this topic is about.")
    )

    class Meta(Page.Meta):
        ordering = ["position", "title", "id"]
        indexes = [
            *Page.Meta.indexes,
            models.Index(fields=["language", "status", "position", "title", "publish_on"], name="topic_in_order"),
        ]

    def get_absolute_url(self):
        """The page's address on this site."""
        return self.address_of("topic-detail", self.slug)
