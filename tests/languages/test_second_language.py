"""A second language needs a line of settings, a folder of content and a catalogue: here Spanish."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from education.handouts import pdf_maker
from education.models import Topic
from tests.crawler import inside_links, links, parsed, walk
from tests.factories import make_document, make_page

HOMES = ("/", "/es/")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def spanish(collection, slug, title, **values):
    values = {"summary": "En pocas palabras.", "body": "Un texto.", **values}
    return make_document(collection, slug, language="es", title=title, **values)


@pytest.fixture
def site(add_language, settings):
    """Two pages in English; one of them in Spanish too, and what else a small Spanish site has."""
    settings.SITE_URL = "https://clinic.example"
    make_page("clinic", "clinic", title="A Clinic")
    make_page("topics", "dry-needling", title="Dry needling", body="The term of the trigger point.")
    make_page("topics", "only-english", title="Only English")
    make_page("glossary", "trigger-point", title="trigger point")
    text = "Duele [poco](condition:espalda). [](faq:duele) y [](page:topics). Un punto gatillo."
    add_language(
        "es",
        [
            spanish("clinic", "clinic", "Una clínica", shortcuts=("topics/dry-needling",)),
            spanish("topics", "dry-needling", "Punción seca", body=text, aliases=("puncion",), conditions=("espalda",)),
            spanish("topics", "borrador", "Borrador", status=None),
            spanish("conditions", "espalda", "Dolor de espalda", evidence_summary="Estudios pequeños."),
            spanish("faqs", "duele", "¿Duele?"),
            spanish("glossary", "punto-gatillo", "punto gatillo"),
            spanish("packets", "primera-visita", "Primera visita"),
        ],
    )


@pytest.mark.usefixtures("site")
class TestPages:
    def test_say_their_language_and_lead_to_each_other(self, client):
        pages = {address: parsed(response) for address, response in walk(client, "/es/").items() if address.startswith("/es/")}
        assert {
            "/es/",
            "/es/topics/",
            "/es/topics/dry-needling/",
            "/es/conditions/espalda/",
            "/es/faqs/duele/",
            "/es/glossary/",
            "/es/packets/primera-visita/",
            "/es/p/",
        } <= set(pages)
        assert {page.html["lang"] for page in pages.values()} == {"es"}
        for address, page in pages.items():
            other = {link["href"] for link in page.select(".languages a")}
            inside = {link for link in inside_links(address, page) if link not in other}
            assert {link for link in inside if not link.startswith("/es/")} == set(), address

    def test_show_their_own_language_only(self, client):
        spanish_page, english_page = (client.get(f"{prefix}/topics/").content.decode() for prefix in ("/es", ""))
        assert "Punción seca" in spanish_page
        assert "Only English" not in spanish_page
        assert "Borrador" not in spanish_page
        assert "Punción" not in english_page
        page = parsed(client.get("/es/topics/dry-needling/"))
        assert page.find("header").find(class_="wordmark").get_text(strip=True) == "Una clínica"
        assert page.find("a", class_="shortcuts__link").get_text() == "Punción seca"
        assert page.find(id="_use-punto-gatillo").get_text() == "punto gatillo"
        assert "only-english" not in str(page.main)
        assert page.find("form", role="search")["action"] == "/es/search/"

    def test_english_addresses_stay_as_they_are_whatever_a_browser_prefers(self, client):
        response = client.get("/topics/dry-needling/", headers={"accept-language": "es"})
        assert (response.status_code, parsed(response).html["lang"]) == (200, "en")
        assert client.get("/en/topics/dry-needling/").status_code == 404
        assert client.get("/topics/espalda/").status_code == 404

    def test_an_old_address_leads_to_the_new_one(self, client):
        assert client.get("/es/topics/puncion/").headers["Location"] == "/es/topics/dry-needling/"
        assert client.get("/topics/puncion/").status_code == 404

    def test_a_missing_page_is_missing_in_its_language(self, client):
        response = client.get("/es/topics/nada/")
        assert (response.status_code, parsed(response).html["lang"]) == (404, "es")

    def test_a_language_that_the_site_does_not_speak_has_no_pages(self, client):
        assert client.get("/fr/").status_code == 404

    def test_a_page_has_its_own_address_whatever_is_spoken(self):
        page = Topic.objects.in_language("es").get(slug="dry-needling")
        with override("en"):
            assert page.get_absolute_url() == "/es/topics/dry-needling/"


@pytest.mark.usefixtures("site")
class TestTheWayToTheOtherLanguage:
    @pytest.mark.parametrize(
        ("address", "leads_to"),
        [
            ("/", "/es/"),
            ("/topics/", "/es/topics/"),
            ("/topics/dry-needling/", "/es/topics/dry-needling/"),
            ("/topics/only-english/", "/es/"),
            ("/search/?q=needle", "/es/search/"),
            ("/feedback/topics/dry-needling/yes/", "/es/"),
            ("/nowhere/", "/es/"),
            ("/es/", "/"),
            ("/es/topics/dry-needling/", "/topics/dry-needling/"),
            ("/es/conditions/espalda/", "/"),
        ],
    )
    def test_is_the_same_page_where_there_is_one_else_home(self, client, address, leads_to):
        link = parsed(client.get(address)).select_one(".languages a")
        language, name = ("en", "English") if address.startswith("/es/") else ("es", "Español")
        assert (link["href"], link["lang"], link["hreflang"], link.get_text()) == (leads_to, language, language, name)

    @pytest.mark.parametrize("path", ["/", "/glossary/", "/topics/dry-needling/"])
    def test_is_told_to_searchers_on_both_pages(self, client, path):
        expected = {("en", f"https://clinic.example{path}"), ("es", f"https://clinic.example/es{path}")}
        for address in (path, f"/es{path}"):
            assert alternates(client.get(address)) == expected

    @pytest.mark.parametrize("address", ["/topics/only-english/", "/es/conditions/espalda/", "/es/search/?q=x", "/nowhere/"])
    def test_is_not_told_where_the_other_page_is_another(self, client, address):
        assert alternates(client.get(address)) == set()

    def test_leads_to_no_page_that_is_not_public(self, client):
        Topic.objects.in_language("es").update(status=Topic.Status.DRAFT)
        response = client.get("/topics/dry-needling/")
        assert parsed(response).select_one(".languages a")["href"] == "/es/"
        assert alternates(response) == set()


def alternates(response):
    found = parsed(response).find_all("link", hreflang=True)
    return {(link["hreflang"], link["href"]) for link in found}


@pytest.mark.django_db
def test_a_site_with_one_language_offers_no_other(client):
    page = parsed(client.get("/"))
    assert not page.select(".languages, [hreflang]")


@pytest.mark.usefixtures("site")
class TestWhatElseReadersAndMachinesUse:
    @pytest.mark.parametrize("text", ["puncion", "Punción", "seca gatillo"])
    def test_search_finds_pages_of_the_language_with_or_without_accents(self, client, text):
        found = [href for href, link in links(parsed(client.get("/es/search/", {"q": text})).find(class_="search-results"))]
        assert "/es/topics/dry-needling/" in found
        assert all(href.startswith("/es/") for href in found)

    def test_search_in_english_finds_no_spanish(self, client):
        assert "/es/topics" not in str(parsed(client.get("/search/", {"q": "punción"})).main)

    def test_the_sitemap_holds_both_languages(self, client):
        tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
        found = [urlsplit(place.text).path for place in tree.iter(SITEMAP)]
        assert len(found) == len(set(found))
        assert {"/", "/es/", "/es/glossary/", "/es/faqs/duele/", *(f"{home}topics/dry-needling/" for home in HOMES)} <= set(found)
        assert {client.get(path).status_code for path in found} == {200}
        assert "Disallow: /es/feedback/" in client.get("/robots.txt").content.decode()

    def test_the_feed_is_in_the_language(self, client):
        assert parsed(client.get("/es/topics/")).find("link", type="application/atom+xml")["href"] == "/es/feed.xml"
        feed = client.get("/es/feed.xml").content.decode()
        assert 'xml:lang="es"' in feed
        assert "https://clinic.example/es/topics/dry-needling/" in feed
        assert "Only English" not in feed

    def test_an_answer_is_kept_for_the_page_in_its_language(self, client):
        form = parsed(client.get("/es/topics/dry-needling/")).find("form", class_="feedback")
        response = client.post(form["action"], {"helpful": "yes"}, follow=True)
        assert response.redirect_chain == [("/es/feedback/topics/dry-needling/yes/", 303)]
        assert parsed(response).html["lang"] == "es"

    def test_a_packet_is_made_of_pages_of_the_language(self, client):
        page = parsed(client.get("/es/p/"))
        assert [box["value"] for box in page.find_all("input", type="checkbox")] == [
            "topics/dry-needling",
            "conditions/espalda",
            "faqs/duele",
        ]
        made = client.get("/es/p/", {"make": 1, "pages": "topics/dry-needling"}).headers["Location"]
        packet = parsed(client.get(made))
        assert made.startswith("/es/p/")
        assert packet.find(class_="packet-address").strong.get_text() == f"https://clinic.example{made}"
        assert client.get(f"{made}qr.svg").status_code == 200

    def test_no_picture_is_offered_whose_letters_the_typeface_lacks(self, client):
        pages = [parsed(client.get(f"{home}topics/dry-needling/")) for home in HOMES]
        assert [page.find("meta", property="og:image") is None for page in pages] == [False, True]

    @pytest.mark.skipif(pdf_maker() is None, reason="WeasyPrint is not here")
    def test_a_page_has_a_pdf(self, client):
        page = parsed(client.get("/es/topics/dry-needling/"))
        addresses = [href for href, _ in links(page) if "/pdf/" in href]
        assert len(addresses) == 2
        assert {client.get(address).headers["Content-Type"] for address in addresses} == {"application/pdf"}
