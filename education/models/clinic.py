"""The clinic whose site this is."""

from django.db import models
from django.urls import reverse

from education.models.page import Page


class Clinic(Page):
    """Its name (the title) and the contact details it gave; its text greets on the home page. There is one a language."""

    collection = "clinic"

    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail", max_length=200, blank=True)
    address = models.JSONField(default=list, blank=True, help_text="The address, one line of it a line.")
    shortcuts = models.JSONField(
        default=list,
        blank=True,
        help_text="Pages that stand at the top of every page, such as topics/when-to-get-help, one a line.",
    )

    class Meta(Page.Meta):
        verbose_name_plural = "clinic"

    def get_absolute_url(self):
        """The home page."""
        return reverse("education:home")
