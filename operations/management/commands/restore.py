"""Make the site what a backup holds: all of it or, where anything is wrong, nothing."""

import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from operations.archive import BackupError
from operations.restore import check, is_empty, restore


class Command(BaseCommand):
    help = __doc__

    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="the backup; - reads stdin")
        parser.add_argument("--yes", action="store_true", help="overwrite the site that is here")
        parser.add_argument("--check", action="store_true", help="only make a site of it elsewhere, and see whether it is whole")

    def handle(self, *, file, yes, verbosity, **options):
        only_check = options["check"]
        if not (only_check or yes or is_empty()):
            raise CommandError("there is a site here already; --yes overwrites it (make a backup of it first)")
        try:
            with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
                manifest = (check if only_check else restore)(stream)
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(f"nothing was restored: {error}") from error
        for name in manifest["missing"]:
            self.stderr.write(f"{name} was missing when the backup was made")
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{'The backup is whole' if only_check else 'Restored'}: {rows:,} rows as of {manifest['made_at']}, "
            f"release {manifest['release']}; tables, digests and content checked."
        )
