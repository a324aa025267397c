"""Every change of a page's state, and the way between a page's row and its document.

The admin, the importer and whatever comes later change pages by these functions only. Each is atomic, checks that its
user may, and writes a revision only when the text really changed.
"""

from education.publishing.actions import discard_draft, publish, save, save_draft, unpublish
from education.publishing.asides import keep_aside
from education.publishing.due import due_pages, publish_due
from education.publishing.history import deleted_pages, history, linked_from
from education.publishing.pages import find_page, live_document, staff_document
from education.publishing.permissions import ANY, PUBLISH, REVIEW, Collision
from education.publishing.pictures import Use, picture_uses, replace_picture
from education.publishing.previews import find_preview, revoke_preview, share_preview
from education.publishing.record import Change, record
from education.publishing.removal import delete, restore
from education.publishing.reviews import mark_reviewed, review_queue
from education.publishing.suggestions import accept_suggestion, keep_ours

__all__ = [
    "ANY",
    "PUBLISH",
    "REVIEW",
    "Change",
    "Collision",
    "Use",
    "accept_suggestion",
    "delete",
    "deleted_pages",
    "discard_draft",
    "due_pages",
    "find_page",
    "find_preview",
    "history",
    "keep_aside",
    "keep_ours",
    "linked_from",
    "live_document",
    "mark_reviewed",
    "picture_uses",
    "publish",
    "publish_due",
    "record",
    "replace_picture",
    "restore",
    "review_queue",
    "revoke_preview",
    "save",
    "save_draft",
    "share_preview",
    "staff_document",
    "unpublish",
]
