"""What search reads follows the pages, whatever changes them."""

from datetime import date

import pytest
from django.core.management import call_command

from education.models import SearchEntry, SearchWord, Topic
from education.publishing import delete, publish, save, save_draft, unpublish
from education.search import search
from tests.factories import make_document, make_page

pytestmark = pytest.mark.django_db


def found(text, **kwargs):
    return [result.url for result in search(text, "en", **kwargs).page.object_list]


class TestPages:
    def test_a_new_page_is_found_by_title_words_summary_and_text(self):
        make_page(title="Cupping", search_words=("hickies",), summary="Glass bowls on skin.", body="A **vacuum** lifts it.")
        for text in ("cupping", "hickies", "bowls", "vacuum"):
            assert found(text) == ["/topics/dry-needling/"], text

    def test_other_names_and_spellings_count(self):
        make_page("conditions", "headaches", also_known_as=("Cephalalgia",))
        make_page("glossary", "trigger-point", forms=("nodules",))
        assert found("cephalalgia") == ["/conditions/headaches/"]
        assert found("nodule") == ["/glossary/#trigger-point"]

    def test_what_markup_means_is_found_and_not_the_markup(self):
        make_page(body="[Call](topic:dry-needling#help) for a **fe**ver.")
        assert found("fever") == ["/topics/dry-needling/"]
        assert found("help") == []

    def test_an_edit_is_found_at_once_and_the_old_words_no_more(self, staff):
        page = make_page(body="A porcupine.")
        save(document=make_document(body="A hedgehog."), by=staff, page=page)
        assert found("hedgehog") == ["/topics/dry-needling/"]
        assert found("porcupine") == []

    def test_a_renamed_page_is_found_once_at_its_new_address(self, staff):
        page = make_page(body="A porcupine.")
        save(document=make_document(slug="new-name", body="A porcupine."), by=staff, page=page)
        assert found("porcupine") == ["/topics/new-name/"]

    def test_a_deleted_page_is_gone(self, staff):
        delete(page=make_page(body="A porcupine."), by=staff)
        assert found("porcupine") == []
        assert not SearchEntry.objects.exists()

    def test_sources_and_the_clinic_are_not_searched(self):
        make_page("sources", "porcupine", title="Porcupine")
        make_page("clinic", "clinic", title="Porcupine")
        assert found("porcupine") == []


class TestWhatIsNotPublic:
    def test_drafts_and_future_pages_are_not_found_nor_suggested(self):
        make_page("topics", "secret", title="Porcupine", status=None)
        make_page("topics", "later", title="Porcupine", publish_on=date(2999, 1, 1))
        for text in ("porcupine", "porcupin", "porcu", "porkupine"):
            results = search(text, "en")
            assert (results.total, results.suggestion) == (0, "")

    def test_publishing_and_unpublishing_count_at_once(self, staff):
        page = make_page(title="Porcupine", status=None)
        page = publish(page=page, by=staff)
        assert found("porcupine")
        unpublish(page=page, by=staff)
        assert found("porcupine") == []

    def test_a_waiting_draft_of_a_public_page_is_not_found(self, staff):
        page = make_page(body="A porcupine.")
        save_draft(document=make_document(body="A hedgehog."), by=staff, page=page)
        assert found("hedgehog") == []
        assert found("porcupine")


class TestRebuild:
    def test_makes_everything_anew(self, capsys):
        make_page(body="A porcupine.")
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
        assert found("porcupine") == []
        call_command("rebuild_search")
        assert found("porcupin") == ["/topics/dry-needling/"]
        assert "1 pages" in capsys.readouterr().out

    def test_forgets_pages_that_went_past_publishing(self):
        make_page(body="A porcupine.")
        Topic.objects.all().delete()
        call_command("rebuild_search", verbosity=0)
        assert not SearchEntry.objects.exists()


class TestIndexOfTheDatabase:
    def test_follows_rows_that_are_written_past_it(self):
        """The database keeps its index itself, so that no code can forget to."""
        make_page(body="A porcupine.")
        SearchEntry.objects.update(text="A hedgehog.")
        assert found("hedgehog")
        assert found("porcupine") == []
        SearchEntry.objects.all().delete()
        assert found("hedgehog") == []
