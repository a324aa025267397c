"""What staff can do to a page, one function each. `by` is the user who does it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from education.documents import Identity, digest, parse_text, serialize
from education.documents.merge import REVIEW_MARK
from education.models import PAGE_MODELS, ContentFile, Revision
from education.publishing.pages import find_page, live_document, staff_document
from education.publishing.record import Change, record, refresh

# What a clinician does not sign off: changing it leaves a review valid.
NOT_REVIEWED = frozenset(
    {"slug", "status", "publish_on", "aliases", "search_words", "position", "review_due", "review_notes", "checked_on", *REVIEW_MARK}
)


@transaction.atomic
def save(*, document, by, page=None, note="", origin=Revision.Origin.STAFF, keep_draft=False):
    """Make `document` the page's text, public or not as its status says; gives the row. A draft is done with it.

    Saving a text that says the same writes nothing. Changing what a clinician signed off takes the mark away.
    Raises PermissionDenied, and ContentErrors for a document that its schema refuses.
    """
    page = _allowed(document.identity.collection, page, by)
    document = _checked(document)
    if page is None:
        return record([Change(document, None, origin, by, note)])[0]
    before = live_document(page)
    document = _without_stale_review(document, before)
    if document == before and (page.draft is None or keep_draft):
        return page
    return record([Change(document, page, origin, by, note, keep_draft=keep_draft)])[0]


@transaction.atomic
def save_draft(*, document, by, page=None, note=""):
    """Keep `document` without showing it: beside the public text of a published page, else as the page's text."""
    if page is None or page.status != page.Status.PUBLISHED:
        return save(document=document.changed(status=None), by=by, page=page, note=note)
    page = _allowed(document.identity.collection, page, by)
    document = _without_stale_review(_checked(document), live_document(page))
    if document == staff_document(page):
        return page
    return record([Change(document, page, Revision.Origin.STAFF, by, note, draft=True)])[0]


def publish(*, page, by, document=None, note="", publish_on=None):
    """Show a text to the public: `document`, else the page's draft, else its text; from `publish_on` (a date) or now."""
    document = (document or staff_document(page)).changed(status="published", publish_on=publish_on)
    return save(document=document, by=by, page=page, note=note)


def unpublish(*, page, by, note=""):
    """Take a page from the public. Its text stays; a waiting draft becomes its text."""
    return save(document=staff_document(page).changed(status=None, publish_on=None), by=by, page=page, note=note)


@transaction.atomic
def restore(*, revision, by, note=""):
    """Bring an earlier text back, as a new revision; a deleted page comes back as a draft. Gives the row.

    The page keeps its present address and status: those are not the text's to change.
    """
    identity = Identity.from_string(revision.page)
    document, page = parse_text(revision.text, identity), find_page(identity)
    if page is None:
        document = document.changed(status=None, publish_on=None)
    else:
        present = live_document(page)
        document = document.changed(
            **{key: present.get(key) for key in ("status", "publish_on", "aliases", *REVIEW_MARK)},
        )
    note = note or f"Restored from {revision.created_at:%Y-%m-%d %H:%M} UTC"
    return save(document=document, by=by, page=page, note=note, origin=Revision.Origin.RESTORE)


def mark_reviewed(*, page, by, reviewed_by, reviewed_on, review_due=None, note=""):
    """Record that a clinician (a name) read the whole live text on a day and agreed, and when to read it again."""
    if not isinstance(reviewed_on, date):
        raise TypeError("reviewed_on must be a date")
    document = live_document(page).changed(reviewed_by=reviewed_by, reviewed_on=reviewed_on, review_due=review_due)
    return save(document=document, by=by, page=page, note=note or f"Reviewed by {reviewed_by}", keep_draft=True)


@transaction.atomic
def accept_suggestion(*, page, by, document=None, note=""):
    """Take over what the content file suggests (or `document`, an edited mix of both); the suggestion is then settled."""
    page = _allowed(page.collection, page, by)
    suggestion = ContentFile.objects.select_for_update().exclude(suggestion="").get(page=page.identity)
    if document is None:
        document = _merged_for(page, suggestion)
    _settle(suggestion)
    return save(document=document, by=by, page=page, note=note or "Took over the content file", origin=Revision.Origin.MERGE)


@transaction.atomic
def keep_ours(*, page, by):
    """Keep staff's text against what the content file suggests; export will write it to the file."""
    page = _allowed(page.collection, page, by)
    _settle(ContentFile.objects.select_for_update().exclude(suggestion="").get(page=page.identity))
    return page


@transaction.atomic
def delete(*, page, by):
    """Remove a page. Its revisions stay, so that `restore` can bring it back; import does not bring it back by itself.

    Raises ProtectedError while another page cannot be without it.
    """
    _allowed(page.collection, page, by, action="delete").delete()


def _merged_for(page, suggestion):
    """Staff's text with the parts in conflict as the file has them."""
    ours, theirs = staff_document(page), parse_text(suggestion.suggestion, _file_identity(suggestion))
    parts, from_file = ours.parts(), theirs.parts()
    for part in suggestion.conflicts:
        if part in from_file:
            parts[part] = from_file[part]
        else:
            parts.pop(part, None)
    return ours.from_parts(ours.identity, parts)


def _settle(content_file):
    """The base takes over the file's version of every part, so that it no longer counts as the file's change."""
    identity = _file_identity(content_file)
    file = parse_text(content_file.suggestion, identity)
    text = serialize(file)
    content_file.text, content_file.text_digest, content_file.slug = text, digest(text), identity.slug
    content_file.suggestion, content_file.conflicts = "", []
    content_file.save()


def _file_identity(content_file):
    return Identity.from_string(content_file.page)._replace(slug=content_file.slug)


def _allowed(collection, page, by, action=None):
    """The page's row, locked; raises PermissionDenied unless `by` may add (a new page), change or delete it."""
    model = PAGE_MODELS[collection]
    action = action or ("change" if page else "add")
    if not by.has_perm(f"education.{action}_{model._meta.model_name}"):
        raise PermissionDenied(f"{by} may not {action} {model._meta.verbose_name_plural}")
    return page and refresh(page)


def _checked(document):
    """The document as its canonical text reads; raises ContentErrors where its schema refuses it."""
    return parse_text(serialize(document), document.identity)


def _without_stale_review(document, before):
    if not document.get("reviewed_on") or any(document.get(mark) != before.get(mark) for mark in REVIEW_MARK):
        return document
    new, old = document.parts(), before.parts()
    if all(part in NOT_REVIEWED or new.get(part) == old.get(part) for part in {*new, *old}):
        return document
    return document.changed(**dict.fromkeys(REVIEW_MARK))
