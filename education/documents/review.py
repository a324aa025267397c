"""A clinician's review is bound to the text that was read: it holds the digest of that text's signed-off parts."""

from datetime import date

from education.documents.canonical import digest, serialize
from education.documents.document import Document

REVIEW_MARK = ("reviewed_on", "reviewed_by", "reviewed_text")

# What a clinician does not sign off: changing it leaves a review valid.
NOT_REVIEWED = {"status", "publish_on", "aliases", "search_words", "position", "checked_on", "review_due", "review_notes"}
NOT_REVIEWED.update(REVIEW_MARK)

NEVER, CURRENT, CHANGED = REVIEW_STATES = ("never", "current", "changed")


def signed_off(document):
    """The digest of all that a clinician signs off, in hexadecimal. The address is no part of it."""
    fields = {key: value for key, value in document.fields.items() if key not in NOT_REVIEWED}
    return digest(serialize(Document(document.identity, fields, document.body)))


def review_state(document):
    """`never` reviewed, `current` (this very text was signed off), or `changed` since its review.

    A review without `reviewed_text`, as people write it into files, is one of the text it stands in.
    """
    if not document.get("reviewed_on"):
        return NEVER
    return CURRENT if document.get("reviewed_text") in (None, signed_off(document)) else CHANGED


def review_mark(document):
    """The review that a document carries, to compare: day, name, digest of what was read."""
    day, name, text = map(document.get, REVIEW_MARK)
    return day, name, text or (day and signed_off(document))


def without_review(document):
    """The document with no review mark."""
    return document.changed(**dict.fromkeys(REVIEW_MARK))


def with_review_of(document, source):
    """`document` with the review that `source` carries, which stays one of the text that was read."""
    mark = {key: source.get(key) for key in REVIEW_MARK}
    if mark["reviewed_on"] and not mark["reviewed_text"] and signed_off(source) != signed_off(document):
        mark["reviewed_text"] = signed_off(source)
    return document.changed(**mark)


def with_best_review(document, sources):
    """`document` with a review that one of `sources` carries: of this very text if there is one, else the latest.

    Of several that are as good, the first source's.
    """
    carried = [with_review_of(document, source) for source in sources]
    return max(carried, key=lambda found: (review_state(found) == CURRENT, found.get("reviewed_on", date.min)))


def continued(document, before):
    """A file's new version, knowing the one before (None: there was none).

    Where nobody wrote another day or name into it, the review is the earlier version's, of the earlier version's text; one
    of this very text need not be told.
    """
    keys = ("reviewed_on", "reviewed_by")
    if before is None or document.get("reviewed_text") or any(document.get(key) != before.get(key) for key in keys):
        return document
    carried = with_review_of(document, before)
    return document if review_state(carried) == CURRENT else carried
