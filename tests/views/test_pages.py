"""Public pages: what is on them, and what is not."""

import shutil
from datetime import date
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from education.handouts import pdf_maker
from education.images import add_picture
from education.publishing import live_document, save
from education.views.home import HomeView
from tests.factories import make_page
from tests.views.pictures import upload

pytestmark = pytest.mark.django_db


def get(client, address):
    """The parsed page at an address."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def main_of(page):
    return page.find("main")


def links_of(page):
    return {link["href"] for link in page.find_all("a", href=True)}


@pytest.fixture
def linked_site():
    """A hub with a sub-topic, a condition, a question, a term and a source, all linked."""
    make_page("clinic", "clinic", title="Alkaline Wellness Center", body="Welcome.")
    make_page("sources", "brady-2014", title="A study", doi="10.1000/182")
    make_page("conditions", "headaches")
    make_page("topics", "dry-needling", conditions=("headaches",), body="Text [@brady-2014].\n\n## One\n\n## Two\n\n## Three\n")
    make_page("topics", "after-your-visit", parent="dry-needling", position=10)
    make_page("topics", "how-many-visits", parent="dry-needling", position=20)
    make_page("faqs", "does-it-hurt", title="Does it hurt?", conditions=("headaches",), body="A little.")
    make_page("glossary", "trigger-point", body="More about it.")


@pytest.mark.usefixtures("linked_site")
class TestLinkedPages:
    def test_a_topic_leads_to_its_conditions_questions_and_related_topics(self, client):
        links = links_of(main_of(get(client, "/topics/dry-needling/")))
        assert {"/conditions/headaches/", "/faqs/does-it-hurt/", "/topics/after-your-visit/", "/topics/how-many-visits/"} <= links
        assert {"/topics/how-many-visits/", "/topics/dry-needling/"} <= links_of(get(client, "/topics/after-your-visit/"))

    def test_a_text_that_leads_to_all_topics_below_its_own_is_not_followed_by_a_list_of_them(self, client):
        """The hub groups its topics in an order that helps; one that it forgets brings the whole list back."""
        for hub, body in (("whole", "[](topic:whole-1) [](topic:whole-2)"), ("part", "[](topic:part-1)")):
            make_page("topics", hub, body=body)
            make_page("topics", f"{hub}-1", parent=hub)
            make_page("topics", f"{hub}-2", parent=hub)
        whole, part = (main_of(get(client, f"/topics/{hub}/")) for hub in ("whole", "part"))
        assert not whole.find("h2", string="In this guide")
        guide = part.find("h2", string="In this guide").parent
        assert links_of(guide) == {"/topics/part-1/", "/topics/part-2/"}

    def test_the_evidence_table_of_a_hub_goes_onto_paper(self, client):
        """What only leads on to other pages stays on the screen; what research shows is told on the page itself."""
        table = get(client, "/topics/dry-needling/").find("caption")
        assert not table.find_parent(class_="page__neighbours")

    def test_a_condition_leads_back_to_its_topics_and_questions(self, client):
        assert {"/topics/dry-needling/", "/faqs/does-it-hurt/"} <= links_of(main_of(get(client, "/conditions/headaches/")))

    def test_a_question_leads_to_its_topic_and_conditions(self, client):
        assert {"/topics/dry-needling/", "/conditions/headaches/"} <= links_of(main_of(get(client, "/faqs/does-it-hurt/")))

    def test_questions_stand_open_below_their_topic_each_with_its_address(self, client):
        page = get(client, "/faqs/")
        assert page.find(id="_topic-dry-needling")
        question = page.find(id="does-it-hurt")
        assert "Does it hurt?" in question.get_text()
        assert "/faqs/does-it-hurt/" in links_of(page)
        assert "A little." in main_of(page).get_text()
        assert not page.find("details")

    def test_questions_of_many_topics_begin_with_a_list_of_these(self, client):
        for number in range(3):
            make_page("topics", f"topic-{number}", title=f"Topic {number}")
            make_page("faqs", f"question-{number}", topic=f"topic-{number}")
        page = get(client, "/faqs/")
        links = page.find("nav", attrs={"class": "contents"}).find_all("a")
        assert {"Topic 0", "Topic 1", "Topic 2"} <= {link.get_text() for link in links}
        assert all(page.find("h2", id=link["href"][1:]).get_text() == link.get_text() for link in links)

    def test_a_term_can_be_linked_to(self, client):
        page = get(client, "/glossary/")
        assert "Trigger point" in page.find(id="trigger-point").get_text()
        assert "More about it." in page.get_text()

    def test_breadcrumbs_lead_home_over_every_step(self, client):
        crumbs = get(client, "/topics/after-your-visit/").find("nav", attrs={"class": "breadcrumb"})
        assert [link["href"] for link in crumbs.find_all("a")] == ["/", "/topics/", "/topics/dry-needling/"]

    def test_sources_are_numbered_and_lead_back_to_the_text(self, client):
        page = get(client, "/topics/dry-needling/")
        assert page.find(id="_cite-1-1")["href"] == "#_source-1"
        source = page.find(id="_source-1")
        assert {"https://doi.org/10.1000/182", "#_cite-1-1"} <= links_of(source)

    def test_a_long_page_has_a_contents_list(self, client):
        contents = get(client, "/topics/dry-needling/").find("nav", attrs={"class": "contents"})
        assert [link["href"] for link in contents.find_all("a")] == ["#one", "#two", "#three"]

    def test_the_clinic_is_named_and_nothing_is_invented_about_it(self, client):
        page = get(client, "/")
        assert "Alkaline Wellness Center" in page.find("header").get_text()
        assert not [href for href in links_of(page) if href.startswith(("mailto:", "tel:")) and href != "tel:911"]


@pytest.mark.usefixtures("linked_site")
class TestEveryPage:
    addresses = pytest.mark.parametrize(
        "address",
        [
            "/",
            "/topics/",
            "/topics/dry-needling/",
            "/conditions/",
            "/conditions/headaches/",
            "/faqs/",
            "/faqs/does-it-hurt/",
            "/glossary/",
        ],
    )

    @addresses
    def test_has_one_title_one_h1_a_language_and_no_skipped_heading(self, client, address):
        page = get(client, address)
        assert page.html["lang"] == "en"
        assert len(page.find_all("h1")) == 1
        levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids))

    @addresses
    def test_sets_no_cookie_and_asks_nothing_of_other_sites(self, client, address):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        page = BeautifulSoup(response.content, "html.parser")
        loaded = [
            tag.get("src") or tag.get("href")
            for tag in page.find_all(["script", "link", "img", "iframe"])
            if tag.get("rel") != ["canonical"] and tag.get("type") != "application/ld+json"
        ]
        assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
        assert not page.find("script", src=False, type=lambda kind: kind != "application/ld+json")
        assert not page.find(style=True)
        assert not page.find("style")

    @addresses
    def test_has_a_strict_content_security_policy(self, client, address):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy

    def test_titles_are_unique(self, client):
        titles = [get(client, address).title.get_text() for address in self.addresses.args[1]]
        assert len(titles) == len(set(titles))


class TestReview:
    def test_a_page_nobody_signed_off_says_so(self, client):
        make_page()
        assert "Not yet reviewed by a clinician" in get(client, "/topics/dry-needling/").get_text()

    def test_a_review_is_shown_with_who_and_when(self, client):
        make_page(
            reviewed_on=date(2026, 5, 3),
            reviewed_by="Dr. Example",
            review_due=date(2027, 5, 3),
            review_notes=("Ask the clinic.",),
        )
        text = main_of(get(client, "/topics/dry-needling/")).get_text(" ", strip=True)
        assert "Dr. Example" in text
        assert "3 May 2026" in text or "May 3, 2026" in text
        assert "Not yet reviewed" not in text
        assert "Changed since" not in text
        assert "Ask the clinic" not in text

    def test_an_edit_since_the_review_is_said(self, client, staff):
        """Rule 24: readers learn that the clinician read another text than they do."""
        page = make_page(reviewed_on=date(2026, 5, 3), reviewed_by="Dr. Example")
        save(document=live_document(page).changed(summary="Another sentence."), by=staff, page=page)
        text = main_of(get(client, "/topics/dry-needling/")).get_text(" ", strip=True)
        assert "Changed since it was last reviewed" in text
        assert "Dr. Example" in text


class TestWhatIsNotPublic:
    def test_drafts_and_future_pages_are_nowhere(self, client):
        make_page("topics", "dry-needling", body="See [it](topic:secret-word) and [later](topic:later-word).")
        make_page("topics", "secret-word", status=None, parent="dry-needling")
        make_page("topics", "later-word", publish_on=date(2999, 1, 1), parent="dry-needling")
        make_page("faqs", "secret-question", status=None)
        make_page("conditions", "secret-condition", status=None)
        for name in ("secret-word", "later-word"):
            assert client.get(f"/topics/{name}/").status_code == 404
        for address in ("/", "/topics/", "/topics/dry-needling/", "/faqs/", "/conditions/", "/sitemap.xml"):
            text = client.get(address).content.decode()
            assert "secret" not in text.lower()
            assert "later-word" not in text

    def test_a_question_of_a_hidden_topic_stays_findable(self, client):
        make_page("topics", "dry-needling", status=None)
        make_page("faqs", "does-it-hurt")
        assert "/faqs/does-it-hurt/" in links_of(get(client, "/faqs/"))
        assert "/topics/dry-needling/" not in links_of(get(client, "/faqs/does-it-hurt/"))


class TestOldAddresses:
    @pytest.mark.parametrize(("collection", "prefix"), [("topics", "topics"), ("conditions", "conditions"), ("faqs", "faqs")])
    def test_lead_to_the_new_one_for_good(self, client, collection, prefix):
        make_page("topics", "dry-needling")
        make_page(collection, "new-name", aliases=("old-name",))
        response = client.get(f"/{prefix}/old-name/")
        assert (response.status_code, response.headers["Location"]) == (301, f"/{prefix}/new-name/")

    def test_lead_nowhere_while_the_page_is_hidden(self, client):
        make_page("topics", "new-name", aliases=("old-name",), status=None)
        assert client.get("/topics/old-name/").status_code == 404


class TestErrors:
    def test_a_missing_page_helps_on(self, client):
        response = client.get("/nowhere/")
        assert response.status_code == 404
        assert {"/topics/", "/conditions/", "/faqs/"} <= links_of(BeautifulSoup(response.content, "html.parser"))

    def test_a_picture_whose_file_is_gone_leaves_its_words(self, client, media_folder):
        """F17: on the screen and on paper."""
        picture = add_picture(upload())
        make_page(body=f"![Where the needle goes]({picture.address})")
        shutil.rmtree(media_folder)
        page = get(client, "/topics/dry-needling/")
        assert main_of(page).find("img", src=picture.address)["alt"] == "Where the needle goes"
        assert client.get(picture.address).status_code == 404
        assert pdf_maker() is None or client.get("/pdf/topics/dry-needling/").headers["Content-Type"] == "application/pdf"

    def test_a_fault_says_nothing_of_the_inside(self, client, monkeypatch):
        monkeypatch.setattr(HomeView, "template_name", "no/such/template.html")
        client.raise_request_exception = False
        response = client.get("/")
        assert response.status_code == 500
        assert "template" not in response.content.decode().lower().replace("<!-- template", "")
        assert "<h1" in response.content.decode()


class TestForMachines:
    def test_the_health_check_answers(self, client):
        assert client.get("/healthz").content == b"ok\n"

    def test_robots_find_the_sitemap_at_the_configured_address(self, client, settings):
        settings.SITE_URL = "https://clinic.example"
        text = client.get("/robots.txt", headers={"host": "localhost"}).content.decode()
        assert "Sitemap: https://clinic.example/sitemap.xml" in text
        assert "Disallow: /admin/" in text

    def test_the_sitemap_lists_published_pages_with_dates_and_never_the_host_of_the_request(self, client, settings):
        settings.SITE_URL = "https://clinic.example"
        make_page()
        text = client.get("/sitemap.xml", headers={"host": "localhost"}).content.decode()
        assert "<loc>https://clinic.example/topics/dry-needling/</loc><lastmod>" in text
        assert "<loc>https://clinic.example/glossary/</loc>" in text
        assert "localhost" not in text

    def test_an_unknown_host_is_refused(self, client):
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400


class TestMedia:
    def test_a_picture_is_served_inert(self, client, media_folder):
        (media_folder / "pictures").mkdir(parents=True)
        (media_folder / "pictures" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        response = client.get("/media/pictures/a.png")
        assert b"".join(response.streaming_content).startswith(b"\x89PNG")
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("path", ["..%2fsite.sqlite3", "%2e%2e/site.sqlite3", "pictures/", "", "//etc/passwd", "no.png"])
    def test_nothing_else_is_served(self, client, media_folder, path):
        (media_folder / "pictures").mkdir(parents=True)
        (media_folder.parent / "site.sqlite3").write_bytes(b"secret")
        assert client.get(f"/media/{path}").status_code in (301, 400, 404)
