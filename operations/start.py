"""What must be there before the server starts: `manage.py check --deploy --database default`, which gunicorn runs first."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import InvalidStorageError, storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from operations.database import check_file

_HOST = re.compile(r"\.?[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*|\[[0-9a-fA-F:.]+\]")


@register(deploy=True)
def site_is_encrypted(app_configs=None, **kwargs):
    """Staff log in, and the browsers are told to come by TLS only."""
    if settings.SITE_URL.startswith("https://"):
        return []
    return [Error("SITE_URL must begin with https://.", hint="The proxy before this server speaks TLS.", id="operations.E010")]


@register(deploy=True)
def hosts_are_named(app_configs=None, **kwargs):
    """Each name that the site answers to is one, and SITE_URL's is among them: else all are turned away, or nobody."""
    own, wrong = urlsplit(settings.SITE_URL).hostname, [host for host in settings.ALLOWED_HOSTS if not _HOST.fullmatch(host)]
    if wrong:
        return [Error(f"ALLOWED_HOSTS must hold names such as clinic.example; found {wrong[0]!r}.", id="operations.E015")]
    if validate_host(f"[{own}]" if ":" in own else own, settings.ALLOWED_HOSTS):
        return []
    return [Error(f"ALLOWED_HOSTS must hold {own}, which SITE_URL names.", id="operations.E015")]


@register(deploy=True)
def logins_are_guarded(app_configs=None, **kwargs):
    """A password alone opens nothing that patients read, and one who guesses does not lock everybody out."""
    found = []
    if not settings.SECOND_FACTOR:
        found.append(Error("SECOND_FACTOR must be on where the site is public.", id="operations.E016"))
    if not settings.TRUSTED_PROXIES:
        words = "TRUSTED_PROXIES must count the proxy that speaks TLS; else all logins seem to come from one place."
        found.append(Error(words, id="operations.E017"))
    return found


@register(deploy=True)
def uploads_have_a_place(app_configs=None, **kwargs):
    """What MEDIA_STORAGE asks for is installed."""
    try:
        storages["default"]
    except (ImportError, InvalidStorageError, ImproperlyConfigured) as error:
        hint = "For s3:// install requirements/s3.txt."
        return [Error(f"MEDIA_STORAGE cannot be used: {error}", hint=hint, id="operations.E018")]
    return []


@register(deploy=True)
def folders_can_be_written(app_configs=None, **kwargs):
    """What is kept on this machine has its place. In VAR_DIR that is SQLite's file; what else is there, is only read."""
    folders = {"MEDIA_ROOT": settings.MEDIA_ROOT}
    if connection.vendor == "sqlite":
        folders["VAR_DIR"] = settings.VAR_DIR
    return [
        Error(f"{name} names a folder that cannot be written: {folder}", id="operations.E011")
        for name, folder in folders.items()
        if not os.access(_nearest(Path(folder)), os.W_OK | os.X_OK)
    ]


@register(Tags.database, deploy=True)  # as what else stands on the machine, not in the settings
def static_files_are_collected(app_configs=None, databases=None, **kwargs):
    """Each page names its stylesheet by what it holds; that is looked up in what `collectstatic` wrote."""
    if not databases or getattr(staticfiles_storage, "hashed_files", True):
        return []
    hint = "Run manage.py collectstatic, or make serve."
    return [Error(f"There are no static files in {settings.STATIC_ROOT} (VAR_DIR).", hint=hint, id="operations.E012")]


@register(Tags.database, deploy=True)
def database_is_up_to_date(app_configs=None, databases=None, **kwargs):
    """It can be reached, is whole, and has the tables that this release works with."""
    if "default" not in (databases or ()):
        return []
    try:
        check_file()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return [Error(f"The database that DATABASE_URL names cannot be used: {error}", id="operations.E013")]
    if not waiting:
        return []
    return [Error(f"The database lacks {len(waiting)} migrations.", hint="Run manage.py migrate.", id="operations.E014")]


def _nearest(folder):
    """The folder, or the nearest one above it that is there: the rest will be made."""
    while not os.access(folder, os.F_OK) and folder != folder.parent:
        folder = folder.parent
    return folder
