"""A site from a backup: built and checked beside the one that runs, then put in its place at once."""

import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from education.caching.version import change_version
from education.models import Revision
from operations import rows
from operations.archive import BackupError, unpack
from operations.backup import state_at
from operations.database import check_file, count_rows, scratch
from operations.invariants import broken_invariants


def restore(stream):
    """Make the site what a backup (a stream of bytes) holds; gives its manifest. Raises BackupError.

    Before anything of the site is touched, every digest was right and the backup stood as a site that is whole. Then its
    pictures are put back, and its database takes the place of the site's own: all of it, or nothing.
    """
    with _rebuilt(stream) as (manifest, folder, publish):
        _put_media(manifest, folder / "media")
        publish()
    return manifest


def check(stream):
    """Make a site of a backup, look whether it is whole, and throw it away; gives the manifest. Raises BackupError."""
    with _rebuilt(stream) as (manifest, _folder, _publish):
        return manifest


def is_empty():
    """Whether there is nothing here that a restore could overwrite."""
    try:
        return not (Revision.objects.exists() or get_user_model().objects.exists())
    except (OperationalError, ProgrammingError) as error:
        return "no such table" in str(error) or "does not exist" in str(error)
    except DatabaseError:  # damaged
        return False


# What rows that are no rows of ours lead to, though their digests are right.
_NO_SITE = (DatabaseError, ValidationError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


@contextmanager
def _rebuilt(stream):
    with tempfile.TemporaryDirectory(prefix="restore-") as name:
        folder = Path(name)
        manifest = unpack(stream, folder)
        with scratch(folder) as publish:
            try:
                _build(manifest, folder / "rows")
            except _NO_SITE as error:
                raise BackupError(f"the backup does not make a site: {error}") from error
            yield manifest, folder, publish


def _build(manifest, folder):
    """Make the tables as they were, load them, compare, then bring them up to this release."""
    executor = MigrationExecutor(connection)
    targets = [(app, name) for app, names in manifest["migrations"].items() for name in names]
    strange = [".".join(one) for one in targets if one not in executor.loader.graph.nodes]
    if strange:
        raise BackupError(f"the backup is of a newer release, which made {', '.join(strange)}; restore it with that one")
    executor.migrate(targets)
    models = rows.tables(state_at(executor.loader, manifest["migrations"]))
    if models.keys() != manifest["tables"].keys():
        raise BackupError("the backup does not hold the tables that its release has")
    with transaction.atomic():
        for label, model in models.items():
            with (folder / f"{label}.jsonl").open("rb") as lines:
                rows.load(model, lines)
    _reset_sequences(models.values())
    changed = [label for label, model in models.items() if rows.digest(rows.dump(model)) != manifest["tables"][label]]
    if changed:
        raise BackupError(f"{', '.join(changed)} came out of the database unlike it went in")
    call_command("migrate", verbosity=0, interactive=False)
    check_file()
    connection.check_constraints()
    if broken := broken_invariants():
        raise BackupError("the content is not whole:\n" + "\n".join(broken))
    count_rows()
    change_version()  # no page that any process or browser kept is taken for one of the restored site


def _reset_sequences(models):
    from django.core.management.color import no_style  # noqa: PLC0415

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _put_media(manifest, folder):
    """Put uploaded files back. One never changes under its name, so that those already there stay, if they are whole."""
    for path, about in manifest["files"].items():
        kind, _, name = path.partition("/")
        if kind != "media" or _digest_of(name) == about["sha256"]:
            continue
        default_storage.delete(name)
        with (folder / name).open("rb") as file:
            default_storage.save(name, File(file))


def _digest_of(name):
    if not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
