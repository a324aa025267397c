"""The two ways to write a page's text for staff: for the public to see, or beside what the public sees."""

from education.documents import Document, parse_text, serialize
from education.documents.review import review_mark, signed_off, with_best_review, without_review
from education.models import Page, Revision
from education.publishing import audit
from education.publishing.pages import live_document, staff_document
from education.publishing.permissions import PUBLISH, REVIEW, require
from education.publishing.record import Change, record


def write_live(document, page, by, *, note="", origin=Revision.Origin.STAFF, keep_draft=False):
    """Make `document` the text of a page (its locked row; None: a new page); gives the row. The same text writes nothing.

    Raises PermissionDenied where this changes what the public sees and `by` may not publish.
    """
    before, after = page and page.status, document.get("status", Page.Status.DRAFT)
    if Page.Status.PUBLISHED in (before, after):
        require(by, PUBLISH, "publish", document.identity)
    document = checked(document)
    if page and document == live_document(page) and (page.draft is None or keep_draft):
        return page
    page = record([Change(document, page, origin, by, note, keep_draft=keep_draft)])[0]
    if Page.Status.PUBLISHED in (before, after):
        audit.done("published" if after == Page.Status.PUBLISHED else "unpublished", by, page.identity)
    return page


def write_draft(document, page, by, *, note="", origin=Revision.Origin.STAFF, draft_due=None):
    """Keep `document` beside the text of a page (its locked row), at the page's present address; gives the row.

    The same text writes no revision. With `draft_due` (a date) it becomes the public text on that day; another text
    without it takes the day of an earlier draft away. Raises PermissionDenied where there is a day and `by` may not
    publish: what becomes public was seen by one who may.
    """
    if draft_due:
        require(by, PUBLISH, "publish", page.identity)
    document = checked(Document(live_document(page).identity, document.fields, document.body))
    if document != staff_document(page):
        return record([Change(document, page, origin, by, note, draft=True, draft_due=draft_due)])[0]
    if page.draft and draft_due:
        page.draft_due = draft_due
        page.save(update_fields=["draft_due"])
    return page


def checked(document):
    """The document as its canonical text reads; raises ContentErrors where its schema refuses it."""
    return parse_text(serialize(document), document.identity)


def sign(document, reviewed_by, reviewed_on):
    """The document signed off: a clinician (a name) read this text on a day and agreed."""
    return document.changed(reviewed_by=reviewed_by, reviewed_on=reviewed_on, reviewed_text=signed_off(document))


def carry_review(document, page):
    """`document` with the review that the page has, whatever it says itself; a new page has none."""
    document = without_review(document)
    return with_best_review(document, [live_document(page), staff_document(page)]) if page else document


def typed_review(document, page, by):
    """As `carry_review`; but a day and a name that were not there before sign the text off, where `by` may do so."""
    texts = [live_document(page), staff_document(page)] if page else []
    known = [review_mark(text)[:2] for text in texts]
    typed = document.get("reviewed_on"), document.get("reviewed_by")
    if not all(typed) or typed in known or not by.has_perm(REVIEW):
        return carry_review(document, page)
    audit.done("signed off", by, document.identity)
    return sign(document, reviewed_by=typed[1], reviewed_on=typed[0])
