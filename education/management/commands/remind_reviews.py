"""List the published pages that a clinician should read: overdue, due soon, changed since their review, never reviewed."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError

from education.publishing import review_queue

TITLES = {
    "overdue": "Review overdue",
    "due": "Review due within {days} days",
    "changed": "Changed since review",
    "never": "Never reviewed by a clinician",
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=30, help="how far ahead to look (default: %(default)s)")
        parser.add_argument("--mail", metavar="TO", help="mail the list instead, unless it is empty")

    def handle(self, *, days, mail, **options):
        queue = review_queue(days=days)
        count = sum(map(len, queue.values()))
        text = "\n".join(line for why, pages in queue.items() if pages for line in _section(TITLES[why].format(days=days), pages))
        if mail and count:
            self._mail(mail, f"{count} pages to review" if count > 1 else "1 page to review", text)
        elif not mail:
            self.stdout.write(text or "No page waits for a review.")

    def _mail(self, to, subject, text):
        if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not settings.EMAIL_HOST:
            raise CommandError("EMAIL_HOST must be set in the environment to send mail; nothing was sent")
        try:
            send_mail(subject, text, None, [to])
        except (OSError, SMTPException) as error:
            raise CommandError(f"the mail could not be sent: {error}") from error


def _section(title, pages):
    yield f"{title}: {len(pages)}"
    for page in pages:
        due = f" (due {page.review_due:%Y-%m-%d})" if page.review_due else ""
        yield f"  {page.title}{due}  {settings.SITE_URL}{page.get_absolute_url()}"
    yield ""
