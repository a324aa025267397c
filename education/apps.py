"""The application."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class EducationConfig(AppConfig):
    """Patient education."""

    name = "education"
    verbose_name = _("Patient education")

    def ready(self):
        """Keep search, the admin's first page and the version of the content up to what is written."""
        from education import caching, health  # noqa: PLC0415 - models must be loaded first
        from education.models import Picture  # noqa: PLC0415
        from education.publishing.signals import pages_changed  # noqa: PLC0415
        from education.search.index import on_pages_changed  # noqa: PLC0415

        pages_changed.connect(on_pages_changed, dispatch_uid="education.search")
        pages_changed.connect(health.on_pages_changed, dispatch_uid="education.health")
        pages_changed.connect(caching.on_pages_changed, dispatch_uid="education.caching")
        post_save.connect(caching.on_picture_changed, sender=Picture, dispatch_uid="education.caching")
        post_delete.connect(caching.on_picture_changed, sender=Picture, dispatch_uid="education.caching")
