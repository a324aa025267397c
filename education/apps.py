"""The application."""

from django.apps import AppConfig


class EducationConfig(AppConfig):
    """Patient education."""

    name = "education"
    verbose_name = "Patient education"

    def ready(self):
        """Keep search up to what publishing writes."""
        from education.publishing.signals import pages_changed  # noqa: PLC0415 - models must be loaded first
        from education.search.index import on_pages_changed  # noqa: PLC0415

        pages_changed.connect(on_pages_changed, dispatch_uid="education.search")
