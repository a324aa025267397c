"""What is looked at before the server starts, by `manage.py check --database default`."""

from django.core.checks import Error, Tags, register
from django.db import DatabaseError

from operations.database import check_file


@register(Tags.database)
def database_is_whole(databases=None, **kwargs):
    """An SQLite file that is damaged is not served from; what still stands in it could be lost by writing."""
    if "default" not in (databases or ()):
        return []
    try:
        check_file()
    except DatabaseError as error:
        return [Error(f"The database cannot be used: {error}", hint="docs/deploy.md, “Restore”.", id="operations.E001")]
    return []
