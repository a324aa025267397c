"""The search page: what it shows, what it keeps to itself, and what it answers to anything at all."""

import logging

import pytest
from bs4 import BeautifulSoup

from clinic_site.logs import WithoutQuery
from education.models import SearchEntry, SearchWord
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def get(client, **query):
    response = client.get("/search/", query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture(autouse=True)
def _site():
    make_page("topics", "dry-needling", title="Dry needling", body="For a sore shoulder.")
    make_page("conditions", "shoulder-pain", title="Shoulder pain")
    make_page("glossary", "shoulder", title="shoulder")


class TestForm:
    def test_stands_on_every_page_with_a_label_and_needs_no_script(self, client):
        page = BeautifulSoup(client.get("/topics/dry-needling/").content, "html.parser")
        form = page.find("form", role="search")
        assert (form["action"], form.get("method", "get")) == ("/search/", "get")
        text = form.find("input", attrs={"name": "q"})
        assert form.find("label", attrs={"for": text["id"]}).get_text(strip=True)
        assert text["maxlength"] == "200"
        assert text["autocomplete"] == "off"

    def test_keeps_what_was_typed_and_the_kind_and_stands_once(self, client):
        forms = get(client, q="sholder", kind="topics").find_all("form", role="search")
        assert len(forms) == 1
        assert forms[0].find("input", attrs={"name": "q"})["value"] == "sholder"
        assert forms[0].find("input", attrs={"name": "kind"})["value"] == "topics"


class TestResults:
    def test_are_headings_that_lead_to_the_pages(self, client):
        page = get(client, q="shoulder")
        links = [heading.a["href"] for heading in page.find_all("h3")]
        assert links == ["/conditions/shoulder-pain/", "/glossary/#shoulder", "/topics/dry-needling/"]
        assert "Condition" in page.find("ol", class_="search-results").li.get_text()

    def test_can_be_narrowed_to_a_kind(self, client):
        page = get(client, q="shoulder", kind="glossary")
        assert [heading.a["href"] for heading in page.find_all("h3")] == ["/glossary/#shoulder"]
        kinds = page.find("nav", attrs={"aria-label": "Kinds of pages"})
        assert kinds.find("a", attrs={"aria-current": True}).get_text() == "Glossary"
        assert "?q=shoulder&kind=topics" in [link["href"] for link in kinds.find_all("a")]

    def test_packets_are_a_kind_of_their_own(self, client):
        make_page("packets", "first", title="Before your first visit", search_words=("handout",))
        page = get(client, q="handout", kind="packets")
        assert page.find("h3").a["href"] == "/packets/first/"
        assert "Packet" in page.find("ol", class_="search-results").li.get_text()
        assert (
            page.find("nav", attrs={"aria-label": "Kinds of pages"}).find("a", attrs={"aria-current": True}).get_text()
            == "Packets"
        )

    def test_an_unknown_kind_or_page_is_no_error(self, client):
        assert len(get(client, q="shoulder", kind="'; --", page="-1").find_all("h3")) == 3

    def test_of_the_next_portion_keep_the_search(self, client):
        for number in range(11):
            make_page("topics", f"knee-{number}", title=f"Knee {number}")
        following = get(client, q="knee & x", kind="topics").find("a", rel="next")["href"]
        assert following == "?q=knee+%26+x&kind=topics&page=2"
        page = BeautifulSoup(client.get("/search/" + following).content, "html.parser")
        assert len(page.find_all("h3")) == 1

    def test_misspelt_words_are_shown_as_they_may_have_been_meant(self, client):
        link = get(client, q="sholder").find("a", href="?q=shoulder")
        assert "Did you mean" in link.parent.get_text()

    def test_none_leads_on_and_says_when_to_get_help(self, client):
        page = get(client, q="zzzz")
        assert "Nothing found" in page.get_text()
        assert page.find("main").find("a", href="/topics/dry-needling/")
        assert page.find("main").find("a", href="tel:911")

    def test_what_the_site_has_nothing_on_is_said(self, client):
        assert "nothing on: insurance" in get(client, q="insurance").find("main").get_text()

    def test_an_emergency_begins_with_the_number_to_call(self, client):
        main = get(client, q="chest pain").find("main")
        assert main.get_text(" ", strip=True).startswith("In an emergency, call 911")
        assert not get(client, q="shoulder").find("main").find("a", href="tel:911")
        assert get(client, q="suicide").find("main").find("a", href="tel:988")


class TestPrivacy:
    def test_the_words_go_to_no_other_site_and_no_cache(self, client):
        response = client.get("/search/", {"q": "shoulder"})
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies
        page = BeautifulSoup(response.content, "html.parser")
        assert page.find("link", rel="canonical")["href"].endswith("/search/")
        assert "shoulder" not in page.title.get_text().lower()

    def test_search_engines_keep_the_search_page_alone(self, client):
        """Every result page names it as the one to keep; words that find nothing, which anyone can link to, are not kept."""
        assert get(client, q="zzzz").find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert not get(client).find("meta", attrs={"name": "robots"})

    def test_nothing_is_stored_or_logged(self, client, caplog):
        before = SearchEntry.objects.count(), SearchWord.objects.count()
        with caplog.at_level(logging.DEBUG):
            get(client, q="sentinelword porcupine")
        assert (SearchEntry.objects.count(), SearchWord.objects.count()) == before
        assert "sentinelword" not in caplog.text

    def test_the_development_server_logs_addresses_without_what_was_searched(self):
        record = logging.LogRecord(
            "django.server", logging.INFO, "", 0, '"%s" %s %s', ("GET /search/?q=sentinelword HTTP/1.1", "200", "9"), None
        )
        assert WithoutQuery().filter(record)
        assert record.getMessage() == '"GET /search/?… HTTP/1.1" 200 9'


class TestAnyText:
    @pytest.mark.parametrize(
        "text",
        ["<script>alert(1)</script>shoulder", '"><img src=x onerror=alert(1)>', "' OR 1=1 --", "\x00", "{{ 7|add:7 }}", "%", "*"],
    )
    def test_is_answered_and_executes_nothing(self, client, text):
        page = get(client, q=text)
        assert not page.find("main").find_all(["script", "img"])
        assert page.find("input", attrs={"name": "q"})["value"] == text.replace("\x00", "\ufffd")[:200] or "\x00" in text

    def test_bytes_that_are_no_text_are_answered(self, client):
        assert client.get("/search/?q=%ff%fe%00&kind=%ff&page=%ff").status_code == 200

    def test_is_cut_at_200_characters(self, client):
        assert get(client, q="x" * 5000).find("input", attrs={"name": "q"})["value"] == "x" * 200

    def test_no_search_at_all_offers_the_topics(self, client):
        assert get(client).find("main").find("a", href="/topics/dry-needling/")
