"""What the database itself refuses, whoever writes."""

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from education.documents import COLLECTIONS, EVIDENCE_LEVELS, STATUSES
from education.models import PAGE_MODELS, Alias, Condition, ContentFile, Page, Revision
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


class TestEveryPage:
    @pytest.mark.parametrize("collection", COLLECTIONS)
    def test_has_an_address_of_its_own_and_a_status_that_is_known(self, collection):
        make_page("topics")
        page = make_page(collection, "x")
        model = type(page)
        refused(lambda: model.objects.filter(pk=page.pk).update(status="hidden"))
        twin = model.objects.get(pk=page.pk)
        twin.pk, twin.revision = None, None
        refused(twin.save)
        twin.slug = "other"
        twin.save()

    @pytest.mark.parametrize("collection", COLLECTIONS)
    def test_has_a_row_for_every_key_of_its_text(self, collection):
        """Old addresses alone have a table of their own."""
        names = {field.name for field in PAGE_MODELS[collection]._meta.get_fields()}
        assert set(COLLECTIONS[collection].by_name) - names == {"aliases"}

    def test_is_of_a_collection_with_a_schema(self):
        assert set(PAGE_MODELS) == set(COLLECTIONS)

    def test_keeps_the_revision_it_shows(self):
        """History cannot be cut off below a page."""
        page = make_page()
        with pytest.raises(ProtectedError):
            page.revision.delete()


class TestWords:
    def test_of_files_and_rows_are_the_same(self):
        assert tuple(Page.Status.values) == STATUSES
        assert tuple(Condition.Evidence.values) == EVIDENCE_LEVELS


class TestOtherRules:
    def test_evidence_is_one_of_the_levels(self):
        page = make_page("conditions", "x")
        refused(lambda: Condition.objects.filter(pk=page.pk).update(evidence="certain"))

    def test_a_source_can_be_found(self):
        page = make_page("sources", "x")
        refused(lambda: type(page).objects.filter(pk=page.pk).update(url="", doi=""))

    def test_a_revision_says_where_it_came_from(self):
        refused(lambda: Revision.objects.create(page="en/topics/x", text="", digest="", origin="nowhere"))

    def test_an_old_address_leads_to_one_page(self):
        Alias.objects.create(language="en", collection="topics", slug="old", target="a")
        refused(lambda: Alias.objects.create(language="en", collection="topics", slug="old", target="b"))

    def test_a_page_has_one_content_file(self):
        ContentFile.objects.create(page="en/topics/x", slug="x")
        refused(lambda: ContentFile.objects.create(page="en/topics/x", slug="y"))

    def test_no_migration_is_missing(self):
        call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())
