"""Reviews by clinicians: signing a text off, and which pages wait for one."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from education.documents.registry import READING
from education.documents.review import without_review
from education.models import PAGE_MODELS, Page, Revision
from education.models.page import today as this_day
from education.publishing import audit
from education.publishing.pages import live_document
from education.publishing.permissions import ANY, REVIEW, Collision, current, require
from education.publishing.record import Change, record
from education.publishing.texts import checked, sign


@transaction.atomic
def mark_reviewed(*, page, by, reviewed_by, reviewed_on, review_due=None, note="", based_on=ANY):
    """Record that a clinician (a name) read the whole live text on a day and agreed, and when to read it again.

    `based_on` is the id of the revision that was read. Without `reviewed_on` (None) the page's review is taken back.
    Raises PermissionDenied unless `by` may sign pages off, Collision when the live text is another one meanwhile.
    """
    if reviewed_on is not None and not isinstance(reviewed_on, date):
        raise TypeError("reviewed_on must be a date")
    require(by, REVIEW, "sign pages off", page.identity)
    page = current(page)
    if based_on is not ANY and based_on != page.revision_id:
        raise Collision(page)
    live = live_document(page)
    document = sign(live, reviewed_by, reviewed_on) if reviewed_on else without_review(live)
    document = checked(document.changed(review_due=review_due))
    if document == live:
        return page
    note = note or (f"Reviewed by {reviewed_by}" if reviewed_on else "Review taken back")
    audit.done("signed off" if reviewed_on else "review taken back", by, page.identity)
    return record([Change(document, page, Revision.Origin.STAFF, by, note, keep_draft=True)])[0]


def review_queue(*, days=30, today=None):
    """The published pages that a clinician should read, by why: `overdue`, `due` within so many days, `changed` since
    their review, `never` reviewed. Each page is in the first of these lists that fits; what is due first comes first.
    """
    today = today or this_day()
    soon = today + timedelta(days=days)
    queue = {"overdue": [], "due": [], "changed": [], "never": []}
    for name in READING:
        rows = PAGE_MODELS[name].objects.published().defer("body")
        for page in rows.order_by(F("review_due").asc(nulls_last=True), "title", "pk"):
            why = _why(page, today, soon)
            if why:
                queue[why].append(page)
    for pages in queue.values():
        pages.sort(key=lambda page: page.review_due or date.max)
    return queue


def _why(page, today, soon):
    if page.review_due and page.review_due <= today:
        return "overdue"
    if page.review_due and page.review_due <= soon:
        return "due"
    return None if page.review_state == Page.ReviewState.CURRENT else page.review_state
