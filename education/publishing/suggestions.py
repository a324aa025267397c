"""What a content file suggests against staff's text, and what staff decide."""

from django.db import transaction

from education.documents import Document, Identity, digest, parse_text, serialize
from education.models import ContentFile, Revision
from education.publishing import audit
from education.publishing.pages import live_document, staff_document
from education.publishing.permissions import ANY, PUBLISH, allowed, require
from education.publishing.texts import carry_review, write_draft, write_live


@transaction.atomic
def accept_suggestion(*, page, by, document=None, note="", based_on=ANY):
    """Take over what the content file suggests; the suggestion is then settled. Gives the row.

    The parts in conflict become the file's, in the public text and in a waiting draft, which stays a draft (and keeps its
    day). `document` is an edited mix of both instead, which becomes the page's text as by `save`. Deciding about a
    published page is for those who publish.
    """
    page = _decider(page, by, based_on, mine=document)
    suggestion = _suggestion(page)
    parts, file = suggestion.conflicts, _settle(suggestion)
    done = {"note": note or "Took over the content file", "origin": Revision.Origin.MERGE}
    if document is not None:
        return write_live(carry_review(document, page), page, by, **done)
    live, draft = live_document(page), page.draft and staff_document(page)
    page = write_live(carry_review(_taking(parts, file, live), page), page, by, keep_draft=True, **done)
    if draft:
        document = carry_review(_taking(parts, file, draft), page)
        page = write_draft(document, page, by, draft_due=page.draft_due, **done)
    return page


@transaction.atomic
def keep_ours(*, page, by, based_on=ANY):
    """Keep staff's text against what the content file suggests; export will write it to the file."""
    page = _decider(page, by, based_on)
    _settle(_suggestion(page))
    audit.done("kept against its file", by, page.identity)
    return page


def _decider(page, by, based_on, mine=None):
    page = allowed(page.collection, page, by, based_on=based_on, mine=mine)
    if page.status == page.Status.PUBLISHED:
        require(by, PUBLISH, "decide about what is published", page.identity)
    return page


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
