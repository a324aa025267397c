"""Make anew all that search and the admin's first page read. Both are kept up by themselves; this is for after a change of
their code."""

import sys

from django.core.management.base import BaseCommand

from education import health, search
from education.management.progress import Progress


class Command(BaseCommand):
    help = __doc__

    def handle(self, *, verbosity, **options):
        progress = Progress(sys.stderr, visible=verbosity > 0)
        count = search.rebuild(progress)
        health.rebuild(progress)
        if verbosity:
            self.stdout.write(f"{count:6,} pages can be found")
