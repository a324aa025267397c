"""Staff put packets together by the titles of pages."""

import pytest
from bs4 import BeautifulSoup

from education.models import Packet
from tests.admin.filled import add_url, errors_of, open_form, save, typed
from tests.factories import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages():
    make_page("topics", "dry-needling", title="Dry needling")
    make_page("faqs", "does-it-hurt", title="Does it hurt?")
    make_page("conditions", "headaches", title="Headaches", status=None)


def rows(response):
    return [row["value"] for row in BeautifulSoup(response.content, "html.parser").select("input[list]")]


def test_every_page_is_offered_by_its_title(staff_client):
    page = BeautifulSoup(staff_client.get(add_url(Packet)).content, "html.parser")
    offered = [option["value"] for option in page.select("datalist option")]
    assert offered == [
        "Dry needling · topics/dry-needling",
        "Headaches · conditions/headaches",
        "Does it hurt? · faqs/does-it-hurt",
    ]
    assert all(row["list"] == page.find("datalist")["id"] for row in page.select("input[list]"))


def test_a_packet_keeps_the_order_of_its_rows(staff_client):
    data = typed(staff_client.get(add_url(Packet)), title="First visit", slug="first-visit", summary="Read this.")
    data |= {"pages_0": "Does it hurt? · faqs/does-it-hurt", "pages_1": "", "pages_3": " topics/dry-needling "}
    assert staff_client.post(add_url(Packet), data).status_code == 302
    packet = Packet.objects.get()
    assert packet.pages == ["faqs/does-it-hurt", "topics/dry-needling"]
    assert rows(open_form(staff_client, packet))[:3] == [
        "Does it hurt? · faqs/does-it-hurt",
        "Dry needling · topics/dry-needling",
        "",
    ]


def test_a_packet_that_is_opened_and_saved_is_the_same(staff_client):
    packet = make_page("packets", "first-visit", pages=("faqs/does-it-hurt", "topics/dry-needling"))
    before = packet.revision_id
    assert save(staff_client, packet).status_code == 302
    packet.refresh_from_db()
    assert packet.revision_id == before
    assert packet.pages == ["faqs/does-it-hurt", "topics/dry-needling"]


@pytest.mark.parametrize("row", ["topics/no-such-page", "glossary/nerve", "anything"])
def test_what_is_no_page_is_refused_and_kept_in_its_row(staff_client, row):
    packet = make_page("packets", "first-visit", pages=("topics/dry-needling",))
    response = save(staff_client, packet, pages_1=row)
    assert "Choose pages that are offered" in errors_of(response)
    assert rows(response)[1] == row


def test_a_packet_without_pages_is_refused(staff_client):
    packet = make_page("packets", "first-visit", pages=("topics/dry-needling",))
    assert "This field is required" in errors_of(save(staff_client, packet, pages_0=""))


def test_a_page_by_its_old_name_may_stay(staff_client):
    make_page("topics", "new-name", aliases=("old-name",))
    packet = make_page("packets", "first-visit", pages=("topics/old-name",))
    assert save(staff_client, packet, title="Another title").status_code == 302
    packet.refresh_from_db()
    assert packet.pages == ["topics/old-name"]
