"""Texts whose day has come: drafts of public pages, and pages that were not public before."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Value

from education.documents import ContentErrors
from education.models import PAGE_MODELS, Revision
from education.models.page import today as this_day
from education.publishing import audit
from education.publishing.pages import live_document, staff_document
from education.publishing.record import Change, record
from education.publishing.texts import carry_review


def due_pages(today=None):
    """The (collection, id) of the pages with a text that is to be public on a day (today in UTC), by one query."""
    today = today or this_day()
    found = [model.objects.due(today).order_by().values_list(Value(name), "pk") for name, model in PAGE_MODELS.items()]
    return list(found[0].union(*found[1:], all=True))


def publish_due(today=None):
    """Make the texts whose day has come public; gives the rows. Where there are none, it writes nothing.

    What was public once stays so, also when the clock is set back: the text then has no day any more. Two that run at
    once publish each text once. One that no longer fits to the other pages goes on waiting, and is logged; the others
    are published all the same.
    """
    today = today or this_day()
    rows = []
    for collection, pk in due_pages(today):
        try:
            rows += _publish(PAGE_MODELS[collection], pk, today)
        except (ContentErrors, ValidationError, IntegrityError) as error:
            audit.failed("not published", f"{collection} {pk}", error)
    return rows


@transaction.atomic
def _publish(model, pk, today):
    page = model.objects.select_for_update().due(today).filter(pk=pk).first()
    if page is None:  # another process was quicker
        return []
    is_draft = page.draft_due is not None and page.draft_due <= today
    document = carry_review(staff_document(page), page) if is_draft else live_document(page)
    document, planner = document.changed(publish_on=None), (page.draft if is_draft else page.revision).author
    rows = record([Change(document, page, Revision.Origin.STAFF, planner, "Published as planned", keep_draft=not is_draft)])
    audit.done("published as planned", planner, page.identity)
    return rows
