"""Small ways to make what a test needs."""

from education.documents import Document, Identity
from education.models import Revision
from education.publishing import Change, record

REQUIRED = {
    "topics": {},
    "conditions": {"evidence": "some", "evidence_summary": "Two small studies found less pain."},
    "faqs": {"topic": "dry-needling"},
    "glossary": {},
    "sources": {"url": "https://example.org/study"},
    "packets": {"pages": ("topics/dry-needling",)},
    "clinic": {},
}


def make_document(collection="topics", slug="dry-needling", *, language="en", body="Some text.", **fields):
    """A published document with everything that its collection asks for; `None` takes a key away."""
    values = {"title": slug.replace("-", " ").capitalize(), "summary": "What it is about.", "status": "published"}
    values |= REQUIRED[collection] | fields
    return Document(Identity(language, collection, slug), {key: value for key, value in values.items() if value}, body)


def make_page(collection="topics", slug="dry-needling", **values):
    """A published page with everything that its collection asks for, written as by import."""
    return record([Change(make_document(collection, slug, **values), origin=Revision.Origin.FILE)])[0]


def write_file(folder, document_text, name="en/topics/dry-needling.md"):
    """Write a file of a content folder; gives its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document_text if isinstance(document_text, bytes) else document_text.encode())
    return path
