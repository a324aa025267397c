"""Publish the texts whose day (in UTC) has come. Run it once a day, soon after midnight UTC.

The site does the same by itself when its first visitor of a new day comes; this is for days without one.
"""

from django.core.management.base import BaseCommand, CommandError

from education.publishing import due_pages, publish_due


class Command(BaseCommand):
    help = __doc__

    def handle(self, *, verbosity, **options):
        pages = publish_due()
        if verbosity:
            for page in pages:
                self.stdout.write(f"published  {page.identity}")
            self.stdout.write(f"{len(pages)} published")
        if left := due_pages():
            names = ", ".join(f"{collection} {pk}" for collection, pk in left)
            raise CommandError(f"{len(left)} could not be published: {names}; the log says why")
