"""Two who edit one page at the same time: the second is told, and nothing that was typed is lost."""

from datetime import date

import pytest

from education.publishing import (
    Collision,
    accept_suggestion,
    delete,
    history,
    keep_aside,
    publish,
    restore,
    save,
    save_draft,
    unpublish,
)
from tests.factories import make_page
from tests.publishing.rows import all_rows
from tests.publishing.words import new_text, revisions

pytestmark = pytest.mark.django_db

MINE = {"body": "Mine."}
WRITES = (save, save_draft, publish, accept_suggestion)


@pytest.mark.parametrize("write", WRITES)
class TestWhenSomebodyElseWasFirst:
    @pytest.mark.parametrize("first", [save, save_draft])
    def test_nothing_is_written_and_both_texts_are_there_to_compare(self, staff, write, first):
        page = make_page()
        started = page.revision_id
        first(document=new_text(page, body="Theirs."), by=staff, page=page)
        mine, before = new_text(page, **MINE), all_rows()
        with pytest.raises(Collision) as found:
            write(document=mine, by=staff, page=page, based_on=started)
        assert (found.value.page.pk, found.value.mine) == (page.pk, mine)
        assert (found.value.page.draft or found.value.page.revision).text.endswith("\nTheirs.\n")
        assert all_rows() == before

    def test_who_deleted_the_page_the_text_is_kept_for_its_writer(self, staff, write):
        page = make_page()
        mine, started = new_text(page, **MINE), page.revision_id
        delete(page=type(page).objects.get(), by=staff)
        with pytest.raises(Collision) as found:
            write(document=mine, by=staff, page=page, based_on=started)
        assert (found.value.page, found.value.mine) == (None, mine)

    def test_who_deleted_it_and_brought_it_back_it_is_the_new_row(self, staff, write):
        page = make_page()
        mine, started = new_text(page, **MINE), page.revision_id
        delete(page=type(page).objects.get(), by=staff)
        back = restore(revision=revisions(page)[0], by=staff)
        with pytest.raises(Collision) as found:
            write(document=mine, by=staff, page=page, based_on=started)
        assert found.value.page == back


class TestWhenNobodyElseWas:
    @pytest.mark.parametrize("write", [save, save_draft, publish])
    def test_the_text_is_written(self, staff, write):
        page = save_draft(document=new_text(page := make_page(), body="Drafted."), by=staff, page=page)
        page = write(document=new_text(page, **MINE), by=staff, page=page, based_on=page.draft_id)
        assert (page.draft or page.revision).text.endswith("\nMine.\n")

    def test_who_does_not_say_where_they_started_is_not_asked(self, staff):
        page = make_page()
        save(document=new_text(page, body="Theirs."), by=staff, page=page)
        assert save(document=new_text(page, **MINE), by=staff, page=page).body == "Mine."


class TestATextThatCameSecond:
    def test_is_kept_in_the_history_and_shown_to_nobody(self, staff):
        page = make_page()
        mine = keep_aside(document=new_text(page, **MINE), by=staff, started_from=page.revision)
        assert list(history(page)) == [mine, page.revision]
        page.refresh_from_db()
        assert (page.body, page.draft) == ("Some text.", None)

    def test_carries_no_review_that_was_typed_into_it(self, staff):
        """Else deleting the page and bringing the kept text back would make anybody a clinician."""
        page = make_page()
        forged = new_text(page, reviewed_on=date(2026, 5, 3), reviewed_by="Dr. Nobody", **MINE)
        mine = keep_aside(document=forged, by=staff, started_from=page.revision)
        delete(page=page, by=staff)
        assert restore(revision=mine, by=staff).review_state == "never"


@pytest.mark.parametrize("act", [unpublish, delete])
def test_what_is_shown_is_what_is_unpublished_or_deleted(staff, act):
    page = make_page()
    started = page.revision_id
    save(document=new_text(page, body="Theirs."), by=staff, page=page)
    with pytest.raises(Collision):
        act(page=page, by=staff, based_on=started)
