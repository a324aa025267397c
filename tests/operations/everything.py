"""All that a backup holds of a site, to compare before and after."""

from pathlib import Path

from django.apps import apps
from django.conf import settings

from operations.rows import tables


def everything():
    """Every row of every table that is kept, column by column, and every uploaded file. The version of the content is not it."""
    rows = {label: list(model._base_manager.order_by("pk").values_list()) for label, model in tables(apps).items()}
    del rows["education.contentversion"]
    folder = Path(settings.MEDIA_ROOT)
    return rows, {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
