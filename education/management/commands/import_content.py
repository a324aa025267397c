"""Bring the pages up to the Markdown files in content/. Staff's edits stay; a broken file stops everything, unwritten."""

import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from education.documents import ContentErrors
from education.management.progress import Progress
from education.sync import import_content
from operations.database import count_rows


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR, help="default: %(default)s")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--unpublish-missing", action="store_true", help="take pages whose file is gone from the public")

    def handle(self, *, folder, dry_run, unpublish_missing, verbosity, **options):
        progress = Progress(sys.stderr, visible=verbosity > 0)
        try:
            report = import_content(folder, dry_run=dry_run, unpublish_missing=unpublish_missing, progress=progress)
        except ContentErrors as found:
            for error in found.errors:
                self.stderr.write(str(error))
            count = len(found.errors)
            raise CommandError(f"{count} mistake{'s' if count > 1 else ''} in {folder}; nothing was imported") from found
        if not dry_run:
            with suppress(OperationalError):  # what was imported is there all the same
                count_rows()
        if verbosity:
            if dry_run:
                self.stdout.write("Nothing is written; this would happen:")
            for line in report.lines(everything=verbosity > 1):
                self.stdout.write(line)
