"""Files that are gone and come back, dry runs, and imports that fail half way."""

import pytest
from django.db import DatabaseError

from education.models import Topic
from education.publishing import staff_document
from education.sync import import_content
from tests.factories import make_page
from tests.publishing.rows import all_rows
from tests.sync.folders import failing_at, files_in, undone
from tests.sync.test_import_table import PAGE, found

pytestmark = pytest.mark.django_db


class TestWhenTheFileIsGone:
    @pytest.fixture
    def gone(self, site):
        make_page(slug="other")
        site.write(slug="kept")
        site.run()
        site.remove()
        return site

    def test_the_page_stays_and_is_reported(self, gone):
        before = all_rows()
        assert found(gone.run())[PAGE] == "missing"
        assert all_rows() == before
        assert gone.page().is_published

    def test_only_on_request_it_is_taken_from_the_public(self, gone):
        gone.edit(summary="Staff's.")
        assert found(gone.run(unpublish_missing=True)) == {PAGE: "unpublished", "en/topics/kept": "unchanged"}
        page = gone.page()
        assert (page.is_published, page.summary) == (False, "Staff's.")
        before = all_rows()
        assert found(gone.run(unpublish_missing=True))[PAGE] == "missing"
        assert all_rows() == before

    def test_and_comes_back_nothing_is_written(self, gone):
        gone.run()
        gone.write()
        before = all_rows()
        assert found(gone.run())[PAGE] == "unchanged"
        assert all_rows() == before

    @pytest.mark.parametrize("edited", [False, True])
    def test_and_comes_back_so_does_a_page_that_was_unpublished_for_it(self, gone, edited):
        """A folder that lacked a file once must not hide its page for good."""
        if edited:
            gone.edit(summary="Staff's.")
        gone.run(unpublish_missing=True)
        gone.write()
        gone.run()
        assert (gone.page().is_published, gone.page().summary) == (True, "Staff's." if edited else "Base.")
        before = all_rows()
        gone.run()
        assert all_rows() == before

    def test_and_a_draft_waits_it_goes_on_waiting(self, gone):
        gone.draft(summary="Staff's.")
        gone.run(unpublish_missing=True)
        assert staff_document(gone.page()).get("summary") == "Staff's."

    def test_with_all_others_nothing_is_unpublished(self, gone):
        """A folder that was not there is not a decision to hide the whole site."""
        gone.remove("kept")
        before = all_rows()
        with pytest.raises(Exception, match="an empty folder would unpublish the whole site"):
            gone.run(unpublish_missing=True)
        assert all_rows() == before
        assert found(gone.run()) == {PAGE: "missing", "en/topics/kept": "missing"}


class TestADryRun:
    def test_reports_what_the_real_run_then_does_and_writes_nothing(self, site):
        """One planner, no second code path."""
        site.write(slug="second")
        site.run()
        site.edit(summary="Staff's.")
        site.edit(site.page("second"), body="Staff's.")
        site.write(summary="File's.")
        site.write(slug="second", summary="File's.")
        site.write(slug="third")
        before = all_rows()
        dry = site.run(dry_run=True)
        assert all_rows() == before
        assert found(dry) == {PAGE: "suggested", "en/topics/second": "merged", "en/topics/third": "created"}
        real = site.run()
        assert (list(real.lines()), real) == (list(dry.lines()), dry)
        assert all_rows() != before

    def test_leaves_the_files_alone(self, site):
        before = files_in(site.folder)
        import_content(site.folder, dry_run=True)
        assert files_in(site.folder) == before
        assert Topic.objects.count() == 1


class TestWhenAStatementFails:
    def test_nothing_of_the_import_is_there(self, site):
        """Whichever it is: a set of files is visible whole or not at all (F08)."""
        site.write(slug="second")
        site.run()
        site.edit(summary="Staff's.")
        site.write(summary="File's.", aliases=("old",))
        site.write(slug="second", body="File's.")
        site.write(slug="third", parent="second")
        before, failures = all_rows(), 0
        while True:
            with undone():
                try:
                    with failing_at(failures):
                        site.run()
                    break
                except DatabaseError:
                    failures += 1
                assert all_rows() == before
        assert failures > 8
