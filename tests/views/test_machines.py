"""What search engines, other sites and feed readers get."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from education.models import FAQ, Clinic, Condition, Topic
from education.publishing import Change, record
from education.views.topics import TopicList
from tests.factories import make_document, make_page

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def configured(settings):
    settings.SITE_URL = "https://clinic.example"


@pytest.fixture
def site():
    make_page("clinic", "clinic", title="A Clinic", summary="We help.")
    make_page()
    make_page("conditions", "headaches")
    make_page("faqs", "does-it-hurt")
    make_page("glossary", "trigger-point")


def get(client, address):
    response = client.get(address, headers={"host": "localhost"})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def properties(page):
    return {meta["property"]: meta["content"] for meta in page.head.find_all("meta", property=True)}


@pytest.mark.usefixtures("site")
class TestTheHead:
    @pytest.mark.parametrize(
        ("address", "kind", "title"),
        [
            ("/", "website", "A Clinic"),
            ("/topics/", "website", "Topics"),
            ("/topics/dry-needling/", "article", "Dry needling"),
            ("/conditions/", "website", "Conditions"),
            ("/conditions/headaches/", "article", "Headaches"),
            ("/faqs/", "website", "Questions and answers"),
            ("/faqs/does-it-hurt/", "article", "Does it hurt"),
            ("/glossary/", "website", "Glossary"),
        ],
    )
    def test_says_what_the_page_is_at_the_configured_address(self, client, address, kind, title):
        page = get(client, address)
        assert "localhost" not in str(page)
        said = properties(page)
        assert page.find("link", rel="canonical")["href"] == said["og:url"] == f"https://clinic.example{address}"
        assert (said["og:type"], said["og:title"], said["og:site_name"]) == (kind, title, "A Clinic")
        assert said["og:description"] == page.find("meta", attrs={"name": "description"})["content"]
        assert said["og:image"].startswith("https://clinic.example/social/")
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
        assert said["og:image:alt"]
        assert page.find("meta", attrs={"name": "twitter:card"})["content"] == "summary_large_image"
        assert "noindex" not in page.find("meta", attrs={"name": "robots"})["content"]

    def test_of_another_portion_of_a_list_names_that_portion(self, client, monkeypatch):
        make_page("topics", "second")
        monkeypatch.setattr(TopicList, "paginate_by", 1)
        assert (
            get(client, "/topics/?page=2&utm=x").find("link", rel="canonical")["href"] == "https://clinic.example/topics/?page=2"
        )
        assert get(client, "/topics/?utm=x").find("link", rel="canonical")["href"] == "https://clinic.example/topics/"

    @pytest.mark.parametrize("address", ["/nowhere/", "/feedback/topics/dry-needling/yes/"])
    def test_claims_nothing_for_pages_that_are_not_for_searchers(self, client, address):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert not page.find("link", rel="canonical")
        assert not page.find("script", type="application/ld+json")

    def test_without_a_clinic_says_what_it_can(self, client):
        Clinic.objects.all().delete()
        assert "og:image" not in properties(get(client, "/topics/"))
        assert "og:image" in properties(get(client, "/topics/dry-needling/"))


@pytest.mark.usefixtures("site")
class TestThePicture:
    def path_of(self, client, address):
        return properties(get(client, address))["og:image"].removeprefix("https://clinic.example")

    @pytest.mark.parametrize("address", ["/", "/topics/dry-needling/", "/conditions/headaches/", "/faqs/does-it-hurt/"])
    def test_is_served_and_kept(self, client, address):
        response = client.get(self.path_of(client, address))
        assert response.headers["Content-Type"] == "image/png"
        assert response.content.startswith(b"\x89PNG")
        assert "immutable" in response.headers["Cache-Control"]

    def test_at_an_old_address_leads_to_the_new_one(self, client):
        path = self.path_of(client, "/topics/dry-needling/")
        record([Change(make_document(title="Needling"), Topic.objects.get(slug="dry-needling"))])
        response = client.get(path)
        assert response.status_code == 302
        assert response.headers["Location"] == self.path_of(client, "/topics/dry-needling/") != path

    @pytest.mark.parametrize("path", ["topics/secret", "topics/nowhere", "glossary/trigger-point", "evil/x"])
    def test_there_is_none_of_what_is_not_public(self, client, path):
        make_page("topics", "secret", status=None)
        assert client.get(f"/social/{path}/{'0' * 16}.png").status_code == 404


@pytest.mark.usefixtures("site")
class TestTheFeed:
    def read(self, client):
        response = client.get("/feed.xml", headers={"host": "localhost"})
        assert response.headers["Content-Type"].startswith("application/atom+xml")
        assert not response.cookies
        assert b"localhost" not in response.content
        return ElementTree.fromstring(response.content)

    def test_is_linked_from_every_page(self, client):
        assert get(client, "/glossary/").find("link", type="application/atom+xml")["href"] == "/feed.xml"

    def test_lists_pages_latest_first_with_public_addresses(self, client):
        FAQ.objects.update(updated_at=datetime(2999, 1, 1, tzinfo=UTC))
        feed = self.read(client)
        assert feed.findtext(f"{ATOM}title") == "A Clinic: updated pages"
        assert feed.findtext(f"{ATOM}updated").startswith("2999-01-01")
        entries = feed.findall(f"{ATOM}entry")
        assert entries[0].find(f"{ATOM}link").get("href") == "https://clinic.example/faqs/does-it-hurt/"
        assert len(entries) == 3
        assert all(entry.findtext(f"{ATOM}{part}") for entry in entries for part in ("id", "title", "updated", "summary"))

    def test_takes_words_for_words(self, client):
        Topic.objects.update(summary="Less <b>pain</b> & more", title="A < B")
        text = "".join(self.read(client).itertext())
        assert "A < B" in text
        assert "Less &lt;b&gt;pain&lt;/b&gt; &amp; more" in text

    def test_holds_nothing_that_is_not_public_and_no_more_than_it_must(self, client):
        make_page("topics", "secret", status=None)
        make_page("topics", "later", publish_on=date(2999, 1, 1))
        for number in range(40):
            make_page("topics", f"topic-{number}")
        text = "".join(self.read(client).itertext())
        assert "ecret" not in text
        assert "ater" not in text
        assert len(self.read(client).findall(f"{ATOM}entry")) == 30


class TestTheSitemap:
    def test_dates_a_list_by_the_page_on_it_that_changed_last(self, client):
        make_page()
        make_page("topics", "aftercare")
        make_page("conditions", "headaches")
        Topic.objects.update(updated_at=datetime(2026, 1, 2, tzinfo=UTC))
        Topic.objects.filter(slug="aftercare").update(updated_at=datetime(2026, 1, 1, tzinfo=UTC))
        Condition.objects.update(updated_at=datetime(2026, 3, 4, tzinfo=UTC))
        sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)
        dates = {url[0].text.removeprefix("https://clinic.example"): url[1].text for url in sitemap if len(url) > 1}
        assert dates["/topics/"] == "2026-01-02"
        assert dates["/conditions/"] == dates["/"] == "2026-03-04"
        assert "/faqs/" not in dates
