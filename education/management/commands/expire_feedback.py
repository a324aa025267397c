"""Delete feedback that is older than 90 days, as its form promises. Run it once a day."""

from django.core.management.base import BaseCommand

from education.models import Feedback


class Command(BaseCommand):
    help = __doc__

    def handle(self, *, verbosity, **options):
        count, _ = Feedback.objects.expired().delete()
        if verbosity:
            self.stdout.write(f"{count} deleted")
