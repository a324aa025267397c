"""Times the admin's first page and every list in it; `tests/bench.py` runs it within a site of many pages."""

import statistics
import sys
import time

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education import publishing
from education.admin.todo import TASKS
from education.models import FAQ, ContentFile, Feedback, PageHealth, Revision, Topic
from education.models.page import today

VERSIONS = 5
RUNS = 5


def fill(staff):
    """Give every page a history, and some of them something to do."""
    newest = Revision.objects.latest("pk").pk
    texts = Revision.objects.filter(pk__lte=newest).values("page", "text", "digest", "origin").order_by("pk")
    for number in range(VERSIONS - 1):
        older = (Revision(**values, note=f"Version {number}") for values in texts.iterator())
        Revision.objects.bulk_create(older, batch_size=500)
    for page in Topic.objects.all()[:50]:
        publishing.unpublish(page=page, by=staff)
    for page in FAQ.objects.all()[:200]:
        document = publishing.live_document(page).changed(review_notes=("Ask again.",))
        publishing.save_draft(document=document, by=staff, page=page)
    ContentFile.objects.filter(pk__in=ContentFile.objects.values("pk")[:100]).update(suggestion="…", conflicts=["body"])
    PageHealth.objects.filter(collection="faqs", page_id__lte=1000).update(grade=9.5, review_due=today())
    pages = list(PageHealth.objects.values_list("page", flat=True)[:1000])
    Feedback.objects.bulk_create(Feedback(page=page, helpful=True, comment="Clear.") for page in pages)


def addresses():
    """What is timed: (words, address)."""
    yield "first page", reverse("admin:index")
    for model in admin.site._registry:
        name = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        yield f"list of {model._meta.verbose_name_plural}", name
    questions = reverse("admin:education_faq_changelist")
    yield "  searched", f"{questions}?q=provider"
    for key in TASKS:
        yield f"  to do: {key}", f"{questions}?todo={key}"


def main():
    """Print a line an address."""
    settings.ALLOWED_HOSTS = ["testserver"]
    staff = get_user_model().objects.create_superuser("staff", password="a password for the bench")
    fill(staff)
    browser = Client()
    browser.force_login(staff)
    slowest = 0
    for words, address in addresses():
        browser.get(address)  # templates are read once
        times = []
        for _ in range(RUNS):
            with CaptureQueriesContext(connection) as queries:
                started = time.perf_counter()
                response = browser.get(address)
                times.append(time.perf_counter() - started)
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}")
        slowest = max(slowest, statistics.median(times))
        sys.stdout.write(f"{'':>8}  {words:<34}{statistics.median(times) * 1000:>6.0f} ms{len(queries):>5} queries\n")
    counts = PageHealth.objects.count(), Revision.objects.count()
    sys.stdout.write(
        f"{'':>8}  slowest of the admin: {slowest * 1000:.0f} ms, with {counts[0]:,} pages, {counts[1]:,} revisions\n"
    )
