"""The admin: staff edit rows, and every save goes through `education.publishing`."""

from django.contrib import admin

from education.admin import feedback, history, packets, pages

admin.site.site_header = "Patient education"
admin.site.site_title = "Patient education"
admin.site.index_title = "Pages"

__all__ = ["feedback", "history", "packets", "pages"]
