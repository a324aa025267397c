"""Make all that search reads anew from the pages. Search is kept up by itself; this is for after a change of its code."""

import sys

from django.core.management.base import BaseCommand

from education.management.progress import Progress
from education.search import rebuild


class Command(BaseCommand):
    help = __doc__

    def handle(self, *, verbosity, **options):
        count = rebuild(Progress(sys.stderr, visible=verbosity > 0))
        if verbosity:
            self.stdout.write(f"{count:6,} pages can be found")
