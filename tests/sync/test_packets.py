"""A packet's file names pages that are there."""

import pytest

from education.documents import ContentErrors, serialize
from education.sync import import_content
from tests.factories import make_document, write_file

pytestmark = pytest.mark.django_db


def write(folder, document):
    _, collection, slug = document.identity
    write_file(folder, serialize(document), f"en/{collection}/{slug}.md")


def test_a_page_that_is_not_there_is_named_with_its_line(tmp_path):
    write(tmp_path, make_document("topics", "dry-needling"))
    write(tmp_path, make_document("packets", "first-visit", pages=("topics/dry-needling", "faqs/no-such-page")))
    with pytest.raises(ContentErrors, match=r"first-visit\.md:7: pages: expected a page that exists, found 'faqs/no-such-page'"):
        import_content(tmp_path)


def test_an_old_name_will_do(tmp_path):
    """Renaming a page breaks no packet."""
    write(tmp_path, make_document("topics", "dry-needling", aliases=("needling",)))
    write(tmp_path, make_document("packets", "first-visit", pages=("topics/needling",)))
    assert import_content(tmp_path).pages["created"] == ["en/packets/first-visit", "en/topics/dry-needling"]
