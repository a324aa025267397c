"""Every change of a page's state, and the way between a page's row and its document.

The admin, the importer and whatever comes later change pages by these functions only. Each is atomic, checks that its
user may, and writes a revision only when the text really changed.
"""

from education.publishing.actions import (
    accept_suggestion,
    delete,
    keep_ours,
    mark_reviewed,
    publish,
    restore,
    save,
    save_draft,
    unpublish,
)
from education.publishing.pages import find_page, live_document, staff_document
from education.publishing.record import Change, record

__all__ = [
    "Change",
    "accept_suggestion",
    "delete",
    "find_page",
    "keep_ours",
    "live_document",
    "mark_reviewed",
    "publish",
    "record",
    "restore",
    "save",
    "save_draft",
    "staff_document",
    "unpublish",
]
