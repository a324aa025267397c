"""What holds for every set of pages: import and export are each other's inverse, and doing it again does nothing."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st

from education.documents import COLLECTIONS, ContentErrors, Identity, parse_text
from education.documents.fields import ListOf, Text
from education.documents.review import REVIEW_MARK
from education.models import PAGE_MODELS, ContentFile
from education.publishing import find_page, live_document, save, save_draft, staff_document
from education.sync import import_content
from tests.publishing.rows import all_rows
from tests.strategies import bodies, content_sets, examples, values
from tests.sync.folders import export, files_in, folder_of, undone, write_all

pytestmark = pytest.mark.django_db


@st.composite
def edits(draw, documents):
    """Other versions of some of the documents: changed texts, addresses and links left as they are."""
    chosen = draw(st.lists(st.sampled_from(documents), min_size=1, max_size=6, unique_by=lambda document: document.identity))
    return [draw(versions(document)) for document in chosen]


@st.composite
def versions(draw, document):
    """Another version of a document."""
    fields = {}
    for field in COLLECTIONS[document.identity.collection].fields:
        item = field.item if isinstance(field, ListOf) else field
        if isinstance(item, Text) and draw(st.integers(0, 3)) == 0:
            fields[field.name] = draw(values(field))
    body = draw(bodies(needed=True)) if draw(st.booleans()) else document.body
    return replace(document.changed(**fields), body=body)


@st.composite
def edited_sets(draw):
    """A set of pages, what staff make of some, and what then changes in the files of some."""
    documents = draw(content_sets())
    return documents, draw(edits(documents)), draw(st.booleans()), draw(edits(documents))


def edit_all(documents, *, draft=False):
    """Staff change pages to these texts."""
    staff = get_user_model().objects.create_superuser("editor")
    for document in documents:
        page = find_page(document.identity)
        (save_draft if draft else save)(document=document, by=staff, page=page)


def everything():
    """The public and staff's texts of all pages."""
    pages = [page for model in PAGE_MODELS.values() for page in model.objects.all()]
    return {page.identity: (live_document(page), staff_document(page)) for page in pages}


def imported_again_writes_nothing(folder):
    before = all_rows()
    report = import_content(folder)
    assert all_rows() == before
    return report


class TestAnySetOfPages:
    @examples(10)
    @given(content_sets())
    def test_is_the_same_after_import_and_export(self, documents):
        """Import, then import again: no writes. Import, then export: the same bytes."""
        with undone(), folder_of(documents) as folder:
            report = import_content(folder)
            assert len(report.pages["created"]) == len(documents)
            assert [
                live for live, _ in map(everything().get, map(str, (document.identity for document in documents)))
            ] == documents
            assert imported_again_writes_nothing(folder).pages["unchanged"]
            before = files_in(folder)
            assert export(folder) == []
            assert files_in(folder) == before

    @examples(10)
    @given(edited_sets())
    def test_is_the_same_after_staff_s_edits_export_and_import(self, drawn):
        """Export, then import: no writes; export again: the same bytes. Nothing that staff wrote is lost on the way."""
        documents, edited, draft, _ = drawn
        with undone(), folder_of(documents) as folder, TemporaryDirectory() as fresh:
            import_content(folder)
            edit_all(edited, draft=draft)
            texts = everything()
            assert imported_again_writes_nothing(folder).pages["suggested"] == []
            for target in (folder, Path(fresh)):
                export(target)
                before = files_in(target)
                revisions = all_rows()["education.Revision"]
                import_content(target)
                imported_again_writes_nothing(target)
                assert all_rows()["education.Revision"] == revisions
                assert everything() == texts
                assert export(target) == []
                assert files_in(target) == before

    @examples(10)
    @given(edited_sets())
    def test_loses_no_edit_of_either_side(self, drawn):
        """Every part that staff changed is as they left it; what of the file is not shown waits as a suggestion."""
        documents, edited, draft, refiled = drawn
        with undone(), folder_of(documents) as folder:
            import_content(folder)
            edit_all(edited, draft=draft)
            before = everything()
            write_all(folder, refiled)
            dry = import_content(folder, dry_run=True)
            try:
                assert import_content(folder) == dry
            except ContentErrors:
                return
            imported_again_writes_nothing(folder)
            bases = {str(document.identity): document for document in documents}
            for file in refiled:
                name = str(file.identity)
                known = ContentFile.objects.get(page=name)
                for was, now in zip(before[name], everything()[name], strict=True):
                    assert_nothing_lost(bases[name].parts(), file.parts(), was.parts(), now.parts(), known)


def assert_nothing_lost(base, file, was, now, known):
    for part in {*base, *file, *was} - set(REVIEW_MARK):
        if was.get(part) != base.get(part):
            assert now.get(part) == was.get(part), f"staff's {part} is lost"
        elif file.get(part) != base.get(part) and now.get(part) != file.get(part):
            assert part in known.conflicts, f"the file's {part} is lost"
            assert parse_text(known.suggestion, Identity.from_string(known.page)).parts().get(part) == file.get(part)
