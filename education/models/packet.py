"""Packets: several pages as one document to print or take along."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import Page


class Packet(Page):
    """A ready-made packet: which pages, in which order. Its text stands before them."""

    collection = "packets"

    pages = models.JSONField(default=list, help_text=_("The pages, in the order in which they are printed."))

    class Meta(Page.Meta):
        ordering = ["title", "id"]

    def get_absolute_url(self):
        """The packet's address on this site."""
        return self.address_of("packet-detail", self.slug)
