"""Sources: what pages cite."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import Page


class Source(Page):
    """A study, guideline or leaflet. It has no page of its own: pages list what they cite at their foot."""

    collection = "sources"

    summary = models.CharField(max_length=300, blank=True, help_text=_("What it is and who was studied, in one plain sentence."))
    authors = models.CharField(max_length=300, blank=True, help_text=_("Such as: Brady S, McEvoy J, and others."))
    publisher = models.CharField(max_length=200, blank=True, help_text=_("The journal, or the body that published it."))
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, help_text=_("Such as 10.1179/2042618613Y.0000000044."))
    checked_on = models.DateField(null=True, blank=True, help_text=_("The day someone last opened it."))

    class Meta(Page.Meta):
        ordering = ["title", "id"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(url="", doi=""), name="source_can_be_found"),
        ]

    @property
    def address(self):
        """Where to read it: its DOI's permanent address, else its web address."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url
