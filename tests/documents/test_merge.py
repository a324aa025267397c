"""The file, what it was, and what staff made of it: decided part by part (design, "Import never loses an edit")."""

from dataclasses import replace
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from education.documents import Document, Identity, merge, review_state, signed_off
from education.documents.review import REVIEW_MARK, review_mark, without_review
from tests.factories import make_document
from tests.strategies import examples

IDENTITY = Identity("en", "topics", "x")
REVIEWED = {"reviewed_on": date(2026, 5, 3), "reviewed_by": "Dr. A"}
# What the parts say does not matter to a merge, only whether it is the same; so few values are drawn, which often meet.
PARTS = {
    "slug": ["x", "renamed"],
    "title": ["one", "two", "three"],
    "aliases": [None, ("a",), ("a", "b")],
    "reviewed_on": [None, date(2026, 5, 3), date(2027, 5, 3)],
    "reviewed_by": [None, "Dr. A", "Dr. B"],
    "reviewed_text": [None, "a" * 64],
    "position": [None, 1, 2],
    "body": ["", "Text.", "Other text."],
}


@st.composite
def versions(draw):
    """One version of a page."""
    parts = {part: draw(st.sampled_from(values)) for part, values in PARTS.items()}
    return Document.from_parts(IDENTITY, {part: value for part, value in parts.items() if value is not None})


def told(document):
    """What a report tells of a document: `reviewed_text` is the site's own writing, and no news to people."""
    return document.changed(reviewed_text=None)


# They differ in nothing but which text was read.
ALIKE = (Document(IDENTITY, REVIEWED, "Text."), Document(IDENTITY, REVIEWED | {"reviewed_text": "a" * 64}, "Text."))

version, three_versions = versions(), st.tuples(versions(), versions(), versions())


class TestWhenOneSideChanged:
    @examples(60)
    @example(*ALIKE)
    @given(version, version)
    def test_the_file_alone_gives_the_file(self, base, file):
        result = merge(base=base, file=file, staff=base)
        assert (result.document, result.base) == (file, file)
        assert (result.kept, result.conflicts) == ((), ())
        assert bool(result.taken) == (told(file) != told(base))

    @examples(60)
    @example(*ALIKE)
    @given(version, version)
    def test_staff_alone_gives_staff(self, base, staff):
        result = merge(base=base, file=base, staff=staff)
        assert (result.document, result.base) == (staff, base)
        assert (result.taken, result.conflicts) == ((), ())
        assert bool(result.kept) == (told(staff) != told(base))

    @examples(30)
    @given(version)
    def test_nobody_gives_the_same(self, base):
        result = merge(base=base, file=base, staff=base)
        assert (result.document, result.base, result.taken, result.kept, result.conflicts) == (base, base, (), (), ())


class TestWhenBothSidesChanged:
    @examples(60)
    @given(st.none() | version, version)
    def test_alike_is_no_conflict_and_the_base_moves_up(self, base, both):
        result = merge(base=base, file=both, staff=both)
        assert (result.document, result.base) == (both, both)
        assert (result.taken, result.kept, result.conflicts) == ((), (), ())

    @examples(200)
    @given(three_versions)
    def test_every_part_of_the_result_comes_from_one_side(self, three):
        """Nothing is invented, and no change of either side is lost without a word."""
        base, file, staff = three
        result = merge(base=base, file=file, staff=staff)
        was, theirs, ours, merged = base.parts(), file.parts(), staff.parts(), result.document.parts()
        for part in {*was, *theirs, *ours, *merged}.difference(REVIEW_MARK):
            source = theirs if part in result.taken else ours
            assert merged.get(part) == source.get(part), part
            assert (part in result.taken) == (ours.get(part) == was.get(part) != theirs.get(part))
            assert (part in result.kept) == (theirs.get(part) == was.get(part) != ours.get(part))
            assert (part in result.conflicts) == (was.get(part) != theirs.get(part) != ours.get(part) != was.get(part))

    @examples(200)
    @given(three_versions)
    def test_the_base_moves_up_except_where_the_sides_conflict(self, three):
        base, file, staff = three
        result = merge(base=base, file=file, staff=staff)
        assert review_mark(result.base) == review_mark(file)
        for part in {*base.parts(), *file.parts()}.difference(REVIEW_MARK):
            source = base if part in result.conflicts else file
            assert result.base.parts().get(part) == source.parts().get(part), part

    @examples(200)
    @given(three_versions)
    def test_merging_again_changes_nothing(self, three):
        """Import, then import again: the same conflicts wait, and nothing else is left to do."""
        base, file, staff = three
        first = merge(base=base, file=file, staff=staff)
        again = merge(base=first.base, file=file, staff=first.document)
        assert (again.document, again.base, again.taken) == (first.document, first.base, ())
        assert set(again.conflicts) == set(first.conflicts)

    @examples(200)
    @given(three_versions)
    def test_a_review_is_one_side_s_of_the_very_text_that_was_read(self, three):
        """Nobody reviewed a text that is put together from two, unless it says what one of them says."""
        base, file, staff = three
        result = merge(base=base, file=file, staff=staff)
        assert review_mark(result.document) in (review_mark(file), review_mark(staff))

    @examples(100)
    @given(three_versions)
    def test_a_review_of_one_side_alone_is_taken_and_is_never_in_conflict(self, three):
        base, file, staff = three
        result = merge(base=base, file=file, staff=staff)
        assert not set(result.conflicts).intersection(REVIEW_MARK)
        if review_mark(staff) == review_mark(base):
            assert review_mark(result.document) == review_mark(file)
        elif review_mark(file) == review_mark(base):
            assert review_mark(result.document) == review_mark(staff)


class TestByExample:
    base = make_document(summary="Old.", body="Old text.", **REVIEWED)

    def test_different_parts_are_put_together(self):
        base = self.base.changed(reviewed_text=signed_off(self.base))
        file, staff = base.changed(summary="From the file."), replace(base, body="From staff.")
        result = merge(base=base, file=file, staff=staff)
        assert (result.document.get("summary"), result.document.body) == ("From the file.", "From staff.")
        assert (result.taken, result.kept, result.conflicts) == (("summary",), ("body",), ())
        assert (result.document.get("reviewed_by"), review_state(result.document)) == ("Dr. A", "changed")
        assert result.base == file

    def test_in_conflict_staff_are_shown_and_the_base_stays(self):
        base = without_review(self.base)
        file, staff = base.changed(summary="From the file."), base.changed(summary="From staff.")
        result = merge(base=base, file=file, staff=staff)
        assert (result.document, result.base) == (staff, base)
        assert result.conflicts == ("summary",)

    def test_of_two_new_reviews_the_one_of_the_merged_text_counts_and_else_the_latest(self):
        """Whoever reads the marks is told of a review that fits what they read."""
        staff = self.base.changed(title="New", reviewed_on=date(2026, 6, 1), reviewed_by="Dr. B")
        file = self.base.changed(title="New", reviewed_on=date(2026, 7, 1), reviewed_by="Dr. C", summary="New.")
        both = merge(base=self.base, file=file, staff=staff)
        assert (both.document, both.base, both.conflicts) == (file, file, ())
        file = self.base.changed(summary="New.", reviewed_on=date(2026, 7, 1), reviewed_by="Dr. C")
        mixed = merge(base=self.base, file=file, staff=staff).document
        assert (mixed.get("reviewed_by"), review_state(mixed)) == ("Dr. C", "changed")

    def test_taking_a_part_away_is_a_change(self):
        staff = self.base.changed(summary=None)
        assert merge(base=self.base, file=self.base, staff=staff).kept == ("summary",)
        assert merge(base=self.base, file=staff, staff=self.base).document.get("summary") is None
        assert merge(base=self.base, file=staff, staff=self.base.changed(summary="New.")).conflicts == ("summary",)

    def test_a_new_address_is_a_part_like_any_other(self):
        moved = Document(self.base.identity._replace(slug="moved"), self.base.fields, self.base.body)
        assert merge(base=self.base, file=moved, staff=self.base).document.identity.slug == "moved"
        assert merge(base=self.base, file=self.base, staff=moved).document.identity.slug == "moved"

    def test_without_a_base_staff_stay_where_the_texts_differ(self):
        file = self.base.changed(summary="From the file.", position=7)
        result = merge(base=None, file=file, staff=self.base)
        assert result.conflicts == ("summary",)
        assert result.taken == ("position",)
        assert result.document.get("summary") == "Old."
