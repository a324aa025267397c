"""Write the whole site into one file: its database, its pictures, and digests of all. Nobody who writes meanwhile is stopped."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from operations.archive import BackupError
from operations.backup import keep_newest, make_backup, write_backup
from operations.restore import check


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        default = settings.VAR_DIR / "backups"
        parser.add_argument("folder", nargs="?", default=default, help="where to; - writes to stdout (default: %(default)s)")
        parser.add_argument("--keep", type=int, metavar="N", help="of the backups in the folder, keep the newest N")
        parser.add_argument("--check", action="store_true", help="then make a site of it, and see whether it is whole")

    def handle(self, *, folder, keep, check, verbosity, **options):
        if keep is not None and (keep < 1 or folder == "-"):
            raise CommandError("--keep takes a number from 1, and a folder")
        if check and folder == "-":
            raise CommandError("--check needs a folder; pipe into `manage.py restore --check -` instead")
        try:
            manifest = write_backup(sys.stdout.buffer) if folder == "-" else self._to_folder(Path(folder), keep, check)
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(f"no backup was made: {error}") from error
        for name in manifest["missing"]:
            self.stderr.write(f"{name} is named by a row, and is not there")
        rows = sum(table["rows"] for table in manifest["tables"].values())
        pictures = sum(name.startswith("media/") for name in manifest["files"])
        if verbosity:
            self.stderr.write(f"{rows:,} rows, {pictures:,} uploaded files{', checked by restoring' if check else ''}")

    def _to_folder(self, folder, keep, checked):
        path, manifest = make_backup(folder)
        if checked:
            try:
                with path.open("rb") as stream:
                    check(stream)
            except BackupError:
                path.unlink()
                raise
        if keep:
            keep_newest(folder, keep)
        self.stdout.write(str(path))
        return manifest
