"""The admin: staff edit rows, and every save goes through `education.publishing`."""

from django.contrib import admin  # noqa: I001 - kinds of pages first: lists stand in the order in which they are registered
from django.utils.translation import gettext_lazy as _

from education.admin import kinds, packets, pictures, feedback, history

admin.site.site_header = _("Patient education")
admin.site.site_title = _("Patient education")
admin.site.index_title = _("Waiting for you")

__all__ = ["feedback", "history", "kinds", "packets", "pictures"]
