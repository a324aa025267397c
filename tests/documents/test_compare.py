"""What differs between two versions is shown whole, exact and at the word."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from education.documents import Document, Identity
from education.documents.compare import ADDED, GAP, REMOVED, SAME, compare

IDENTITY = Identity("en", "topics", "dry-needling")


def document(body="", **fields):
    return Document(IDENTITY, fields, body)


def shown(difference):
    """A comparison as a person reads it: - and + lines, changed words in brackets."""
    marks = {SAME: " ", REMOVED: "-", ADDED: "+", GAP: "…"}
    return [
        marks[line.kind] + "".join(f"[{text}]" if changed else text for text, changed in line.pieces) for line in difference.lines
    ]


def test_the_changed_word_is_marked_and_what_is_around_it_shown():
    body = "\n".join(f"Line {number}." for number in range(1, 10))
    (found,) = compare(document(body), document(body.replace("Line 5.", "Step 5.")))
    assert found.part == "body"
    assert shown(found) == ["…", " Line 3.", " Line 4.", "-[Line] 5.", "+[Step] 5.", " Line 6.", " Line 7.", "…"]


def test_every_part_is_compared():
    old = document("Text", title="Needles", search_words=("knot", "sore spot"), review_due=date(2027, 1, 1))
    new = document("Text", title="Dry needles", search_words=("knot", "ache", "sore spot"))
    found = {difference.part: shown(difference) for difference in compare(old, new)}
    assert found == {
        "title": ["-[Needles]", "+[Dry needles]"],
        "search_words": [" knot", "+[ache]", " sore spot"],
        "review_due": ["-[2027-01-01]"],
    }


def test_a_new_and_a_deleted_page():
    page = document("One\nTwo", title="T")
    assert [shown(found) for found in compare(None, page)] == [["+[dry-needling]"], ["+[T]"], ["+[One]", "+[Two]"]]
    assert [shown(found) for found in compare(page, None)] == [["-[dry-needling]"], ["-[T]"], ["-[One]", "-[Two]"]]


def test_the_same_text_has_no_differences():
    assert compare(document("Text", title="T"), document("Text", title="T")) == ()


def test_a_very_long_line_is_compared_as_a_whole():
    (found,) = compare(document("a " * 40_000), document("b " * 40_000))
    assert [line.kind for line in found.lines] == [REMOVED, ADDED]


BODIES = st.lists(st.text("ab \n", max_size=12), max_size=14).map("\n".join)


@given(BODIES, BODIES)
def test_nothing_is_lost_or_invented(old, new):
    """All that was removed or kept makes up the old lines that are shown, in order; all added or kept the new ones."""
    for found in compare(document(old), document(new)):
        for text, gone in ((old, ADDED), (new, REMOVED)):
            lines = iter(text.split("\n"))
            for line in found.lines:
                if line.kind not in (GAP, gone):
                    assert "".join(piece for piece, _ in line.pieces) in lines
