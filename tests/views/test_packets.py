"""Packets: ready-made ones, and those that anyone puts together without leaving a trace."""

from datetime import date
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.documents import Document, Identity
from education.handouts import write_codes
from education.models import Revision
from education.publishing import Change, find_page, live_document, record
from tests.factories import make_page
from tests.handouts.test_qr import read_qr

pytestmark = pytest.mark.django_db

NAMES = ("topics/after-your-visit", "faqs/does-it-hurt", "conditions/headaches")


@pytest.fixture
def linked_pages(settings):
    """Three pages that a packet holds, which link to each other and to one that it does not hold."""
    settings.SITE_URL = "https://clinic.example"
    make_page("clinic", "clinic", title="Alkaline Wellness Center", body="Welcome.")
    make_page("sources", "brady-2014", title="A study", doi="10.1000/182")
    make_page("sources", "mayo", title="A leaflet")
    make_page("sources", "unused", title="Further reading", url="https://example.org/further")
    make_page("topics", "dry-needling", title="Dry needling")
    make_page(
        "topics",
        "after-your-visit",
        title="After your visit",
        body="See [it](faq:does-it-hurt#how-much), [here](#rest), [start](topic:dry-needling).\n\n## Rest\n\nRest [@brady-2014].",
        sources=("unused",),
        reviewed_on=date(2026, 5, 3),
        reviewed_by="Dr. Example",
    )
    make_page(
        "faqs", "does-it-hurt", title="Does it hurt?", body="Little [@mayo; @brady-2014].\n\n## How much\n\n## Rest\n\nText."
    )
    make_page("conditions", "headaches", title="Headaches", body="See [rest](topic:after-your-visit#rest).")
    make_page("packets", "first-visit", title="First visit", pages=NAMES, body="Bring these along.")


def open_page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def make(client, *names):
    """The address of a packet that someone ticked together."""
    response = client.get("/p/", {"pages": names, "make": "1"})
    assert response.status_code == 302
    return response.headers["Location"]


def titles(page):
    return [heading.get_text() for heading in page.select(".packet-part > h2")]


def words(page):
    return " ".join(page.find("main").get_text(" ").split())


@pytest.fixture(params=["ready-made", "picked"])
def packet(request, client, linked_pages):
    """The same packet, ready-made and put together, with its path."""
    path = "/packets/first-visit/" if request.param == "ready-made" else make(client, *NAMES)
    return path, open_page(client, path)


class TestAPacket:
    def test_has_its_pages_in_order_under_a_contents_list(self, packet):
        _, page = packet
        assert titles(page) == ["1. After your visit", "2. Does it hurt?", "3. Headaches"]
        contents = page.select("ol.packet-contents a")
        assert [link.get_text() for link in contents] == ["After your visit", "Does it hurt?", "Headaches"]
        assert [page.find(id=link["href"][1:]).get_text() for link in contents] == titles(page)

    def test_has_one_h1_no_skipped_heading_and_no_id_twice(self, packet):
        _, page = packet
        levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids))

    def test_links_between_its_pages_stay_within_it_and_others_lead_out(self, packet):
        _, page = packet
        leads = {link.get_text(): link["href"] for link in page.select(".packet-part .prose a") if not link.find_parent("sup")}
        assert page.find(id=leads["it"][1:]).get_text() == "How much"
        assert page.find(id=leads["here"][1:]).find_parent("section") == page.find(id=leads["rest"][1:]).find_parent("section")
        assert leads["rest"] == leads["here"]
        assert leads["start"] == "/topics/dry-needling/"

    def test_numbers_its_sources_over_all_pages(self, packet):
        _, page = packet
        assert [link.get_text().strip() for link in page.select("sup.citation a")] == ["Source 1", "Source 2", "Source 1"]
        works = [work.get_text() for work in page.select(".sources__work")]
        assert works == ["A study", "A leaflet", "Further reading"]

    def test_says_of_each_page_whether_and_when_it_was_reviewed(self, packet):
        _, page = packet
        panels = [" ".join(panel.get_text(" ").split()) for panel in page.select(".packet-part .review-panel")]
        assert "Dr. Example" in panels[0]
        assert "May 3, 2026" in panels[0]
        assert all("Not yet reviewed by a clinician" in panel for panel in panels[1:])

    def test_names_the_clinic(self, packet):
        assert "Alkaline Wellness Center" in packet[1].find("header").get_text()

    def test_its_qr_code_and_the_address_beside_it_lead_to_it(self, packet, client):
        path, page = packet
        code = page.select_one(".packet-address img")
        svg = client.get(code["src"])
        assert svg.headers["Content-Type"] == "image/svg+xml"
        assert read_qr(svg.content) == f"https://clinic.example{path}"
        assert f"https://clinic.example{path}" in code["alt"]
        assert page.select_one(".packet-address strong").get_text() == f"https://clinic.example{path}"

    def test_can_be_changed(self, packet, client):
        _, page = packet
        change = page.find("a", string="Change this packet")["href"]
        ticked = open_page(client, change).select("input[checked]")
        assert {box["value"] for box in ticked} == set(NAMES)

    def test_comes_in_large_print(self, packet, client):
        path, page = packet
        assert "class" not in page.html.attrs
        large = page.find("a", string="Large print")["href"]
        assert large == f"{path}?print=large"
        large_page = open_page(client, large)
        assert large_page.html["class"] == ["large-print"]
        assert titles(large_page) == titles(page)
        assert large_page.find("a", string="Normal print")["href"] == path

    def test_sets_no_cookie_and_needs_no_style_or_script_of_its_own(self, packet, client):
        response = client.get(packet[0])
        assert not response.cookies
        assert not packet[1].find(style=True)
        assert not packet[1].find("style")


@pytest.mark.usefixtures("linked_pages")
class TestAPacketWhosePagesAreNotAllPublic:
    @pytest.fixture(params=[{"status": None}, {"publish_on": date(2999, 1, 1)}], ids=["draft", "future"])
    def hidden(self, request):
        make_page("topics", "secret", title="Secret title", body="Secret text.", **request.param)
        return "topics/secret"

    def test_ready_made_shows_the_others(self, client, hidden):
        make_page("packets", "mixed", pages=(hidden, *NAMES, "topics/gone"))
        page = open_page(client, "/packets/mixed/")
        assert len(titles(page)) == len(NAMES)
        assert "ecret" not in words(page)

    def test_picked_shows_the_others_with_a_plain_note(self, client, hidden):
        path = make(client, *NAMES)
        assert "left out" not in words(open_page(client, path))
        page = open_page(client, f"/p/{write_codes([hidden, *NAMES], 'en')}/")
        assert len(titles(page)) == len(NAMES)
        assert "They are left out" in words(page)
        assert "ecret" not in words(page)
        assert f"https://clinic.example{path}" in words(page), "its address holds only what it shows"

    def test_cannot_be_ticked(self, client, hidden):
        assert hidden not in client.get("/p/").content.decode()
        assert client.get("/p/", {"pages": hidden, "make": "1"}).status_code == 200

    def test_is_not_found_when_none_is(self, client, hidden):
        for address in (f"/p/{write_codes([hidden], 'en')}/", f"/p/{write_codes([hidden], 'en')}/qr.svg", "/p/zzzzz/"):
            assert client.get(address).status_code == 404


@pytest.mark.usefixtures("linked_pages")
class TestAPickedPacket:
    def test_keeps_the_order_of_its_address_and_shows_each_page_once(self, client):
        codes = make(client, *NAMES).strip("/").split("/")[1].split("-")
        page = open_page(client, f"/p/{'-'.join([*codes[::-1], codes[0]])}/")
        assert titles(page) == ["1. Headaches", "2. Does it hurt?", "3. After your visit"]

    def test_leaves_out_codes_of_no_page_with_a_plain_note(self, client):
        path = make(client, *NAMES)
        page = open_page(client, path[:-1] + "-zzzzz/")
        assert len(titles(page)) == len(NAMES)
        assert "They are left out" in words(page)
        assert "zzzzz" not in str(page), "what someone typed is not repeated"

    def test_holds_30_pages_at_most(self, client):
        names = [f"faqs/question-{number}" for number in range(31)]
        for name in names:
            make_page(*name.split("/"))
        page = open_page(client, f"/p/{write_codes(names, 'en')}/")
        assert len(titles(page)) == 30
        assert "up to 30 pages" in words(page)

    def test_is_kept_from_search_engines(self, client):
        path = make(client, *NAMES)
        for address in (path, f"{path}qr.svg"):
            assert client.get(address).headers["X-Robots-Tag"] == "noindex"

    def test_takes_the_same_queries_however_many_pages_it_has(self, client, django_assert_max_num_queries):
        make_page("faqs", "question-0", body="See [it](topic:after-your-visit).", sources=("unused",))
        with django_assert_max_num_queries(40) as few:
            client.get(make(client, *NAMES, "faqs/question-0"))
        for number in range(1, 20):
            make_page("faqs", f"question-{number}", body="See [it](topic:after-your-visit).", sources=("unused",))
        with django_assert_max_num_queries(len(few.captured_queries)):
            client.get(make(client, *NAMES, *(f"faqs/question-{number}" for number in range(20))))

    def test_stores_nothing(self, client):
        with CaptureQueriesContext(connection) as queries:
            open_page(client, make(client, *NAMES))
        assert queries.captured_queries
        assert [query["sql"] for query in queries.captured_queries if not query["sql"].lstrip("(").startswith("SELECT")] == []

    def test_takes_no_free_text(self, client):
        for address in ("/p/Jane Doe/", "/p/jane@example.org/", "/p/2026.11.22/", "/p/jane-doe/"):
            assert client.get(address).status_code == 404
        page = client.get("/p/", {"pages": "Jane Doe", "make": "1", "note": "Jane Doe"})
        assert b"Jane Doe" not in page.content

    def test_of_a_renamed_page_still_shows_it(self, client):
        path = make(client, "topics/after-your-visit")
        page = find_page(Identity("en", "topics", "after-your-visit"))
        document = live_document(page)
        renamed = Document(document.identity._replace(slug="aftercare"), document.fields, document.body)
        record([Change(renamed, page, Revision.Origin.FILE)])
        assert titles(open_page(client, path)) == ["1. After your visit"]


@pytest.mark.usefixtures("linked_pages")
class TestMakingAPacket:
    def test_offers_every_public_page_by_group(self, client):
        page = open_page(client, "/p/")
        groups = {
            group.legend.get_text(): [box["value"] for box in group.find_all("input")] for group in page.find_all("fieldset")
        }
        assert groups == {
            "Topics": ["topics/after-your-visit", "topics/dry-needling"],
            "Conditions": ["conditions/headaches"],
            "Questions": ["faqs/does-it-hurt"],
        }
        assert page.find("form").get("method", "get") == "get"
        assert not page.find("form").find("input", attrs={"type": "text"})

    def test_starts_with_the_page_one_comes_from(self, client):
        link = open_page(client, "/topics/after-your-visit/").find("a", string="Make a packet with this page")
        assert [box["value"] for box in open_page(client, link["href"]).select("input[checked]")] == ["topics/after-your-visit"]

    def test_asks_for_at_least_one(self, client):
        assert "Tick at least one page." in words(open_page(client, "/p/?make=1"))

    def test_asks_for_no_more_than_30(self, client):
        names = [f"faqs/question-{number}" for number in range(31)]
        for name in names:
            make_page(*name.split("/"))
        page = BeautifulSoup(client.get("/p/", {"pages": names, "make": "1"}).content, "html.parser")
        assert "up to 30 pages, and 31 are ticked" in words(page)
        assert len(page.select("input[checked]")) == 31, "nothing that was ticked is lost"


@pytest.mark.usefixtures("linked_pages")
class TestReadyMadePackets:
    def test_are_listed(self, client):
        page = open_page(client, "/packets/")
        assert page.find("a", string="First visit")["href"] == "/packets/first-visit/"
        assert page.find("a", href="/p/")

    def test_are_one_link_away_from_everywhere(self, client):
        assert open_page(client, "/").find("footer").find("a", href="/packets/")

    def test_stand_in_the_sitemap(self, client):
        assert b"<loc>https://clinic.example/packets/first-visit/</loc>" in client.get("/sitemap.xml").content

    def test_that_are_drafts_are_nowhere(self, client):
        make_page("packets", "secret", status=None, pages=NAMES)
        assert "secret" not in client.get("/packets/").content.decode()
        assert client.get("/packets/secret/").status_code == 404
        assert client.get("/packets/secret/qr.svg").status_code == 404


@pytest.mark.usefixtures("linked_pages")
def test_print_styles_know_the_public_address_and_not_the_host_of_the_request(client):
    response = client.get("/paper.css", headers={"host": "localhost"})
    assert response.headers["Content-Type"] == "text/css"
    assert response.content.decode() == ':root { --site: "https://clinic.example"; --page: "p."; }\n'
    page = open_page(client, "/")
    assert page.find("link", href="/paper.css")["media"] == "print"
