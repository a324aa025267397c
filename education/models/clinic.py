"""The clinic whose site this is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.page import Page


class Clinic(Page):
    """Its name (the title) and the contact details it gave; its text greets on the home page. There is one a language."""

    collection = "clinic"

    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    address = models.JSONField(default=list, blank=True, help_text=_("The address, one line of it a line."))
    shortcuts = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Pages that stand at the top of every page, such as topics/when-to-get-help, one a line."),
    )

    class Meta(Page.Meta):
        verbose_name_plural = _("clinic")

    def get_absolute_url(self):
        """The home page."""
        return self.address_of("home")
