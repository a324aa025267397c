"""Say whether the site can be served: database, migrations, content, cache. Exit 1 when it cannot."""

from django.core.management.base import BaseCommand, CommandError

from operations.readiness import findings, is_ready


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        found = findings()
        for part, problem in found.items():
            self.stdout.write(f"{part:>10}  {problem or 'ok'}")
        if not is_ready(found):
            raise CommandError("the site is not ready")
