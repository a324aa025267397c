"""The application."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Running the site."""

    name = "operations"

    def ready(self):
        """Have `check --deploy --database default`, which the server runs before it starts, look at all that it needs."""
        from operations import checks, start  # noqa: F401, PLC0415 - they register themselves
