"""Writing many pages at once: all of them, or none."""

import sys
from datetime import timedelta

import pytest
from django.db import DatabaseError
from hypothesis import given

from education.documents import COLLECTIONS, parse_text
from education.models import PAGE_MODELS, Alias, Topic
from education.models.page import today
from education.publishing import Change, find_page, live_document, record, save
from tests.factories import make_document, make_page
from tests.publishing.rows import all_rows
from tests.strategies import content_sets, examples
from tests.sync.folders import failing_at, undone

pytestmark = pytest.mark.django_db


class TestAnySetOfPages:
    @examples(10)
    @given(content_sets())
    def test_is_in_its_rows_what_its_texts_say(self, documents):
        """Rows are a projection: every column and every link follows from the text."""
        with undone():
            record([Change(document) for document in documents])
            for document in documents:
                page = find_page(document.identity)
                assert live_document(page) == document
                assert columns(page) == {field.name: document.get(field.name) for field in schema(document)} | {
                    "body": document.body
                }

    @examples(5)
    @given(content_sets())
    def test_has_every_old_address(self, documents):
        with undone():
            record([Change(document) for document in documents])
            for document in documents:
                for alias in document.get("aliases", ()):
                    assert find_page(document.identity._replace(slug=alias)).identity == str(document.identity)


def schema(document):
    return COLLECTIONS[document.identity.collection].fields


def columns(page):
    """What a row and its links say, in the words of a document; names of pages as the text has them."""
    document = parse_text(page.revision.text, live_document(page).identity)
    said = {"body": page.body}
    for field in schema(document):
        value = document.get(field.name) if field.name == "aliases" else getattr(page, field.name)
        if hasattr(value, "all"):
            named = {slug: find_page_id(document, field.name, slug) for slug in document.get(field.name, ())}
            value = tuple(named) if {other.pk for other in value.all()} == set(named.values()) else "links to others"
        elif hasattr(value, "slug"):
            value = (
                document.get(field.name) if value.pk == find_page_id(document, field.name, document.get(field.name)) else value
            )
        elif isinstance(value, list):
            value = tuple(value)
        said[field.name] = None if value in ("", (), field.default, 0) else value
    return said


def find_page_id(document, key, slug):
    collection = COLLECTIONS[document.identity.collection].references[key]
    return find_page(document.identity._replace(collection=collection, slug=slug)).pk


class TestManyPages:
    def test_of_every_kind_in_any_order_take_few_queries(self, django_assert_max_num_queries):
        """A question may come before its topic, and a topic before its parent."""
        documents = [make_document("faqs", f"question-{number}", topic="topic-0") for number in range(30)]
        documents += [make_document(slug=f"topic-{number}", parent=f"topic-{number + 1}") for number in range(29)]
        documents += [make_document(slug="topic-29"), make_document("sources", "study"), make_document("glossary", "nerve")]
        with django_assert_max_num_queries(45):
            record([Change(document) for document in documents])
        assert Topic.objects.get(slug="topic-0").faqs.count() == 30
        assert Topic.objects.get(slug="topic-28").parent.slug == "topic-29"

    def test_past_one_portion_are_linked_all_the_same(self, monkeypatch):
        monkeypatch.setattr(sys.modules["education.publishing.record"], "BATCH", 3)
        documents = [
            make_document(slug=f"topic-{number}", parent=f"topic-{number + 1}", aliases=(f"old-{number}",)) for number in range(9)
        ]
        record([Change(document) for document in [*documents, make_document(slug="topic-9")]])
        assert list(Topic.objects.exclude(parent=None).values_list("slug", "parent__slug").order_by("slug")) == [
            (f"topic-{number}", f"topic-{number + 1}") for number in range(9)
        ]
        assert Alias.objects.count() == 9


class TestAnErrorInTheMiddle:
    def test_leaves_nothing(self, staff):
        """Whichever statement fails, the database is as it was (F01, F08)."""
        page = make_page(aliases=("old",))
        changes = [
            Change(live_document(page).changed(aliases=("old", "older"), title="New"), page),
            Change(make_document("conditions", "neck-pain")),
            Change(make_document("topics", "other", conditions=("neck-pain",), parent="dry-needling")),
        ]
        before, failures = all_rows(), 0
        while True:
            with undone():
                try:
                    with failing_at(failures):
                        record(changes)
                    break
                except DatabaseError:
                    failures += 1
                page.refresh_from_db()
                assert all_rows() == before
        assert failures >= 8


class TestPublic:
    DAYS = {"none": None, "yesterday": -1, "today": 0, "tomorrow": 1}

    @pytest.mark.parametrize("status", ["draft", "published"])
    @pytest.mark.parametrize("day", DAYS)
    @pytest.mark.parametrize("collection", COLLECTIONS)
    def test_means_the_same_for_a_row_and_for_a_query(self, collection, status, day):
        """`is_published` is the twin of `published()`: public is a published page whose day has come."""
        make_page("topics")
        publish_on = None if self.DAYS[day] is None else today() + timedelta(days=self.DAYS[day])
        slug = "clinic" if collection == "clinic" else "x"
        page = make_page(collection, slug, status=status, publish_on=publish_on)
        public = status == "published" and day != "tomorrow"
        assert page.is_published == public
        assert PAGE_MODELS[collection].objects.published().filter(pk=page.pk).exists() == public

    def test_first_time_is_kept(self, staff):
        page = make_page()
        first = page.first_published_at
        page = save(document=live_document(page).changed(title="New"), by=staff, page=page)
        assert page.first_published_at == first
        assert page.updated_at > first
