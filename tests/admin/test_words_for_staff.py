"""What the admin says to staff who are no technicians: what to mend and where, what a button did, what a field is for."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from education import publishing
from education.models import FAQ, Topic
from education.publishing import live_document
from tests.admin.filled import add_url, change_url, open_form, press, save, typed, url, words
from tests.factories import make_page
from tests.publishing.words import member_of

pytestmark = pytest.mark.django_db


def test_each_fault_of_a_form_is_named_on_top_and_leads_to_its_field(staff_client):
    form = staff_client.get(add_url(FAQ))
    response = staff_client.post(
        add_url(FAQ), typed(form, title="Does it hurt?", slug="does-it-hurt", summary="A little.", body="")
    )
    page = BeautifulSoup(response.content, "html.parser")
    assert {link.get_text() for link in page.select(".page-errors a")} == {"Answer", "Topic"}
    assert all(page.select(link["href"]) for link in page.select(".page-errors a"))


def test_the_fields_of_a_question_and_of_a_word_are_named_for_what_they_hold(staff_client):
    for model, names in (("faq", ("Question", "Short answer", "Answer")), ("glossaryterm", ("Word", "Meaning", "More about it"))):
        page = BeautifulSoup(staff_client.get(reverse(f"admin:education_{model}_add")).content, "html.parser")
        labels = {label.get_text().strip(" :") for label in page.find_all("label")}
        assert labels >= set(names)


def test_versions_are_compared_in_the_words_of_the_form(staff_client):
    make_page("topics")
    page = make_page("faqs", "does-it-hurt")
    save(staff_client, page, body="No.")
    last, first = publishing.history(page)[:2]
    compared = staff_client.get(reverse("admin:education_faq_compare", args=[first.pk, last.pk]))
    assert "Answer" in compared.content.decode()


def test_a_summary_of_several_lines_becomes_one(staff_client):
    page = make_page()
    save(staff_client, page, summary="You may be sore.\r\nRest for a day.\n")
    page.refresh_from_db()
    assert live_document(page).get("summary") == "You may be sore. Rest for a day."


def test_a_new_address_is_told_with_what_becomes_of_the_old_one(staff_client):
    page = make_page(slug="dry-needling")
    assert "The old address, “dry-needling”, leads to the new one." in words(
        press(staff_client, page, "_publish", slug="needling")
    )
    page.refresh_from_db()
    assert "old address" not in words(press(staff_client, page, "_publish", body="New words."))


def test_who_deletes_a_page_is_told_how_to_have_it_back(staff_client):
    page = make_page()
    response = staff_client.post(url("delete", page.pk), {"post": "yes"}, follow=True)
    assert "Deleted pages" in words(response)
    assert url("deleted") in words(response)


def test_a_page_is_picked_by_its_title_and_not_by_every_text_that_mentions_it(staff_client):
    make_page(slug="after-your-visit", search_words=("aftercare",))
    make_page(slug="risks", body="Ask at your visit.")
    make_page("faqs", "does-it-hurt", topic="risks")
    asked = {"app_label": "education", "model_name": "faq", "field_name": "topic"}
    for typed_words in ("visit", "aftercare"):
        found = staff_client.get(reverse("admin:autocomplete"), {**asked, "term": typed_words}).json()["results"]
        assert [one["text"] for one in found] == ["After your visit"]
    assert b"Risks" in staff_client.get(url("changelist"), {"q": "visit"}).content, "a list is searched in the texts, too"


def test_lists_of_rows_that_nobody_edits_are_offered_to_who_looks_after_the_site(client, staff_client):
    make_page()
    technical = [reverse(f"admin:education_{name}_changelist") for name in ("revision", "contentfile", "alias")]
    first = staff_client.get(reverse("admin:index")).content.decode()
    assert all(address in first for address in technical)
    client.force_login(member_of("Publisher"))
    first = client.get(reverse("admin:index")).content.decode()
    assert not any(address in first for address in technical)
    assert first.index(reverse("admin:education_topic_changelist")) < first.index(reverse("admin:education_feedback_changelist"))


def test_the_form_offers_one_preview_to_who_types_and_one_to_who_reads(client, staff_client):
    page = make_page()
    assert url("preview", page.pk) not in [link.get("href") for link in _links(open_form(staff_client, page))]
    client.force_login(member_of("Clinical reviewer"))
    assert url("preview", page.pk) in [link.get("href") for link in _links(client.get(change_url(page)))]


def _links(response):
    return BeautifulSoup(response.content, "html.parser").find_all("a")


def test_the_text_of_a_page_cannot_be_empty_and_says_so_plainly(staff_client):
    page = make_page()
    assert "Write the text of the page here." in save(staff_client, page, body=" ").content.decode()
    assert Topic.objects.get().body == "Some text."
