"""Documents: the one canonical text of a page. Pure text in, documents or located errors out.

Knows no database and no HTML. `COLLECTIONS` declares what kinds of page there are; `parse` reads a file's bytes,
`serialize` writes the canonical text, `merge` decides field by field between a file and staff.
"""

from education.documents.canonical import digest, serialize
from education.documents.document import Document
from education.documents.errors import ContentError, ContentErrors
from education.documents.identity import Identity
from education.documents.merge import Merge, merge
from education.documents.parse import ParsedFile, parse, parse_text
from education.documents.registry import COLLECTIONS, EVIDENCE_LEVELS, STATUSES, Collection
from education.documents.review import REVIEW_STATES, review_state, signed_off

__all__ = [
    "COLLECTIONS",
    "EVIDENCE_LEVELS",
    "REVIEW_STATES",
    "STATUSES",
    "Collection",
    "ContentError",
    "ContentErrors",
    "Document",
    "Identity",
    "Merge",
    "ParsedFile",
    "digest",
    "merge",
    "parse",
    "parse_text",
    "review_state",
    "serialize",
    "signed_off",
]
