"""What staff can do to a page, one function each. `by` is the user who does it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from education.documents import COLLECTIONS, Document, Identity, digest, parse_text, serialize
from education.documents.merge import REVIEW_MARK
from education.models import PAGE_MODELS, Alias, ContentFile, Revision
from education.publishing.pages import find_page, live_document, locked, page_at, staff_document
from education.publishing.record import Change, connect, record
from education.publishing.signals import pages_changed

# What a clinician does not sign off: changing it leaves a review valid.
NOT_REVIEWED = {"slug", "status", "publish_on", "aliases", "search_words", "position", "checked_on"}
NOT_REVIEWED |= {"review_due", "review_notes", *REVIEW_MARK}


@transaction.atomic
def save(*, document, by, page=None, note="", origin=Revision.Origin.STAFF, keep_draft=False):
    """Make `document` the page's text, public or not as its status says; gives the row. A draft is done with it.

    Saving a text that says the same writes nothing. Changing what a clinician signed off takes the mark away.
    Raises PermissionDenied, and ContentErrors for a document that its schema refuses or that no other page can stand
    beside.
    """
    page = _allowed(document.identity.collection, page, by)
    document = _checked(document)
    if page is None:
        page = record([Change(document, None, origin, by, note)])[0]
        _connect_others_to(document.identity)
        return page
    before = live_document(page)
    document = _without_stale_review(document, before)
    if document == before and (page.draft is None or keep_draft):
        return page
    return record([Change(document, page, origin, by, note, keep_draft=keep_draft)])[0]


@transaction.atomic
def save_draft(*, document, by, page=None, note=""):
    """Keep `document` without showing it: beside the public text of a published page, else as the page's text.

    A page's address is not drafted: beside a public text the draft has the page's present one.
    """
    page = _allowed(document.identity.collection, page, by)
    if page is None or page.status != page.Status.PUBLISHED:
        return save(document=document.changed(status=None), by=by, page=page, note=note)
    live = live_document(page)
    document = _checked(Document(live.identity, document.fields, document.body))
    document = _without_stale_review(document, live)
    if document == staff_document(page):
        return page
    return record([Change(document, page, Revision.Origin.STAFF, by, note, draft=True)])[0]


@transaction.atomic
def publish(*, page, by, document=None, note="", publish_on=None):
    """Show a text to the public: `document`, else the page's draft, else its text; from `publish_on` (a date) or now."""
    page = _allowed(page.collection, page, by)
    document = (document or staff_document(page)).changed(status="published", publish_on=publish_on)
    return save(document=document, by=by, page=page, note=note)


@transaction.atomic
def unpublish(*, page, by, note=""):
    """Take a page from the public. Its text stays; a waiting draft becomes its text."""
    page = _allowed(page.collection, page, by)
    return save(document=staff_document(page).changed(status=None, publish_on=None), by=by, page=page, note=note)


@transaction.atomic
def restore(*, revision, by, note=""):
    """Bring an earlier text back, as a new revision. Gives the row.

    A deleted page comes back as a draft, with those of its old addresses that no other page has meanwhile.
    Any other keeps its present addresses and status: those are not the text's to change.
    """
    identity = Identity.from_string(revision.page)
    document, page = parse_text(revision.text, identity), page_at(identity)
    if page is None:
        free = tuple(alias for alias in document.get("aliases", ()) if not find_page(identity._replace(slug=alias)))
        document = document.changed(status=None, publish_on=None, aliases=free)
    else:
        present = live_document(page)
        document = document.changed(**{key: present.get(key) for key in ("status", "publish_on", "aliases", *REVIEW_MARK)})
    note = note or f"Restored from {revision.created_at:%Y-%m-%d %H:%M} UTC"
    return save(document=document, by=by, page=page, note=note, origin=Revision.Origin.RESTORE)


@transaction.atomic
def mark_reviewed(*, page, by, reviewed_by, reviewed_on, review_due=None, note=""):
    """Record that a clinician (a name) read the whole live text on a day and agreed, and when to read it again."""
    if not isinstance(reviewed_on, date):
        raise TypeError("reviewed_on must be a date")
    page = _allowed(page.collection, page, by)
    document = live_document(page).changed(reviewed_by=reviewed_by, reviewed_on=reviewed_on, review_due=review_due)
    return save(document=document, by=by, page=page, note=note or f"Reviewed by {reviewed_by}", keep_draft=True)


@transaction.atomic
def accept_suggestion(*, page, by, document=None, note=""):
    """Take over what the content file suggests; the suggestion is then settled. Gives the row.

    The parts in conflict become the file's, in the public text and in a waiting draft, which stays a draft. `document`
    is an edited mix of both instead, which becomes the page's text as by `save`.
    """
    page = _allowed(page.collection, page, by)
    suggestion = _suggestion(page)
    parts, file = suggestion.conflicts, _settle(suggestion)
    done = {"by": by, "note": note or "Took over the content file", "origin": Revision.Origin.MERGE}
    if document is not None:
        return save(document=document, page=page, **done)
    live, draft = live_document(page), page.draft and staff_document(page)
    page = save(document=_taking(parts, file, live), page=page, keep_draft=True, **done)
    if draft:
        page = save_draft(document=_taking(parts, file, draft), page=page, by=by, note=done["note"])
    return page


@transaction.atomic
def keep_ours(*, page, by):
    """Keep staff's text against what the content file suggests; export will write it to the file."""
    page = _allowed(page.collection, page, by)
    _settle(_suggestion(page))
    return page


@transaction.atomic
def delete(*, page, by):
    """Remove a page. Its revisions stay, so that `restore` can bring it back; import does not bring it back by itself.

    Its old addresses lead nowhere then. Raises ProtectedError while another page cannot be without it.
    """
    page = _allowed(page.collection, page, by, action="delete")
    Alias.objects.filter(language=page.language, collection=page.collection, target=page.slug).delete()
    page.delete()
    pages_changed.send(sender=delete, pages=[page])


def _taking(parts, file, ours):
    """Our document with some parts as the file has them."""
    mixed, theirs = ours.parts(), file.parts()
    for part in parts:
        mixed.pop(part, None)
        if part in theirs:
            mixed[part] = theirs[part]
    return Document.from_parts(ours.identity, mixed)


def _suggestion(page):
    return ContentFile.objects.select_for_update().exclude(suggestion="").get(page=page.identity)


def _settle(content_file):
    """The base takes over the file's version of every part, so that none counts as the file's change any more; gives it."""
    identity = Identity.from_string(content_file.page)._replace(slug=content_file.slug)
    file = parse_text(content_file.suggestion, identity)
    content_file.text = serialize(file)
    content_file.text_digest = digest(content_file.text)
    content_file.suggestion, content_file.conflicts = "", []
    content_file.save()
    return file


def _allowed(collection, page, by, action=None):
    """The page's row, locked; raises PermissionDenied unless `by` may add (a new page), change or delete it."""
    model = PAGE_MODELS[collection]
    action = action or ("change" if page else "add")
    if not by.has_perm(f"education.{action}_{model._meta.model_name}"):
        raise PermissionDenied(f"{by} may not {action} {model._meta.verbose_name_plural}")
    return page and locked(model, page.pk)


def _checked(document):
    """The document as its canonical text reads; raises ContentErrors where its schema refuses it."""
    return parse_text(serialize(document), document.identity)


def _connect_others_to(identity):
    """Link the pages that name a page which was not there (it may have been deleted, and restored now)."""
    for name, collection in COLLECTIONS.items():
        if identity.collection in collection.references.values():
            rows = PAGE_MODELS[name].objects.filter(language=identity.language, revision__text__contains=identity.slug)
            connect([(row, live_document(row)) for row in rows.select_related("revision")])


def _without_stale_review(document, before):
    if not document.get("reviewed_on") or any(document.get(mark) != before.get(mark) for mark in REVIEW_MARK):
        return document
    new, old = document.parts(), before.parts()
    if all(part in NOT_REVIEWED or new.get(part) == old.get(part) for part in {*new, *old}):
        return document
    return document.changed(**dict.fromkeys(REVIEW_MARK))
