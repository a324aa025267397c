"""The application."""

from django.apps import AppConfig


class EducationConfig(AppConfig):
    """Patient education."""

    name = "education"
    verbose_name = "Patient education"
