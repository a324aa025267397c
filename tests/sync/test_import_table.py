"""Import decides by three texts: the file at its last import, the file now, and what staff have (design, the table)."""

from datetime import date

import pytest

from education.documents import serialize
from education.models import ContentFile, Revision, Source
from education.publishing import accept_suggestion, live_document, save_draft, staff_document
from tests.factories import make_document, write_file
from tests.publishing.rows import all_rows
from tests.sync.conftest import BASE, Site
from tests.sync.folders import export

pytestmark = pytest.mark.django_db
PAGE = "en/topics/dry-needling"


def found(report):
    """The report as {page: kind}."""
    return {page: kind for kind, pages in report.pages.items() for page in pages}


def base():
    """What of the file counts as taken over."""
    return ContentFile.objects.get().text


class TestWhenThePageIsNew:
    def test_it_is_created_as_the_file_says(self, site):
        page = site.page()
        assert live_document(page) == BASE
        assert (page.revision.origin, page.revision.author, page.is_published) == ("file", None, True)
        assert (base(), ContentFile.objects.get().suggestion) == (serialize(BASE), "")


class TestWhenStaffBeganThePageBeforeItsFileCame:
    @pytest.fixture
    def begun(self, tmp_path, staff):
        site = Site(tmp_path / "content", staff)
        save_draft(document=BASE.changed(title="Staff's.", status=None), by=staff)
        site.write()
        self.report = site.run()
        return site

    def test_their_draft_is_not_published_by_it(self, begun):
        """Nobody who publishes has seen their words."""
        assert found(self.report) == {PAGE: "suggested"}
        assert (begun.page().title, begun.page().is_published) == ("Staff's.", False)
        before = all_rows()
        begun.run()
        assert all_rows() == before

    def test_they_may_take_the_file(self, begun, staff):
        assert live_document(accept_suggestion(page=begun.page(), by=staff)) == BASE


class TestWhenNobodyChangedAnything:
    def test_nothing_is_written(self, site):
        before = all_rows()
        assert found(site.run()) == {PAGE: "unchanged"}
        assert all_rows() == before


class TestWhenTheFileChanged:
    def test_it_is_taken_as_a_new_revision(self, site):
        file = site.write(summary="File's.", body="File's.")
        assert found(site.run()) == {PAGE: "updated"}
        assert site.live() == file
        assert [revision.origin for revision in Revision.objects.all()] == ["file", "file"]

    def test_only_in_how_it_is_written_the_page_stays(self, site):
        """Quotes and blank lines are not the text."""
        write_file(site.folder, serialize(BASE).replace("Base.", '"Base."', 1).replace("---\n\n", "---\n\n\n"))
        assert found(site.run()) == {PAGE: "unchanged"}
        assert Revision.objects.count() == 1
        before = all_rows()
        site.run()
        assert all_rows() == before

    def test_with_its_review_mark_the_mark_is_taken(self, site):
        site.write(body="File's.", reviewed_on=date(2026, 5, 3), reviewed_by="Dr. A")
        site.run()
        assert site.page().reviewed_by == "Dr. A"


class TestWhenStaffChanged:
    def test_their_text_stays_and_waits_for_export(self, site):
        site.edit(summary="Staff's.")
        before = all_rows()
        assert found(site.run()) == {PAGE: "kept"}
        assert all_rows() == before

    def test_a_draft_stays_a_draft(self, site):
        site.draft(summary="Staff's.")
        before = all_rows()
        report = site.run()
        assert (found(report), report.details) == ({PAGE: "kept"}, {PAGE: "a draft waits"})
        assert all_rows() == before

    def test_and_the_file_only_in_how_it_is_written_their_text_stays(self, site):
        site.edit(summary="Staff's.")
        write_file(site.folder, serialize(BASE) + "\n")
        report = site.run()
        assert (found(report), report.details) == ({PAGE: "kept"}, {PAGE: "summary"})
        assert site.live().get("summary") == "Staff's."


class TestWhenFileAndStaffChangedAlike:
    def test_the_base_moves_up_and_nothing_else(self, site):
        site.edit(summary="Both.")
        file = site.write(summary="Both.")
        before = all_rows()
        assert found(site.run()) == {PAGE: "unchanged"}
        after = all_rows()
        assert base() == serialize(file)
        assert {name for name in after if after[name] != before[name]} == {"education.ContentFile"}

    def test_in_a_draft_the_public_text_follows_and_the_draft_is_done(self, site):
        site.draft(summary="Both.")
        site.write(summary="Both.")
        site.run()
        page = site.page()
        assert (page.summary, page.draft) == ("Both.", None)

    def test_in_a_part_of_a_draft_the_draft_goes_on_waiting(self, site):
        site.draft(summary="Both.", body="Unfinished.")
        site.write(summary="Both.")
        site.run()
        page = site.page()
        assert (page.summary, page.body) == ("Both.", "Base.")
        assert (staff_document(page).get("summary"), staff_document(page).body) == ("Both.", "Unfinished.")


class TestWhenFileAndStaffChangedDifferentParts:
    def test_both_are_kept_and_the_page_counts_as_changed_since_its_review(self, site):
        site.write(reviewed_on=date(2026, 5, 3), reviewed_by="Dr. A")
        site.run()
        site.edit(search_words=("staff's",))
        assert site.page().reviewed_by == "Dr. A"
        site.write(body="File's.", reviewed_on=date(2026, 5, 3), reviewed_by="Dr. A")
        report = site.run()
        assert (found(report), report.details) == ({PAGE: "merged"}, {PAGE: "body"})
        page = site.page()
        assert (page.search_words, page.body) == (["staff's"], "File's.")
        assert (page.reviewed_on, page.reviewed_by, page.review_state) == (date(2026, 5, 3), "Dr. A", "changed")
        assert page.revision.origin == "merge"
        before = all_rows()
        assert found(site.run()) == {PAGE: "kept"}
        assert all_rows() == before

    def test_in_a_draft_the_file_is_public_and_the_draft_holds_both(self, site):
        """A draft is an edit like any other, that is not public yet."""
        site.draft(summary="Staff's.")
        site.write(body="File's.")
        assert found(site.run()) == {PAGE: "merged"}
        page = site.page()
        assert (page.summary, page.body) == ("Base.", "File's.")
        assert (staff_document(page).get("summary"), staff_document(page).body) == ("Staff's.", "File's.")
        before = all_rows()
        assert found(site.run()) == {PAGE: "kept"}
        assert all_rows() == before


class TestWhenFileAndStaffChangedTheSamePart:
    @pytest.fixture
    def conflict(self, site):
        site.edit(summary="Staff's.")
        self.file = site.write(summary="File's.", search_words=("file's",))
        self.report = site.run()
        return site

    def test_staff_are_shown_and_the_file_waits_as_a_suggestion(self, conflict):
        """No silent winner: staff decide, and until then nothing they wrote is gone."""
        known = ContentFile.objects.get()
        assert (found(self.report), self.report.details) == ({PAGE: "suggested"}, {PAGE: "summary"})
        assert (known.suggestion, known.conflicts) == (serialize(self.file), ["summary"])
        assert conflict.page().summary == "Staff's."

    def test_the_file_s_other_parts_are_taken(self, conflict):
        assert conflict.page().search_words == ["file's"]

    def test_the_base_moves_up_for_those_parts_only(self, conflict):
        assert base() == serialize(self.file.changed(summary="Base."))

    def test_importing_again_writes_nothing(self, conflict):
        before = all_rows()
        assert found(conflict.run()) == {PAGE: "suggested"}
        assert all_rows() == before

    def test_importing_again_writes_nothing_where_a_clinician_signed_the_file_off(self, site):
        """Only the review was taken over so far; that the next import finds it there is no news."""
        site.edit(summary="Staff's.")
        file = site.write(summary="File's.", reviewed_on=date(2026, 5, 3), reviewed_by="Dr. A")
        site.run()
        before = all_rows()
        assert found(site.run()) == {PAGE: "suggested"}
        assert all_rows() == before
        assert ContentFile.objects.get().suggestion == serialize(file)

    def test_the_suggestion_goes_when_the_file_changes_to_agree(self, conflict):
        conflict.write(summary="Staff's.", search_words=("file's",))
        assert found(conflict.run()) == {PAGE: "unchanged"}
        assert (ContentFile.objects.get().suggestion, ContentFile.objects.get().conflicts) == ("", [])

    def test_the_suggestion_goes_when_the_file_goes_back(self, conflict):
        conflict.write(search_words=("file's",))
        assert found(conflict.run()) == {PAGE: "kept"}
        assert ContentFile.objects.get().suggestion == ""
        assert conflict.page().summary == "Staff's."

    def test_the_suggestion_goes_when_staff_change_to_agree(self, conflict):
        conflict.edit(summary="File's.")
        assert found(conflict.run()) == {PAGE: "unchanged"}
        assert ContentFile.objects.get().suggestion == ""
        assert base() == serialize(self.file)

    def test_the_suggestion_goes_when_the_file_takes_what_was_exported(self, conflict):
        export(conflict.folder)
        assert found(conflict.run()) == {PAGE: "unchanged"}
        assert ContentFile.objects.get().suggestion == ""
        assert conflict.page().summary == "Staff's."

    def test_the_suggestion_follows_the_file(self, conflict):
        file = conflict.write(summary="File's again.", search_words=("file's",))
        assert found(conflict.run()) == {PAGE: "suggested"}
        assert ContentFile.objects.get().suggestion == serialize(file)

    def test_a_draft_counts_as_staff_s_edit(self, site):
        """The file must not become public over a sentence that staff are about to change."""
        site.draft(summary="Staff's.")
        site.write(summary="File's.", body="File's.")
        assert found(site.run()) == {PAGE: "suggested"}
        page = site.page()
        assert (page.summary, page.body) == ("Base.", "File's.")
        assert (staff_document(page).get("summary"), staff_document(page).body) == ("Staff's.", "File's.")
        before = all_rows()
        assert found(site.run()) == {PAGE: "suggested"}
        assert all_rows() == before

    def test_a_draft_and_the_public_text_that_both_differ_stay_both(self, site):
        site.edit(summary="Public.")
        site.draft(summary="Drafted.")
        site.write(summary="File's.")
        assert found(site.run()) == {PAGE: "suggested"}
        page = site.page()
        assert (page.summary, staff_document(page).get("summary")) == ("Public.", "Drafted.")

    def test_parts_that_are_right_alone_but_not_together_are_a_conflict(self, site):
        """A source needs a web address or a DOI; one side took away the one, the other the other."""
        both = site.write(make_document("sources", "study", url="https://example.org/", doi="10.1000/1"))
        site.run()
        site.edit(Source.objects.get(), url=None)
        site.write(both.changed(doi=None))
        assert found(site.run())["en/sources/study"] == "suggested"
        page = Source.objects.get()
        assert (page.url, page.doi) == ("", "10.1000/1")
        before = all_rows()
        site.run()
        assert all_rows() == before
