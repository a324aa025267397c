"""What a content file suggests against staff's text: taken, mixed or left."""

from dataclasses import replace

import pytest

from education.documents import ContentErrors, digest, serialize
from education.models import ContentFile, Revision, Topic
from education.publishing import accept_suggestion, keep_ours, live_document, save, save_draft, staff_document
from education.sync import import_content
from tests.factories import make_document, write_file
from tests.publishing.rows import all_rows

pytestmark = pytest.mark.django_db

BASE = make_document(summary="Base.", search_words=("word",), body="Base.")


@pytest.fixture
def conflict(staff, tmp_path):
    """A page whose summary the file and staff changed unlike; staff changed its text too, the file its search words."""
    write_file(tmp_path, serialize(BASE))
    import_content(tmp_path)
    page = save(document=replace(BASE.changed(summary="Staff's."), body="Staff's."), by=staff, page=Topic.objects.get())
    write_file(tmp_path, serialize(BASE.changed(summary="File's.", search_words=("other",))))
    import_content(tmp_path)
    page.refresh_from_db()
    return page


def known():
    return ContentFile.objects.get()


class TestWhileASuggestionWaits:
    def test_staff_are_shown_and_the_rest_of_the_file_is_taken(self, conflict):
        assert (conflict.summary, conflict.body, conflict.search_words) == ("Staff's.", "Staff's.", ["other"])
        assert known().conflicts == ["summary"]
        assert "summary: File's." in known().suggestion


class TestAcceptSuggestion:
    def test_takes_the_parts_in_conflict_and_no_others(self, conflict, staff):
        page = accept_suggestion(page=conflict, by=staff)
        assert (page.summary, page.body, page.search_words) == ("File's.", "Staff's.", ["other"])
        assert (page.revision.origin, page.revision.author) == ("merge", staff)

    def test_settles_the_suggestion(self, conflict, staff, tmp_path):
        accept_suggestion(page=conflict, by=staff)
        assert (known().suggestion, known().conflicts) == ("", [])
        assert known().text_digest == digest(known().text)
        before = all_rows()
        assert import_content(tmp_path).pages["kept"] == ["en/topics/dry-needling"]
        assert all_rows() == before

    def test_takes_an_edited_mix(self, conflict, staff):
        page = accept_suggestion(page=conflict, by=staff, document=live_document(conflict).changed(summary="Both."))
        assert (page.summary, page.body) == ("Both.", "Staff's.")
        assert known().suggestion == ""

    def test_leaves_a_waiting_draft_a_draft(self, conflict, staff):
        """Taking over the file's sentence must not publish what staff are still working on."""
        page = save_draft(document=replace(live_document(conflict), body="Unfinished."), by=staff, page=conflict)
        page = accept_suggestion(page=page, by=staff)
        assert (page.summary, page.body) == ("File's.", "Staff's.")
        assert (staff_document(page).get("summary"), staff_document(page).body) == ("File's.", "Unfinished.")

    def test_takes_away_a_part_that_the_file_took_away(self, staff, tmp_path):
        write_file(tmp_path, serialize(BASE))
        import_content(tmp_path)
        page = save(document=BASE.changed(search_words=("staff's",)), by=staff, page=Topic.objects.get())
        write_file(tmp_path, serialize(BASE.changed(search_words=None)))
        import_content(tmp_path)
        assert accept_suggestion(page=page, by=staff).search_words == []

    def test_that_would_make_a_wrong_text_writes_nothing(self, conflict, staff):
        """An edited mix is checked like any text; the suggestion goes on waiting."""
        before = all_rows()
        with pytest.raises(ContentErrors):
            accept_suggestion(page=conflict, by=staff, document=live_document(conflict).changed(summary="s" * 301))
        assert all_rows() == before


class TestKeepOurs:
    def test_writes_no_revision_and_settles_the_suggestion(self, conflict, staff, tmp_path):
        revisions = Revision.objects.count()
        page = keep_ours(page=conflict, by=staff)
        assert page.summary == "Staff's."
        assert Revision.objects.count() == revisions
        before = all_rows()
        assert import_content(tmp_path).pages["kept"] == ["en/topics/dry-needling"]
        assert all_rows() == before

    def test_lets_the_next_change_of_the_file_be_compared_with_this_one(self, conflict, staff, tmp_path):
        keep_ours(page=conflict, by=staff)
        write_file(tmp_path, serialize(BASE.changed(summary="File's.", search_words=("third",))))
        assert import_content(tmp_path).pages["merged"] == ["en/topics/dry-needling"]
        write_file(tmp_path, serialize(BASE.changed(summary="File's again.", search_words=("third",))))
        assert import_content(tmp_path).details == {"en/topics/dry-needling": "summary"}


class TestWithoutASuggestion:
    @pytest.mark.parametrize("action", [accept_suggestion, keep_ours])
    def test_there_is_nothing_to_decide(self, conflict, staff, action):
        keep_ours(page=conflict, by=staff)
        before = all_rows()
        with pytest.raises(ContentFile.DoesNotExist):
            action(page=conflict, by=staff)
        assert all_rows() == before
