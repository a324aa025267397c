"""The glossary: words that patients meet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import Page


class GlossaryTerm(Page):
    """A word (its title) and its meaning (its summary; its text says more)."""

    collection = "glossary"

    forms = models.JSONField(default=list, blank=True, help_text=_("Plurals and other spellings, one a line."))

    class Meta(Page.Meta):
        ordering = ["title", "id"]

    def get_absolute_url(self):
        """The term's place on the glossary page."""
        return f"{self.address_of('glossary')}#{self.slug}"
