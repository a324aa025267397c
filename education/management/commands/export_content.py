"""Write every page as a Markdown file: what import_content reads. Files that are the same already are left alone."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from education.management.progress import Progress
from education.sync import export_content


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where to write; content/ itself is the usual place")

    def handle(self, *, folder, verbosity, **options):
        try:
            written = export_content(folder, progress=Progress(sys.stderr, visible=verbosity > 0))
        except OSError as error:
            raise CommandError(f"cannot write {folder}: {error}") from error
        if verbosity:
            for name in written:
                self.stdout.write(f"    written  {name}")
            self.stdout.write(f"{len(written):6,} written, the others were the same")
