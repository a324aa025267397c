"""How texts become public, and stop to be. `by` is the user who does it, `based_on` the id of the revision they started from.

Each raises PermissionDenied, Collision when the page has another newest text than `based_on` meanwhile or is gone, and
ContentErrors for a document that its schema refuses or that no other page can stand beside.
"""

from django.db import transaction

from education.documents import COLLECTIONS, ContentErrors
from education.models import PAGE_MODELS
from education.models.page import today
from education.publishing import audit
from education.publishing.pages import live_document, staff_document
from education.publishing.permissions import ANY, PUBLISH, allowed, require
from education.publishing.record import connect
from education.publishing.texts import carry_review, typed_review, write_draft, write_live


@transaction.atomic
def save(*, document, by, page=None, note="", based_on=ANY):
    """Make `document` the page's text, public or not as its status says; gives the row. A draft is done with it.

    Saving a text that says the same writes nothing. What is public, or will be, only those who publish save.
    """
    page = allowed(document.identity.collection, page, by, based_on=based_on, mine=document)
    return _save(typed_review(document, page, by), page, by, note)


@transaction.atomic
def save_draft(*, document, by, page=None, note="", based_on=ANY):
    """Keep `document` without showing it: beside the public text of a published page, else as the page's text.

    A page's address is not drafted: beside a public text the draft has the page's present one. A draft that waits for
    its day and is changed waits no more.
    """
    page = allowed(document.identity.collection, page, by, based_on=based_on, mine=document)
    document = typed_review(document, page, by)
    if page and page.status == page.Status.PUBLISHED:
        return write_draft(document, page, by, note=note)
    return _save(document.changed(status=None), page, by, note)


@transaction.atomic
def publish(*, by, page=None, document=None, note="", publish_on=None, based_on=ANY):
    """Show a text to the public: `document`, else the page's draft, else its text; from `publish_on` (a date) or now.

    Without `page` it is a new one. Where the public sees a page already and the day lies ahead, the text waits as a
    draft until then, at the page's present address.
    """
    page = allowed((page or document.identity).collection, page, by, based_on=based_on, mine=document)
    require(by, PUBLISH, "publish", page.identity if page else document.identity)
    document = typed_review(document, page, by) if document else carry_review(staff_document(page), page)
    document = document.changed(status="published", publish_on=publish_on)
    if page and page.is_published and publish_on and publish_on > today():
        page = write_draft(document, page, by, note=note, draft_due=publish_on)
        audit.done("planned", by, page.identity)
        return page
    return _save(document, page, by, note)


@transaction.atomic
def unpublish(*, page, by, note="", based_on=ANY):
    """Take a page from the public. Its text stays; a waiting draft becomes its text, where it fits to the other pages."""
    page = allowed(page.collection, page, by, based_on=based_on)
    gone = {"status": None, "publish_on": None}
    try:
        with transaction.atomic():
            return write_live(carry_review(staff_document(page).changed(**gone), page), page, by, note=note)
    except ContentErrors:
        return write_live(live_document(page).changed(**gone), page, by, note=note, keep_draft=True)


@transaction.atomic
def discard_draft(*, page, by, based_on=ANY):
    """Throw the draft away that waits beside a page's text; it stays in the history. One with a day only publishers do."""
    page = allowed(page.collection, page, by, based_on=based_on)
    if page.draft_due:
        require(by, PUBLISH, "take back what is planned", page.identity)
    page.draft = page.draft_due = None
    page.save(update_fields=["draft", "draft_due"])
    audit.done("draft discarded", by, page.identity)
    return page


def _save(document, page, by, note):
    row = write_live(document, page, by, note=note)
    if page is None:
        connect_others_to(document.identity)
    return row


def connect_others_to(identity):
    """Link the pages that name a page which was not there (it may have been deleted, and restored now)."""
    for name, collection in COLLECTIONS.items():
        if identity.collection in collection.references.values():
            rows = PAGE_MODELS[name].objects.filter(language=identity.language, revision__text__contains=identity.slug)
            connect([(row, live_document(row)) for row in rows.select_related("revision")])
