"""Django's `check`, which names what to set where the database cannot even be opened."""

from django.core.management.base import CommandError
from django.core.management.commands import check
from django.db import DatabaseError


class Command(check.Command):
    def check(self, **options):
        try:
            super().check(**options)
        except DatabaseError as error:
            words = "It is named by DATABASE_URL; without that it stands in VAR_DIR."
            raise CommandError(f"The database cannot be used: {str(error).strip()}. {words}") from error
