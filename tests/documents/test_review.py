"""A review is of the very text that was read."""

from dataclasses import replace
from datetime import date

import pytest

from education.documents import COLLECTIONS, review_state, signed_off
from education.documents.review import NOT_REVIEWED, continued, with_best_review, with_review_of
from tests.factories import make_document

REVIEWED = make_document(reviewed_on=date(2026, 5, 3), reviewed_by="Dr. A")
BOUND = REVIEWED.changed(reviewed_text=signed_off(REVIEWED))


class TestTheStateOfAReview:
    def test_is_never_without_a_day(self):
        assert review_state(make_document(reviewed_by="Dr. A")) == "never"

    def test_is_current_as_a_file_stands_and_for_the_text_that_was_read(self):
        assert review_state(REVIEWED) == review_state(BOUND) == "current"

    @pytest.mark.parametrize("change", [{"title": "New"}, {"summary": "New."}, {"sources": ("study",)}, {"parent": "other"}])
    def test_is_changed_for_any_other_text_and_current_again_for_the_same(self, change):
        other = BOUND.changed(**change)
        assert review_state(other) == "changed"
        assert review_state(other.changed(**{key: BOUND.get(key) for key in change})) == "current"
        assert review_state(replace(BOUND, body="Other text.")) == "changed"

    def test_does_not_depend_on_what_is_not_read(self):
        moved = replace(BOUND, identity=BOUND.identity._replace(slug="moved"))
        assert review_state(moved.changed(status=None, search_words=("word",), review_due=date(2027, 5, 3))) == "current"

    def test_every_key_is_read_or_named_as_not_read(self):
        """A key that is added and forgotten here must void reviews, not slip past them."""
        keys = {name for collection in COLLECTIONS.values() for name in collection.by_name}
        assert keys >= NOT_REVIEWED
        assert {"title", "summary", "sources", "evidence", "evidence_summary", "pages"} <= keys - NOT_REVIEWED


class TestCarryingAReview:
    def test_to_another_text_binds_it_to_the_one_that_was_read(self):
        for source in (REVIEWED, BOUND):
            carried = with_review_of(make_document(body="Other."), source)
            assert (carried.get("reviewed_by"), carried.get("reviewed_text")) == ("Dr. A", signed_off(REVIEWED))

    def test_to_the_same_text_leaves_it_as_it_is_written(self):
        """What an import takes over, export writes out byte for byte."""
        for source in (REVIEWED, BOUND):
            assert with_review_of(make_document(), source) == source

    def test_prefers_the_review_of_this_text_then_the_latest(self):
        later = make_document(body="Other.", reviewed_on=date(2027, 5, 3), reviewed_by="Dr. B")
        assert with_best_review(make_document(), [later, REVIEWED]) == REVIEWED
        assert with_best_review(make_document(body="New."), [REVIEWED, later]).get("reviewed_by") == "Dr. B"


class TestTheNextVersionOfAFile:
    def test_with_another_text_under_the_same_review_was_not_read(self):
        for before in (REVIEWED, BOUND):
            assert review_state(continued(replace(REVIEWED, body="Other."), before)) == "changed"
            assert review_state(continued(REVIEWED, continued(replace(REVIEWED, body="Other."), before))) == "current"

    def test_with_another_day_or_name_was_read_anew(self):
        new = replace(REVIEWED, body="Other.")
        for change in ({"reviewed_on": date(2027, 5, 3)}, {"reviewed_by": "Dr. B"}):
            assert review_state(continued(new.changed(**change), BOUND)) == "current"

    def test_is_taken_at_its_word_when_it_is_the_first(self):
        assert continued(REVIEWED, None) == REVIEWED

    def test_under_a_review_of_this_very_text_is_as_it_is_written(self):
        """Where its text waits for a decision, only the review was taken over: the next import finds nothing new."""
        assert continued(REVIEWED, make_document(body="Base.").changed(**dict(BOUND.fields))) == REVIEWED
