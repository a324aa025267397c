"""Every text has a limit: at the limit it is taken, one more is refused (S05)."""

import pytest

from education.documents import COLLECTIONS, ContentErrors, Identity, parse, serialize
from education.documents.fields import Field, ListOf, PageName, Slug
from education.documents.parse import FILE_MAX_BYTES
from education.documents.registry import BODY_MAX_BYTES, FRONT_MATTER_MAX_BYTES
from education.models import PAGE_MODELS
from education.models.page import BODY_MAX_LENGTH
from tests.factories import make_document

TOPIC = ["---", "title: A title", "summary: A summary."]


def text_fields():
    """Every field of every collection that holds text, with how a text of a given length is made for it."""
    for collection in COLLECTIONS.values():
        for field in collection.fields:
            item = field.item if isinstance(field, ListOf) else field
            if type(item).__name__ in MADE:
                yield pytest.param(collection.name, field.name, id=f"{collection.name}-{field.name}")


def list_fields():
    for collection in COLLECTIONS.values():
        for field in collection.fields:
            if isinstance(field, ListOf):
                yield pytest.param(collection.name, field.name, id=f"{collection.name}-{field.name}")


MADE = {
    "Text": lambda length: "é" * (length - 1) + "🦴",
    "Url": lambda length: "https://example.org/".ljust(length, "a"),
    "Doi": lambda length: "10.1000/".ljust(length, "1"),
    "Email": lambda length: f"{'a' * 60}@{'b' * 60}.{'b' * 60}.".ljust(length, "c"),
    "Slug": lambda length: "a" * length,
    "Reference": lambda length: "a" * length,
}


def parsed(document):
    return parse(serialize(document).encode(), document.identity, "x.md").document


class TestATextAtItsLimit:
    @pytest.mark.parametrize(("collection", "key"), list(text_fields()))
    def test_is_taken_and_one_more_is_refused(self, collection, key):
        """A limit counts characters, not bytes, and holds in the file before the database has to say no."""
        field = COLLECTIONS[collection].by_name[key]
        item = field.item if isinstance(field, ListOf) else field
        limit = 80 if isinstance(item, Slug) else item.max_length
        make = MADE[type(item).__name__]
        for length, fits in ((limit, True), (limit + 1, False)):
            text = make(length)
            assert len(text) == length
            document = make_document(collection, "x", **{key: (text,) if isinstance(field, ListOf) else text})
            if fits:
                assert parsed(document) == document
            else:
                with pytest.raises(ContentErrors, match=rf"{key}: expected .*at most {limit} characters"):
                    parsed(document)

    @pytest.mark.parametrize(("collection", "key"), list(list_fields()))
    def test_holds_for_the_number_of_entries_too(self, collection, key):
        limit = COLLECTIONS[collection].by_name[key].max_items
        within = "topics/" if isinstance(COLLECTIONS[collection].by_name[key].item, PageName) else ""
        entries = tuple(f"{within}entry-{number}" for number in range(limit))
        document = make_document(collection, "x", **{key: entries})
        assert parsed(document) == document
        with pytest.raises(ContentErrors, match=rf"{key}: expected at most {limit} entries, found {limit + 1}"):
            parsed(document.changed(**{key: (*entries, f"{within}more")}))

    @pytest.mark.parametrize("collection", COLLECTIONS)
    def test_fits_the_column_it_is_written_to(self, collection):
        """What a file may say, its row can hold."""
        model = PAGE_MODELS[collection]
        for field in COLLECTIONS[collection].fields:
            if isinstance(field, Field) and type(field).__name__ in MADE and not isinstance(field, Slug):
                assert field.max_length == model._meta.get_field(field.name).max_length
        assert model._meta.get_field("slug").max_length == 80


class TestSizes:
    IDENTITY = Identity("en", "topics", "x")

    def page(self, *lines, body="Body"):
        return "\n".join([*TOPIC, *lines, "---", "", body, ""]).encode()

    def test_body_counts_bytes(self):
        """The database's limit counts characters, of which there are never more."""
        assert BODY_MAX_BYTES <= BODY_MAX_LENGTH
        assert parse(self.page(body="é" * (BODY_MAX_BYTES // 2)), self.IDENTITY, "x.md")
        with pytest.raises(ContentErrors, match=r"x.md:6: body: expected at most 102,400 bytes of text, found 102,402"):
            parse(self.page(body="é" * (BODY_MAX_BYTES // 2 + 1)), self.IDENTITY, "x.md")

    def test_front_matter_counts_bytes(self):
        room = FRONT_MATTER_MAX_BYTES - len("\n".join(TOPIC[1:])) - len("\n#\n")
        assert parse(self.page("#" + "c" * room), self.IDENTITY, "x.md")
        with pytest.raises(ContentErrors, match=r"x.md:1: front matter: expected at most 65,536 bytes"):
            parse(self.page("#" + "c" * (room + 1)), self.IDENTITY, "x.md")

    def test_file_counts_bytes(self):
        """Blank lines count here: a file is measured before it is read."""
        page = self.page()
        assert parse(page.ljust(FILE_MAX_BYTES, b"\n"), self.IDENTITY, "x.md")
        with pytest.raises(ContentErrors, match=r"x.md:1: file: expected at most 167,936 bytes, found 167,937"):
            parse(page.ljust(FILE_MAX_BYTES + 1, b"\n"), self.IDENTITY, "x.md")
